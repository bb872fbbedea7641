"""The end of an account: asked for, confirmed, and after 30 days of grace purged by the cleanup worker.

A student's request waits until a parent or an admin confirms it; everybody else's counts at once. Until the
purge it can be taken back.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chalicelib.caller import ADMIN, STUDENT, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import me as schemas
from chalicelib.services import access, audit, me, sessions, users
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User


def request(caller: Caller) -> schemas.Deletion:
    """Ask for the end of one's own account. Raises `ConflictError` for a school's last admin."""
    if caller.role == ADMIN:
        users.keep_an_admin(caller.school, without=caller.user_id)
    confirmed_at = None if caller.role == STUDENT else now()
    _change(
        (User.id == caller.user_id) & User.deletion_requested_at.is_null(),
        deletion_requested_at=now(),
        deletion_confirmed_at=confirmed_at,
    )
    return me.deletion(User.get_by_id(caller.user_id))


def cancel(caller: Caller) -> None:
    """Take one's own request back. Nothing happens where there is none."""
    _change(User.id == caller.user_id, deletion_requested_at=None, deletion_confirmed_at=None)


def confirm(caller: Caller, user_id: UUID) -> schemas.Deletion:
    """Confirm a student's request, as an admin or a parent with a confirmed link.

    Raises `NotFoundError`, and `ConflictError` where there is no request.
    """
    student = access.student(caller, user_id)
    is_waiting = User.deletion_requested_at.is_null(False) & User.deletion_confirmed_at.is_null()
    if _change((User.id == student.id) & is_waiting, deletion_confirmed_at=now()):
        audit.record(caller, "user.deletion_confirmed", "user", student.id)
    student = User.get_by_id(student.id)
    if student.deletion_requested_at is None:
        raise ConflictError("This student has not asked for deletion.", reason="no_request")
    return me.deletion(student)


def delete(caller: Caller, user_id: UUID) -> None:
    """Delete an account of the admin's school: no sign-in from now on, purged after the grace.

    Raises `NotFoundError`, and `ConflictError` for the last admin.
    """
    users.keep_an_admin(caller.school, without=user_id)
    is_there = (User.id == user_id) & (User.school == caller.school) & (User.status != "deleted")
    if not _change(is_there, status="deleted", deletion_requested_at=now(), deletion_confirmed_at=now()):
        raise NotFoundError()
    sessions.end_all(user_id)
    audit.record(caller, "user.deleted", "user", user_id)


def _change(which: Any, **changes: Any) -> bool:
    """Write `changes` to the user of the condition `which`; whether there was one."""
    return bool(User.update(updated_at=now(), **changes).where(which).execute())
