"""Worksheets (guides): questions in versions, whom they are given to, and what students hand in."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import LOCALES, School

GUIDE_STATES = ("waiting", "refused", "reading", "solving", "review", "published", "closed")
SUBMISSION_STATES = ("waiting", "failed", "withdrawn", "grading", "graded")
KINDS = ("photo", "typed")
STEPS = ("read", "map", "solve", "grade")


class Guide(Keyed):
    """A worksheet of which a PDF was announced. `file_key` is the part of its files' names nobody can guess.

    `version` is that of its questions, 0 before there are any; `unread` holds the numbers of the pages of
    which nothing was read. `held`: why it waits for a language model. `is_without_model`: staff wait no more.
    S3's notification brings no correlation id: the request's is kept here.
    """

    school_id: UUID  # made by the foreign key; said for the type checker
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    classroom_id = peewee.UUIDField(null=True)
    created_by = peewee.UUIDField(null=True)
    client_id = peewee.UUIDField(null=True)
    title = peewee.TextField()
    locale = peewee.TextField(constraints=[one_of("locale", LOCALES)])
    size = peewee.IntegerField(constraints=[peewee.Check("size > 0")])
    file_key = peewee.TextField()
    state = peewee.TextField(default="waiting", constraints=[one_of("state", GUIDE_STATES)])
    reason = peewee.TextField(null=True)
    held = peewee.TextField(null=True)
    is_without_model = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=0, constraints=[peewee.Check("version >= 0")])
    pages = peewee.IntegerField(null=True)
    unread = peewee.JSONField(default=list)
    correlation_id = peewee.TextField(default="")
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "guides"
        indexes = (
            (("school", "id"), True),
            (("created_by", "client_id"), True),
            (("classroom_id", "id"), False),
        )
        constraints = (
            same_school("classroom_id", "classrooms", "SET NULL (classroom_id)"),
            peewee.Check("(state = 'refused') = (reason IS NOT NULL)"),
        )


class GuideVersion(Model):
    """All questions of a worksheet as they were after one edit; none is ever changed.

    `made_by` is null where the workers made it.
    """

    school_id: UUID  # made by the foreign key; said for the type checker
    guide_id = peewee.UUIDField()
    version = peewee.IntegerField(constraints=[peewee.Check("version > 0")])
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    questions = peewee.JSONField()
    made_by = peewee.UUIDField(null=True)
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "guide_versions"
        primary_key = peewee.CompositeKey("guide_id", "version")
        constraints = (same_school("guide_id", "guides"),)


class GuidePublication(Model):
    """That a worksheet was given to students, in which version. There is one for a worksheet, ever."""

    school_id: UUID  # made by the foreign key; said for the type checker
    guide_id = peewee.UUIDField(primary_key=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    version = peewee.IntegerField()
    due_at = TimestampField()
    most_submissions = peewee.SmallIntegerField(constraints=[peewee.Check("most_submissions > 0")])
    published_by = peewee.UUIDField(null=True)
    published_at = TimestampField(default=now)

    class Meta:
        table_name = "guide_publications"
        constraints = (
            same_school("guide_id", "guides"),
            peewee.SQL(
                "FOREIGN KEY (guide_id, version) REFERENCES guide_versions (guide_id, version)"
                " ON DELETE CASCADE"
            ),
        )


class GuideClassroom(Model):
    """A class to which a worksheet is given."""

    school_id: UUID  # made by the foreign key; said for the type checker
    guide_id = peewee.UUIDField()
    classroom_id = peewee.UUIDField(index=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")

    class Meta:
        table_name = "guide_classrooms"
        primary_key = peewee.CompositeKey("guide_id", "classroom_id")
        constraints = (same_school("guide_id", "guides"), same_school("classroom_id", "classrooms"))


class GuideSubmission(Keyed):
    """What a student hands in once of a worksheet, by photo or typed.

    `answers` holds what was answered to each question and, once graded, what that is worth; `to_review`
    counts those that staff should look at.
    """

    school_id: UUID  # made by the foreign key; said for the type checker
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    guide_id = peewee.UUIDField()
    student_id = peewee.UUIDField()
    number = peewee.SmallIntegerField(constraints=[peewee.Check("number > 0")])
    kind = peewee.TextField(constraints=[one_of("kind", KINDS)])
    state = peewee.TextField(constraints=[one_of("state", SUBMISSION_STATES)])
    client_id = peewee.UUIDField(null=True)
    answers = peewee.JSONField(default=list)
    is_late = peewee.BooleanField(default=False)
    to_review = peewee.SmallIntegerField(default=0, constraints=[peewee.Check("to_review >= 0")])
    submitted_at = TimestampField(default=now)
    graded_at = TimestampField(null=True)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "guide_submissions"
        indexes = (
            (("school", "id"), True),
            (("guide_id", "student_id", "number"), True),
            (("student_id", "client_id"), True),
        )
        constraints = (
            same_school("guide_id", "guides"),
            same_school("student_id", "users"),
            peewee.Check("(state = 'graded') = (graded_at IS NOT NULL)"),
        )


class GuidePage(Model):
    """A photo that is a page of a submission; `lines` is what was read from it, null until then.

    The photo itself goes before the page does.
    """

    school_id: UUID  # made by the foreign key; said for the type checker
    photo_id = peewee.UUIDField(primary_key=True)
    submission_id = peewee.UUIDField(index=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    student_id = peewee.UUIDField(index=True)
    position = peewee.SmallIntegerField()
    lines = peewee.JSONField(null=True)

    class Meta:
        table_name = "guide_pages"
        constraints = (same_school("submission_id", "guide_submissions"), same_school("student_id", "users"))


class GuideStep(Model):
    """A question to a language model that a worksheet needed, by the hash of what was asked; and its answer.

    Who asks has it until `claimed_until`: nobody else asks, and pays for, the same meanwhile.
    """

    guide_id = peewee.UUIDField()
    step = peewee.TextField(constraints=[one_of("step", STEPS)])
    input_hash = peewee.TextField()
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    answer = peewee.JSONField(null=True)
    claimed_until = TimestampField()
    created_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "guide_steps"
        primary_key = peewee.CompositeKey("guide_id", "step", "input_hash")
        constraints = (same_school("guide_id", "guides"),)
