"""What people see and change about themselves, up to the end of their account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import PASSWORD, Person, World, at_once
from tests.support.client import ApiClient

NEW = "another horse battery"


def change_password(person: Person, current: str = PASSWORD, new: str = NEW) -> Any:
    return person.api.post("/v1/me/password", {"current_password": current, "new_password": new})


def test_name_and_language_can_be_changed(admin: Person) -> None:
    reply = admin.api.patch("/v1/me", {"name": "Ada López", "locale": "es"})
    assert (reply.data["name"], reply.data["locale"]) == ("Ada López", "es")
    assert admin.api.get("/v1/me").data == reply.data
    assert admin.api.patch("/v1/me", {}).data == reply.data


@pytest.mark.parametrize(
    "body", [{"role": "operator"}, {"name": ""}, {"name": None}, {"email": "x@y.example"}]
)
def test_nothing_else_can(admin: Person, body: dict[str, Any]) -> None:
    assert admin.api.patch("/v1/me", body).code == "VALIDATION_ERROR"


def test_a_students_name_is_kept_by_the_school(world: World, school: UUID) -> None:
    student = world.person(school, "student")
    assert student.api.patch("/v1/me", {"name": "Teacher"}).code == "FORBIDDEN"
    assert student.api.patch("/v1/me", {"locale": "es"}).data["locale"] == "es"


def test_what_has_not_changed_is_not_sent_again(admin: Person) -> None:
    tag = admin.api.get("/v1/me").headers["ETag"]
    assert admin.api.get("/v1/me", headers={"If-None-Match": tag}).status == 304


def test_a_new_password_ends_all_sessions_but_the_one_it_answers_with(
    client: ApiClient, admin: Person
) -> None:
    other = client.post("/v1/auth/login", {"email": admin.email, "password": PASSWORD}).data
    reply = change_password(admin)
    assert reply.status == 200
    assert admin.api.get("/v1/me").status == 401
    assert client.post("/v1/auth/refresh", {"refresh_token": other["refresh_token"]}).status == 401
    assert client.as_user(reply.data["access_token"]).get("/v1/me").status == 200
    assert client.post("/v1/auth/refresh", {"refresh_token": reply.data["refresh_token"]}).status == 200
    assert client.post("/v1/auth/login", {"email": admin.email, "password": NEW}).status == 200


def test_the_current_password_cannot_be_guessed_with_a_stolen_token(admin: Person) -> None:
    statuses = [change_password(admin, f"wrong password {n}").status for n in range(6)]
    assert statuses == [401] * 5 + [429]
    assert change_password(admin).code == "ACCOUNT_LOCKED"


def test_of_two_password_changes_at_once_one_wins(client: ApiClient, admin: Person) -> None:
    replies = at_once(3, lambda n: change_password(admin, new=f"{NEW} {n}"))
    assert sorted(reply.status for reply in replies) == [200, 401, 401]
    winner = [reply.status for reply in replies].index(200)
    body = {"email": admin.email, "password": f"{NEW} {winner}"}
    assert client.post("/v1/auth/login", body).status == 200


def test_a_students_pin_is_set_by_the_school(world: World, school: UUID) -> None:
    student = world.person(school, "student")
    assert change_password(student, "4711").code == "FORBIDDEN"


def test_a_grown_ups_deletion_counts_at_once_and_can_be_taken_back(world: World, school: UUID) -> None:
    teacher = world.person(school, "teacher")
    reply = teacher.api.post("/v1/me/deletion")
    assert reply.status == 202
    assert reply.data["confirmed_at"] is not None
    assert reply.data["purge_after"] > reply.data["confirmed_at"]
    assert teacher.api.post("/v1/me/deletion").data == reply.data
    assert teacher.api.get("/v1/me").data["deletion"] == reply.data
    assert teacher.api.delete("/v1/me/deletion").status == 204
    assert teacher.api.get("/v1/me").data["deletion"] is None


@pytest.mark.parametrize("who", ["admin", "parent"])
def test_a_students_deletion_waits_for_an_admin_or_a_parent(
    world: World, school: UUID, admin: Person, owner: Any, who: str
) -> None:
    student = world.person(school, "student")
    parent = world.person(school, "parent")
    world.link(school, parent, student)
    confirmer = {"admin": admin, "parent": parent}[who]
    path = f"/v1/users/{student.id}/deletion/confirmation"

    reply = confirmer.api.post(path)
    assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": "no_request"})
    request = student.api.post("/v1/me/deletion").data
    assert (request["confirmed_at"], request["purge_after"]) == (None, None)
    confirmed = confirmer.api.post(path).data
    assert confirmed["purge_after"] is not None
    assert confirmer.api.post(path).data == confirmed
    owner.execute("SELECT actor_id, subject_id FROM audit_entries WHERE action = 'user.deletion_confirmed'")
    assert owner.fetchall() == [(confirmer.id, student.id)]
    assert student.api.delete("/v1/me/deletion").status == 204
    assert student.api.get("/v1/me").data["deletion"] is None


def test_nobody_else_confirms_it(world: World, school: UUID) -> None:
    student = world.person(school, "student")
    student.api.post("/v1/me/deletion")
    waiting, stranger = world.person(school, "parent"), world.person(school, "parent")
    world.link(school, waiting, student, confirmed=False)
    teacher = world.person(school, "teacher")
    world.classroom(school, (teacher, "teacher"), (student, "student"))
    elsewhere = world.person(world.school(), "admin")
    path = f"/v1/users/{student.id}/deletion/confirmation"
    for person in (waiting, stranger, elsewhere):
        assert person.api.post(path).code == "NOT_FOUND"
    for person in (teacher, student):
        assert person.api.post(path).code == "FORBIDDEN"
    assert student.api.get("/v1/me").data["deletion"]["confirmed_at"] is None


def test_the_last_admin_does_not_go(world: World, school: UUID, admin: Person) -> None:
    reply = admin.api.post("/v1/me/deletion")
    assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": "last_admin"})
    second = world.person(school, "admin")
    assert admin.api.post("/v1/me/deletion").status == 202
    assert second.api.post("/v1/me/deletion").status == 409


def test_an_export_holds_all_that_is_stored_but_no_secret(
    client: ApiClient, world: World, school: UUID, owner: Any
) -> None:
    student, parent = world.person(school, "student"), world.person(school, "parent")
    classroom = world.classroom(school, (student, "student"))
    link = world.link(school, parent, student)
    body = {"class_code": classroom.code, "username": student.username, "pin": "4711"}
    client.post("/v1/auth/login", body)
    owner.execute(
        "INSERT INTO attempts (id, school_id, student_id, topic, problem, answer, steps, verdict, status,"
        " answered_at, created_at, updated_at) SELECT gen_random_uuid(), %s, %s, 'addition', '1 + 1', '2',"
        " '[]', 'correct', 'final', now(), now(), now() FROM generate_series(1, 5)",
        (str(school), str(student.id)),
    )
    owner.execute(
        "INSERT INTO mastery SELECT %s, id, %s, 0.5, 1, now() FROM skills", (str(student.id), str(school))
    )

    def section(name: str, limit: int = 2) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        path = f"/v1/me/export?section={name}&limit={limit}"
        reply = student.api.get(path)
        while True:
            assert reply.status == 200
            rows += [row["values"] for row in reply.data]
            cursor = reply.json["meta"]["next_cursor"]
            if cursor is None:
                return rows
            reply = student.api.get(f"{path}&cursor={cursor}")

    (profile,) = section("profile")
    assert (profile["id"], profile["username"]) == (str(student.id), student.username)
    assert not {"secret_hash", "token_version"} & profile.keys()
    assert [row["classroom_id"] for row in section("memberships")] == [str(classroom.id)]
    assert [row["id"] for row in section("family_links")] == [str(link)]
    assert len(section("attempts")) == len({row["id"] for row in section("attempts")}) == 5
    mastery = section("mastery")
    owner.execute("SELECT count(*) FROM skills")
    assert len({row["skill_id"] for row in mastery}) == len(mastery) == owner.fetchone()[0]
    assert len(section("sessions")) == 1
    for name in ("identities", "diagnoses", "attempt_skills", "audit"):
        assert section(name) == []


def test_an_export_shows_nobody_elses_data(world: World, school: UUID, admin: Person) -> None:
    other = world.person(school, "teacher")
    world.classroom(school, (other, "teacher"))
    for section in ("memberships", "sessions", "attempts", "family_links"):
        assert admin.api.get(f"/v1/me/export?section={section}").data == []


def test_a_cursor_of_another_section_or_person_is_refused(world: World, school: UUID) -> None:
    people = [world.person(school, "teacher") for _ in range(2)]
    for _ in range(3):
        world.classroom(school, *((person, "teacher") for person in people))
    path = "/v1/me/export?section=memberships&limit=1"
    cursor = people[0].api.get(path).json["meta"]["next_cursor"]
    assert people[0].api.get(f"{path}&cursor={cursor}").status == 200
    assert people[1].api.get(f"{path}&cursor={cursor}").code == "INVALID_CURSOR"
    other = f"/v1/me/export?section=sessions&cursor={cursor}"
    assert people[0].api.get(other).code == "INVALID_CURSOR"


@pytest.mark.parametrize("query", ["", "?section=users", "?section=profile&limit=0", "?section=profile&x=1"])
def test_an_export_names_its_section(admin: Person, query: str) -> None:
    assert admin.api.get(f"/v1/me/export{query}").code == "VALIDATION_ERROR"


def test_a_token_of_somebody_who_never_was_is_refused(client: ApiClient) -> None:
    from chalicelib import tokens

    assert client.as_user(tokens.issue(uuid7(), 1)).get("/v1/me").status == 401
    assert client.get("/v1/me").status == 401
