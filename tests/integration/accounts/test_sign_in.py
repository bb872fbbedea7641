"""Signing in, the lock against guessing, the chain of refresh tokens, signing out."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from chalicelib import observe
from chalicelib.services import passwords
from chalicelib.store import database as store
from chalicelib.store.models.security import RefreshToken
from tests.integration.accounts.conftest import PASSWORD, PIN, Person, World, at_once
from tests.support.client import ApiClient, Reply

WRONG = "wrong horse battery"


@pytest.fixture
def teacher(world: World) -> Person:
    return world.person(world.school(), "teacher", name="Ada")


def log_in(client: ApiClient, email: str, password: str = PASSWORD) -> Reply:
    return client.post("/v1/auth/login", {"email": email, "password": password})


def refresh(client: ApiClient, token: str) -> Reply:
    return client.post("/v1/auth/refresh", {"refresh_token": token})


def age(owner: Any, interval: str) -> None:
    """Let that much time pass for the counts of failures."""
    owner.execute(
        "UPDATE sign_in_failures"
        " SET last_at = last_at - %(t)s::interval, locked_until = locked_until - %(t)s::interval",
        {"t": interval},
    )


def test_the_answer_to_a_sign_in(client: ApiClient, teacher: Person) -> None:
    reply = log_in(client, teacher.email.upper())
    data = reply.data
    assert reply.status == 200
    assert (data["token_type"], data["expires_in"]) == ("Bearer", 900)
    assert data["user"] == {
        "id": str(teacher.id), "role": "teacher", "name": "Ada", "locale": "en",
        "school_id": client.as_user(data["access_token"]).get("/v1/me").data["school"]["id"],
    }  # fmt: skip


def test_an_operator_belongs_to_no_school(client: ApiClient, world: World) -> None:
    operator = world.person(None, "operator")
    data = log_in(client, operator.email).data
    assert data["user"]["school_id"] is None
    assert client.as_user(data["access_token"]).get("/v1/me").data["school"] is None
    again = refresh(client, data["refresh_token"]).data
    assert client.as_user(again["access_token"]).get("/v1/me").status == 200


def test_whatever_is_wrong_is_told_alike_after_the_same_work(
    client: ApiClient, world: World, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = world.school()
    student = world.person(school, "student")
    classroom = world.classroom(school, (student, "student"))
    by_code = {"class_code": classroom.code, "username": student.username, "pin": PIN}
    verified: list[int] = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *args: verified.append(1) or real(*args))
    cases = [
        {"email": teacher.email, "password": WRONG},
        {"email": "nobody@school.example", "password": WRONG},
        {"email": world.person(school, "parent", secret_hash=None).email, "password": PASSWORD},
        {"email": world.person(school, "parent", status="disabled").email, "password": PASSWORD},
        {**by_code, "pin": "0000"},
        {**by_code, "username": "nobody"},
        {**by_code, "class_code": "ZZZZ-ZZZZ"},
    ]
    seen = []
    for case in cases:
        verified.clear()
        use = observe.SqlUse()
        token = observe.sql_use.set(use)
        reply = client.post("/v1/auth/login", case)
        observe.sql_use.reset(token)
        error = {name: value for name, value in reply.json["error"].items() if name != "request_id"}
        seen.append((reply.status, error, len(verified), [sql.split()[0] for sql in use.statements]))
    assert all(each == seen[0] for each in seen)
    assert seen[0][:3] == (401, seen[0][1], 1)
    assert seen[0][1]["code"] == "INVALID_CREDENTIALS"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "a@b.example"},
        {"email": "a@b.example", "password": "x", "pin": "1234"},
        {"class_code": "ABCD-EFGH", "username": "ab"},
        {"email": "a@b.example", "password": ""},
        {"email": None, "password": "x"},
        {"email": ["a@b.example"], "password": "x"},
    ],
)
def test_a_sign_in_names_one_account_and_its_secret(client: ApiClient, body: dict[str, Any]) -> None:
    assert client.post("/v1/auth/login", body).code == "VALIDATION_ERROR"


def test_an_unverified_address_is_told_only_to_who_knows_the_password(
    client: ApiClient, world: World
) -> None:
    user = world.person(world.school(), "teacher", email_verified_at=None)
    assert log_in(client, user.email, WRONG).code == "INVALID_CREDENTIALS"
    reply = log_in(client, user.email)
    assert (reply.status, reply.code) == (403, "EMAIL_NOT_VERIFIED")


def test_an_archived_class_lets_nobody_sign_in(client: ApiClient, world: World, owner: Any) -> None:
    school = world.school()
    student = world.person(school, "student")
    classroom = world.classroom(school, (student, "student"))
    body = {"class_code": classroom.code, "username": student.username, "pin": PIN}
    assert client.post("/v1/auth/login", body).status == 200
    owner.execute("UPDATE classrooms SET archived_at = now()")
    assert client.post("/v1/auth/login", body).code == "INVALID_CREDENTIALS"


def test_five_failures_lock_the_account_even_for_the_right_password(
    client: ApiClient, teacher: Person, owner: Any
) -> None:
    assert [log_in(client, teacher.email, WRONG).status for _ in range(5)] == [401] * 5
    reply = log_in(client, teacher.email)
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (429, "ACCOUNT_LOCKED", "60")
    age(owner, "61 seconds")
    assert log_in(client, teacher.email).status == 200
    assert log_in(client, teacher.email, WRONG).status == 401  # the success cleared the count


def test_each_further_failure_doubles_the_lock_up_to_a_quarter_of_an_hour(
    client: ApiClient, teacher: Person, owner: Any
) -> None:
    for _ in range(4):
        log_in(client, teacher.email, WRONG)
    waits = []
    for _ in range(6):
        assert log_in(client, teacher.email, WRONG).status == 401
        waits.append(int(log_in(client, teacher.email, WRONG).headers["Retry-After"]))
        age(owner, f"{waits[-1]} seconds")
    assert waits == [60, 120, 240, 480, 900, 900]


def test_failures_are_forgotten_after_a_quarter_of_an_hour(
    client: ApiClient, teacher: Person, owner: Any
) -> None:
    for _ in range(4):
        log_in(client, teacher.email, WRONG)
    age(owner, "16 minutes")
    assert [log_in(client, teacher.email, WRONG).status for _ in range(5)] == [401] * 5
    assert log_in(client, teacher.email).status == 429


def test_a_lock_holds_for_its_account_and_address_only(
    client: ApiClient, world: World, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        log_in(client, teacher.email, WRONG)
    other = world.person(world.school(), "teacher")
    assert log_in(client, other.email).status == 200
    monkeypatch.setattr("chalice.local.LambdaEventConverter.LOCAL_SOURCE_IP", "192.0.2.7")
    assert log_in(client, teacher.email).status == 200


def test_unknown_accounts_lock_like_known_ones(client: ApiClient, database: str) -> None:
    statuses = [log_in(client, "nobody@school.example", WRONG).status for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_the_way_a_code_is_typed_gives_no_further_tries(client: ApiClient, world: World) -> None:
    school = world.school()
    student = world.person(school, "student", username="bea")
    code = world.classroom(school, (student, "student")).code
    typed = [code, code.lower(), code.replace("-", ""), f"-{code}", f"{code}-", "-".join(code)]
    statuses = [
        client.post("/v1/auth/login", {"class_code": c, "username": u, "pin": "0000"}).status
        for c, u in zip(typed, ["bea", "BEA", "Bea", "bea", "bea", "bea"], strict=True)
    ]
    assert statuses == [401] * 5 + [429]


def test_guessing_in_parallel_gives_no_further_tries(client: ApiClient, teacher: Person) -> None:
    replies = at_once(12, lambda n: log_in(client, teacher.email, f"{WRONG} {n}"))
    assert sorted(reply.status for reply in replies) == [401] * 5 + [429] * 7


def test_an_old_hash_is_renewed_at_sign_in(client: ApiClient, world: World, owner: Any) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    user = world.person(world.school(), "teacher", secret_hash=weak)
    assert log_in(client, user.email).status == 200
    owner.execute("SELECT secret_hash FROM users WHERE id = %s", (str(user.id),))
    (stored,) = owner.fetchone()
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert log_in(client, user.email).status == 200


def test_a_session_that_a_new_password_ended_does_not_begin_after_it(
    client: ApiClient, teacher: Person, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = passwords.matches

    def matches_while_it_changes(stored: str | None, secret: str) -> bool:
        owner.execute("UPDATE users SET secret_hash = 'another' WHERE id = %s", (str(teacher.id),))
        return real(stored, secret)

    monkeypatch.setattr(passwords, "matches", matches_while_it_changes)
    assert log_in(client, teacher.email).code == "INVALID_CREDENTIALS"


def test_nothing_is_hashed_within_a_transaction(
    client: ApiClient, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_transactions: list[bool] = []
    for name in ("hashed", "matches"):
        real = getattr(passwords, name)
        monkeypatch.setattr(
            passwords,
            name,
            lambda *args, real=real: open_transactions.append(store.database.in_transaction()) or real(*args),
        )
    log_in(client, teacher.email)
    client.post("/v1/auth/password/reset", {"token": "x" * 43, "password": PASSWORD})
    teacher.api.post("/v1/me/password", {"current_password": PASSWORD, "new_password": PASSWORD + "!"})
    assert open_transactions == [False] * 4


def test_a_refresh_gives_new_tokens_and_the_old_one_is_used_up(client: ApiClient, teacher: Person) -> None:
    first = log_in(client, teacher.email).data
    second = refresh(client, first["refresh_token"]).data
    assert second["refresh_token"] != first["refresh_token"]
    assert second["user"] == first["user"]
    assert client.as_user(second["access_token"]).get("/v1/me").status == 200
    third = refresh(client, second["refresh_token"])
    assert third.status == 200


def test_a_reused_refresh_token_ends_the_session_and_the_error_does_not_undo_it(
    client: ApiClient, teacher: Person
) -> None:
    other_device = log_in(client, teacher.email).data
    first = log_in(client, teacher.email).data
    newest = refresh(client, first["refresh_token"]).data
    reuse = refresh(client, first["refresh_token"])
    assert (reuse.status, reuse.code) == (401, "UNAUTHORIZED")
    assert refresh(client, newest["refresh_token"]).status == 401
    assert refresh(client, other_device["refresh_token"]).status == 200


def test_of_many_refreshes_at_once_exactly_one_wins_and_the_session_lives(
    client: ApiClient, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = log_in(client, teacher.email).data["refresh_token"]
    together = threading.Barrier(4)
    from chalicelib.store import entering

    real = entering.by_refresh_token

    def all_have_begun(token_hash: str) -> Any:
        entered = real(token_hash)
        together.wait(10)
        return entered

    monkeypatch.setattr(entering, "by_refresh_token", all_have_begun)
    replies = at_once(4, lambda _: refresh(client, token))
    monkeypatch.undo()
    assert sorted(reply.status for reply in replies) == [200, 409, 409, 409]
    assert {reply.code for reply in replies if reply.status == 409} == {"TOKEN_JUST_REPLACED"}
    (winner,) = [reply for reply in replies if reply.status == 200]
    assert refresh(client, winner.data["refresh_token"]).status == 200


def test_refresh_tokens_that_are_not_good(client: ApiClient, teacher: Person, owner: Any) -> None:
    token = log_in(client, teacher.email).data["refresh_token"]
    assert refresh(client, "x" * 43).code == "UNAUTHORIZED"
    owner.execute("UPDATE refresh_tokens SET expires_at = now()")
    assert refresh(client, token).code == "UNAUTHORIZED"


@pytest.mark.parametrize("status", ["disabled", "deleted"])
def test_who_may_no_longer_sign_in_may_not_refresh(
    client: ApiClient, teacher: Person, owner: Any, status: str
) -> None:
    data = log_in(client, teacher.email).data
    owner.execute("UPDATE users SET status = %s", (status,))
    assert refresh(client, data["refresh_token"]).status == 401
    assert client.as_user(data["access_token"]).get("/v1/me").status == 401


def test_signing_out_ends_the_session_and_always_succeeds(client: ApiClient, teacher: Person) -> None:
    first = log_in(client, teacher.email).data
    second = refresh(client, first["refresh_token"]).data
    body = {"refresh_token": second["refresh_token"]}
    assert client.post("/v1/auth/logout", body).status == 204
    assert client.post("/v1/auth/logout", body).status == 204
    assert client.post("/v1/auth/logout", {"refresh_token": "x" * 43}).status == 204
    assert refresh(client, second["refresh_token"]).status == 401


def test_secrets_are_stored_as_hashes_only(client: ApiClient, teacher: Person, owner: Any) -> None:
    token = log_in(client, teacher.email).data["refresh_token"]
    owner.execute("SELECT token_hash FROM refresh_tokens")
    (stored,) = owner.fetchone()
    assert token not in stored
    assert len(stored) == 64
    with World.inside(None, teacher.id):
        assert RefreshToken.select().count() == 1
