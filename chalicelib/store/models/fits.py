"""The nightly fit of skills and exercises: what it found, and where it stands. No personal data."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Skill

BKT: Final = "bkt"
IRT: Final = "irt"
KINDS = (BKT, IRT)


def _count() -> peewee.IntegerField:
    return peewee.IntegerField(default=0)


class Fit(Keyed):
    """One fit of a skill's parameters (bkt) or of its exercises' (irt), accepted or not.

    `standing` are the log-likelihoods of what was in force, on the same answers; held-out ones are those of
    students that the fit has not seen. `reason` says why it was not accepted; null: it was.
    """

    skill_id: UUID  # made by the foreign key; said for the type checker
    kind = peewee.TextField(constraints=[one_of("kind", KINDS)])
    skill = peewee.ForeignKeyField(Skill, on_delete="CASCADE", index=False)
    answers = _count()
    students = _count()
    exercises = _count()
    parameters = peewee.JSONField(default=dict)
    log_likelihood = peewee.DoubleField(null=True)
    standing_log_likelihood = peewee.DoubleField(null=True)
    held_out_log_likelihood = peewee.DoubleField(null=True)
    standing_held_out_log_likelihood = peewee.DoubleField(null=True)
    iterations = _count()
    milliseconds = _count()
    reason = peewee.TextField(null=True)
    seen_until = TimestampField()
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "fits"
        indexes = ((("skill", "id"), False),)
        constraints = tuple(
            peewee.Check(f"{column} >= 0")
            for column in ("answers", "students", "exercises", "iterations", "milliseconds")
        )


class FitBacklog(Model):
    """How many answers of a skill wait for a fit, new or corrected, and how many the last one has seen."""

    skill_id: UUID  # made by the foreign key; said for the type checker
    skill = peewee.ForeignKeyField(Skill, primary_key=True, on_delete="CASCADE")
    waiting = _count()
    fitted = _count()
    begun_at = TimestampField(null=True)

    class Meta:
        table_name = "fit_backlogs"
        constraints = tuple(peewee.Check(f"{column} >= 0") for column in ("waiting", "fitted"))


class FitMark(Model):
    """Up to when a school's answers have been counted into the backlogs."""

    school_id: UUID  # made by the foreign key; said for the type checker
    school = peewee.ForeignKeyField(School, primary_key=True, on_delete="CASCADE")
    counted_until = TimestampField()

    class Meta:
        table_name = "fit_marks"
