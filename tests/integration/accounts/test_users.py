"""The people of a school: who sees them, who makes and changes them, and that an admin always remains."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest

from chalicelib.services import users
from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import PASSWORD, PIN, Mailbox, Person, World, at_once
from tests.support.client import ApiClient

STUDENT = {"role": "student", "name": "Bea", "username": "Bea.R", "pin": PIN}
TEACHER = {"role": "teacher", "name": "Cy", "email": "Cy@school.example", "locale": "es"}


def names(reply: Any) -> list[str]:
    return [user["name"] for user in reply.data]


def test_a_new_student_signs_in_with_the_class_that_they_were_put_into(
    client: ApiClient, world: World, school: UUID, admin: Person
) -> None:
    classroom = world.classroom(school)
    body = {**STUDENT, "birth_date": "2015-04-01", "classroom_id": str(classroom.id)}
    reply = admin.api.post("/v1/users", body)
    assert reply.status == 201
    user = reply.data
    assert (user["role"], user["username"], user["email"], user["birth_date"]) == (
        "student", "bea.r", None, "2015-04-01",
    )  # fmt: skip
    sign_in = {"class_code": classroom.code, "username": "bea.r", "pin": PIN}
    assert client.post("/v1/auth/login", sign_in).data["user"]["id"] == user["id"]


@pytest.mark.parametrize("role", ["teacher", "admin", "parent"])
def test_a_new_grown_up_gets_a_mail_to_set_a_password(
    client: ApiClient, admin: Person, mailbox: Mailbox, role: str
) -> None:
    user = admin.api.post("/v1/users", {**TEACHER, "role": role}).data
    assert (user["role"], user["email"], user["email_verified"]) == (role, "cy@school.example", False)
    mail = mailbox.last("cy@school.example")
    assert mail["subject"] == "Tu centro te invita a Tiza"
    reset = {"token": mail["token"], "password": PASSWORD}
    assert client.post("/v1/auth/password/reset", reset).status == 204
    body = {"email": "cy@school.example", "password": PASSWORD}
    assert client.post("/v1/auth/login", body).data["user"]["role"] == role


@pytest.mark.parametrize("role", ["operator", "service", "", None])
def test_nobody_makes_an_operator(admin: Person, role: str | None) -> None:
    assert admin.api.post("/v1/users", {**TEACHER, "role": role}).code == "VALIDATION_ERROR"


def test_taken_names_and_addresses_are_refused_and_nothing_is_half_made(
    admin: Person, world: World, school: UUID, owner: Any
) -> None:
    world.person(school, "student", username="bea.r")
    taken = world.person(world.school(), "teacher", email="cy@school.example")
    for body, reason in ((STUDENT, "username_taken"), (TEACHER, "email_taken")):
        reply = admin.api.post("/v1/users", body)
        assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": reason})
    unknown_class = {**STUDENT, "username": "bea.s", "classroom_id": str(uuid7())}
    assert admin.api.post("/v1/users", unknown_class).code == "NOT_FOUND"
    owner.execute("SELECT count(*) FROM users WHERE id NOT IN (%s)", (str(taken.id),))
    assert owner.fetchone() == (2,)


def test_the_same_idempotency_key_makes_one_user(admin: Person, owner: Any) -> None:
    replies = at_once(4, lambda _: admin.api.post("/v1/users", STUDENT, headers={"Idempotency-Key": "bea"}))
    assert {reply.status for reply in replies} <= {201, 409}
    again = admin.api.post("/v1/users", STUDENT, headers={"Idempotency-Key": "bea"})
    assert again.status == 201
    assert {reply.text for reply in replies if reply.status == 201} == {again.text}


def test_an_admin_finds_everybody_of_the_school(world: World, school: UUID, admin: Person) -> None:
    teacher = world.person(school, "teacher", name="Tea")
    student = world.person(school, "student", name="Stu_1", username="sam.b")
    gone = world.person(school, "student", name="Gone", status="deleted")
    world.person(world.school(), "student", name="Elsewhere")
    classroom = world.classroom(school, (teacher, "teacher"), (student, "student"), (gone, "student"))

    def found(query: str) -> list[str]:
        return names(admin.api.get(f"/v1/users?{query}"))

    assert found("")[1:] == ["Tea", "Stu_1"]
    assert found("role=student") == ["Stu_1"]
    assert found("status=deleted") == ["Gone"]
    assert found(f"classroom_id={classroom.id}") == ["Tea", "Stu_1"]
    assert found("q=TU_") == ["Stu_1"]
    assert found("q=m.B") == ["Stu_1"]
    assert found("q=m%25") == []
    assert found("q=null") == []
    assert found(f"q={teacher.email[:12]}") != []
    assert found("q=_") == ["Stu_1"]
    first = admin.api.get("/v1/users?limit=2")
    second = admin.api.get(f"/v1/users?limit=2&cursor={first.json['meta']['next_cursor']}")
    assert names(second) == ["Stu_1"]


@pytest.mark.parametrize("query", ["role=operator", "status=x", "classroom_id=x", "q=", "limit=101", "x=1"])
def test_bad_filters_are_refused(admin: Person, query: str) -> None:
    assert admin.api.get(f"/v1/users?{query}").code == "VALIDATION_ERROR"


def test_a_teacher_sees_the_students_they_teach(
    world: World, school: UUID, admin: Person, owner: Any
) -> None:
    teacher = world.person(school, "teacher")
    mine, other = world.person(school, "student"), world.person(school, "student")
    world.classroom(school, (teacher, "teacher"), (mine, "student"))
    assert [user["id"] for user in teacher.api.get("/v1/users").data] == [str(mine.id)]
    assert teacher.api.get("/v1/users?role=teacher").data == []
    assert teacher.api.get("/v1/users?status=deleted").data == []
    assert teacher.api.get(f"/v1/users/{mine.id}").data["username"] == mine.username
    for hidden in (other, admin, teacher):
        assert teacher.api.get(f"/v1/users/{hidden.id}").code == "NOT_FOUND"
    owner.execute("SELECT actor_id, subject_id FROM audit_entries WHERE action = 'user.viewed'")
    assert owner.fetchall() == [(teacher.id, mine.id)]


@pytest.mark.parametrize("role", ["student", "parent"])
def test_the_list_is_staffs_business(world: World, school: UUID, role: str) -> None:
    person = world.person(school, role)
    for path in ("/v1/users", f"/v1/users/{person.id}"):
        assert person.api.get(path).code == "FORBIDDEN"


def test_another_schools_people_are_not_found(admin: Person, world: World) -> None:
    other = world.person(world.school(), "student")
    path = f"/v1/users/{other.id}"
    assert admin.api.get(path).code == "NOT_FOUND"
    assert admin.api.patch(path, {"name": "X"}).code == "NOT_FOUND"
    assert admin.api.delete(path).code == "NOT_FOUND"
    assert admin.api.put(f"{path}/pin", {"pin": "1234"}).code == "NOT_FOUND"


def test_changes_are_written_and_noted(world: World, school: UUID, admin: Person, owner: Any) -> None:
    student = world.person(school, "student", birth_date="2015-04-01")
    world.person(school, "student", username="taken")
    path = f"/v1/users/{student.id}"
    changes = {"name": "Bea", "locale": "es", "username": "BEA.r", "birth_date": None}
    data = admin.api.patch(path, changes).data
    assert {name: data[name] for name in changes} == {**changes, "username": "bea.r"}
    assert admin.api.patch(path, {"username": "taken"}).json["error"]["details"]["reason"] == "username_taken"
    assert admin.api.patch(path, {}).data == data
    assert student.api.get("/v1/me").status == 200  # no session ended
    owner.execute("SELECT details FROM audit_entries WHERE action = 'user.changed'")
    assert owner.fetchall() == [({"fields": ["birth_date", "locale", "name", "username"]},)]


def test_changes_must_fit_the_role(world: World, school: UUID, admin: Person) -> None:
    student, parent = world.person(school, "student"), world.person(school, "parent")
    assert admin.api.patch(f"/v1/users/{student.id}", {"role": "teacher"}).status == 409
    assert admin.api.patch(f"/v1/users/{parent.id}", {"role": "admin"}).status == 409
    assert admin.api.patch(f"/v1/users/{parent.id}", {"username": "pa"}).status == 409
    assert admin.api.patch(f"/v1/users/{parent.id}", {"role": "operator"}).status == 400
    assert admin.api.patch(f"/v1/users/{parent.id}", {"status": "deleted"}).status == 400


def session_of(client: ApiClient, person: Person) -> tuple[ApiClient, str]:
    data = client.post("/v1/auth/login", {"email": person.email, "password": PASSWORD}).data
    return client.as_user(data["access_token"]), data["refresh_token"]


@pytest.mark.parametrize(
    "change", [{"role": "admin"}, {"status": "disabled"}, None], ids=["role", "disabled", "deleted"]
)
def test_a_new_role_or_status_ends_every_session(
    client: ApiClient, world: World, school: UUID, admin: Person, change: dict[str, str] | None
) -> None:
    teacher = world.person(school, "teacher")
    session, refresh_token = session_of(client, teacher)
    path = f"/v1/users/{teacher.id}"
    reply = admin.api.patch(path, change) if change else admin.api.delete(path)
    assert reply.status in (200, 204)
    assert session.get("/v1/me").status == 401
    assert client.post("/v1/auth/refresh", {"refresh_token": refresh_token}).status == 401
    body = {"email": teacher.email, "password": PASSWORD}
    assert client.post("/v1/auth/login", body).status == (200 if change == {"role": "admin"} else 401)


def test_who_was_deleted_can_be_brought_back_during_the_grace(
    client: ApiClient, world: World, school: UUID, admin: Person
) -> None:
    teacher = world.person(school, "teacher")
    path = f"/v1/users/{teacher.id}"
    assert admin.api.delete(path).status == 204
    assert admin.api.delete(path).code == "NOT_FOUND"
    deleted = admin.api.get(path).data
    assert (deleted["status"], deleted["deletion_confirmed_at"] is not None) == ("deleted", True)
    active = admin.api.patch(path, {"status": "active"}).data
    assert (active["status"], active["deletion_requested_at"]) == ("active", None)
    assert session_of(client, teacher)[0].get("/v1/me").status == 200


@pytest.mark.parametrize("change", [{"role": "teacher"}, {"status": "disabled"}, None])
def test_the_last_admin_stays(
    world: World, school: UUID, admin: Person, change: dict[str, str] | None
) -> None:
    # None of these counts as an admin who could act.
    world.person(school, "admin", email_verified_at=None)
    world.person(school, "admin", status="disabled")
    world.person(world.school(), "admin")
    path = f"/v1/users/{admin.id}"
    reply = admin.api.patch(path, change) if change else admin.api.delete(path)
    assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": "last_admin"})
    assert admin.api.get("/v1/me").data["role"] == "admin"
    second = world.person(school, "admin")
    reply = second.api.patch(path, change) if change else second.api.delete(path)
    assert reply.status in (200, 204)


def test_two_admins_who_remove_each_other_at_once_leave_one(
    world: World, school: UUID, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = [world.person(school, "admin") for _ in range(2)]
    together = threading.Barrier(2)
    real = users.keep_an_admin

    def both_have_begun(*args: Any, **options: Any) -> None:
        together.wait(10)
        real(*args, **options)

    monkeypatch.setattr(users, "keep_an_admin", both_have_begun)
    changes: list[Any] = [
        lambda: pair[0].api.patch(f"/v1/users/{pair[1].id}", {"role": "teacher"}),
        lambda: pair[1].api.delete(f"/v1/users/{pair[0].id}"),
    ]
    replies = at_once(2, lambda n: changes[n]())
    assert sorted(reply.status >= 400 for reply in replies) == [False, True]
    assert [reply.code for reply in replies if reply.status >= 400] == ["CONFLICT"]
    owner.execute("SELECT count(*) FROM users WHERE role = 'admin' AND status = 'active'")
    assert owner.fetchone() == (1,)


def test_a_new_pin_ends_the_students_sessions(
    client: ApiClient, world: World, school: UUID, admin: Person, owner: Any
) -> None:
    teacher, student = world.person(school, "teacher"), world.person(school, "student")
    classroom = world.classroom(school, (teacher, "teacher"), (student, "student"))
    body = {"class_code": classroom.code, "username": student.username}
    session = client.post("/v1/auth/login", {**body, "pin": PIN}).data
    for person, pin in ((teacher, "2222"), (admin, "3333")):
        assert person.api.put(f"/v1/users/{student.id}/pin", {"pin": pin}).status == 204
        assert client.post("/v1/auth/login", {**body, "pin": pin}).status == 200
    assert client.post("/v1/auth/login", {**body, "pin": PIN}).status == 401
    assert client.as_user(session["access_token"]).get("/v1/me").status == 401
    assert client.post("/v1/auth/refresh", {"refresh_token": session["refresh_token"]}).status == 401
    owner.execute("SELECT actor_id FROM audit_entries WHERE action = 'user.pin_set' ORDER BY id")
    assert owner.fetchall() == [(teacher.id,), (admin.id,)]


def test_who_may_not_set_a_pin(world: World, school: UUID, admin: Person) -> None:
    student, parent = world.person(school, "student"), world.person(school, "parent")
    world.link(school, parent, student)
    path = f"/v1/users/{student.id}/pin"
    assert world.person(school, "teacher").api.put(path, {"pin": "1234"}).code == "NOT_FOUND"
    assert admin.api.put(f"/v1/users/{parent.id}/pin", {"pin": "1234"}).code == "NOT_FOUND"
    for person in (student, parent):
        assert person.api.put(path, {"pin": "1234"}).code == "FORBIDDEN"
    assert admin.api.put(path, {"pin": "12"}).code == "VALIDATION_ERROR"
