"""Assignments that staff set: to whom, which exercises, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ConflictError, NotFoundError, ValidationError
from chalicelib.schemas import assignments as schemas
from chalicelib.services import (
    access,
    assignments,
    assignments_automatic,
    assignments_choice,
    audit,
    exercises,
)
from chalicelib.store.models.assignments import TEACHER_MADE, Assignment, AssignmentStudent
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.people import School, User
from chalicelib.store.models.work import Exercise, Skill


def create(caller: Caller, body: schemas.NewAssignment) -> schemas.Assignment:
    """Set exercises to a class, or to some of its students.

    Raises `NotFoundError` for a class, student, skill or exercise that the caller may not set (an archived
    exercise among them), `ValidationError` for a due date in the past, and `ConflictError` where the class is
    archived or no exercise for the skill is found.
    """
    classroom = access.classroom(caller, body.classroom_id)
    if classroom.archived_at is not None:
        raise ConflictError("The class is archived.", reason="archived")
    due_at = _due_at(caller, body)
    students = _students(classroom, body)
    skill, sets = _chosen(caller, body, students)
    made = Assignment.create(
        school=caller.school,
        kind=TEACHER_MADE,
        classroom_id=classroom.id,
        is_for_all=body.student_ids is UNSET,
        skill=skill,
        title=body.title,
        due_at=due_at,
        created_by=caller.user_id,
    )
    if not made.is_for_all:
        rows = [{"assignment_id": made.id, "student_id": each, "school": caller.school} for each in students]
        AssignmentStudent.insert_many(rows).execute()
    assignments_choice.set_exercises(caller.school, made.id, sets)
    audit.record(caller, "assignment.created", "assignment", made.id, classroom_id=str(classroom.id))
    return assignments.get(caller, made.id)


def _due_at(caller: Caller, body: schemas.NewAssignment) -> datetime:
    """When it is due. Raises `ValidationError` for a moment that is over."""
    if body.due_at is UNSET:
        return assignments_automatic.due_at(School.get_by_id(caller.school), now())
    if body.due_at <= now():
        raise ValidationError(path="$.due_at", reason="The time is over.")
    return body.due_at.astimezone(UTC)


def _students(classroom: Classroom, body: schemas.NewAssignment) -> list[UUID]:
    """Those students of the class that are named, or all. Raises `NotFoundError` naming who is not in it."""
    members: Any = (
        Membership.select(Membership.user_id)
        .join(User, on=(User.id == Membership.user_id))
        .where(Membership.classroom_id == classroom.id, Membership.role == STUDENT, User.status != "deleted")
    )
    here = {row.user_id for row in members}
    if body.student_ids is UNSET:
        return sorted(here)
    missing = set(body.student_ids) - here
    if missing:
        raise NotFoundError("There is no such student in the class.", student_ids=sorted(map(str, missing)))
    return sorted(set(body.student_ids))


def _chosen(
    caller: Caller, body: schemas.NewAssignment, students: Sequence[UUID]
) -> tuple[Skill | None, Mapping[UUID | None, Sequence[UUID]]]:
    """The skill, if one is named, and the exercises: by student, or under None for all of them."""
    if body.exercise_ids is not UNSET:
        return None, {None: _named(caller, body.exercise_ids)}
    skill: Skill | None = Skill.get_or_none(Skill.id == body.skill_id, Skill.retired_at.is_null())
    if skill is None:
        raise NotFoundError("There is no such skill.", skill_ids=[str(body.skill_id)])
    if body.for_each:
        sets = assignments_choice.for_each(caller, skill, students, body.count)
    else:
        sets = {None: assignments_choice.for_class(caller, skill, students, body.count)}
    if not sets[None]:
        raise ConflictError("There is no exercise for this skill.", reason="no_exercises")
    return skill, sets


def _named(caller: Caller, exercise_ids: Sequence[UUID]) -> list[UUID]:
    """These exercises, each once. Raises `NotFoundError` naming those that may not be set."""
    usable = exercises.visible(caller).where(
        Exercise.id.in_(list(exercise_ids)), Exercise.archived_at.is_null()
    )
    missing = set(exercise_ids) - {each.id for each in usable}
    if missing:
        raise NotFoundError("There is no such exercise.", exercise_ids=sorted(map(str, missing)))
    return list(dict.fromkeys(exercise_ids))
