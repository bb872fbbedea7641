"""Registering: who gets in, by which code, and what an address that is taken gives away (nothing)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from chalicelib import observe
from chalicelib.services import passwords
from chalicelib.store import entering
from chalicelib.store.models.base import now
from tests.integration.accounts.conftest import PASSWORD, PIN, Mailbox, Person, World, at_once
from tests.support.client import ApiClient

FOUNDER = {
    "kind": "teacher",
    "email": "Ada@School.example",
    "password": PASSWORD,
    "name": "Ada",
    "locale": "es",
    "school": {"name": "Escuela", "time_zone": "Europe/Madrid"},
}
SENT = {"status": "verification_sent", "class_code": None, "username": None}


def student_with(code: str, username: str = "Bea.R") -> dict[str, str]:
    return {"kind": "student", "class_code": code, "username": username, "pin": PIN, "name": "Bea"}


def log_in(client: ApiClient, email: str, password: str = PASSWORD) -> Any:
    return client.post("/v1/auth/login", {"email": email, "password": password})


def test_a_founder_verifies_signs_in_and_is_the_first_admin(client: ApiClient, mailbox: Mailbox) -> None:
    reply = client.post("/v1/auth/register", FOUNDER)
    assert (reply.status, reply.data) == (202, SENT)
    assert log_in(client, "ada@school.example").code == "EMAIL_NOT_VERIFIED"

    mail = mailbox.last("ada@school.example")
    assert mail["subject"].startswith("Confirma tu dirección")
    assert mail["link"].endswith("/verify-email#token=" + mail["token"])
    assert client.post("/v1/auth/email/verify", {"token": mail["token"]}).status == 204

    signed_in = log_in(client, "ADA@school.example").data
    me = client.as_user(signed_in["access_token"]).get("/v1/me").data
    assert (me["role"], me["locale"], me["email"]) == ("admin", "es", "ada@school.example")
    assert me["school"]["name"] == "Escuela"
    school = client.as_user(signed_in["access_token"]).get(f"/v1/schools/{me['school']['id']}").data
    assert (school["time_zone"], school["plan"], school["languages"]) == ("Europe/Madrid", "free", ["es"])


def test_a_mail_that_is_shown_leaves_nothing_in_the_outbox(
    client: ApiClient, mailbox: Mailbox, owner: Any
) -> None:
    client.post("/v1/auth/register", FOUNDER)
    owner.execute("SELECT count(*) FROM outbox")
    assert owner.fetchone() == (0,)


@pytest.mark.parametrize("kind", ["teacher", "parent", "founder"])
def test_a_taken_address_gets_the_same_answer_after_the_same_work(
    client: ApiClient, world: World, mailbox: Mailbox, owner: Any, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    hashes = []
    real = passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda secret: hashes.append(1) or real(secret))
    school = world.school()
    taken = world.person(world.school(), "teacher", name="Old")
    student = world.person(school, "student")

    def attempt(email: str) -> tuple[Any, list[str], int]:
        hashes.clear()
        body: dict[str, Any] = {**FOUNDER, "email": email}
        if kind == "teacher":
            body["invite_code"] = world.invite(school, "staff")
            del body["school"]
        elif kind == "parent":
            link_code = world.invite(school, "link", student_id=student.id)
            body = {**body, "kind": "parent", "link_code": link_code}
            del body["school"]
        use = observe.SqlUse()
        token = observe.sql_use.set(use)
        reply = client.post("/v1/auth/register", body)
        observe.sql_use.reset(token)
        return (reply.status, reply.data), [sql.split()[0] for sql in use.statements], len(hashes)

    def tables() -> tuple[int, ...]:
        owner.execute(
            "SELECT (SELECT count(*) FROM schools), (SELECT count(*) FROM users),"
            " (SELECT count(*) FROM family_links), (SELECT count(*) FROM outbox),"
            " (SELECT sum(uses) FROM invites)"
        )
        return tuple(owner.fetchone())

    before = tables()
    answer_taken, statements_taken, hashes_taken = attempt(taken.email)
    assert tables()[:4] == before[:4]  # nothing made
    assert not tables()[4]  # and no code used up
    answer_new, statements_new, hashes_new = attempt("new@school.example")
    assert answer_taken == answer_new == (202, SENT)
    assert hashes_taken == hashes_new == 1
    as_undone = [word.replace("RELEASE", "ROLLBACK") for word in statements_new]
    assert [word.replace("RELEASE", "ROLLBACK") for word in statements_taken] == as_undone

    assert mailbox.subjects(taken.email) == ["You already have a Tiza account"]
    assert log_in(client, taken.email).status == 200


def test_two_registrations_of_one_address_at_once_make_one_account(
    client: ApiClient, mailbox: Mailbox, owner: Any
) -> None:
    replies = at_once(6, lambda _: client.post("/v1/auth/register", FOUNDER))
    assert [(reply.status, reply.data) for reply in replies] == [(202, SENT)] * 6
    owner.execute("SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM schools)")
    assert owner.fetchone() == (1, 1)
    assert mailbox.subjects("ada@school.example").count("Confirma tu dirección de correo para Tiza") == 1


def test_an_address_taken_between_look_and_insert_is_treated_as_taken(
    client: ApiClient, world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = world.person(world.school(), "teacher")
    answers = iter([False, True])
    monkeypatch.setattr(entering, "email_is_taken", lambda _email: next(answers))
    reply = client.post("/v1/auth/register", {**FOUNDER, "email": taken.email})
    assert (reply.status, reply.data) == (202, SENT)
    assert mailbox.subjects(taken.email) == ["You already have a Tiza account"]


def test_a_teacher_comes_in_by_a_staff_invite(client: ApiClient, world: World, mailbox: Mailbox) -> None:
    school = world.school()
    code = world.invite(school, "staff")
    body = {**FOUNDER, "email": "bo@school.example", "invite_code": code.lower().replace("-", "")}
    del body["school"]
    assert client.post("/v1/auth/register", body).status == 202
    client.post("/v1/auth/email/verify", {"token": mailbox.last("bo@school.example")["token"]})
    user = log_in(client, "bo@school.example").data["user"]
    assert (user["role"], user["school_id"]) == ("teacher", str(school))
    again = client.post("/v1/auth/register", {**body, "email": "cy@school.example"})
    assert (again.status, again.code) == (409, "INVALID_CODE")


@pytest.mark.parametrize("fields", [{}, {"school": FOUNDER["school"], "invite_code": "ABCD-EFGH"}])
def test_a_teacher_either_founds_or_is_invited(
    client: ApiClient, database: str, fields: dict[str, Any]
) -> None:
    body = {name: value for name, value in FOUNDER.items() if name != "school"} | fields
    reply = client.post("/v1/auth/register", body)
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("kind", ["admin", "operator", "service", "", None])
def test_other_roles_are_never_self_registered(client: ApiClient, kind: str | None) -> None:
    assert client.post("/v1/auth/register", {**FOUNDER, "kind": kind}).code == "VALIDATION_ERROR"


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Etc/../../etc/passwd", "posix/UTC", "utc", ""])
def test_a_school_needs_a_real_time_zone(client: ApiClient, zone: str) -> None:
    reply = client.post("/v1/auth/register", {**FOUNDER, "school": {"name": "X", "time_zone": zone}})
    assert (reply.status, reply.json["error"]["details"]["path"]) == (400, "$.school.time_zone")


def test_a_student_joins_a_class_and_signs_in_with_its_code(client: ApiClient, world: World) -> None:
    school = world.school()
    classroom = world.classroom(school)
    code = world.invite(school, "class", classroom_id=classroom.id)
    reply = client.post("/v1/auth/register", student_with(code))
    assert (reply.status, reply.data) == (
        202,
        {"status": "ready", "class_code": classroom.code, "username": "bea.r"},
    )
    sign_in = {"class_code": classroom.code.lower(), "username": "BEA.r", "pin": PIN}
    signed_in = client.post("/v1/auth/login", sign_in).data
    assert signed_in["user"]["role"] == "student"
    me = client.as_user(signed_in["access_token"]).get("/v1/me").data
    assert (me["email"], me["username"], me["school"]["id"]) == (None, "bea.r", str(school))


def test_a_taken_user_name_is_told_to_the_holder_of_a_good_code_only_and_uses_nothing_up(
    client: ApiClient, world: World, owner: Any
) -> None:
    school = world.school()
    classroom = world.classroom(school)
    world.person(school, "student", username="bea.r")
    code = world.invite(school, "class", classroom_id=classroom.id)
    reply = client.post("/v1/auth/register", student_with(code))
    assert (reply.status, reply.code) == (409, "CONFLICT")
    assert reply.json["error"]["details"] == {"reason": "username_taken"}
    assert client.post("/v1/auth/register", student_with("AAAA-AAAA")).code == "INVALID_CODE"
    owner.execute("SELECT uses FROM invites")
    assert owner.fetchone() == (0,)
    assert client.post("/v1/auth/register", student_with(code, "bea.s")).status == 202


def test_the_same_user_name_is_free_in_another_school(client: ApiClient, world: World) -> None:
    world.person(world.school(), "student", username="bea.r")
    school = world.school()
    code = world.invite(school, "class", classroom_id=world.classroom(school).id)
    assert client.post("/v1/auth/register", student_with(code)).status == 202


@pytest.mark.parametrize(
    "fault",
    [
        {"expires_at": now() - timedelta(seconds=1)},
        {"revoked_at": now()},
        {"uses": 1},
    ],
    ids=["expired", "revoked", "used up"],
)
def test_a_bad_code_is_refused_without_saying_why(
    client: ApiClient, world: World, fault: dict[str, Any]
) -> None:
    school = world.school()
    code = world.invite(school, "class", classroom_id=world.classroom(school).id, **fault)
    replies = [client.post("/v1/auth/register", student_with(c)).json["error"] for c in (code, "ZZZZ-ZZZZ")]
    for error in replies:
        error.pop("request_id")
    assert replies[0] == replies[1]
    assert replies[0]["code"] == "INVALID_CODE"


def test_a_code_of_another_kind_or_of_an_archived_class_opens_nothing(
    client: ApiClient, world: World, owner: Any
) -> None:
    school = world.school()
    classroom = world.classroom(school)
    staff = world.invite(school, "staff")
    code = world.invite(school, "class", classroom_id=classroom.id)
    assert client.post("/v1/auth/register", student_with(staff)).code == "INVALID_CODE"
    assert client.post("/v1/auth/register", student_with(classroom.code)).code == "INVALID_CODE"
    owner.execute("UPDATE classrooms SET archived_at = now()")
    assert client.post("/v1/auth/register", student_with(code)).code == "INVALID_CODE"


def test_no_more_get_in_by_a_code_than_may(client: ApiClient, world: World, owner: Any) -> None:
    school = world.school()
    classroom = world.classroom(school)
    code = world.invite(school, "class", classroom_id=classroom.id, max_uses=3)
    replies = at_once(8, lambda n: client.post("/v1/auth/register", student_with(code, f"child{n}")))
    assert sorted(reply.status for reply in replies) == [202] * 3 + [409] * 5
    owner.execute("SELECT (SELECT uses FROM invites), (SELECT count(*) FROM memberships)")
    assert owner.fetchone() == (3, 3)


def test_a_parent_starts_with_a_link_that_does_not_count_yet(
    client: ApiClient, world: World, mailbox: Mailbox, admin: Person, school: UUID
) -> None:
    student = world.person(school, "student")
    code = world.invite(school, "link", student_id=student.id)
    body = {**FOUNDER, "kind": "parent", "email": "pa@home.example", "link_code": code}
    del body["school"]
    assert client.post("/v1/auth/register", body).status == 202
    client.post("/v1/auth/email/verify", {"token": mailbox.last("pa@home.example")["token"]})
    parent = client.as_user(log_in(client, "pa@home.example").data["access_token"])
    (link,) = parent.get("/v1/families/links").data
    assert (link["status"], link["student"]) == ("pending", {"id": str(student.id), "name": None})
    assert admin.api.post(f"/v1/families/links/{link['id']}/confirmation").data["status"] == "confirmed"
    (link,) = parent.get("/v1/families/links").data
    assert link["student"]["name"].startswith("student")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "ada@school"),
        ("email", "ada@school.example\n"),
        ("email", "ada@x.example,bo@x.example"),
        ("email", "a\u0000da@school.example"),
        ("email", "a" * 250 + "@school.example"),
        ("password", "short"),
        ("password", "x" * 201),
        ("password", 1234567890),
        ("name", " "),
        ("name", "Ada\n"),
        ("name", "x" * 101),
        ("locale", "fr"),
        ("unknown", 1),
    ],
)
def test_bad_input_is_refused(client: ApiClient, field: str, value: Any) -> None:
    reply = client.post("/v1/auth/register", {**FOUNDER, field: value})
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("field", "value"), [("pin", "123"), ("pin", "12a4"), ("pin", "1234\n"), ("username", "a b")]
)
def test_bad_pins_and_user_names_are_refused(client: ApiClient, field: str, value: str) -> None:
    assert client.post("/v1/auth/register", {**student_with("ABCD-EFGH"), field: value}).status == 400
