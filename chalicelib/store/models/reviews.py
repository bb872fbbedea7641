"""Reviews: diagnoses that staff should look at."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Diagnosis

REASONS = ("reported", "unsure")
OPEN, UPHELD, CORRECTED = STATUSES = ("open", "upheld", "corrected")


class Review(Keyed):
    """A diagnosis that is doubted: by the student, who may say why, or by the machine that made it.

    Of an attempt one is open for each reason, and a diagnosis is doubted once for each: what staff have
    upheld is not asked again. `response` is what they say to it.
    """

    school_id: UUID  # made by the foreign keys; said for the type checker
    diagnosis_id: UUID
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    student_id = peewee.UUIDField()
    attempt_id = peewee.UUIDField(index=True)
    diagnosis = peewee.ForeignKeyField(Diagnosis, on_delete="CASCADE", index=False)
    reason = peewee.TextField(constraints=[one_of("reason", REASONS)])
    comment = peewee.TextField(null=True)
    status = peewee.TextField(default=OPEN, constraints=[one_of("status", STATUSES)])
    response = peewee.TextField(null=True)
    resolved_by = peewee.UUIDField(null=True)
    resolved_at = TimestampField(null=True)
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "reviews"
        indexes = (
            (("diagnosis", "reason"), True),
            (("school", "id"), False),
            (("student_id", "id"), False),
        )
        constraints = (
            same_school("attempt_id", "attempts"),
            same_school("student_id", "users"),
            peewee.Check("(status = 'open') = (resolved_at IS NULL)"),
        )


Review.add_index(
    Review.index(
        Review.attempt_id,
        Review.reason,
        unique=True,
        where=(Review.status == peewee.SQL("'open'")),
        name="reviews_open",
    )
)
