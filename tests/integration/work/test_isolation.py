"""The second wall: a statement that forgets its WHERE still reads and changes nothing of another school."""

from __future__ import annotations

from typing import Any

import peewee
import pytest

from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.ids import uuid7
from chalicelib.store.models.classes import Classroom, Invite, Membership
from chalicelib.store.models.work import (
    Attempt,
    AttemptSkill,
    Diagnosis,
    Exercise,
    ExerciseSkill,
    Mastery,
    Skill,
)
from tests.integration.accounts.conftest import Person
from tests.integration.work.conftest import Scene, submit

TABLES = (Classroom, Membership, Invite, Attempt, Diagnosis, AttemptSkill, Mastery, Exercise, ExerciseSkill)


@pytest.fixture
def both_at_work(scene: Scene, elsewhere: Scene) -> tuple[Scene, Scene]:
    for each in (scene, elsewhere):
        submit(each.student, "503 - 278", "375")
        each.teacher.api.post("/v1/exercises", {"problem": "503 - 278"})
        each.teacher.api.post(f"/v1/classrooms/{each.classroom}/invites", {})
    return scene, elsewhere


@pytest.mark.parametrize("table", TABLES)
def test_without_a_where_only_the_own_school_is_read(both_at_work: tuple[Scene, Scene], table: Any) -> None:
    for scene in both_at_work:
        with store.transaction():
            entering.by_user(scene.teacher.id)
            schools = {row.school_id for row in table.select()}
        assert schools == {scene.school}


@pytest.mark.parametrize("table", TABLES)
def test_who_has_entered_no_school_reads_nothing(both_at_work: tuple[Scene, Scene], table: Any) -> None:
    with store.transaction():
        assert list(table.select().tuples()) == []


def test_without_a_where_only_the_own_school_is_changed(
    both_at_work: tuple[Scene, Scene], owner: Any
) -> None:
    scene, elsewhere = both_at_work
    with store.transaction():
        entering.by_user(scene.admin.id)
        assert Mastery.update(p_known=0.5).execute() == 1
        assert Exercise.update(difficulty=9.0).execute() == 1
        assert Classroom.update(name="mine").execute() == 1
    owner.execute("SELECT name FROM classrooms WHERE id = %s", (str(elsewhere.classroom),))
    assert owner.fetchone() == ("4a",)


def test_nothing_can_be_put_into_another_school(both_at_work: tuple[Scene, Scene]) -> None:
    scene, elsewhere = both_at_work
    with store.transaction() as db:
        entering.by_user(scene.admin.id)
        with pytest.raises(peewee.ProgrammingError, match="row-level security"):
            Classroom.create(school=elsewhere.school, name="x", code="XXXX-XXXX")
        db.rollback()


def test_a_row_cannot_mix_two_schools(both_at_work: tuple[Scene, Scene]) -> None:
    scene, elsewhere = both_at_work
    mixed = {"classroom_id": scene.classroom, "user_id": elsewhere.student.id, "school": scene.school}
    with store.transaction() as db:
        entering.by_user(scene.admin.id)
        with pytest.raises(peewee.IntegrityError):
            Membership.create(role="student", **mixed)
        db.rollback()


def test_only_an_operator_writes_the_platforms_exercises(scene: Scene, operator: Person) -> None:
    row = {"topic": "addition", "problem": "1 + 1", "expected": "2", "school": None}
    with store.transaction() as db:
        entering.by_user(scene.admin.id)
        with pytest.raises(peewee.ProgrammingError, match="row-level security"):
            Exercise.create(id=uuid7(), **row)
        db.rollback()
    with store.transaction():
        entering.by_user(operator.id)
        exercise = Exercise.create(id=uuid7(), **row)
        skill = Skill.get(Skill.slug == "addition")
        ExerciseSkill.create(exercise=exercise, skill=skill, school=None)
    with store.transaction():
        entering.by_user(scene.admin.id)
        assert Exercise.select().count() == 1
        assert Exercise.update(archived_at=None).execute() == 0
