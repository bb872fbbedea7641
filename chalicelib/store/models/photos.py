"""Photos of work on paper, and what was read from them."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Exercise

CONTENT_TYPES = ("image/jpeg", "image/png", "image/webp")
WAITING, CHECKED, REFUSED = STATUSES = ("waiting", "checked", "refused")
SOURCES = ("photo", "guide")


class Photo(Keyed):
    """A photo that a student hands in. `file_key` is the part of its files' names that cannot be guessed.

    `size` is in bytes, as it was announced; `width` and `height`, in pixels, are those of the clean copy.
    S3's notification brings no correlation id: the request's is kept here.

    A checked photo is to be read until `read_at`. `read_reason` says why that waits, and `read_after` until
    when it does; without a reason `read_after` is how long the reader that is at it may take. `read_tries`
    counts how often none could be had.
    """

    school_id: UUID  # made by the foreign keys; said for the type checker
    exercise_id: UUID | None
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    student_id = peewee.UUIDField()
    client_id = peewee.UUIDField(null=True)
    exercise = peewee.ForeignKeyField(Exercise, null=True, on_delete="SET NULL")
    problem = peewee.TextField(null=True)
    content_type = peewee.TextField(constraints=[one_of("content_type", CONTENT_TYPES)])
    size = peewee.IntegerField(constraints=[peewee.Check("size > 0")])
    file_key = peewee.TextField()
    status = peewee.TextField(default=WAITING, constraints=[one_of("status", STATUSES)])
    reason = peewee.TextField(null=True)
    width = peewee.IntegerField(null=True)
    height = peewee.IntegerField(null=True)
    read_at = TimestampField(null=True)
    read_reason = peewee.TextField(null=True)
    read_after = TimestampField(null=True)
    read_tries = peewee.IntegerField(default=0, constraints=[peewee.Check("read_tries >= 0")])
    correlation_id = peewee.TextField(default="")
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "photos"
        indexes = (
            (("school", "id"), True),
            (("student_id", "client_id"), True),
            (("student_id", "id"), False),
        )
        constraints = (
            same_school("student_id", "users"),
            peewee.Check("(status = 'refused') = (reason IS NOT NULL)"),
            peewee.Check("(status = 'checked') = (width IS NOT NULL AND height IS NOT NULL)"),
            peewee.Check("read_reason IS NULL OR (read_at IS NULL AND read_after IS NOT NULL)"),
        )


Photo.add_index(Photo.index(Photo.read_after, where=Photo.read_reason.is_null(False)))


class Transcript(Keyed):
    """Lines of a student's work, as they were read from a photo or graded in a worksheet.

    Each of `lines` has `problem`, `answer`, `steps`, `confidence`; once processed, also what became of it
    (`status`), which for one that cannot be read, or is not sure, stands from the beginning.
    """

    school_id: UUID  # made by the foreign key; said for the type checker
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    student_id = peewee.UUIDField(index=True)
    photo_id = peewee.UUIDField(null=True, index=True)
    source = peewee.TextField(constraints=[one_of("source", SOURCES)])
    lines = peewee.JSONField()
    created_at = TimestampField(default=now)
    processed_at = TimestampField(null=True)

    class Meta:
        table_name = "transcripts"
        constraints = (
            same_school("student_id", "users"),
            same_school("photo_id", "photos", "SET NULL (photo_id)"),
        )
