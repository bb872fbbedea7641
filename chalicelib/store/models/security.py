"""What sign-in, rate limits and idempotency remember. Tokens are stored as SHA-256 hashes only."""

from __future__ import annotations

import peewee

from chalicelib.store.models.base import Keyed, Model, TimestampField, now, one_of
from chalicelib.store.models.people import School, User

TOKEN_PURPOSES = ("verify_email", "reset_password", "set_password")


class TokenFamily(Keyed):
    """One sign-in on one device: the chain of refresh tokens that replace each other (RFC 9700, 4.14.2)."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    created_at = TimestampField(default=now)
    revoked_at = TimestampField(null=True)

    class Meta:
        table_name = "token_families"


class RefreshToken(Model):
    """One refresh token. Used a second time, it revokes its family."""

    token_hash = peewee.TextField(primary_key=True)
    family = peewee.ForeignKeyField(TokenFamily, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    created_at = TimestampField(default=now)
    expires_at = TimestampField(index=True)
    used_at = TimestampField(null=True)

    class Meta:
        table_name = "refresh_tokens"


class OneTimeToken(Model):
    """A token sent by mail: to verify an address, to reset a password or to set the first one. Good once."""

    token_hash = peewee.TextField(primary_key=True)
    purpose = peewee.TextField(constraints=[one_of("purpose", TOKEN_PURPOSES)])
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    created_at = TimestampField(default=now)
    expires_at = TimestampField(index=True)
    used_at = TimestampField(null=True)

    class Meta:
        table_name = "one_time_tokens"


class SignInFailure(Model):
    """Failed sign-ins of one (address, account) pair; `pair_hash` hides both."""

    pair_hash = peewee.TextField(primary_key=True)
    failures = peewee.IntegerField(default=0)
    last_at = TimestampField(default=now, index=True)
    locked_until = TimestampField(null=True)

    class Meta:
        table_name = "sign_in_failures"


class RateCounter(Model):
    """Calls of one caller in one window. Unlogged: it may be lost with a crash, it must not cost a flush."""

    key = peewee.TextField(primary_key=True)
    window_start = TimestampField()
    calls = peewee.IntegerField()

    class Meta:
        table_name = "rate_counters"


class IdempotencyRecord(Model):
    """The answer that was given to a request with an `Idempotency-Key`, kept for a day."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE", index=False)
    key = peewee.TextField()
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    request_hash = peewee.TextField()
    status = peewee.SmallIntegerField()
    body = peewee.TextField()
    created_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "idempotency_records"
        primary_key = peewee.CompositeKey("user", "key")


class OutboxMessage(Keyed):
    """What must be sent, written in the transaction of the work, and removed once it is sent.

    `group_key` is the message group of a FIFO queue. Until `claimed_until` somebody is about to send it.
    """

    kind = peewee.TextField()
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE")
    group_key = peewee.TextField(null=True)
    payload = peewee.JSONField()
    correlation_id = peewee.TextField(default="")
    attempts = peewee.IntegerField(default=0)
    claimed_until = TimestampField()
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "outbox"
        indexes = ((("claimed_until",), False), (("kind", "group_key"), False))
