"""Switches: what costs money can be switched off by an operator for all, and paused by a school for itself.

On unless somebody switched it off. One that cannot be read counts as off: nothing is spent blindly.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import peewee

from chalicelib import observe
from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError, TizaError
from chalicelib.schemas import operations as schemas
from chalicelib.services import audit, schools
from chalicelib.store import database
from chalicelib.store.models.base import now
from chalicelib.store.models.events import Switch

# Sending mails, storing and reading photos, the language model, and the tutor that talks through it.
NAMES: Final = ("mail", "photos", "llm", "tutor")


def is_on(name: str, school_id: UUID | None = None) -> bool:
    """Whether `name` is on: for the platform, and for that school where one is given.

    One round trip, in any transaction or none: it needs no entered school. False where it cannot be read.
    """
    if name not in NAMES:
        raise ValueError(f"there is no switch {name}")
    values = (name, str(school_id) if school_id else None)
    try:
        with database.connection() as db:
            return bool(db.execute_sql("SELECT switch_is_on(%s, %s)", values).fetchone()[0])
    except (TizaError, peewee.PeeweeException):
        observe.log.exception("a switch could not be read", extra={"fields": {"switch": name}})
        return False


def list_platform() -> list[schemas.Switch]:
    """The platform's switches."""
    return _listed(Switch.school.is_null())


def list_school(caller: Caller, school_id: UUID) -> list[schemas.Switch]:
    """A school's own switches: an admin's, or any for an operator. Raises `NotFoundError`."""
    schools.entered(caller, school_id, "school.switches_viewed")
    return _listed(Switch.school == school_id)


def set_platform(caller: Caller, name: str, body: schemas.SetSwitch) -> schemas.Switch:
    """Switch something on or off for all schools. Raises `NotFoundError` for an unknown switch."""
    return _set(caller, name, None, body.is_on)


def set_school(caller: Caller, school_id: UUID, name: str, body: schemas.SetSwitch) -> schemas.Switch:
    """Pause something for a school, or go on with it. Raises `NotFoundError`."""
    schools.entered(caller, school_id, None)
    return _set(caller, name, school_id, body.is_on)


def _set(caller: Caller, name: str, school_id: UUID | None, is_on: bool) -> schemas.Switch:
    if name not in NAMES:
        raise NotFoundError("There is no such switch.", switch=name)
    written = Switch.insert(name=name, school=school_id, is_on=is_on, changed_by=caller.user_id).on_conflict(
        conflict_target=[Switch.name, Switch.school],
        update={Switch.is_on: is_on, Switch.changed_by: caller.user_id, Switch.changed_at: now()},
        where=Switch.is_on != is_on,
    )
    if list(written.returning(Switch.id).execute()):
        details: dict[str, Any] = {"switch": name, "is_on": is_on}
        audit.record(caller, "switch.set", "switch", None, school_id=school_id, **details)
    of_owner = Switch.school.is_null() if school_id is None else Switch.school == school_id
    return next(switch for switch in _listed(of_owner) if switch.name == name)


def _listed(of_owner: Any) -> list[schemas.Switch]:
    """Every switch of one owner; who never set one has it on."""
    found = {switch.name: switch for switch in Switch.select().where(of_owner)}
    return [
        schemas.Switch(
            name=name,
            is_on=found[name].is_on if name in found else True,
            changed_at=found[name].changed_at if name in found else None,
        )
        for name in NAMES
    ]
