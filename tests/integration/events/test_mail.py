"""The mail worker: each mail once, whatever comes twice, at the same time, or fails in between."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chalicelib import queues, settings
from chalicelib.aws import client as aws_client
from chalicelib.services import mail_delivery
from tests.integration.accounts.conftest import Person, World
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.logs import Log
from tests.support.mails import BUSY, HANDLED, Post, deliver, in_parallel, order


@pytest.fixture
def post(aws: LocalAws, database: str) -> Post:
    return Post(aws)


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def school(world: World) -> UUID:
    return world.school()


@pytest.fixture
def teacher(world: World, school: UUID) -> Person:
    return world.person(school, "teacher", name="Ada Mail", locale="es")


def status_of(owner: Any) -> list[tuple[Any, ...]]:
    """What became of each mail, oldest first."""
    owner.execute("SELECT status, reason, attempts FROM mail_deliveries ORDER BY message_id")
    return list(owner.fetchall())


def let_leases_end(owner: Any) -> None:
    owner.execute("UPDATE mail_deliveries SET leased_until = now() WHERE leased_until IS NOT NULL")


def test_a_forgotten_password_is_mailed_and_no_token_lies_in_the_queue(
    client: ApiClient, post: Post, teacher: Person, owner: Any
) -> None:
    client.post("/v1/auth/password/forgot", {"email": teacher.email})
    (message,) = post.waiting()
    assert message["payload"] == {"template": "reset_password", "user_id": str(teacher.id)}
    owner.execute("SELECT (SELECT count(*) FROM one_time_tokens), (SELECT count(*) FROM outbox)")
    assert owner.fetchone() == (0, 0)

    assert post.work() == 1
    sent = post.last(teacher.email)
    assert sent.subject == "Elige una contraseña nueva para Tiza"
    assert "Hola, Ada Mail:" in sent.text
    assert '<html lang="es">' in sent.html
    assert sent.token in sent.html
    assert sent.headers == {}
    assert sent.tags == {"message_id": message["id"]}
    assert sent.request["FromEmailAddress"] == settings.get().mail_from
    assert sent.request["ConfigurationSetName"] == "tiza-dev"
    assert status_of(owner) == [("sent", None, 1)]
    body = {"token": sent.token, "password": "another horse battery"}
    assert client.post("/v1/auth/password/reset", body).status == 204


def test_a_mail_costs_the_school_what_the_settings_say(post: Post, teacher: Person, owner: Any) -> None:
    for _ in range(2):
        deliver(order("reset_password", teacher.id))
    owner.execute("SELECT item, calls, micro_usd, school_id IS NOT NULL FROM costs")
    assert owner.fetchall() == [("mail", 2, 200, True)]


def test_the_same_message_again_sends_nothing(post: Post, teacher: Person, owner: Any) -> None:
    message = order("reset_password", teacher.id)
    assert [deliver(message) for _ in range(3)] == [HANDLED] * 3
    assert len(post.mails()) == 1
    assert status_of(owner) == [("sent", None, 1)]


def test_the_same_message_several_times_at_once_is_one_mail(post: Post, teacher: Person, owner: Any) -> None:
    messages = [order("reset_password", teacher.id) for _ in range(3)]
    outcomes = in_parallel(9, lambda n: deliver(messages[n % 3]))
    assert outcomes.count(HANDLED) >= 3
    assert len(post.mails()) == 3
    again = in_parallel(3, lambda n: deliver(messages[n]))
    assert again == [HANDLED] * 3
    assert len({one["EmailTags"][0]["Value"] for one in post.mails()}) == len(post.mails()) == 3


def test_who_dies_before_sending_leaves_a_lease_and_then_the_mail_to_another(
    post: Post, teacher: Person, owner: Any
) -> None:
    message = order("reset_password", teacher.id)
    assert mail_delivery._claimed(message, teacher.id) is not None  # and here the process dies
    assert deliver(message) == BUSY
    assert post.mails() == []
    let_leases_end(owner)
    assert deliver(message) == HANDLED
    assert len(post.mails()) == 1
    assert status_of(owner) == [("sent", None, 2)]


def test_who_dies_between_sending_and_marking_makes_the_one_case_of_two_mails(
    post: Post, teacher: Person, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(*_args: Any, **_changes: Any) -> None:
        raise Died

    message = order("reset_password", teacher.id)
    with monkeypatch.context() as patch:
        patch.setattr(mail_delivery, "_mark", die)
        with pytest.raises(Died):
            deliver(message)
    assert deliver(message) == BUSY
    let_leases_end(owner)
    assert [deliver(message) for _ in range(2)] == [HANDLED] * 2
    assert len(post.mails()) == 2


def test_while_the_mail_service_is_away_messages_wait_and_none_is_lost(
    client: ApiClient, post: Post, aws: LocalAws, world: World, school: UUID, owner: Any
) -> None:
    people = [world.person(school, "teacher") for _ in range(4)]
    with aws.away("sesv2"):
        for person in people:
            assert client.post("/v1/auth/password/forgot", {"email": person.email}).status == 202
        assert post.work() == 4
        assert post.mails() == []
        assert {status for status, _, _ in status_of(owner)} == {"failed"}
    aws.come_back()
    assert post.work() == 4
    assert sorted(one["Destination"]["ToAddresses"][0] for one in post.mails()) == sorted(
        person.email for person in people
    )
    assert post.waiting() == []


def test_a_mail_that_is_refused_for_good_is_dropped_and_not_tried_again(
    post: Post, world: World, school: UUID, owner: Any
) -> None:
    nowhere = world.person(school, "teacher", email="ada@two@signs.example")
    message = order("reset_password", nowhere.id)
    assert [deliver(message) for _ in range(2)] == [HANDLED] * 2
    ((status, reason, attempts),) = status_of(owner)
    assert (status, attempts) == ("dropped", 1)
    assert reason == "InvalidParameterValue"
    assert post.mails() == []


def test_a_refusal_that_is_about_us_keeps_the_mail(
    post: Post, teacher: Person, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = order("reset_password", teacher.id)
    with monkeypatch.context() as patch:
        patch.setenv("TIZA_MAIL_FROM", "nobody@unverified.example")
        settings.reset()
        with pytest.raises(aws_client.Refused):
            deliver(message)
    settings.reset()
    assert status_of(owner) == [("failed", None, 1)]
    assert deliver(message) == HANDLED
    assert len(post.mails()) == 1


def test_a_mail_to_nobody_is_dropped_without_a_trace(client: ApiClient, post: Post, owner: Any) -> None:
    client.post("/v1/auth/password/forgot", {"email": "nobody@school.example"})
    assert post.work() == 1
    assert post.waiting() == post.mails() == status_of(owner) == []


@pytest.mark.parametrize(
    ("template", "fields", "reason"),
    [
        ("reset_password", {"status": "disabled"}, "no_address"),
        ("reset_password", {"status": "deleted"}, "no_address"),
        ("set_password", {"email": None, "username": "ada"}, "no_address"),
        ("verify_email", {}, "nothing_to_verify"),
    ],
)
def test_who_gets_no_mail(
    post: Post, world: World, owner: Any, template: str, fields: dict[str, Any], reason: str
) -> None:
    person = world.person(world.school(), "teacher", **fields)
    assert deliver(order(template, person.id)) == HANDLED
    assert status_of(owner) == [("dropped", reason, 1)]
    assert post.mails() == []
    owner.execute("SELECT count(*) FROM one_time_tokens")
    assert owner.fetchone() == (0,)


def test_a_mail_to_somebody_who_is_gone_is_dropped(
    post: Post, world: World, school: UUID, owner: Any
) -> None:
    person = world.person(school, "teacher")
    owner.execute("DELETE FROM users WHERE id = %s", (str(person.id),))
    assert deliver(order("reset_password", person.id)) == HANDLED
    assert post.mails() == []


def test_five_mails_an_hour_even_if_many_are_made_at_once(
    post: Post, teacher: Person, world: World, school: UUID, owner: Any
) -> None:
    messages = [order("reset_password", teacher.id) for _ in range(9)]
    assert in_parallel(9, lambda n: deliver(messages[n])) == [HANDLED] * 9
    assert len(post.mails(teacher.email)) == 5
    assert [reason for _, reason, _ in status_of(owner)].count("too_many") == 4
    other = world.person(school, "teacher")
    deliver(order("reset_password", other.id))
    assert len(post.mails(other.email)) == 1


def test_a_mail_that_is_tried_again_does_not_count_twice(
    post: Post, aws: LocalAws, teacher: Person, owner: Any
) -> None:
    messages = [order("reset_password", teacher.id) for _ in range(5)]
    for _ in range(2):
        with aws.away("sesv2"):
            assert [deliver(message) for message in messages] == [BUSY] * 5
    assert [deliver(message) for message in messages] == [HANDLED] * 5
    assert len(post.mails(teacher.email)) == 5


@pytest.mark.parametrize("whose", ["platform", "school"])
def test_while_mails_are_switched_off_they_wait(
    post: Post, teacher: Person, school: UUID, owner: Any, whose: str
) -> None:
    message = order("reset_password", teacher.id)
    owner.execute(
        "INSERT INTO switches (id, name, school_id, is_on, changed_by, changed_at)"
        " VALUES (gen_random_uuid(), 'mail', %s, false, gen_random_uuid(), now())",
        (str(school) if whose == "school" else None,),
    )
    assert deliver(message) == BUSY
    assert post.mails() == status_of(owner) == []
    owner.execute("UPDATE switches SET is_on = true")
    assert deliver(message) == HANDLED
    assert len(post.mails()) == 1


def test_a_message_of_an_unknown_template_ends_in_the_dead_letter_queue(
    post: Post, aws: LocalAws, teacher: Person
) -> None:
    aws.send(queues.MAIL, order("poem", teacher.id).body())
    for _ in range(queues.MAIL.max_receives + 1):
        post.work()
        aws.come_back()
    assert post.waiting() == []
    assert [letter["payload"]["template"] for letter in aws.dead_letters(queues.MAIL)] == ["poem"]


def test_a_developer_sees_the_mail_in_the_log_as_well(post: Post, teacher: Person, log: Log) -> None:
    deliver(order("reset_password", teacher.id))
    (shown,), sent = log.of("mail"), post.last(teacher.email)
    assert (shown["to"], shown["subject"], shown["token"]) == (teacher.email, sent.subject, sent.token)
    assert shown["link"] in sent.text
