"""Schools: their settings, their staff invites, their end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from chalicelib.caller import OPERATOR, Caller
from chalicelib.errors import ForbiddenError, NotFoundError, ValidationError
from chalicelib.schemas import base
from chalicelib.schemas import invites as invite_schemas
from chalicelib.schemas import schools as schemas
from chalicelib.services import audit, invites
from chalicelib.store import entering, paging
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Invite
from chalicelib.store.models.people import School


def list_all(query: base.PageQuery) -> tuple[list[schemas.School], str | None]:
    """Every school, by age; for an operator, to whom alone the policies show them all."""
    rows, cursor = paging.page(
        School.select(), [School.id], limit=query.limit, cursor=query.cursor, scope="schools"
    )
    return [_shown(school) for school in rows], cursor


def get(caller: Caller, school_id: UUID) -> schemas.School:
    """That school: an admin's own, or any for an operator. Raises `NotFoundError`."""
    return _shown(entered(caller, school_id, "school.viewed"))


def change(caller: Caller, school_id: UUID, body: schemas.ChangeSchool) -> schemas.School:
    """Change settings of a school.

    Raises `NotFoundError`, `ValidationError` for an unknown time zone, and `ForbiddenError` where an admin
    would change the plan.
    """
    changes = {
        name: value for name, value in msgspec.structs.asdict(body).items() if value is not msgspec.UNSET
    }
    if "plan" in changes and caller.role != OPERATOR:
        raise ForbiddenError("Only an operator changes a school's plan.")
    if "time_zone" in changes:
        check_time_zone(changes["time_zone"])
    for name in ("holidays", "languages"):
        if name in changes:
            changes[name] = sorted({str(value) for value in changes[name]})
    school = entered(caller, school_id, None)
    if changes:
        _update(school, **changes)
        note(caller, "school.changed", school_id, fields=sorted(changes))
    return _shown(school)


def request_deletion(caller: Caller, school_id: UUID) -> schemas.School:
    """Ask for the end of a school: after 30 days it is purged with everything below it."""
    school = entered(caller, school_id, None)
    if school.deletion_requested_at is None:
        _update(school, deletion_requested_at=now())
        note(caller, "school.deletion_requested", school_id)
    return _shown(school)


def cancel_deletion(caller: Caller, school_id: UUID) -> None:
    """Take the request back. Nothing happens where there is none."""
    school = entered(caller, school_id, None)
    if school.deletion_requested_at is not None:
        _update(school, deletion_requested_at=None)
        note(caller, "school.deletion_cancelled", school_id)


def invite_staff(caller: Caller, school_id: UUID, body: invite_schemas.NewInvite) -> invite_schemas.Invite:
    """A code with which teachers register in the admin's school."""
    entered(caller, school_id, None)
    expires_at = now() + timedelta(days=body.days)
    invite = invites.create(caller, invites.STAFF, max_uses=body.max_uses, expires_at=expires_at)
    audit.record(caller, "invite.created", "invite", invite.id, kind=invites.STAFF)
    return invites.shown(invite)


def list_invites(
    caller: Caller, school_id: UUID, query: base.PageQuery
) -> tuple[list[invite_schemas.Invite], str | None]:
    """The staff invites of the admin's school, newest first."""
    entered(caller, school_id, None)
    rows, cursor = paging.page(
        _staff_invites(school_id),
        [Invite.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"invites|{school_id}",
        descending=True,
    )
    return [invites.shown(invite) for invite in rows], cursor


def revoke_invite(caller: Caller, school_id: UUID, invite_id: UUID) -> None:
    """Take a staff invite back. Raises `NotFoundError`."""
    entered(caller, school_id, None)
    invite = _staff_invites(school_id).where(Invite.id == invite_id).first()
    if invite is None:
        raise NotFoundError()
    invites.revoke(invite)
    audit.record(caller, "invite.revoked", "invite", invite.id, kind=invites.STAFF)


def entered(caller: Caller, school_id: UUID, look: str | None) -> School:
    """That school: an admin's own, or any for an operator, who thereby enters it. Raises `NotFoundError`.

    An operator's mere look is noted under the name `look`.
    """
    if caller.role == OPERATOR:
        if not entering.as_operator(school_id):
            raise NotFoundError()
        if look is not None:
            note(caller, look, school_id)
    elif caller.school_id != school_id:
        raise NotFoundError()
    school: School = School.get_by_id(school_id)
    return school


def note(caller: Caller, action: str, school_id: UUID, **details: Any) -> None:
    """Write down what `caller` did to that school."""
    audit.record(caller, action, "school", school_id, school_id=school_id, **details)


def check_time_zone(name: str, path: str = "$.time_zone") -> None:
    """Raises `ValidationError` unless the IANA database has a time zone of that name."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            "This time zone does not exist.", path=path, reason="Not in the IANA database."
        ) from error


def _staff_invites(school_id: UUID) -> Any:
    return Invite.select().where(Invite.school == school_id, Invite.kind == invites.STAFF)


def _update(school: School, **changes: Any) -> None:
    """Write `changes` to the row and to `school`."""
    changes["updated_at"] = now()
    School.update(**changes).where(School.id == school.id).execute()
    for name, value in changes.items():
        setattr(school, name, value)


def _shown(school: School) -> schemas.School:
    return schemas.School(
        id=school.id,
        name=school.name,
        time_zone=school.time_zone,
        holidays=school.holidays,
        age_of_consent=school.age_of_consent,
        plan=school.plan,
        languages=school.languages,
        deletion_requested_at=school.deletion_requested_at,
        created_at=school.created_at,
        updated_at=school.updated_at,
    )
