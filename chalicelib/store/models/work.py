"""Skills, exercises, attempts, diagnoses, mastery."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import LOCALES, School

RIGHT = ("correct", "not_simplified")
VERDICTS = (*RIGHT, "incorrect", "unreadable")
PENDING, WRITTEN = "pending", "written"
# Of a story: it waits; is there; none was sound; no model answered; none may be asked; none can be paid for.
STORY_STATUSES = (PENDING, WRITTEN, "unsound", "unavailable", "switched_off", "budget_spent")


def is_probability(column: str) -> Any:
    """A check that `column` is a probability."""
    return peewee.Check(f"{column} BETWEEN 0 AND 1")


class Skill(Keyed):
    """Something to be learnt. Skills belong to the platform, not to a school."""

    slug = peewee.TextField(unique=True)
    topic = peewee.TextField()
    name = peewee.JSONField()
    position = peewee.IntegerField(default=0)
    parameter_version = peewee.IntegerField(default=1)
    retired_at = TimestampField(null=True)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "skills"


class SkillPrerequisite(Model):
    """`prerequisite` comes before `skill`. The whole is a directed acyclic graph."""

    skill_id: UUID  # made by the foreign keys; said for the type checker
    prerequisite_id: UUID
    skill = peewee.ForeignKeyField(Skill, on_delete="CASCADE", index=False)
    prerequisite = peewee.ForeignKeyField(Skill, on_delete="CASCADE")

    class Meta:
        table_name = "skill_prerequisites"
        primary_key = peewee.CompositeKey("skill", "prerequisite")
        constraints = (peewee.Check("skill_id <> prerequisite_id"),)


class SkillParameters(Model):
    """One fit of the Bayesian knowledge tracing parameters of a skill (Corbett & Anderson 1995)."""

    skill_id: UUID  # made by the foreign keys; said for the type checker
    skill = peewee.ForeignKeyField(Skill, on_delete="CASCADE", index=False)
    version = peewee.IntegerField()
    p_init = peewee.DoubleField(default=0.30, constraints=[is_probability("p_init")])
    p_transit = peewee.DoubleField(default=0.10, constraints=[is_probability("p_transit")])
    p_slip = peewee.DoubleField(default=0.10, constraints=[peewee.Check("p_slip >= 0 AND p_slip < 0.5")])
    p_guess = peewee.DoubleField(default=0.20, constraints=[peewee.Check("p_guess >= 0 AND p_guess < 0.5")])
    p_forget = peewee.DoubleField(default=0.0, constraints=[is_probability("p_forget")])
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "skill_parameters"
        primary_key = peewee.CompositeKey("skill", "version")


class RetiredBug(Model):
    """A bug of the engine's catalogue that is proposed no more. For the platform, not for a school."""

    bug = peewee.TextField(primary_key=True)
    retired_at = TimestampField(default=now)

    class Meta:
        table_name = "retired_bugs"


class Exercise(Keyed):
    """A problem to be set. Without a school it belongs to the platform and every school may use it.

    `story` is the same problem as a story, of which `story_status` tells once somebody has asked for one.
    """

    school_id: UUID | None  # made by the foreign keys; said for the type checker
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
    topic = peewee.TextField()
    problem = peewee.TextField()
    expected = peewee.TextField()
    difficulty = peewee.DoubleField(default=0.0, constraints=[peewee.Check("difficulty BETWEEN -10 AND 10")])
    discrimination = peewee.DoubleField(
        default=1.0, constraints=[peewee.Check("discrimination > 0 AND discrimination <= 10")]
    )
    created_by = peewee.UUIDField(null=True)
    archived_at = TimestampField(null=True)
    story = peewee.TextField(null=True)
    story_status = peewee.TextField(null=True, constraints=[one_of("story_status", STORY_STATUSES)])
    story_locale = peewee.TextField(null=True, constraints=[one_of("story_locale", LOCALES)])
    story_source = peewee.TextField(null=True, constraints=[one_of("story_source", ("llm",))])
    story_asked_at = TimestampField(null=True)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "exercises"
        indexes = ((("school", "id"), False), (("school", "problem"), False))
        constraints = (
            peewee.Check("(story IS NOT NULL) = (story_status IS NOT DISTINCT FROM 'written')"),
            peewee.Check("num_nonnulls(story_status, story_locale, story_source, story_asked_at) IN (0, 4)"),
        )


Exercise.add_index(
    Exercise.index(
        Exercise.story_asked_at,
        where=(Exercise.story_status == peewee.SQL("'pending'")),
        name="exercises_story_pending",
    )
)


class ExerciseSkill(Model):
    """A skill that an exercise practises."""

    exercise_id: UUID  # made by the foreign keys; said for the type checker
    skill_id: UUID
    exercise = peewee.ForeignKeyField(Exercise, on_delete="CASCADE", index=False)
    skill = peewee.ForeignKeyField(Skill)
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")

    class Meta:
        table_name = "exercise_skills"
        primary_key = peewee.CompositeKey("exercise", "skill")
        indexes = ((("school", "skill"), False),)


class Attempt(Keyed):
    """A student's answer to a problem, with its verdict as it stands now."""

    school_id: UUID  # made by the foreign keys; said for the type checker
    exercise_id: UUID | None
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    student_id = peewee.UUIDField()
    exercise = peewee.ForeignKeyField(Exercise, null=True, on_delete="SET NULL")
    topic = peewee.TextField()
    problem = peewee.TextField()
    answer = peewee.TextField()
    steps = peewee.JSONField(default=list)
    verdict = peewee.TextField(constraints=[one_of("verdict", VERDICTS)])
    status = peewee.TextField(constraints=[one_of("status", ("final", "pending"))])
    client_id = peewee.UUIDField(null=True)
    answered_at = TimestampField()
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "attempts"
        indexes = (
            (("school", "id"), True),
            (("student_id", "answered_at", "id"), False),
            (("student_id", "topic", "answered_at", "id"), False),
            (("student_id", "client_id"), True),
            (("student_id", "exercise", "answered_at"), False),
            (("school", "answered_at", "id"), False),
            (("school", "updated_at"), False),
        )
        constraints = (same_school("student_id", "users"),)


Attempt.add_index(
    Attempt.index(
        Attempt.created_at, where=(Attempt.status == peewee.SQL("'pending'")), name="attempts_pending"
    )
)


class Diagnosis(Keyed):
    """What was found about an attempt, and by whom. The newest counts; none is ever changed.

    The texts in `candidates` are in the language of `locale`. A teacher's (`human`) says who made it, and may
    have a word to the student.
    """

    attempt_id = peewee.UUIDField(index=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    student_id = peewee.UUIDField(index=True)
    source = peewee.TextField(constraints=[one_of("source", ("rule", "llm", "human"))])
    verdict = peewee.TextField(constraints=[one_of("verdict", VERDICTS)])
    expected = peewee.TextField()
    candidates = peewee.JSONField(default=list)
    unexplained = peewee.DoubleField(default=0.0, constraints=[is_probability("unexplained")])
    wrong_step = peewee.JSONField(null=True)
    locale = peewee.TextField(default="en", constraints=[one_of("locale", LOCALES)])
    bug = peewee.TextField(null=True)
    probability = peewee.DoubleField(null=True, constraints=[is_probability("probability")])
    made_by = peewee.UUIDField(null=True)
    comment = peewee.TextField(null=True)
    is_current = peewee.BooleanField(default=True)
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "diagnoses"
        constraints = (same_school("attempt_id", "attempts"), same_school("student_id", "users"))


Diagnosis.add_index(
    Diagnosis.index(
        Diagnosis.attempt_id,
        unique=True,
        where=(Diagnosis.is_current == peewee.SQL("true")),
        name="diagnoses_current",
    )
)
Diagnosis.add_index(
    Diagnosis.index(
        Diagnosis.student_id,
        Diagnosis.bug,
        where=(Diagnosis.is_current == peewee.SQL("true")) & Diagnosis.bug.is_null(False),
        name="diagnoses_student_bug",
    )
)
Diagnosis.add_index(
    Diagnosis.index(
        Diagnosis.student_id,
        Diagnosis.bug,
        Diagnosis.created_at,
        where=(Diagnosis.is_current == peewee.SQL("true"))
        & Diagnosis.bug.is_null(False)
        & (Diagnosis.probability >= 0.8),
        name="diagnoses_had_bug",
    )
)


class AttemptSkill(Model):
    """The step that one attempt moved the belief about one skill: enough to replay it to the same numbers.

    `is_correct` is null where the attempt counts no more: then it moves nothing, and keeps its place.
    """

    skill_id: UUID  # made by the foreign keys; said for the type checker
    attempt_id = peewee.UUIDField()
    skill = peewee.ForeignKeyField(Skill, index=False)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    student_id = peewee.UUIDField()
    seq = peewee.IntegerField(constraints=[peewee.Check("seq > 0")])
    parameter_version = peewee.IntegerField()
    is_correct = peewee.BooleanField(null=True)
    p_known = peewee.DoubleField(constraints=[is_probability("p_known")])
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "attempt_skills"
        primary_key = peewee.CompositeKey("attempt_id", "skill")
        indexes = (
            (("student_id", "skill", "seq"), True),
            (("student_id", "skill", "school", "created_at", "seq"), False),
            (("skill", "school", "student_id", "seq"), False),
        )
        constraints = (same_school("attempt_id", "attempts"), same_school("student_id", "users"))


class Mastery(Model):
    """What a student is believed to know of a skill after `seq` steps, `uncounted` of which count no more.

    Where none counts, it is the belief before the first answer: as if the skill had never been practised.
    """

    skill_id: UUID  # made by the foreign keys; said for the type checker
    student_id = peewee.UUIDField()
    skill = peewee.ForeignKeyField(Skill, index=False)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    p_known = peewee.DoubleField(constraints=[is_probability("p_known")])
    seq = peewee.IntegerField(default=0)
    uncounted = peewee.IntegerField(default=0, constraints=[peewee.Check("uncounted BETWEEN 0 AND seq")])
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "mastery"
        primary_key = peewee.CompositeKey("student_id", "skill")
        constraints = (same_school("student_id", "users"),)
