"""Schools and the people in them."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of, same_school

ROLES = ("student", "teacher", "parent", "admin", "operator")
PLANS = ("free", "school")
LOCALES = ("en", "es")


class School(Keyed):
    """A tenant: owns its users, classrooms and everything below them."""

    name = peewee.TextField()
    time_zone = peewee.TextField(default="UTC")
    holidays = peewee.JSONField(default=list)
    age_of_consent = peewee.SmallIntegerField(
        default=16, constraints=[peewee.Check("age_of_consent BETWEEN 0 AND 21")]
    )
    plan = peewee.TextField(default="free", constraints=[one_of("plan", PLANS)])
    languages = peewee.JSONField(default=lambda: ["en"])
    deletion_requested_at = TimestampField(null=True)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "schools"


class User(Keyed):
    """A person who signs in: by e-mail address and password, or by class code, user name and PIN.

    `external_id` is the id that the school's own system has for them. `family_name` tells where `name` is
    split for that system, as long as `name` ends with it.
    """

    school_id: UUID | None  # made by the next line; said for the type checker
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
    role = peewee.TextField(constraints=[one_of("role", ROLES)])
    status = peewee.TextField(
        default="active", constraints=[one_of("status", ("active", "disabled", "deleted"))]
    )
    name = peewee.TextField()
    family_name = peewee.TextField(null=True)
    external_id = peewee.TextField(null=True)
    locale = peewee.TextField(default="en", constraints=[one_of("locale", LOCALES)])
    email = peewee.TextField(null=True, unique=True)
    email_verified_at = TimestampField(null=True)
    username = peewee.TextField(null=True)
    secret_hash = peewee.TextField(null=True)
    token_version = peewee.IntegerField(default=1)
    birth_date = peewee.DateField(null=True)
    deletion_requested_at = TimestampField(null=True)
    deletion_confirmed_at = TimestampField(null=True)
    created_at = TimestampField(default=now)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "users"
        indexes = (
            (("school", "id"), True),
            (("school", "username"), True),
            (("school", "external_id"), True),
        )
        constraints = (
            peewee.Check("(role = 'operator') = (school_id IS NULL)"),
            peewee.Check("email = lower(email)"),
            peewee.Check("username = lower(username)"),
            peewee.Check("status = 'deleted' OR email IS NOT NULL OR username IS NOT NULL"),
        )


class Identity(Model):
    """An account at an outside OpenID issuer, linked to a user by that user's explicit act."""

    issuer = peewee.TextField()
    subject = peewee.TextField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "identities"
        primary_key = peewee.CompositeKey("issuer", "subject")


class FamilyLink(Keyed):
    """A parent's link to a child. It counts only once the school has confirmed it."""

    school = peewee.ForeignKeyField(School, on_delete="CASCADE")
    parent_id = peewee.UUIDField()
    student_id = peewee.UUIDField(index=True)
    created_at = TimestampField(default=now)
    confirmed_at = TimestampField(null=True)
    confirmed_by = peewee.UUIDField(null=True)

    class Meta:
        table_name = "family_links"
        indexes = ((("parent_id", "student_id"), True),)
        constraints = (same_school("parent_id", "users"), same_school("student_id", "users"))


class AuditEntry(Keyed):
    """Who did what to whom, and in which role. Written and read, never changed."""

    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
    actor_id = peewee.UUIDField()
    actor_role = peewee.TextField(null=True)
    action = peewee.TextField()
    subject_type = peewee.TextField()
    subject_id = peewee.UUIDField(null=True)
    details = peewee.JSONField(default=dict)
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "audit_entries"
        indexes = (
            (("school", "id"), False),
            (("school", "actor_id", "id"), False),
            (("school", "subject_id", "id"), False),
            (("school", "action", "id"), False),
        )
