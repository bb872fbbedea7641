"""Students on their way: from one class to another, and from one school year to the next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.integration.accounts.conftest import Person, World, at_once


class School:
    """A school in summer: the classes 4a and 4b, with a teacher each."""

    def __init__(self, world: World, school: UUID, admin: Person) -> None:
        self.admin = admin
        self.teachers = [world.person(school, "teacher") for _ in range(2)]
        self.students = [world.person(school, "student") for _ in range(4)]
        first, second = self.teachers
        ada, bo, eva, sam = self.students
        self.rooms = [
            str(world.classroom(school, (first, "teacher"), (ada, "student"), (bo, "student")).id),
            str(world.classroom(school, (second, "teacher"), (eva, "student"), (sam, "student")).id),
        ]

    def begin(self, plan: dict[str, Any], query: str = "") -> Any:
        reply = self.admin.api.post(f"/v1/roster/school-years?{query}", plan)
        assert reply.status == 200, reply.text
        return reply.data

    def members(self, room: str) -> set[str]:
        return {each["user_id"] for each in self.admin.api.get(f"/v1/classrooms/{room}/members").data}

    def rooms_in_use(self) -> list[str]:
        return [each["id"] for each in self.admin.api.get("/v1/classrooms").data]

    def plan(self) -> dict[str, Any]:
        eva = _id(self.students[2])
        return {
            "classes": [
                {"sourced_id": "27-5a", "name": "5a", "grade": 5, "from_classrooms": self.rooms[:1]},
                {"sourced_id": "27-5x", "name": "5x", "students": [eva], "teachers": [_id(self.teachers[0])]},
            ],
            "archive": self.rooms[1:],
        }


def _id(person: Person) -> str:
    return str(person.id)


@pytest.fixture
def summer(world: World, school: UUID, admin: Person) -> School:
    return School(world, school, admin)


def test_a_new_year(summer: School) -> None:
    ada, bo, eva, sam = summer.students
    assert ada.api.post("/v1/attempts", {"problem": "503 - 278", "answer": "375"}).status == 201
    known = ada.api.get(f"/v1/students/{ada.id}/mastery").data
    report = summer.begin(summer.plan())
    assert report["applied"] is True
    told = [(each["outcome"], each["students"], each["teachers"]) for each in report["classes"]]
    assert told == [("created", 2, 1), ("created", 1, 1)]
    assert [(each["classroom_id"], each["outcome"]) for each in report["archived"]] == [
        (summer.rooms[1], "changed"), (summer.rooms[0], "changed"),
    ]  # fmt: skip
    new = [each["classroom_id"] for each in report["classes"]]
    assert summer.rooms_in_use() == new
    first, second = summer.teachers
    assert summer.members(new[0]) == {_id(ada), _id(bo), _id(first)}
    assert summer.members(new[1]) == {_id(eva), _id(first)}
    assert summer.members(summer.rooms[1]) == {_id(eva), _id(sam)}, "the list of the old class stays"
    assert ada.api.get(f"/v1/students/{ada.id}/mastery").data == known
    assert second.api.get(f"/v1/users/{eva.id}").status == 404, "last year's teacher sees them no more"
    assert first.api.get(f"/v1/users/{eva.id}").status == 200


def test_a_plan_that_is_sent_again_changes_nothing(summer: School) -> None:
    first = summer.begin(summer.plan())
    moved = {"from_classroom_id": first["classes"][0]["classroom_id"]}
    moved["to_classroom_id"] = first["classes"][1]["classroom_id"]
    assert summer.admin.api.post(f"/v1/users/{summer.students[0].id}/move", moved).status == 200
    again = summer.begin(summer.plan())
    assert {each["outcome"] for each in (*again["classes"], *again["archived"])} == {"unchanged"}
    assert [each["classroom_id"] for each in again["classes"]] == summer.rooms_in_use()
    assert _id(summer.students[0]) not in summer.members(moved["from_classroom_id"]), "who moved has moved"


def test_a_dry_run_tells_the_same_and_does_nothing(summer: School) -> None:
    dry = summer.begin(summer.plan(), "dry_run=true")
    assert dry["applied"] is False
    assert summer.rooms_in_use() == summer.rooms
    real = summer.begin(summer.plan())
    for each in real["classes"]:
        each["classroom_id"] = None
    assert {**real, "applied": False} == dry


def test_what_cannot_be_done_stops_all_of_it(summer: School, world: World) -> None:
    far = world.school()
    theirs = str(world.classroom(far).id)
    stranger = world.person(far, "student")
    parts = (
        ({"from_classrooms": [theirs]}, "NOT_FOUND"),
        ({"students": [_id(stranger)]}, "NOT_FOUND"),
        ({"students": [_id(summer.teachers[0])]}, "CONFLICT"),
        ({"teachers": [_id(summer.students[0])]}, "CONFLICT"),
    )
    for part, code in parts:
        plan = summer.plan()
        plan["classes"].append({"sourced_id": "27-bad", "name": "bad", **part})
        report = summer.begin(plan)
        assert (report["applied"], report["classes"][-1]["error"]["code"]) == (False, code)
        assert summer.rooms_in_use() == summer.rooms
    report = summer.begin({"archive": [theirs]})
    assert (report["applied"], report["archived"][0]["error"]["code"]) == (False, "NOT_FOUND")


def test_a_student_moves_with_all_that_they_did(summer: School, owner: Any) -> None:
    ada, (old, new) = summer.students[0], summer.rooms
    assert ada.api.post("/v1/attempts", {"problem": "503 - 278", "answer": "375"}).status == 201
    body = {"from_classroom_id": old, "to_classroom_id": new}
    assert summer.teachers[0].api.post(f"/v1/users/{ada.id}/move", body).status == 404, "not their class"
    replies = at_once(3, lambda _: summer.admin.api.post(f"/v1/users/{ada.id}/move", body))
    assert [reply.status for reply in replies] == [200] * 3
    assert _id(ada) not in summer.members(old)
    assert _id(ada) in summer.members(new)
    assert len(summer.teachers[1].api.get(f"/v1/attempts?student_id={ada.id}").data) == 1
    assert summer.teachers[0].api.get(f"/v1/attempts?student_id={ada.id}").status == 404
    owner.execute("SELECT subject_id::text, details FROM audit_entries WHERE action = 'user.moved'")
    assert owner.fetchall() == [(_id(ada), body)]
    back = {"from_classroom_id": new, "to_classroom_id": new}
    assert summer.admin.api.post(f"/v1/users/{ada.id}/move", back).code == "VALIDATION_ERROR"
    assert summer.admin.api.post(f"/v1/users/{summer.teachers[0].id}/move", body).status == 404
    assert summer.admin.api.patch(f"/v1/classrooms/{old}", {"archived": True}).status == 200
    home = {"from_classroom_id": new, "to_classroom_id": old}
    assert summer.admin.api.post(f"/v1/users/{ada.id}/move", home).code == "CONFLICT"
