"""Classrooms: made, changed, archived and deleted by teachers and admins; members are in `members`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import UNSET
from peewee import JOIN, fn

from chalicelib.caller import STUDENT, TEACHER, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import classrooms as schemas
from chalicelib.services import access, audit, invites
from chalicelib.store import paging
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.people import User


def create(caller: Caller, body: schemas.NewClassroom) -> schemas.Classroom:
    """Make a class. A teacher who makes it teaches it; an admin puts teachers in."""
    classroom = Classroom.create(
        school=caller.school, name=body.name, grade=body.grade, code=invites.new_code()
    )
    if caller.role == TEACHER:
        Membership.create(
            classroom_id=classroom.id, user_id=caller.user_id, school=caller.school, role=TEACHER
        )
    audit.record(caller, "classroom.created", "classroom", classroom.id)
    return get(caller, classroom.id)


def list_visible(caller: Caller, query: schemas.ClassroomQuery) -> tuple[list[schemas.Classroom], str | None]:
    """The classes that the caller is in, or an admin's whole school, by age."""
    rows, cursor = paging.page(
        _counted(access.visible_classrooms(caller)).where(Classroom.archived_at.is_null(not query.archived)),
        [Classroom.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"classrooms|{caller.user_id}|{query.archived}",
    )
    return [_shown(row) for row in rows], cursor


def get(caller: Caller, classroom_id: UUID) -> schemas.Classroom:
    """That class. Raises `NotFoundError`."""
    return _shown(_one(_counted(access.visible_classrooms(caller)).where(Classroom.id == classroom_id)))


def change(caller: Caller, classroom_id: UUID, body: schemas.ChangeClassroom) -> schemas.Classroom:
    """Change a class's name or grade, archive it or take it out again. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    changes: dict[str, Any] = {}
    if body.name is not UNSET:
        changes["name"] = body.name
    if body.grade is not UNSET:
        changes["grade"] = body.grade
    if body.archived is not UNSET and body.archived != (classroom.archived_at is not None):
        changes["archived_at"] = now() if body.archived else None
    changes = {name: value for name, value in changes.items() if value != getattr(classroom, name)}
    if changes:
        Classroom.update(updated_at=now(), **changes).where(Classroom.id == classroom.id).execute()
        audit.record(caller, "classroom.changed", "classroom", classroom.id, fields=sorted(changes))
    return get(caller, classroom.id)


def renew_code(caller: Caller, classroom_id: UUID) -> schemas.Classroom:
    """Give a class a new sign-in code; the old one is worth nothing from now on. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    renewed = Classroom.update(code=invites.new_code(), updated_at=now())
    renewed.where(Classroom.id == classroom.id).execute()
    audit.record(caller, "classroom.code_renewed", "classroom", classroom.id)
    return get(caller, classroom.id)


def delete(caller: Caller, classroom_id: UUID) -> None:
    """Delete a class for good, with its invites. Answers stay: they belong to the students.

    Raises `NotFoundError`, and `ConflictError` while students are in it: such a class is archived instead.
    """
    classroom = locked(caller, classroom_id)
    students = (Membership.classroom_id == classroom.id) & (Membership.role == STUDENT)
    if Membership.select().where(students).exists():
        fault = "The class still has students; archive it, or move them first."
        raise ConflictError(fault, reason="has_students")
    Classroom.delete().where(Classroom.id == classroom.id).execute()
    audit.record(caller, "classroom.deleted", "classroom", classroom.id, name=classroom.name)


def locked(caller: Caller, classroom_id: UUID) -> Classroom:
    """That class, its row locked to the end of the transaction. Raises `NotFoundError`."""
    query = access.visible_classrooms(caller).where(Classroom.id == classroom_id)
    found: Classroom = _one(query.for_update())
    return found


def _one(query: Any) -> Any:
    found = query.first()
    if found is None:
        raise NotFoundError()
    return found


def _counted(query: Any) -> Any:
    """`query` on classrooms with each one's number of students."""
    students = (
        Membership.select(fn.COUNT(Membership.user_id))
        .join(User, JOIN.INNER, on=(User.id == Membership.user_id))
        .where(Membership.classroom_id == Classroom.id, Membership.role == STUDENT, User.status != "deleted")
    )
    return query.select_extend(students.alias("student_count"))


def _shown(classroom: Any) -> schemas.Classroom:
    return schemas.Classroom(
        id=classroom.id,
        name=classroom.name,
        grade=classroom.grade,
        code=classroom.code,
        student_count=classroom.student_count,
        archived_at=classroom.archived_at,
        created_at=classroom.created_at,
        updated_at=classroom.updated_at,
    )
