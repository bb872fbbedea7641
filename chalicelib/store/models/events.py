"""What workers remember: messages that were handled, leases of scheduled work; consents and switches."""

from __future__ import annotations

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School

CONSENT_KINDS = ("photos", "tutor")


class HandledMessage(Model):
    """A message that a worker has handled; written in the transaction of the effect."""

    worker = peewee.TextField()
    message_id = peewee.UUIDField()
    handled_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "handled_messages"
        primary_key = peewee.CompositeKey("worker", "message_id")


class Lease(Model):
    """Scheduled work of one name: who does it now and until when, and how it last ended."""

    name = peewee.TextField(primary_key=True)
    holder = peewee.UUIDField(null=True)
    leased_until = TimestampField(null=True)
    started_at = TimestampField(null=True)
    succeeded_at = TimestampField(null=True)
    failed_at = TimestampField(null=True)
    milliseconds = peewee.IntegerField(null=True)
    result = peewee.JSONField(null=True)

    class Meta:
        table_name = "leases"


class Consent(Keyed):
    """A parent's word, or a paper's, on what may be done with a student's data. The newest counts."""

    student_id = peewee.UUIDField()
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    kind = peewee.TextField(constraints=[one_of("kind", CONSENT_KINDS)])
    granted = peewee.BooleanField()
    given_by = peewee.UUIDField()
    on_paper = peewee.BooleanField(default=False)
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "consents"
        indexes = ((("student_id", "kind", "id"), False), (("school", "id"), False))
        constraints = (same_school("student_id", "users"),)


class Switch(Keyed):
    """Something that can be switched off, for the platform (no school) or for one school."""

    name = peewee.TextField()
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    is_on = peewee.BooleanField()
    changed_by = peewee.UUIDField()
    changed_at = TimestampField(default=now)

    class Meta:
        table_name = "switches"


Switch.add_index(
    peewee.SQL("CREATE UNIQUE INDEX switches_name_school ON switches (name, school_id) NULLS NOT DISTINCT")
)
