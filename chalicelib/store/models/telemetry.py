"""What clients tell about their use."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Model, TimestampField, now, same_school
from chalicelib.store.models.people import School


class TelemetryEvent(Model):
    """Something that happened in a student's client, under the key that the client gave it."""

    school_id: UUID  # made by the foreign key; said for the type checker
    student_id = peewee.UUIDField()
    client_id = peewee.UUIDField()
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    kind = peewee.TextField()
    occurred_at = TimestampField()
    data = peewee.JSONField()
    received_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "telemetry_events"
        primary_key = peewee.CompositeKey("student_id", "client_id")
        constraints = (same_school("student_id", "users"),)
