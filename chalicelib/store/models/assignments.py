"""Assignments: which exercises are set to whom, and until when. What was answered stands in the attempts."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Exercise, Skill

TEACHER_MADE, AUTOMATIC = "teacher", "automatic"


class Assignment(Keyed):
    """Exercises set to a class, to some of its students, or to one student alone (`student_id`).

    `is_for_all`: to all of the class, also to who joins it later. A title is missing where the skill's name
    says enough.
    """

    school_id: UUID  # made by the foreign keys; said for the type checker
    skill_id: UUID | None
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    kind = peewee.TextField(constraints=[one_of("kind", (TEACHER_MADE, AUTOMATIC))])
    classroom_id = peewee.UUIDField(null=True)
    student_id = peewee.UUIDField(null=True)
    is_for_all = peewee.BooleanField(default=False)
    skill = peewee.ForeignKeyField(Skill, null=True, index=False)
    title = peewee.TextField(null=True)
    due_at = TimestampField()
    created_by = peewee.UUIDField(null=True)
    closed_at = TimestampField(null=True)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "assignments"
        indexes = (
            (("school", "id"), True),
            (("school", "due_at", "id"), False),
            (("classroom_id", "due_at", "id"), False),
            (("student_id", "due_at", "id"), False),
        )
        constraints = (
            same_school("classroom_id", "classrooms"),
            same_school("student_id", "users"),
            peewee.Check("(classroom_id IS NULL) = (student_id IS NOT NULL)"),
            peewee.Check("classroom_id IS NOT NULL OR NOT is_for_all"),
            peewee.Check("kind = 'teacher' OR (student_id IS NOT NULL AND skill_id IS NOT NULL)"),
            peewee.Check("kind = 'automatic' OR (title IS NOT NULL AND created_by IS NOT NULL)"),
        )


# Of the automatic ones a student has one open for a skill.
Assignment.add_index(
    peewee.SQL(
        "CREATE UNIQUE INDEX assignments_automatic_open ON assignments (student_id, skill_id)"
        " WHERE kind = 'automatic' AND closed_at IS NULL"
    )
)


class AssignmentStudent(Model):
    """One of the students for whom an assignment is, where it is not for all of a class."""

    assignment_id = peewee.UUIDField()
    student_id = peewee.UUIDField(index=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")

    class Meta:
        table_name = "assignment_students"
        primary_key = peewee.CompositeKey("assignment_id", "student_id")
        constraints = (same_school("assignment_id", "assignments"), same_school("student_id", "users"))


class AssignmentExercise(Keyed):
    """An exercise of an assignment: of `student_id` alone, or of all who have none of their own in it."""

    exercise_id: UUID  # made by the foreign keys; said for the type checker
    assignment_id = peewee.UUIDField()
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    student_id = peewee.UUIDField(null=True, index=True)
    exercise = peewee.ForeignKeyField(Exercise, on_delete="CASCADE")
    position = peewee.SmallIntegerField()

    class Meta:
        table_name = "assignment_exercises"
        constraints = (same_school("assignment_id", "assignments"), same_school("student_id", "users"))


AssignmentExercise.add_index(
    peewee.SQL(
        "CREATE UNIQUE INDEX assignment_exercises_once"
        " ON assignment_exercises (assignment_id, student_id, exercise_id) NULLS NOT DISTINCT"
    )
)

# Which attempts `t` are answers to an exercise of an assignment `a`: those that were made after it was set. A
# device's clock may be some minutes slow; what has reached us before is none all the same.
COUNTS = (
    "t.verdict <> 'unreadable' AND t.created_at >= a.created_at"
    " AND t.answered_at >= a.created_at - interval '5 minutes'"
)
