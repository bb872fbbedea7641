"""Exercises: the server works out the answer, and tells it to staff only."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.accounts.conftest import Person
from tests.integration.work.conftest import Scene, skill_id, walk


def add(person: Person, problem: str = "503 - 278", **fields: Any) -> dict[str, Any]:
    reply = person.api.post("/v1/exercises", {"problem": problem, **fields})
    assert reply.status == 201, reply.text
    made: dict[str, Any] = reply.data
    return made


def test_topic_text_and_answer_are_found_out(scene: Scene) -> None:
    made = add(scene.teacher, " 503-278 ")
    assert (made["topic"], made["problem"], made["expected"]) == ("subtraction", "503 - 278", "225")
    assert made["skill_ids"] == [skill_id(scene.teacher, "subtraction")]
    assert (made["difficulty"], made["discrimination"], made["is_shared"]) == (0.0, 1.0, False)


def test_an_answer_cannot_be_stated(scene: Scene) -> None:
    body = {"problem": "503 - 278", "expected": "375"}
    assert scene.teacher.api.post("/v1/exercises", body).code == "VALIDATION_ERROR"


def test_only_staff_see_the_answer(scene: Scene) -> None:
    path = f"/v1/exercises/{add(scene.teacher)['id']}"
    for person in (scene.teacher, scene.other_teacher, scene.admin):
        assert person.api.get(path).data["expected"] == "225"
    for person in (scene.student, scene.parent):
        assert person.api.get(path).data["expected"] is None
        assert [each["expected"] for each in person.api.get("/v1/exercises").data] == [None]


@pytest.mark.parametrize(
    "problem", ["503 -", "what is 5", "5", "1 / 0 - x ((", "9" * 40 + " - 1", "3 - - - "]
)
def test_a_problem_outside_the_grammar_is_explained(scene: Scene, problem: str) -> None:
    reply = scene.teacher.api.post("/v1/exercises", {"problem": problem})
    assert (reply.status, reply.code) == (400, "PROBLEM_SYNTAX_ERROR")
    details = reply.json["error"]["details"]
    assert 0 <= details["position"] <= len(problem)
    assert details["expected"]


@pytest.mark.parametrize(
    "change",
    [
        {"problem": ""}, {"problem": "1" * 201}, {"problem": 5}, {"problem": "1 - 1\u0000"},
        {"skill_ids": []}, {"skill_ids": [str(uuid4())] * 6}, {"skill_ids": ["x"]},
        {"difficulty": 10.5}, {"difficulty": "hard"}, {"difficulty": 1e400}, {"discrimination": 0},
        {"discrimination": -1}, {"discrimination": 11},
    ],
)  # fmt: skip
def test_a_malformed_exercise_is_refused(scene: Scene, change: dict[str, Any]) -> None:
    if change.get("difficulty") == float("inf"):  # a number beyond range, as it would come over the wire
        reply = scene.teacher.api.post("/v1/exercises", body=b'{"problem": "1 - 1", "difficulty": 1e400}')
    else:
        reply = scene.teacher.api.post("/v1/exercises", {"problem": "1 - 1", **change})
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


def test_an_unknown_skill_is_named(scene: Scene) -> None:
    unknown = str(uuid4())
    reply = scene.teacher.api.post("/v1/exercises", {"problem": "1 - 1", "skill_ids": [unknown]})
    assert (reply.status, reply.json["error"]["details"]["skill_ids"]) == (404, [unknown])


def test_exercises_are_found_by_skill_topic_and_difficulty(scene: Scene) -> None:
    zeros = skill_id(scene.teacher, "subtraction.zeros")
    easy = add(scene.teacher, "7 + 5", difficulty=-2.0)["id"]
    middle = add(scene.teacher, "503 - 278", skill_ids=[zeros], difficulty=0.5)["id"]
    hard = add(scene.teacher, "5003 - 2784", skill_ids=[zeros], difficulty=2.0)["id"]

    def found(query: str) -> list[str]:
        return [each["id"] for each in scene.student.api.get(f"/v1/exercises?{query}").data]

    assert found("") == [hard, middle, easy]
    assert found(f"skill_id={zeros}") == [hard, middle]
    assert found("topic=addition") == [easy]
    assert found("min_difficulty=0.5") == [hard, middle]
    assert found("max_difficulty=0.5") == [middle, easy]
    assert found(f"skill_id={zeros}&max_difficulty=1&min_difficulty=0") == [middle]
    assert found(f"skill_id={uuid4()}") == []


def test_exercises_come_in_pages_newest_first(scene: Scene) -> None:
    made = [add(scene.teacher, f"{number} + 1")["id"] for number in range(5)]
    assert [each["id"] for each in walk(scene.student, "/v1/exercises")] == made[::-1]


def test_a_school_sees_its_own_and_the_platforms(scene: Scene, elsewhere: Scene, operator: Person) -> None:
    own, shared = add(scene.teacher), add(operator, "612 ÷ 6")
    assert (own["is_shared"], shared["is_shared"]) == (False, True)
    assert [each["id"] for each in scene.student.api.get("/v1/exercises").data] == [shared["id"], own["id"]]
    assert [each["id"] for each in elsewhere.teacher.api.get("/v1/exercises").data] == [shared["id"]]
    assert elsewhere.teacher.api.get(f"/v1/exercises/{own['id']}").status == 404
    assert operator.api.get(f"/v1/exercises/{own['id']}").status == 404
    attempt = elsewhere.student.api.post("/v1/attempts", {"exercise_id": shared["id"], "answer": "102"})
    assert (attempt.status, attempt.data["verdict"]) == (201, "correct")


def test_each_changes_only_their_own(scene: Scene, elsewhere: Scene, operator: Person) -> None:
    own, shared = (f"/v1/exercises/{add(person)['id']}" for person in (scene.teacher, operator))
    for person, path in (
        (elsewhere.teacher, own),
        (elsewhere.admin, own),
        (operator, own),
        (scene.teacher, shared),
        (scene.admin, shared),
    ):
        assert person.api.patch(path, {"difficulty": 1.0}).status == 404
        assert person.api.delete(path).status == 404
    for person, path in ((scene.other_teacher, own), (scene.admin, own), (operator, shared)):
        assert person.api.patch(path, {"difficulty": 1.0}).data["difficulty"] == 1.0
    for person in (scene.student, scene.parent):
        assert person.api.post("/v1/exercises", {"problem": "1 + 1"}).status == 403
        assert person.api.patch(own, {}).status == 403
        assert person.api.delete(own).status == 403


def test_what_is_left_out_of_a_change_stays(scene: Scene) -> None:
    made = add(scene.teacher, difficulty=1.5)
    path = f"/v1/exercises/{made['id']}"
    zeros = skill_id(scene.teacher, "subtraction.zeros")
    changed = scene.teacher.api.patch(path, {"skill_ids": [zeros, zeros]}).data
    assert (changed["skill_ids"], changed["difficulty"]) == ([zeros], 1.5)
    assert scene.teacher.api.patch(path, {"discrimination": 2}).data["skill_ids"] == [zeros]
    assert scene.teacher.api.patch(path, {"problem": "1 + 1"}).status == 400


def test_an_archived_exercise_is_not_listed_but_can_still_be_answered(scene: Scene) -> None:
    made = add(scene.teacher)
    path = f"/v1/exercises/{made['id']}"
    assert scene.teacher.api.delete(path).status == 204
    assert scene.teacher.api.delete(path).status == 204
    assert scene.teacher.api.get("/v1/exercises").data == []
    assert [each["id"] for each in scene.teacher.api.get("/v1/exercises?archived=true").data] == [made["id"]]
    late = scene.student.api.post("/v1/attempts", {"exercise_id": made["id"], "answer": "225"})
    assert late.status == 201
    assert scene.teacher.api.patch(path, {"archived": False}).data["archived_at"] is None
    assert len(scene.teacher.api.get("/v1/exercises").data) == 1
