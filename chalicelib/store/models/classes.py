"""Classrooms, who is in them, and the codes that let people in."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school
from chalicelib.store.models.people import School

MEMBER_ROLES = ("teacher", "student")
INVITE_KINDS = ("class", "staff", "link")


class Classroom(Keyed):
    """A class. `code` is what its students type to sign in; it lets nobody join.

    `external_id` is the id that the school's own system has for it.
    """

    school_id: UUID  # made by the next line; said for the type checker
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    name = peewee.TextField()
    external_id = peewee.TextField(null=True)
    grade = peewee.SmallIntegerField(null=True, constraints=[peewee.Check("grade BETWEEN 0 AND 13")])
    code = peewee.TextField(unique=True)
    archived_at = TimestampField(null=True)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "classrooms"
        indexes = ((("school", "id"), True), (("school", "external_id"), True))


class Membership(Model):
    """A teacher or student of a classroom."""

    classroom_id = peewee.UUIDField()
    user_id = peewee.UUIDField(index=True)
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    role = peewee.TextField(constraints=[one_of("role", MEMBER_ROLES)])
    joined_at = TimestampField(default=now)

    class Meta:
        table_name = "memberships"
        primary_key = peewee.CompositeKey("classroom_id", "user_id")
        constraints = (same_school("classroom_id", "classrooms"), same_school("user_id", "users"))


class Invite(Keyed):
    """A code that lets people in: into a class, into the staff, or a parent to a child."""

    school_id: UUID  # made by the next line; said for the type checker
    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    kind = peewee.TextField(constraints=[one_of("kind", INVITE_KINDS)])
    code = peewee.TextField(unique=True)
    classroom_id = peewee.UUIDField(null=True, index=True)
    student_id = peewee.UUIDField(null=True, index=True)
    max_uses = peewee.IntegerField(default=1)
    uses = peewee.IntegerField(default=0)
    expires_at = TimestampField()
    revoked_at = TimestampField(null=True)
    created_by = peewee.UUIDField()
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "invites"
        constraints = (
            same_school("classroom_id", "classrooms"),
            same_school("student_id", "users"),
            peewee.Check("uses BETWEEN 0 AND max_uses"),
            peewee.Check("(kind = 'class') = (classroom_id IS NOT NULL)"),
            peewee.Check("(kind = 'link') = (student_id IS NOT NULL)"),
        )
