"""What students were given to practise."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Exercise, Skill

REASONS = ("probe", "bug", "prerequisite", "learning", "new_skill", "review")
SOURCES = ("next", "assignment")


class PracticeGiven(Keyed):
    """An exercise that was given to a student, and why.

    `wanted_skill_id` is the skill that the student asked for; `bug` the one that it settles or practises.
    """

    school_id: UUID  # made by the foreign keys; said for the type checker
    exercise_id: UUID
    skill_id: UUID
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    student_id = peewee.UUIDField()
    exercise = peewee.ForeignKeyField(Exercise, on_delete="CASCADE")
    skill = peewee.ForeignKeyField(Skill, index=False)
    wanted_skill_id = peewee.UUIDField(null=True)
    source = peewee.TextField(constraints=[one_of("source", SOURCES)])
    reason = peewee.TextField(constraints=[one_of("reason", REASONS)])
    bug = peewee.TextField(null=True)
    given_at = TimestampField(default=now)

    class Meta:
        table_name = "practice_given"
        indexes = ((("student_id", "given_at"), False), (("given_at",), False))
        constraints = (
            same_school("student_id", "users"),
            peewee.Check("bug IS NOT NULL OR reason NOT IN ('probe', 'bug')"),
        )
