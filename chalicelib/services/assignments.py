"""Assignments as they are read, changed and closed.

They are made in `assignments_new` and `assignments_automatic`; `assignments_progress` tells what became of
them.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import peewee
from msgspec import UNSET
from peewee import JOIN, SQL, fn

from chalicelib.caller import ADMIN, PARENT, STAFF, STUDENT, TEACHER, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import assignments as schemas
from chalicelib.services import access, assignments_progress, audit
from chalicelib.services.skills import name_in
from chalicelib.store import database, paging
from chalicelib.store.models.assignments import AUTOMATIC, Assignment, AssignmentStudent
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.people import User
from chalicelib.store.models.work import Skill

TEXTS = Path(__file__).parent.parent / "locales"

Room = Classroom.alias()
ENDED_AT = fn.COALESCE(Assignment.closed_at, Room.archived_at)


def list_visible(
    caller: Caller, query: schemas.AssignmentQuery
) -> tuple[list[schemas.Assignment], str | None]:
    """The open assignments that the caller may see, the next due first; or the closed ones, latest first.

    A student's are those for them, a parent's those for their children, with the results of these alone.
    Raises `NotFoundError` for a class or student that the caller may not see.
    """
    students = _students_in_question(caller, query)
    assignments = _visible(caller, students)
    if query.classroom_id is not UNSET:
        room = access.classroom(caller, query.classroom_id)
        assignments = assignments.where(Assignment.classroom_id == room.id)
    if query.kind is not UNSET:
        assignments = assignments.where(Assignment.kind == query.kind)
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    rows, cursor = paging.page(
        assignments.where(ENDED_AT.is_null(not query.closed)),
        [Assignment.due_at, Assignment.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"assignments|{caller.user_id}|{filters}",
        descending=query.closed,
    )
    _note(caller, rows)
    results = assignments_progress.results([row.id for row in rows], students) if rows else {}
    return [_shown(caller, row, results[row.id]) for row in rows], cursor


def get(caller: Caller, assignment_id: UUID) -> schemas.Assignment:
    """That assignment. Raises `NotFoundError`."""
    students = _own_students(caller)
    assignment = _one(caller, assignment_id, students)
    _note(caller, [assignment])
    return _with_result(caller, assignment, students)


def progress(caller: Caller, assignment_id: UUID) -> schemas.Progress:
    """How all students stand with an assignment, as staff see it. Raises `NotFoundError`."""
    assignment = _one(caller, assignment_id, None)
    if assignment.classroom_id is not None:
        audit.class_read(caller, assignment.classroom_id, "assignment")
    _note(caller, [assignment])
    return schemas.Progress(
        assignment=_with_result(caller, assignment, None),
        students=assignments_progress.of_students(assignment.id),
        bugs=assignments_progress.bugs(assignment.id, caller.locale),
    )


def of_student(caller: Caller, assignment_id: UUID, student_id: UUID) -> schemas.StudentProgress:
    """How one student stands with an assignment. Raises `NotFoundError` also where it is not for them."""
    student = access.student(caller, student_id)
    assignment = _one(caller, assignment_id, [student.id])
    found = assignments_progress.of_students(assignment.id, [student.id])
    if not found:
        raise NotFoundError()
    audit.student_read(caller, student.id, "assignment")
    return found[0]


def change(caller: Caller, assignment_id: UUID, body: schemas.ChangeAssignment) -> schemas.Assignment:
    """Change an assignment's title or due date, close it or open it again.

    Raises `NotFoundError`, and `ConflictError` where an automatic one would be open beside another.
    """
    assignment = _one(caller, assignment_id, None)
    changes: dict[str, Any] = {}
    if body.title is not UNSET:
        changes["title"] = body.title
    if body.due_at is not UNSET:
        changes["due_at"] = body.due_at.astimezone(UTC)
    if body.closed is not UNSET and body.closed != (assignment.closed_at is not None):
        changes["closed_at"] = now() if body.closed else None
    changes = {name: value for name, value in changes.items() if value != getattr(assignment, name)}
    if changes:
        _update(assignment, changes)
        audit.record(caller, "assignment.changed", "assignment", assignment.id, fields=sorted(changes))
    return get(caller, assignment.id)


def delete(caller: Caller, assignment_id: UUID) -> None:
    """Delete an assignment; the answers stay.

    Raises `NotFoundError`, and `ConflictError` for an automatic one: that is closed, lest it be made again.
    """
    assignment = _one(caller, assignment_id, None)
    if assignment.kind == AUTOMATIC:
        raise ConflictError("An automatic assignment is closed, not deleted.", reason="automatic")
    Assignment.delete().where(Assignment.id == assignment.id).execute()
    details = {"title": assignment.title, "classroom_id": str(assignment.classroom_id)}
    audit.record(caller, "assignment.deleted", "assignment", assignment.id, **details)


def _own_students(caller: Caller) -> list[UUID] | None:
    """Whose results a student or parent is shown; None for staff: those of all."""
    if caller.role == STUDENT:
        return [caller.user_id]
    if caller.role == PARENT:
        return [row.id for row in access.visible_students(caller).select(User.id)]
    return None


def _students_in_question(caller: Caller, query: schemas.AssignmentQuery) -> list[UUID] | None:
    """The same for a list, which may be about one student. Raises `NotFoundError`."""
    if query.student_id is UNSET:
        return _own_students(caller)
    student = access.student(caller, query.student_id)
    audit.student_read(caller, student.id, "assignments")
    return [student.id]


def _visible(caller: Caller, students: Sequence[UUID] | None) -> Any:
    """The assignments that `caller` may see, as a query on `Assignment` with `skill_name` and `ended_at`.

    Only those for one of `students`, where these are given.
    """
    query = (
        Assignment.select(Assignment, Skill.name.alias("skill_name"), ENDED_AT.alias("ended_at"))
        .join(Room, JOIN.LEFT_OUTER, on=(Room.id == Assignment.classroom_id))
        .join(Skill, JOIN.LEFT_OUTER, on=(Skill.id == Assignment.skill))
        .where(Assignment.school == caller.school)
        .objects()
    )
    if students is not None:
        query = query.where(_is_for(students))
    if caller.role == TEACHER:
        taught = Assignment.classroom_id.in_(access.visible_classrooms(caller).select(Classroom.id))
        alone = Assignment.student_id.in_(access.visible_students(caller).select(User.id))
        query = query.where(taught | alone)
    elif caller.role != ADMIN and students is None:
        query = query.where(access.NOTHING)
    return query


def _is_for(students: Sequence[UUID]) -> Any:
    """The condition that an assignment is for one of `students`. Who left its class has it no more."""
    member = Membership.select(SQL("1")).where(
        Membership.classroom_id == Assignment.classroom_id,
        Membership.role == STUDENT,
        Membership.user_id.in_(list(students)),
    )
    named = AssignmentStudent.select(SQL("1")).where(
        AssignmentStudent.assignment_id == Assignment.id, AssignmentStudent.student_id == Membership.user_id
    )
    in_time = ENDED_AT.is_null() | (Membership.joined_at <= ENDED_AT)
    has_it = (Assignment.is_for_all & in_time) | (~Assignment.is_for_all & fn.EXISTS(named))
    return Assignment.student_id.in_(list(students)) | fn.EXISTS(member.where(has_it))


def _one(caller: Caller, assignment_id: UUID, students: Sequence[UUID] | None) -> Any:
    found = _visible(caller, students).where(Assignment.id == assignment_id).first()
    if found is None:
        raise NotFoundError()
    return found


def _note(caller: Caller, assignments: Iterable[Any]) -> None:
    """Note that `caller` has seen those of `assignments` that are one student's alone."""
    alone = [each.student_id for each in assignments if each.student_id is not None]
    if alone:
        audit.students_read(caller, alone, "assignment")


def _update(assignment: Any, changes: Mapping[str, Any]) -> None:
    try:
        with database.transaction():
            Assignment.update(updated_at=now(), **changes).where(Assignment.id == assignment.id).execute()
    except peewee.IntegrityError as error:
        fault = "The student has another automatic assignment of this skill."
        raise ConflictError(fault, reason="another_is_open") from error


def _with_result(caller: Caller, assignment: Any, students: Sequence[UUID] | None) -> schemas.Assignment:
    result = assignments_progress.results([assignment.id], students)[assignment.id]
    return _shown(caller, assignment, result)


def _shown(caller: Caller, assignment: Any, result: schemas.Result) -> schemas.Assignment:
    return schemas.Assignment(
        id=assignment.id,
        kind=assignment.kind,
        title=assignment.title or _title(assignment, caller.locale),
        classroom_id=None if caller.role == PARENT else assignment.classroom_id,
        student_id=assignment.student_id,
        is_for_all=assignment.is_for_all,
        skill_id=assignment.skill_id,
        due_at=assignment.due_at,
        closed_at=assignment.ended_at,
        created_by=assignment.created_by if caller.role in STAFF else None,
        created_at=assignment.created_at,
        updated_at=assignment.updated_at,
        result=result,
    )


def _title(assignment: Any, locale: str) -> str:
    """What an assignment is called to which nobody gave a name."""
    return _texts(locale)["automatic"].format(skill=name_in(assignment.skill_name, locale))


@functools.cache
def _texts(locale: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((TEXTS / f"assignments.{locale}.json").read_text("utf-8"))
    return texts
