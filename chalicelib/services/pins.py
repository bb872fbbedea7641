"""New PINs for a whole class, as a sheet to print: told once, kept as hashes only."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ConflictError, RateLimitError
from chalicelib.schemas import roster as schemas
from chalicelib.services import access, audit, classrooms, passwords, sessions
from chalicelib.store import entering
from chalicelib.store.database import database
from chalicelib.store.ids import lowest_at
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Membership
from chalicelib.store.models.people import AuditEntry, User

DIGITS = 6  # with the locks on guessing (`lockout.py`), far beyond what can be tried
MOST_STUDENTS = 100  # whose hashes are made well within the time of a request
PAUSE_SECONDS = 60  # between two sheets of one class
ACTION = "classroom.pins_set"
SET = """
    UPDATE users u SET secret_hash = r.secret_hash, updated_at = %(at)s
    FROM jsonb_to_recordset(%(rows)s) AS r (id uuid, secret_hash text)
    WHERE u.id = r.id AND u.status <> 'deleted' AND (%(over)s OR u.secret_hash IS NULL)
    RETURNING u.id::text
"""


def set_class(caller: Caller, classroom_id: UUID, body: schemas.Pins) -> schemas.PinSheet:
    """Give the students of a class new PINs, and end the sessions of those who get one.

    Opens transactions of its own: none is open while the PINs are hashed. Raises `NotFoundError`,
    `ConflictError` for a class that is archived or too large, and `RateLimitError` right after another sheet
    of the class.
    """
    is_over = body.students == "all"
    with entering.working_for(caller):
        access.classroom(caller, classroom_id)
        _pause(caller, classroom_id)
        students = _students(classroom_id, has_pin_too=is_over)
    if len(students) > MOST_STUDENTS:
        fault = f"At most {MOST_STUDENTS} PINs are set at once."
        raise ConflictError(fault, reason="too_many_students")
    pins = {student.id: _new_pin() for student in students}
    hashes = {user_id: passwords.hashed(pin) for user_id, pin in pins.items()}
    with entering.working_for(caller):
        classroom = classrooms.locked(caller, classroom_id)
        if classroom.archived_at is not None:
            raise ConflictError("The class is archived.", reason="archived")
        _pause(caller, classroom_id)
        at = now()
        still_here = {student.id for student in _students(classroom_id, has_pin_too=is_over)}
        rows = [{"id": str(each), "secret_hash": hashes[each]} for each in hashes if each in still_here]
        values = {"rows": json.dumps(rows), "over": is_over, "at": at}
        given = {UUID(row[0]) for row in database.execute_sql(SET, values).fetchall()}
        sessions.end_all(*given)
        audit.record_each(caller, "user.pin_set", "user", ((each, {}) for each in sorted(given)))
        if given:
            audit.record(caller, ACTION, "classroom", classroom_id, students=len(given))
    return schemas.PinSheet(
        classroom_id=classroom.id,
        class_name=classroom.name,
        class_code=classroom.code,
        set_at=at,
        students=[
            schemas.StudentPin(
                user_id=each.id, name=each.name, username=str(each.username), pin=pins[each.id]
            )
            for each in students
            if each.id in given
        ],
    )


def _new_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def _students(classroom_id: UUID, *, has_pin_too: bool) -> list[Any]:
    """The students of a class by name; those without a PIN, or all of them. Their rows are locked."""
    students = (
        User.select(User.id, User.name, User.username)
        .join(Membership, on=(Membership.user_id == User.id))
        .where(
            Membership.classroom_id == classroom_id,
            Membership.role == STUDENT,
            User.status == "active",
            User.username.is_null(False),
        )
    )
    if not has_pin_too:
        students = students.where(User.secret_hash.is_null())
    return sorted(students.order_by(User.id).for_update(of=User), key=lambda each: (each.name, each.id))


def _pause(caller: Caller, classroom_id: UUID) -> None:
    """Raises `RateLimitError` right after another sheet of the class: each costs seconds of work."""
    recent = AuditEntry.select(AuditEntry.created_at).where(
        AuditEntry.school == caller.school,
        AuditEntry.subject_id == classroom_id,
        AuditEntry.action == ACTION,
        AuditEntry.id >= lowest_at(now() - timedelta(seconds=PAUSE_SECONDS)),
    )
    if recent.exists():
        fault = "The class has just been given new PINs."
        raise RateLimitError(fault, retry_after=PAUSE_SECONDS, limit="pins")
