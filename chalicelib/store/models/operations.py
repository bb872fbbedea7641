"""What running the platform needs: what is paid for, and the keys of other systems."""

from __future__ import annotations

from uuid import UUID

import peewee

from chalicelib.store.models.base import Keyed, TimestampField, now, one_of
from chalicelib.store.models.people import LOCALES, School


class Cost(Keyed):
    """What an item, such as `mail`, cost on one day (UTC): for one school, or for none in particular."""

    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
    day = peewee.DateField()
    item = peewee.TextField()
    calls = peewee.BigIntegerField(constraints=[peewee.Check("calls >= 0")])
    micro_usd = peewee.BigIntegerField(constraints=[peewee.Check("micro_usd >= 0")])

    class Meta:
        table_name = "costs"
        indexes = ((("school", "day"), False),)


Cost.add_index(
    peewee.SQL("CREATE UNIQUE INDEX costs_day_item_school ON costs (day, item, school_id) NULLS NOT DISTINCT")
)


class ServiceKey(Keyed):
    """The key of another system, for one school or for the platform. Its SHA-256 hash is all that is kept."""

    school_id: UUID | None  # made by the next line; said for the type checker
    school = peewee.ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
    name = peewee.TextField()
    secret_hash = peewee.TextField(unique=True)
    scopes = peewee.JSONField()
    locale = peewee.TextField(default="en", constraints=[one_of("locale", LOCALES)])
    expires_at = TimestampField()
    last_used_on = peewee.DateField(null=True)
    revoked_at = TimestampField(null=True)
    created_by = peewee.UUIDField()
    created_at = TimestampField(default=now)

    class Meta:
        table_name = "service_keys"
        indexes = ((("school", "id"), False),)
