"""How many round trips to the database each call makes: few, and no more with more rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from chalicelib.caller import STUDENT, TEACHER
from chalicelib.observe import SqlUse, sql_use
from chalicelib.schemas import attempts as attempt_schemas
from chalicelib.schemas import diagnose as diagnose_schemas
from chalicelib.schemas import exercises as exercise_schemas
from chalicelib.services import attempts, diagnose, exercises, generation, retirement
from chalicelib.store import entering
from tests.integration.accounts.conftest import World
from tests.integration.work.conftest import Scene, skill_id, submit


@contextmanager
def counted() -> Iterator[SqlUse]:
    """The round trips of the calls inside."""
    use = SqlUse()
    token = sql_use.set(use)
    try:
        yield use
    finally:
        sql_use.reset(token)


@pytest.fixture
def busy(scene: Scene, world: World) -> Scene:
    """A class of ten with many answers on several skills."""
    crowd = [world.person(scene.school, "student") for _ in range(8)]
    for student in crowd:
        path = f"/v1/classrooms/{scene.classroom}/members/{student.id}"
        scene.admin.api.put(path, {"role": "student"})
    for student in (scene.student, scene.classmate, *crowd):
        for problem in ("9 - 4", "503 - 278", "7 + 5", "24 × 13", "612 ÷ 6"):
            submit(student, problem, "5")
    for number in range(10):
        scene.teacher.api.post("/v1/exercises", {"problem": f"{number} + 1"})
    return scene


READS = {
    "/v1/attempts?limit={limit}": 5,
    "/v1/attempts?student_id={student}&limit={limit}": 6,
    "/v1/classrooms?limit={limit}": 4,
    "/v1/classrooms/{classroom}": 4,
    "/v1/classrooms/{classroom}/members?limit={limit}": 5,
    "/v1/classrooms/{classroom}/mastery": 5,
    "/v1/classrooms/{classroom}/bugs": 6,
    "/v1/classrooms/{classroom}/groups": 5,
    "/v1/classrooms/{classroom}/attention": 7,
    "/v1/students/{student}/mastery": 6,
    "/v1/students/{student}/mastery/history": 6,
    "/v1/exercises?limit={limit}": 5,
    "/v1/skills?limit={limit}": 5,
    "/v1/bugs?limit={limit}": 4,
}  # BEGIN, who calls, and COMMIT are three of them; an audit entry is one


@pytest.mark.parametrize("path", READS)
def test_reading_takes_few_statements_whatever_the_number_of_rows(busy: Scene, path: str) -> None:
    seen = set()
    for limit in (1, 5, 50):
        with counted() as use:
            where = path.format(limit=limit, student=busy.student.id, classroom=busy.classroom)
            assert busy.teacher.api.get(where).status == 200
        seen.add(use.round_trips)
    assert len(seen) == 1
    assert seen.pop() <= READS[path]


def test_the_heat_map_takes_three_statements(busy: Scene) -> None:
    """Who calls, the whole map, and the note that it was looked at."""
    with counted() as use:
        heat_map = busy.teacher.api.get(f"/v1/classrooms/{busy.classroom}/mastery").data
    assert (len(heat_map["students"]), len(heat_map["skills"])) == (10, 4)
    assert len([sql for sql in use.statements if sql not in ("BEGIN", "COMMIT")]) == 3


def test_an_answer_takes_the_same_statements_with_any_history_and_skills(busy: Scene, world: World) -> None:
    """Skills and history, attempt, diagnosis, four statements for all mastery rows together, assignments."""
    teacher = busy.caller(busy.teacher, TEACHER)
    slugs = ("subtraction", "subtraction.borrowing", "subtraction.zeros", "addition", "division")
    skills = [UUID(skill_id(busy.teacher, slug)) for slug in slugs]
    made = []
    for few in (skills[:1], skills):
        with entering.working_for(teacher):
            body = exercise_schemas.NewExercise(problem="503 - 278", skill_ids=few)
            made.append(exercises.create(teacher, body).id)
    fresh = world.person(busy.school, "student")
    used = set()
    for person in (fresh, busy.student):
        caller = busy.caller(person, STUDENT)
        for exercise_id in made:
            with entering.working_for(caller), counted() as use:
                attempts.submit(caller, attempt_schemas.SubmitAttempt(exercise_id=exercise_id, answer="375"))
            used.add(use.round_trips)
    assert used == {10}
    with entering.working_for(busy.caller(fresh, STUDENT)), counted() as use:
        body = attempt_schemas.SubmitAttempt(problem="503 - 278", answer="375")
        attempts.submit(busy.caller(fresh, STUDENT), body)
    assert use.round_trips == 8


def test_which_bugs_are_retired_is_asked_once(busy: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    student = busy.caller(busy.student, STUDENT)
    body = diagnose_schemas.Diagnose(problem="503 - 278", answer="375")
    monkeypatch.setattr(retirement, "_kept", {})
    used = []
    for _ in range(3):
        with entering.working_for(student), counted() as use:
            diagnose.diagnose(student, body)
        used.append(use.round_trips)
    assert used == [1, 0, 0]


def test_exercises_are_stored_in_the_same_statements_whatever_their_number(busy: Scene) -> None:
    """The skill, the exercises, their skills, and the audit entry."""
    teacher = busy.caller(busy.teacher, TEACHER)
    for count in (1, 20):
        body = exercise_schemas.GenerateExercises(topic="subtraction", count=count, store=True)
        with entering.working_for(teacher), counted() as use:
            assert len(generation.generate(teacher, body).exercises) == count
        assert use.round_trips == 4
