"""Who is in a class, and how one comes in: put there by its staff, or by an invite code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import ADMIN, STAFF, STUDENT, TEACHER, Caller
from chalicelib.errors import ConflictError, NotFoundError, ValidationError
from chalicelib.schemas import classrooms as schemas
from chalicelib.schemas import invites as invite_schemas
from chalicelib.schemas.base import PageQuery
from chalicelib.services import access, audit, classrooms, invites
from chalicelib.store import paging
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Invite, Membership
from chalicelib.store.models.people import User

FITTING_ROLES = {TEACHER: STAFF, STUDENT: (STUDENT,)}


def list_members(
    caller: Caller, classroom_id: UUID, query: schemas.MemberQuery
) -> tuple[list[schemas.Member], str | None]:
    """The teachers and students of a class. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    members = _members(classroom.id)
    if query.role is not UNSET:
        members = members.where(Membership.role == query.role)
    rows, cursor = paging.page(
        members,
        [User.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"members|{classroom.id}|{query.role}",
    )
    return [_shown(row) for row in rows], cursor


def put(caller: Caller, classroom_id: UUID, user_id: UUID, body: schemas.SetMember) -> schemas.Member:
    """Put somebody of the school into a class; who is in it already stays.

    A teacher puts in colleagues, and students whom they teach already; others join by a code, or are put in
    by an admin. Raises `NotFoundError`, and `ConflictError` where their account does not fit the role or the
    class is archived.
    """
    classroom = classrooms.locked(caller, classroom_id)
    _refuse_archived(classroom)
    people = User.select().where(User.school == caller.school, User.status != "deleted")
    if caller.role == TEACHER:
        taught = access.visible_students(caller).select(User.id)
        people = people.where(User.role.in_(STAFF) | User.id.in_(taught))
    user = people.where(User.id == user_id).first()
    if user is None:
        raise NotFoundError()
    if user.role not in FITTING_ROLES[body.role]:
        fault = f"A {user.role} cannot be a {body.role} of a class."
        raise ConflictError(fault, reason="role_does_not_fit")
    if _add(classroom, user_id, body.role):
        audit.record(caller, "classroom.member_added", "user", user_id, classroom_id=str(classroom.id))
    return _shown(_members(classroom.id).where(User.id == user_id).get())


def remove(caller: Caller, classroom_id: UUID, user_id: UUID) -> None:
    """Take somebody out of a class.

    Raises `NotFoundError`, and `ConflictError` where a teacher would leave the class without one.
    """
    classroom = classrooms.locked(caller, classroom_id)
    here = Membership.classroom_id == classroom.id
    member = Membership.get_or_none(here, Membership.user_id == user_id)
    if member is None:
        raise NotFoundError()
    others = here & (Membership.role == TEACHER) & (Membership.user_id != user_id)
    if member.role == TEACHER and caller.role != ADMIN and not Membership.select().where(others).exists():
        raise ConflictError("A class keeps at least one teacher.", reason="last_teacher")
    Membership.delete().where(here, Membership.user_id == user_id).execute()
    audit.record(caller, "classroom.member_removed", "user", user_id, classroom_id=str(classroom.id))


def move(caller: Caller, user_id: UUID, body: schemas.MoveStudent) -> schemas.Member:
    """Move a student from one class to another; moved already, they stay. All that they did moves along.

    A teacher teaches both classes. Raises `NotFoundError`, `ValidationError` where both are the same, and
    `ConflictError` where the new one is archived.
    """
    if body.from_classroom_id == body.to_classroom_id:
        raise ValidationError(path="$.to_classroom_id", reason="The two classes are the same.")
    both = sorted((body.from_classroom_id, body.to_classroom_id))
    rooms = {room_id: classrooms.locked(caller, room_id) for room_id in both}
    old, new = rooms[body.from_classroom_id], rooms[body.to_classroom_id]
    _refuse_archived(new)
    student = access.student(caller, user_id)
    is_theirs = (Membership.user_id == student.id) & (Membership.role == STUDENT)
    has_left = Membership.delete().where(is_theirs, Membership.classroom_id == old.id).execute()
    if not has_left and not Membership.select().where(is_theirs, Membership.classroom_id == new.id).exists():
        raise NotFoundError()
    if _add(new, student.id, STUDENT) or has_left:
        audit.record(
            caller,
            "user.moved",
            "user",
            student.id,
            from_classroom_id=str(old.id),
            to_classroom_id=str(new.id),
        )
    return _shown(_members(new.id).where(User.id == student.id).get())


def join(caller: Caller, body: schemas.JoinClassroom) -> schemas.Classroom:
    """Let a student in by an invite code.

    Raises `InviteError`, and `ConflictError` for who is in the class already: the code is then not used.
    """
    used = invites.redeem(body.code, invites.CLASS)
    classroom = Classroom.get(Classroom.id == used.classroom_id)
    if not _add(classroom, caller.user_id, STUDENT):
        raise ConflictError("You are in this class already.", reason="already_a_member")
    return classrooms.get(caller, classroom.id)


def invite(caller: Caller, classroom_id: UUID, body: invite_schemas.NewInvite) -> invite_schemas.Invite:
    """A new code that lets students into a class. Raises `NotFoundError`, `ConflictError` if archived."""
    classroom = access.classroom(caller, classroom_id)
    _refuse_archived(classroom)
    made = invites.create(
        caller,
        invites.CLASS,
        max_uses=body.max_uses,
        expires_at=now() + timedelta(days=body.days),
        classroom_id=classroom.id,
    )
    audit.record(caller, "invite.created", "invite", made.id, kind=invites.CLASS)
    return invites.shown(made)


def list_invites(
    caller: Caller, classroom_id: UUID, query: PageQuery
) -> tuple[list[invite_schemas.Invite], str | None]:
    """The codes of a class, newest first, spent ones too. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    rows, cursor = paging.page(
        Invite.select().where(Invite.classroom_id == classroom.id),
        [Invite.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"class-invites|{classroom.id}",
        descending=True,
    )
    return [invites.shown(row) for row in rows], cursor


def revoke_invite(caller: Caller, classroom_id: UUID, invite_id: UUID) -> None:
    """Take a code of a class back. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    found = Invite.get_or_none(Invite.id == invite_id, Invite.classroom_id == classroom.id)
    if found is None:
        raise NotFoundError()
    invites.revoke(found)
    audit.record(caller, "invite.revoked", "invite", invite_id)


def _add(classroom: Classroom, user_id: UUID, role: str) -> bool:
    """Add a member; whether they were not one yet."""
    values = {"classroom_id": classroom.id, "user_id": user_id, "school": classroom.school_id, "role": role}
    inserted = Membership.insert(values).on_conflict_ignore().returning(Membership.user_id).execute()
    return any(True for _ in inserted)


def _refuse_archived(classroom: Classroom) -> None:
    if classroom.archived_at is not None:
        raise ConflictError("The class is archived.", reason="archived")


def _members(classroom_id: UUID) -> Any:
    """The members of a class, as a query on users with `member_role` and `joined_at`."""
    return (
        User.select(
            User.id, User.name, User.username, Membership.role.alias("member_role"), Membership.joined_at
        )
        .join(Membership, on=(Membership.user_id == User.id))
        .where(Membership.classroom_id == classroom_id, User.status != "deleted")
        .objects()
    )


def _shown(member: Any) -> schemas.Member:
    return schemas.Member(
        user_id=member.id,
        name=member.name,
        username=member.username,
        role=member.member_role,
        joined_at=member.joined_at,
    )
