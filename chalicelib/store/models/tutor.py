"""Talks with the tutor, what a student has used of each day, and vectors of texts."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Exercise

ANSWER, HINT, OFF_SUBJECT = KINDS = ("answer", "hint", "off_subject")


class RealsField(peewee.Field):
    """A list of numbers, `real[]`."""

    field_type = "REAL[]"


class TutorSession(Keyed):
    """A talk about one problem, which is canonical. `updated_at` is the time of its last message."""

    school_id: UUID  # made by the foreign keys; said for the type checker
    exercise_id: UUID | None
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    student_id = peewee.UUIDField()
    exercise = peewee.ForeignKeyField(Exercise, null=True, on_delete="SET NULL")
    attempt_id = peewee.UUIDField(null=True, index=True)
    topic = peewee.TextField()
    problem = peewee.TextField()
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "tutor_sessions"
        indexes = ((("school", "id"), True), (("student_id", "id"), False))
        constraints = (
            same_school("student_id", "users"),
            same_school("attempt_id", "attempts", "SET NULL (attempt_id)"),
        )


class TutorMessage(Keyed):
    """What a student says, and the reply. Without one somebody is at work on it, up to `waits_until`.

    `day` is the school's day whose quota it counts in. Each of `sources` has `kind`, `id` and `title`.
    """

    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    session_id = peewee.UUIDField()
    student_id = peewee.UUIDField()
    client_id = peewee.UUIDField(null=True)
    text = peewee.TextField()
    kind = peewee.TextField(null=True, constraints=[one_of("kind", KINDS)])
    reply = peewee.TextField(null=True)
    sources = peewee.JSONField(default=list)
    day = peewee.DateField()
    waits_until = TimestampField()
    created_at = TimestampField(default=now)
    answered_at = TimestampField(null=True)

    class Meta:
        table_name = "tutor_messages"
        indexes = ((("session_id", "id"), False), (("student_id", "client_id"), True))
        constraints = (
            same_school("session_id", "tutor_sessions"),
            same_school("student_id", "users"),
            peewee.Check("(answered_at IS NULL) = (reply IS NULL) AND (reply IS NULL) = (kind IS NULL)"),
        )


class TutorDay(Model):
    """How many messages of a student were answered on one day of their school.

    `reserved` holds those under way: by the message's id the moment, in seconds since 1970, after which it
    counts no more.
    """

    student_id = peewee.UUIDField()
    day = peewee.DateField(index=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    answered = peewee.IntegerField(constraints=[peewee.Check("answered >= 0")])
    reserved = peewee.JSONField(default=dict)

    class Meta:
        table_name = "tutor_days"
        primary_key = peewee.CompositeKey("student_id", "day")
        constraints = (same_school("student_id", "users"),)


class TextVector(Keyed):
    """The vector of a text by one model. The text is known by its SHA-256 hash alone.

    One without a school is of a text that all may read.
    """

    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    model = peewee.TextField()
    text_hash = peewee.TextField()
    vector = RealsField()
    created_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "text_vectors"


TextVector.add_index(
    peewee.SQL(
        "CREATE UNIQUE INDEX text_vectors_text_hash_model_school"
        " ON text_vectors (text_hash, model, school_id) NULLS NOT DISTINCT"
    )
)
