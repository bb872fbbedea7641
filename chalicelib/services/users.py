"""The people of a school, as its admins keep them and its teachers see their students."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import peewee
from msgspec import UNSET

from chalicelib.caller import ADMIN, STAFF, STUDENT, TEACHER, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import invites as invite_schemas
from chalicelib.schemas import users as schemas
from chalicelib.schemas.classrooms import SetMember
from chalicelib.services import access, audit, invites, mail, members, passwords, sessions
from chalicelib.store import database, entering, paging
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Membership
from chalicelib.store.models.people import User

# What an admin may change of a student only.
STUDENTS_OWN = ("username", "birth_date")
TAKEN = {
    "users_email": ("This e-mail address has an account already.", "email_taken"),
    "users_school_id_username": ("This user name is taken.", "username_taken"),
}


def list_visible(caller: Caller, query: schemas.UserQuery) -> tuple[list[schemas.User], str | None]:
    """An admin's school, or the students that a teacher teaches, by age; filtered by `query`."""
    users = access.visible_students(caller) if caller.role == TEACHER else _of_school(caller)
    if query.role is not UNSET:
        users = users.where(User.role == query.role)
    if query.status is not UNSET:
        users = users.where(User.status == query.status)
    else:
        users = users.where(User.status != "deleted")
    if query.classroom_id is not UNSET:
        members = Membership.select(Membership.user_id).where(Membership.classroom_id == query.classroom_id)
        users = users.where(User.id.in_(members))
    if query.q is not UNSET:
        users = users.where(
            User.name.contains(query.q) | User.username.contains(query.q) | User.email.contains(query.q)
        )
    filters = (caller.user_id, query.role, query.status, query.classroom_id, query.q)
    rows, cursor = paging.page(
        users, [User.id], limit=query.limit, cursor=query.cursor, scope=f"users|{filters}"
    )
    return [shown(user) for user in rows], cursor


def get(caller: Caller, user_id: UUID) -> schemas.User:
    """That user: anybody of an admin's school, or a student of a teacher. Raises `NotFoundError`."""
    user = _visible(caller, user_id)
    if user.role == STUDENT:
        audit.student_read(caller, user.id, "user")
    return shown(user)


def hashed_pin(body: schemas.NewUser) -> str | None:
    """The hash of a new student's PIN, which takes too long for a transaction."""
    return passwords.hashed(body.pin) if isinstance(body, schemas.NewStudent) else None


def create(caller: Caller, body: schemas.NewUser, secret_hash: str | None) -> schemas.User:
    """Make an account in the admin's school; adults get a mail to set their password.

    Raises `ConflictError` for a user name or address that is taken or a class that is archived, and
    `NotFoundError` for an unknown class. `secret_hash` is that of `hashed_pin`.
    """
    given = {"school": caller.school, "name": body.name, "locale": body.locale, "secret_hash": secret_hash}
    if isinstance(body, schemas.NewStudent):
        given |= {"role": STUDENT, "username": body.username.lower()}
        if body.birth_date is not UNSET:
            given["birth_date"] = body.birth_date
    else:
        given |= {"role": type(body).__struct_config__.tag, "email": body.email.lower()}
    user = _unless_taken(lambda: User.create(**given))
    if not isinstance(body, schemas.NewStudent):
        mail.send("set_password", user.id, school_id=user.school_id)
    elif body.classroom_id is not UNSET:
        members.put(caller, body.classroom_id, user.id, SetMember(role=STUDENT))
    audit.record(caller, "user.created", "user", user.id, role=user.role)
    return shown(user)


def change(caller: Caller, user_id: UUID, body: schemas.ChangeUser) -> schemas.User:
    """Change an account of the admin's school; a new role or status ends its sessions.

    Raises `NotFoundError`, and `ConflictError` for the last admin, a user name that is taken, or a change
    that does not fit the account's role.
    """
    user = _visible(caller, user_id)
    changes = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not UNSET}
    for name in STUDENTS_OWN:
        if name in changes and user.role != STUDENT:
            raise ConflictError("Only students have this.", reason="not_a_student", field=name)
    if changes.get("role", user.role) != user.role and user.role not in STAFF:
        raise ConflictError("Only a teacher or an admin can change roles.", reason="role_is_fixed")
    if "username" in changes:
        changes["username"] = changes["username"].lower()
    if changes.get("status") == "active":
        changes |= {"deletion_requested_at": None, "deletion_confirmed_at": None}
    changes = {name: value for name, value in changes.items() if value != getattr(user, name)}
    if not changes:
        return shown(user)
    if changes.get("role") == TEACHER or changes.get("status") == "disabled":
        keep_an_admin(caller.school, without=user_id)
    updated = User.update(updated_at=now(), **changes).where(User.id == user_id)
    _unless_taken(updated.execute)
    if {"role", "status"} & changes.keys():
        sessions.end_all(user_id)
    audit.record(caller, "user.changed", "user", user_id, fields=sorted(changes))
    return shown(_visible(caller, user_id))


def set_pin(caller: Caller, user_id: UUID, body: schemas.NewPin) -> None:
    """Give a student a new PIN, by an admin or a teacher of theirs, and end their sessions.

    Raises `NotFoundError`.
    """
    with entering.working_for(caller):
        access.student(caller, user_id)
    secret_hash = passwords.hashed(body.pin)
    with entering.working_for(caller):
        student = access.student(caller, user_id)
        User.update(secret_hash=secret_hash).where(User.id == student.id).execute()
        sessions.end_all(student.id)
        audit.record(caller, "user.pin_set", "user", student.id)


def make_link_code(caller: Caller, user_id: UUID, body: schemas.NewLinkCode) -> invite_schemas.Invite:
    """A code with which a parent asks for a link to this student. Raises `NotFoundError`."""
    student = access.student(caller, user_id)
    expires_at = now() + timedelta(days=body.days)
    invite = invites.create(
        caller, invites.LINK, max_uses=body.max_uses, expires_at=expires_at, student_id=student.id
    )
    audit.record(caller, "invite.created", "invite", invite.id, kind=invites.LINK, student_id=str(student.id))
    return invites.shown(invite)


def keep_an_admin(school_id: UUID, *, without: UUID) -> None:
    """Raises `ConflictError` if the school would be left without an admin who can act.

    The admins' rows stay locked to the end of the transaction: of two admins who remove each other, one is
    refused.
    """
    admins = (
        User.select(User.id)
        .where(
            User.school == school_id,
            User.role == ADMIN,
            User.status == "active",
            User.email_verified_at.is_null(False),
            User.deletion_confirmed_at.is_null(),
        )
        .order_by(User.id)
        .for_update()
    )
    ids = {admin.id for admin in admins}
    if ids == {without}:
        raise ConflictError("The school would be left without an admin.", reason="last_admin")


def shown(user: User) -> schemas.User:
    """`user` as staff see them."""
    return schemas.User(
        id=user.id,
        role=user.role,
        status=user.status,
        name=user.name,
        locale=user.locale,
        email=user.email,
        email_verified=user.email_verified_at is not None,
        username=user.username,
        birth_date=user.birth_date,
        deletion_requested_at=user.deletion_requested_at,
        deletion_confirmed_at=user.deletion_confirmed_at,
        created_at=user.created_at,
    )


def _of_school(caller: Caller) -> Any:
    # Whoever could sign in; not the stand-ins that keep the results of those who are gone (`purge.py`).
    is_somebody = User.email.is_null(False) | User.username.is_null(False)
    return User.select().where(User.school == caller.school, is_somebody)


def _visible(caller: Caller, user_id: UUID) -> User:
    """That user, the deleted included for an admin. Raises `NotFoundError`."""
    if caller.role != ADMIN:
        return access.student(caller, user_id)
    user: User | None = _of_school(caller).where(User.id == user_id).first()
    if user is None:
        raise NotFoundError()
    return user


def _unless_taken(write: Any) -> Any:
    """What `write` returns. Raises `ConflictError` where the name or address is taken."""
    try:
        return write()
    except peewee.IntegrityError as error:
        message, reason = TAKEN.get(database.constraint(error) or "", (None, None))
        if message is None:
            raise
        raise ConflictError(message, reason=reason) from error
