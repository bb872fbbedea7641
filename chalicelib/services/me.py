"""What a person sees and changes about themselves."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import peewee
from msgspec import UNSET

from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ForbiddenError
from chalicelib.schemas import me as schemas
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School, User

GRACE = timedelta(days=30)  # between a confirmed request for deletion and the purge


def get(caller: Caller) -> schemas.Me:
    """The caller, with their school."""
    user = (
        User.select(User, School).join(School, peewee.JOIN.LEFT_OUTER).where(User.id == caller.user_id).get()
    )
    school = schemas.OwnSchool(id=user.school.id, name=user.school.name) if user.school else None
    return schemas.Me(
        id=user.id,
        role=user.role,
        name=user.name,
        locale=user.locale,
        email=user.email,
        username=user.username,
        school=school,
        deletion=deletion(user) if user.deletion_requested_at else None,
        created_at=user.created_at,
    )


def change(caller: Caller, body: schemas.ChangeMe) -> schemas.Me:
    """Change name or language. Raises `ForbiddenError` for a student's name, which the school keeps."""
    changes = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not UNSET}
    if "name" in changes and caller.role == STUDENT:
        raise ForbiddenError("Your school keeps your name.")
    if changes:
        User.update(updated_at=now(), **changes).where(User.id == caller.user_id).execute()
    return get(caller)


def deletion(user: User) -> schemas.Deletion:
    """The deletion that `user` has asked for."""
    confirmed_at = user.deletion_confirmed_at
    return schemas.Deletion(
        requested_at=user.deletion_requested_at,
        confirmed_at=confirmed_at,
        purge_after=confirmed_at + GRACE if confirmed_at else None,
    )
