"""Mails: what became of each, who wants which, addresses that get none, and the days that were digested."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Model, TimestampField, now, one_of
from chalicelib.store.models.people import School, User

NOTIFICATION_KINDS = ("practice_reminder", "weekly_summary")
DELIVERY_STATUSES = ("sending", "sent", "failed", "dropped")
SUPPRESSION_REASONS = ("bounce", "complaint")


class MailDelivery(Model):
    """What became of one mail. Who holds the lease until `leased_until` is sending it.

    `sent` and `dropped` (for `reason`) are the end of it; what has `failed` comes back.
    """

    user_id: UUID  # made by the foreign keys; said for the type checker
    school_id: UUID | None
    message_id = peewee.UUIDField(primary_key=True)
    template = peewee.TextField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE", index=False)
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    status = peewee.TextField(constraints=[one_of("status", DELIVERY_STATUSES)])
    reason = peewee.TextField(null=True)
    attempts = peewee.IntegerField(default=1)
    leased_until = TimestampField(null=True)
    provider_id = peewee.TextField(null=True)
    created_at = TimestampField(default=now, index=True)
    updated_at = TimestampField(default=now)

    class Meta:
        table_name = "mail_deliveries"
        indexes = ((("user", "created_at"), False),)
        constraints = (
            peewee.Check("(status = 'sending') = (leased_until IS NOT NULL)"),
            peewee.Check("(status = 'dropped') = (reason IS NOT NULL)"),
        )


class MailSuppression(Model):
    """An address that gets no more mail. Only its hash is kept, so it holds beyond the account's end."""

    address_hash = peewee.TextField(primary_key=True)
    reason = peewee.TextField(constraints=[one_of("reason", SUPPRESSION_REASONS)])
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "mail_suppressions"


class MailPreference(Model):
    """Whether a user wants the mails of one kind. No row means no.

    `unsubscribe_token` stands in each of these mails; all that it can do is to end the subscription.
    `mailed_on` is the day, in the school's time zone, of the last one that was put on its way.
    """

    user_id: UUID  # made by the foreign keys; said for the type checker
    school_id: UUID | None
    user = peewee.ForeignKeyField(User, on_delete="CASCADE", index=False)
    kind = peewee.TextField(constraints=[one_of("kind", NOTIFICATION_KINDS)])
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
    is_subscribed = peewee.BooleanField()
    unsubscribe_token = peewee.TextField(unique=True)
    mailed_on = peewee.DateField(null=True)
    changed_at = TimestampField(default=now)

    class Meta:
        table_name = "mail_preferences"
        primary_key = peewee.CompositeKey("user", "kind")
        indexes = ((("school", "kind"), False),)


class DigestRun(Model):
    """A day of a school whose reminders and summaries were put on their way."""

    school_id: UUID  # made by the foreign keys; said for the type checker
    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    day = peewee.DateField()
    mails = peewee.IntegerField(default=0)
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "digest_runs"
        primary_key = peewee.CompositeKey("school", "day")
