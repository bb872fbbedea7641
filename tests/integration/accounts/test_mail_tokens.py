"""Tokens sent by mail: to confirm an address, to choose a password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chalicelib import observe, settings
from chalicelib.message import Message
from chalicelib.services import mail, mail_texts
from tests.integration.accounts.conftest import PASSWORD, Mailbox, Person, World, at_once
from tests.support.client import ApiClient

NEW = "another horse battery"


@pytest.fixture
def teacher(world: World) -> Person:
    return world.person(world.school(), "teacher")


def forgot(client: ApiClient, mailbox: Mailbox, email: str) -> str:
    assert client.post("/v1/auth/password/forgot", {"email": email}).status == 202
    return str(mailbox.last(email)["token"])


def by_ses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mails go into the outbox from now on; without local AWS they stay there."""
    monkeypatch.setenv("TIZA_MAIL", "ses")
    monkeypatch.setenv("TIZA_MAIL_FROM", "Tiza <hello@tiza.example>")
    settings.reset()


def reset(client: ApiClient, token: str, password: str = NEW) -> Any:
    return client.post("/v1/auth/password/reset", {"token": token, "password": password})


def status_of_sign_in(client: ApiClient, email: str, password: str) -> int:
    return client.post("/v1/auth/login", {"email": email, "password": password}).status


def test_a_reset_changes_the_password_and_ends_every_session(
    client: ApiClient, mailbox: Mailbox, teacher: Person
) -> None:
    before = client.post("/v1/auth/login", {"email": teacher.email, "password": PASSWORD}).data
    token = forgot(client, mailbox, teacher.email)
    assert reset(client, token).status == 204
    assert status_of_sign_in(client, teacher.email, PASSWORD) == 401
    assert status_of_sign_in(client, teacher.email, NEW) == 200
    assert client.as_user(before["access_token"]).get("/v1/me").status == 401
    assert client.post("/v1/auth/refresh", {"refresh_token": before["refresh_token"]}).status == 401


def test_a_token_is_good_once_and_a_reset_voids_the_others(
    client: ApiClient, mailbox: Mailbox, teacher: Person
) -> None:
    first, second = (forgot(client, mailbox, teacher.email) for _ in range(2))
    assert reset(client, second).status == 204
    for token in (first, second):
        reply = reset(client, token)
        assert (reply.status, reply.code) == (409, "INVALID_ONE_TIME_TOKEN")


def test_of_two_uses_at_once_one_succeeds(client: ApiClient, mailbox: Mailbox, teacher: Person) -> None:
    token = forgot(client, mailbox, teacher.email)
    replies = at_once(4, lambda n: reset(client, token, f"{NEW} {n}"))
    assert sorted(reply.status for reply in replies) == [204, 409, 409, 409]
    winner = [reply.status for reply in replies].index(204)
    assert status_of_sign_in(client, teacher.email, f"{NEW} {winner}") == 200


def test_lives_of_the_tokens(client: ApiClient, mailbox: Mailbox, world: World, owner: Any) -> None:
    school = world.school()
    admin = world.person(school, "admin")
    waiting = world.person(school, "teacher", email_verified_at=None)
    forgot(client, mailbox, admin.email)
    client.post("/v1/auth/email/resend", {"email": waiting.email})
    admin.api.post("/v1/users", {"role": "parent", "name": "Pa", "email": "pa@home.example"})
    owner.execute("SELECT purpose, expires_at - created_at FROM one_time_tokens")
    lives = {purpose: life.total_seconds() / 60 for purpose, life in owner.fetchall()}
    assert lives == {"reset_password": 30, "verify_email": 24 * 60, "set_password": 72 * 60}


def test_an_expired_token_is_not_good(
    client: ApiClient, mailbox: Mailbox, teacher: Person, owner: Any
) -> None:
    token = forgot(client, mailbox, teacher.email)
    owner.execute("UPDATE one_time_tokens SET expires_at = now()")
    assert reset(client, token).code == "INVALID_ONE_TIME_TOKEN"
    assert status_of_sign_in(client, teacher.email, PASSWORD) == 200


def test_a_token_is_good_for_its_purpose_only(
    client: ApiClient, mailbox: Mailbox, world: World, teacher: Person
) -> None:
    waiting = world.person(world.school(), "teacher", email_verified_at=None)
    client.post("/v1/auth/email/resend", {"email": waiting.email})
    to_verify = mailbox.last(waiting.email)["token"]
    to_reset = forgot(client, mailbox, teacher.email)
    assert reset(client, to_verify).status == 409
    assert client.post("/v1/auth/email/verify", {"token": to_reset}).status == 409
    assert client.post("/v1/auth/email/verify", {"token": to_verify}).status == 204
    assert client.post("/v1/auth/email/verify", {"token": to_verify}).status == 409


def test_whoever_resets_reads_the_mails_of_the_address_so_it_is_verified(
    client: ApiClient, mailbox: Mailbox, world: World
) -> None:
    waiting = world.person(world.school(), "teacher", email_verified_at=None)
    assert reset(client, forgot(client, mailbox, waiting.email)).status == 204
    assert status_of_sign_in(client, waiting.email, NEW) == 200


@pytest.mark.parametrize("path", ["/v1/auth/password/forgot", "/v1/auth/email/resend"])
def test_known_and_unknown_addresses_get_the_same_answer_after_the_same_work(
    client: ApiClient, world: World, mailbox: Mailbox, owner: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    school = world.school()
    known = world.person(school, "teacher", email_verified_at=None)
    disabled = world.person(school, "teacher", status="disabled", email_verified_at=None)
    by_ses(monkeypatch)
    seen = []
    for email in (known.email, disabled.email, "nobody@school.example"):
        use = observe.SqlUse()
        token = observe.sql_use.set(use)
        reply = client.post(path, {"email": email})
        observe.sql_use.reset(token)
        seen.append((reply.status, reply.data, [sql.split()[0] for sql in use.statements]))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][:2] == (202, {"status": "sent"})
    monkeypatch.setenv("TIZA_MAIL", "log")
    settings.reset()
    owner.execute("SELECT id, payload FROM outbox")
    waiting = owner.fetchall()
    assert len(waiting) == 3
    for message_id, payload in waiting:
        mail.deliver(Message(UUID(str(message_id)), "mail", payload))
    assert [sent["to"] for sent in mailbox.mails] == [known.email]


def test_a_verified_address_gets_no_second_request_to_verify(
    client: ApiClient, mailbox: Mailbox, teacher: Person
) -> None:
    assert client.post("/v1/auth/email/resend", {"email": teacher.email}).data == {"status": "sent"}
    assert mailbox.mails == []


def test_nobody_gets_more_than_five_mails_an_hour(
    client: ApiClient, mailbox: Mailbox, teacher: Person, owner: Any
) -> None:
    for _ in range(7):
        assert client.post("/v1/auth/password/forgot", {"email": teacher.email}).status == 202
    assert len(mailbox.mails) == 5
    owner.execute("UPDATE mail_deliveries SET created_at = created_at - interval '61 minutes'")
    client.post("/v1/auth/password/forgot", {"email": teacher.email})
    assert len(mailbox.mails) == 6


def test_with_a_mail_service_the_message_waits_in_the_outbox_and_holds_ids_only(
    client: ApiClient, teacher: Person, mailbox: Mailbox, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_ses(monkeypatch)
    client.post("/v1/auth/password/forgot", {"email": teacher.email})
    assert mailbox.mails == []
    owner.execute("SELECT kind, payload FROM outbox")
    assert owner.fetchall() == [("mail", {"template": "reset_password", "user_id": str(teacher.id)})]
    owner.execute("SELECT count(*) FROM one_time_tokens")
    assert owner.fetchone() == (0,)  # it is minted when the mail is made


def test_a_mail_that_cannot_be_shown_does_not_fail_the_request(
    client: ApiClient, teacher: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_values: Any) -> None:
        raise RuntimeError("no template")

    monkeypatch.setattr(mail_texts, "written", broken)
    assert client.post("/v1/auth/password/forgot", {"email": teacher.email}).status == 202
    assert mailbox.mails == []


def test_the_table_holds_hashes_only(
    client: ApiClient, mailbox: Mailbox, teacher: Person, owner: Any
) -> None:
    token = forgot(client, mailbox, teacher.email)
    assert len(token) == 43  # 256 bits
    owner.execute("SELECT token_hash FROM one_time_tokens")
    (stored,) = owner.fetchone()
    assert len(stored) == 64
    assert token not in stored


@pytest.mark.parametrize("token", ["", "x" * 42, "x" * 44, "x" * 42 + "\n", "x" * 42 + "é", None])
def test_what_is_no_token_is_malformed(client: ApiClient, token: Any) -> None:
    assert client.post("/v1/auth/email/verify", {"token": token}).code == "VALIDATION_ERROR"
