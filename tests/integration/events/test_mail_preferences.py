"""Who wants which mails: asked for by an act, ended by one click (RFC 8058)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

from chalicelib import settings
from tests.integration.accounts.conftest import Person, World
from tests.support.aws import LocalAws
from tests.support.client import ApiClient, Reply
from tests.support.live import served
from tests.support.mails import HANDLED, Post, deliver, order

PREFERENCES = "/v1/notifications/preferences"
UNSUBSCRIBE = "/v1/notifications/unsubscribe"
ONE_CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
PARTS = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
WEEK = "2026-11-16"


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def school(world: World) -> UUID:
    return world.school()


@pytest.fixture
def parent(world: World, school: UUID) -> Person:
    parent = world.person(school, "parent")
    world.link(school, parent, world.person(school, "student", name="Leo Preference"))
    return parent


def wish(person: Person, kind: str, subscribed: bool = True) -> Reply:
    return person.api.put(f"{PREFERENCES}/{kind}", {"subscribed": subscribed})


def wanted(person: Person) -> dict[str, bool]:
    return {each["kind"]: each["subscribed"] for each in person.api.get(PREFERENCES).data}


def token_of(owner: Any, person: Person, kind: str = "weekly_summary") -> str:
    sql = "SELECT unsubscribe_token FROM mail_preferences WHERE user_id = %s AND kind = %s"
    owner.execute(sql, (str(person.id), kind))
    return str(owner.fetchone()[0])


def click(client: ApiClient, token: str, body: bytes = ONE_CLICK, media_type: str = FORM) -> Reply:
    headers = {"content-type": media_type}
    return client.call("POST", f"{UNSUBSCRIBE}?token={token}", body=body, headers=headers)


def test_nothing_is_wanted_until_somebody_says_so(parent: Person, owner: Any) -> None:
    first = parent.api.get(PREFERENCES).data
    assert [each["kind"] for each in first] == ["practice_reminder", "weekly_summary"]
    assert all(not each["subscribed"] and each["changed_at"] is None for each in first)
    owner.execute("SELECT count(*) FROM mail_preferences")
    assert owner.fetchone() == (0,)


def test_a_wish_is_kept_and_taken_back(parent: Person) -> None:
    said = wish(parent, "weekly_summary").data
    assert (said["kind"], said["subscribed"]) == ("weekly_summary", True)
    assert wish(parent, "weekly_summary").data == said  # to say it again changes nothing
    assert wanted(parent) == {"practice_reminder": False, "weekly_summary": True}
    assert wish(parent, "weekly_summary", False).data["subscribed"] is False
    assert not any(wanted(parent).values())


def test_to_want_no_mails_from_the_start_stores_nothing(parent: Person, owner: Any) -> None:
    assert wish(parent, "practice_reminder", False).data["subscribed"] is False
    owner.execute("SELECT count(*) FROM mail_preferences")
    assert owner.fetchone() == (0,)


def test_a_student_is_offered_reminders_and_needs_an_address_for_them(world: World, school: UUID) -> None:
    student = world.person(school, "student")
    assert wanted(student) == {"practice_reminder": False}
    reply = wish(student, "practice_reminder")
    assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": "no_address"})
    assert wish(student, "weekly_summary").status == 404
    with_address = world.person(school, "student", email="leo@school.example")
    assert wish(with_address, "practice_reminder").data["subscribed"] is True


def test_what_is_not_offered_is_not_found(world: World, parent: Person) -> None:
    assert wish(parent, "love_letters").status == 404


def test_each_mail_can_be_ended_by_one_click(
    client: ApiClient, aws: LocalAws, parent: Person, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(aws)
    monkeypatch.setenv("TIZA_API_URL", "https://api.tiza.example/")
    settings.reset()
    wish(parent, "weekly_summary")
    deliver(order("weekly_summary", parent.id, week=WEEK))
    sent = post.last(parent.email)
    address = f"https://api.tiza.example{UNSUBSCRIBE}?token={token_of(owner, parent)}"
    assert sent.headers == {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert f"{settings.get().web_url}/unsubscribe#token=" in sent.text  # a page that asks, not one that does

    path = address.removeprefix("https://api.tiza.example")
    reply = client.call("POST", path, body=ONE_CLICK, headers={"content-type": FORM})
    assert (reply.status, reply.text) == (204, "")
    assert wanted(parent)["weekly_summary"] is False
    assert deliver(order("weekly_summary", parent.id, week=WEEK)) == HANDLED
    assert len(post.mails()) == 1


def test_without_an_address_of_the_api_there_is_no_header(aws: LocalAws, parent: Person) -> None:
    wish(parent, "weekly_summary")
    deliver(order("weekly_summary", parent.id, week=WEEK))
    assert Post(aws).last(parent.email).headers == {}


@pytest.mark.parametrize(("body", "media_type"), [(ONE_CLICK, FORM), (PARTS, MULTIPART), (b"", FORM)])
def test_the_form_of_the_click_does_not_matter_and_it_may_come_twice(
    client: ApiClient, parent: Person, owner: Any, body: bytes, media_type: str
) -> None:
    wish(parent, "weekly_summary")
    token = token_of(owner, parent)
    assert [click(client, token, body, media_type).status for _ in range(2)] == [204, 204]
    assert wanted(parent)["weekly_summary"] is False


def test_a_mail_program_clicks_over_http(parent: Person, owner: Any) -> None:
    wish(parent, "weekly_summary")
    form, query = {"List-Unsubscribe": "One-Click"}, {"token": token_of(owner, parent)}
    with served() as url:
        assert httpx.get(url + UNSUBSCRIBE, params=query).status_code >= 400  # a look ends nothing
        assert wanted(parent)["weekly_summary"] is True
        assert httpx.post(url + UNSUBSCRIBE, params=query, data=form).status_code == 204
    assert wanted(parent)["weekly_summary"] is False


def test_a_token_ends_its_own_subscription_only(
    client: ApiClient, world: World, school: UUID, parent: Person, owner: Any
) -> None:
    other = world.person(school, "parent")
    for person in (parent, other):
        for kind in ("practice_reminder", "weekly_summary"):
            wish(person, kind)
    click(client, token_of(owner, parent))
    assert wanted(parent) == {"practice_reminder": True, "weekly_summary": False}
    assert wanted(other) == {"practice_reminder": True, "weekly_summary": True}
    assert client.as_user(token_of(owner, other)).get("/v1/me").status == 401


def test_the_mails_of_an_earlier_subscription_still_end_a_later_one(
    client: ApiClient, parent: Person, owner: Any
) -> None:
    wish(parent, "weekly_summary")
    token = token_of(owner, parent)
    click(client, token)
    wish(parent, "weekly_summary")
    assert token_of(owner, parent) == token
    click(client, token)
    assert wanted(parent)["weekly_summary"] is False


@pytest.mark.parametrize("token", ["unknown", "x" * 100, "%27%20OR%201=1"])
def test_an_unknown_token_gets_the_same_answer(
    client: ApiClient, parent: Person, owner: Any, token: str
) -> None:
    wish(parent, "weekly_summary")
    assert click(client, token).status == 204
    assert wanted(parent)["weekly_summary"] is True


@pytest.mark.parametrize("query", ["", "?token=", "?token=" + "x" * 101, "?tokens=x"])
def test_what_is_no_token_is_malformed(client: ApiClient, query: str) -> None:
    reply = client.call("POST", UNSUBSCRIBE + query, body=ONE_CLICK, headers={"content-type": FORM})
    assert reply.code == "VALIDATION_ERROR"


def test_a_subscriber_with_an_address_that_was_never_confirmed_gets_nothing(
    aws: LocalAws, parent: Person, owner: Any
) -> None:
    wish(parent, "weekly_summary")
    owner.execute("UPDATE users SET email_verified_at = NULL WHERE id = %s", (str(parent.id),))
    deliver(order("weekly_summary", parent.id, week=WEEK))
    assert Post(aws).mails() == []


def test_wishes_and_mails_are_part_of_ones_own_data(parent: Person, aws: LocalAws) -> None:
    wish(parent, "weekly_summary")
    deliver(order("weekly_summary", parent.id, week=WEEK))
    export = "/v1/me/export?section="
    (preference,) = parent.api.get(export + "notifications").data
    assert preference["values"]["is_subscribed"] is True
    assert "unsubscribe_token" not in preference["values"]
    (mail,) = parent.api.get(export + "mails").data
    assert (mail["values"]["template"], mail["values"]["status"]) == ("weekly_summary", "sent")
