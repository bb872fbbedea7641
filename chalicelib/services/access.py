"""Who may see what: every query for people, classes and work starts here, already narrowed to its caller.

A teacher sees the classes they teach and the students in them; an admin the whole school, and so does a
school's service key as far as its scopes go; a student themselves; a parent their confirmed children. An
operator, or a key of the platform, sees no school's people this way at all.
What is not seen is not found: services raise `NotFoundError`, never 403, for it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from peewee import SQL

from chalicelib.caller import ADMIN, PARENT, SERVICE, STUDENT, TEACHER, Caller
from chalicelib.errors import NotFoundError
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.people import FamilyLink, User

NOTHING = SQL("false")
WHOLE_SCHOOL = (ADMIN, SERVICE)


def visible_classrooms(caller: Caller) -> Any:
    """The classrooms that `caller` may see, as a query on `Classroom`."""
    query = Classroom.select().where(Classroom.school == caller.school_id)
    if caller.role in WHOLE_SCHOOL:
        return query
    if caller.role not in (TEACHER, STUDENT):
        return query.where(NOTHING)
    return query.where(Classroom.id.in_(_memberships(caller, caller.role)))


def visible_students(caller: Caller) -> Any:
    """The students whose work `caller` may see, as a query on `User`."""
    of_school = (User.school == caller.school_id) & (User.role == STUDENT) & (User.status != "deleted")
    query = User.select().where(of_school)
    if caller.role in WHOLE_SCHOOL:
        return query
    if caller.role == STUDENT:
        return query.where(User.id == caller.user_id)
    if caller.role == TEACHER:
        taught = Membership.select(Membership.user_id).where(
            Membership.classroom_id.in_(_memberships(caller, TEACHER)), Membership.role == STUDENT
        )
        return query.where(User.id.in_(taught))
    if caller.role == PARENT:
        children = FamilyLink.select(FamilyLink.student_id).where(
            FamilyLink.parent_id == caller.user_id, FamilyLink.confirmed_at.is_null(False)
        )
        return query.where(User.id.in_(children))
    return query.where(NOTHING)


def classroom(caller: Caller, classroom_id: UUID) -> Classroom:
    """That classroom, if `caller` may see it. Raises `NotFoundError`."""
    found: Classroom = _one(visible_classrooms(caller).where(Classroom.id == classroom_id))
    return found


def student(caller: Caller, student_id: UUID) -> User:
    """That student, if `caller` may see their work. Raises `NotFoundError`."""
    found: User = _one(visible_students(caller).where(User.id == student_id))
    return found


def _memberships(caller: Caller, role: str) -> Any:
    return Membership.select(Membership.classroom_id).where(
        Membership.user_id == caller.user_id, Membership.role == role
    )


def _one(query: Any) -> Any:
    found = query.first()
    if found is None:
        raise NotFoundError()
    return found
