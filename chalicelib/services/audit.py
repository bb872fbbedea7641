"""Who did what: one entry per change worth answering for, written in the transaction of the change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chalicelib.caller import SERVICE, STAFF, Caller
from chalicelib.store.models.people import AuditEntry


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
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        details=details,
    )


def student_read(caller: Caller, student_id: UUID, what: str) -> None:
    """Note that staff, or another system, read `what` (such as `mastery`) of a student's record.

    Other readers are not noted.
    """
    if caller.role in (*STAFF, SERVICE):
        record(caller, f"{what}.viewed", "user", student_id)
