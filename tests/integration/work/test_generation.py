"""`POST /v1/exercises/generate`: exercises made to order, on show or stored."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from chalicelib.diagnosis import expected_answer, parse_problem, simulate
from tests.integration.accounts.conftest import Person
from tests.integration.work.conftest import Scene, skill_id, walk

APART = ["subtraction.borrow_from_zero", "subtraction.stops_borrow_at_zero", "subtraction.borrow_across_zero"]


def generate(person: Person, **body: Any) -> dict[str, Any]:
    reply = person.api.post("/v1/exercises/generate", body)
    assert reply.status == 200, reply.text
    data: dict[str, Any] = reply.data
    return data


def problems(made: dict[str, Any]) -> list[str]:
    return [each["problem"] for each in made["exercises"]]


def test_exercises_of_a_topic_come_with_their_answers_and_are_not_stored(scene: Scene) -> None:
    made = generate(scene.teacher, topic="fractions", difficulty=4, count=7)["exercises"]
    assert len({each["problem"] for each in made}) == 7
    for each in made:
        assert (each["id"], each["topic"], each["difficulty"], each["answers"]) == (
            None,
            "fractions",
            1.0,
            [],
        )
        assert each["skill_ids"] == [skill_id(scene.teacher, "fractions")]
        assert each["expected"] == expected_answer(each["problem"])
    assert scene.teacher.api.get("/v1/exercises").data == []


def test_the_seed_makes_them_again(scene: Scene) -> None:
    made = generate(scene.teacher, topic="algebra")
    assert len(made["exercises"]) == 5
    assert generate(scene.admin, topic="algebra", seed=made["seed"]) == made
    assert generate(scene.teacher, topic="algebra")["seed"] != made["seed"]
    assert problems(generate(scene.teacher, topic="algebra", seed=7)) != problems(
        generate(scene.teacher, topic="algebra", seed=8)
    )


def test_each_brings_a_wanted_bug_out_and_says_which(scene: Scene) -> None:
    wanted = ["subtraction.borrow_from_zero", "subtraction.smaller_from_larger"]
    for each in generate(scene.teacher, topic="subtraction", provoke=wanted, count=10)["exercises"]:
        answers = {found["bug"]: found["answer"] for found in each["answers"]}
        assert answers == {bug: simulate(bug, each["problem"]) for bug in wanted}
        assert set(answers.values()) - {None, each["expected"]}


def test_bugs_to_be_told_apart_give_different_answers(scene: Scene) -> None:
    made = generate(scene.teacher, topic="subtraction", tell_apart=APART, seed=3)["exercises"]
    assert len(made) == 5
    for each in made:
        assert len({found["answer"] for found in each["answers"]}) == 3


def test_exercises_for_a_skill_practise_it(scene: Scene) -> None:
    skill = skill_id(scene.teacher, "algebra.inequalities")
    for each in generate(scene.teacher, skill_id=skill, count=10)["exercises"]:
        assert (each["topic"], each["skill_ids"], each["difficulty"]) == ("algebra", [skill], 0.0)
        assert "<" in each["problem"] or ">" in each["problem"]


def test_a_bug_that_does_not_show_gives_no_exercises(scene: Scene) -> None:
    body = {"topic": "subtraction", "difficulty": 1, "provoke": ["subtraction.borrow_from_zero"]}
    assert generate(scene.teacher, **body, store=True)["exercises"] == []


def test_stored_ones_are_exercises_of_the_school(scene: Scene, elsewhere: Scene, owner: Any) -> None:
    skill = skill_id(scene.teacher, "subtraction.zeros")
    made = generate(scene.teacher, skill_id=skill, difficulty=5, count=6, store=True)["exercises"]
    listed = {each["id"]: each for each in walk(scene.teacher, "/v1/exercises")}
    assert len(listed) == 6
    for each in made:
        stored = listed[each["id"]]
        for name in ("topic", "problem", "expected", "skill_ids", "difficulty"):
            assert stored[name] == each[name]
        assert (stored["is_shared"], stored["discrimination"]) == (False, 1.0)
    assert elsewhere.teacher.api.get("/v1/exercises").data == []
    body = {"exercise_id": made[0]["id"], "answer": made[0]["expected"]}
    attempt = scene.student.api.post("/v1/attempts", body).data
    assert (attempt["verdict"], [step["skill_id"] for step in attempt["mastery"]]) == ("correct", [skill])
    owner.execute("SELECT actor_id, details FROM audit_entries WHERE action = 'exercises.generated'")
    assert owner.fetchall() == [(scene.teacher.id, {"exercise_ids": [each["id"] for each in made]})]


def test_sent_again_under_the_same_key_they_are_stored_once(scene: Scene) -> None:
    body, key = {"topic": "addition", "count": 3, "store": True}, {"Idempotency-Key": "once"}
    first, second = (scene.admin.api.post("/v1/exercises/generate", body, headers=key) for _ in range(2))
    assert first.text == second.text
    assert len(walk(scene.admin, "/v1/exercises")) == 3


@pytest.mark.parametrize("field", ["provoke", "tell_apart"])
def test_an_unknown_bug_or_one_of_another_topic_is_named(scene: Scene, field: str) -> None:
    for bug, word in (
        ("subtraction.nonsense", "no bug"),
        ("nonsense.bug", "no bug"),
        ("addition.no_carry", "addition"),
    ):
        body = {"topic": "subtraction", field: ["subtraction.borrow_from_zero", bug]}
        reply = scene.teacher.api.post("/v1/exercises/generate", body)
        assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")
        details = reply.json["error"]["details"]
        assert details["path"] == f"$.{field}[1]"
        assert bug in details["reason"]
        assert word in details["reason"]


def test_an_unknown_or_retired_skill_is_not_found(scene: Scene, operator: Person) -> None:
    retired = skill_id(operator, "subtraction.zeros")
    operator.api.delete(f"/v1/skills/{retired}")
    for skill in (retired, str(uuid4())):
        reply = scene.teacher.api.post("/v1/exercises/generate", {"skill_id": skill})
        assert (reply.status, reply.json["error"]["details"]["skill_ids"]) == (404, [skill])


@pytest.mark.parametrize(
    "body",
    [
        {}, {"topic": "poetry"}, {"topic": "algebra", "skill_id": "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"},
        {"topic": "algebra", "count": 0}, {"topic": "algebra", "count": 21},
        {"topic": "algebra", "difficulty": 0}, {"topic": "algebra", "difficulty": 6},
        {"topic": "algebra", "seed": -1}, {"topic": "algebra", "seed": 2**31},
        {"topic": "algebra", "seed": "x"},
        {"topic": "algebra", "provoke": ["algebra.a+algebra.b"]},
        {"topic": "algebra", "provoke": ["algebra.x"] * 9}, {"topic": "algebra", "store": "yes"},
        {"topic": "algebra", "bugs": []},
    ],
)  # fmt: skip
def test_a_malformed_wish_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    reply = scene.teacher.api.post("/v1/exercises/generate", body)
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("difficulty", [1, 2, 3, 4, 5])
def test_every_topic_has_exercises_of_every_difficulty(scene: Scene, difficulty: int) -> None:
    for skill in scene.teacher.api.get("/v1/skills?limit=100").data:
        if skill["slug"] == skill["topic"]:
            made = generate(scene.teacher, topic=skill["topic"], difficulty=difficulty, count=3)["exercises"]
            assert [parse_problem(each["problem"]).topic for each in made] == [skill["topic"]] * 3
