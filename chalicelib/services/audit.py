"""Who did what, and who read which student's record: written in the transaction of the change or the look.

The same look by the same person at the same record counts once in ten minutes: a page that asks again every
minute says nothing new. The application can add entries and read them, nothing else (migration 0014).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from chalicelib.caller import SERVICE, STAFF, Caller
from chalicelib.store.database import database
from chalicelib.store.ids import lowest_at, uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.people import AuditEntry

ONE_LOOK = timedelta(minutes=10)
EACH = """
    INSERT INTO audit_entries
        (id, school_id, actor_id, actor_role, action, subject_type, subject_id, details, created_at)
    SELECT r.id, %(school)s, %(actor)s, %(role)s, %(action)s, %(type)s, r.subject_id, r.details, %(at)s
    FROM jsonb_to_recordset(%(rows)s) AS r (id uuid, subject_id uuid, details jsonb)
"""
LOOK = """
    INSERT INTO audit_entries
        (id, school_id, actor_id, actor_role, action, subject_type, subject_id, details, created_at)
    SELECT look.id, %(school)s, %(actor)s, %(role)s, %(action)s, %(type)s, look.subject_id, '{}', %(at)s
    FROM unnest(%(ids)s::uuid[], %(subjects)s::uuid[]) AS look (id, subject_id)
    WHERE NOT EXISTS (
        SELECT 1 FROM audit_entries e
        WHERE e.school_id = %(school)s AND e.subject_id = look.subject_id AND e.id >= %(since)s
            AND e.actor_id = %(actor)s AND e.action = %(action)s
    )
"""


def record(
    caller: Caller,
    action: str,
    subject_type: str,
    subject_id: UUID | None,
    *,
    school_id: UUID | None = None,
    **details: Any,
) -> None:
    """Note that `caller` did `action` (such as `user.role_changed`) to a subject. `details` hold no secrets.

    `school_id` is given where the caller is an operator, acting in a school that is not their own.
    """
    AuditEntry.create(
        school=school_id or caller.school_id,
        actor_id=caller.user_id,
        actor_role=caller.role,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        details=details,
    )


def record_each(
    caller: Caller, action: str, subject_type: str, about: Iterable[tuple[UUID, dict[str, Any]]]
) -> None:
    """Note that `caller` did `action` to each of those subjects, with its details; in one statement."""
    rows = [
        {"id": str(uuid7()), "subject_id": str(subject_id), "details": details}
        for subject_id, details in about
    ]
    if rows:
        values = {**_who(caller), "action": action, "type": subject_type, "rows": json.dumps(rows)}
        database.execute_sql(EACH, values)


def student_read(caller: Caller, student_id: UUID, what: str) -> None:
    """Note that staff, or another system, read `what` (such as `mastery`) of a student's record.

    Other readers are not noted.
    """
    students_read(caller, [student_id], what)


def students_read(caller: Caller, student_ids: Iterable[UUID], what: str) -> None:
    """The same of several students, as a page of a list shows them; each counts once."""
    if caller.role in (*STAFF, SERVICE):
        look(caller, f"{what}.viewed", "user", sorted(set(student_ids)))


def class_read(caller: Caller, classroom_id: UUID, what: str) -> None:
    """The same of all students of a class: one entry, about the class."""
    if caller.role in (*STAFF, SERVICE):
        look(caller, f"{what}.viewed", "classroom", [classroom_id])


def look(caller: Caller, action: str, subject_type: str, subject_ids: list[UUID]) -> None:
    """Note a look at each of those subjects, except where the same look was noted a moment ago."""
    if not subject_ids:
        return
    who = _who(caller)
    values = {
        "action": action,
        "type": subject_type,
        "ids": [str(uuid7()) for _ in subject_ids],
        "subjects": [str(each) for each in subject_ids],
        "since": str(lowest_at(who["at"] - ONE_LOOK)),
    }
    database.execute_sql(LOOK, who | values)


def _who(caller: Caller) -> dict[str, Any]:
    """Who does something, in which school, and when: now."""
    return {
        "school": caller.school_id and str(caller.school_id),
        "actor": str(caller.user_id),
        "role": caller.role,
        "at": now(),
    }
