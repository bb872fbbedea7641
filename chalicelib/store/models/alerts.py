"""Alerts: what a teacher should see about a class."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Skill

TYPES = (
    "student_at_risk",
    "student_dropped",
    "student_inactive",
    "unit_off_track",
    "shared_bug",
    "guide_ready",
    "guide_graded",
)
SEVERITIES = ("high", "medium", "low")
STATUSES = ("open", "closed", "resolved")


class Alert(Keyed):
    """One alert. It ends by itself when its cause is gone (closed), or by the word of staff (resolved).

    Of what is the same in class, type, skill, student and bug, one is open at a time. `details` holds ids and
    numbers only.
    """

    school_id: UUID  # made by the foreign keys; said for the type checker
    skill_id: UUID | None
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    classroom_id = peewee.UUIDField()
    type = peewee.TextField(constraints=[one_of("type", TYPES)])
    severity = peewee.TextField(constraints=[one_of("severity", SEVERITIES)])
    status = peewee.TextField(default="open", constraints=[one_of("status", STATUSES)])
    skill = peewee.ForeignKeyField(Skill, null=True, index=False)
    student_id = peewee.UUIDField(null=True, index=True)
    bug = peewee.TextField(null=True)
    details = peewee.JSONField(default=dict)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)
    ended_at = TimestampField(null=True)
    resolved_by = peewee.UUIDField(null=True)

    class Meta:
        table_name = "alerts"
        indexes = ((("school", "id"), False), (("classroom_id", "id"), False))
        constraints = (
            same_school("classroom_id", "classrooms"),
            same_school("student_id", "users"),
            peewee.Check("(status = 'open') = (ended_at IS NULL)"),
            peewee.Check("(status = 'resolved') = (resolved_by IS NOT NULL)"),
        )


Alert.add_index(
    peewee.SQL(
        "CREATE UNIQUE INDEX alerts_open ON alerts (classroom_id, type, skill_id, student_id, bug)"
        " NULLS NOT DISTINCT WHERE status = 'open'"
    )
)
