"""What asking language models leaves behind: answers, budgets, and which model is away."""

from __future__ import annotations

import peewee

from chalicelib.store.models.base import Model, TimestampField, now
from chalicelib.store.models.people import School


class ModelBreaker(Model):
    """How often in a row a model failed; it is not asked before `open_until`, by any process."""

    model = peewee.TextField(primary_key=True)
    failures = peewee.IntegerField(constraints=[peewee.Check("failures >= 0")])
    open_until = TimestampField(null=True)

    class Meta:
        table_name = "model_breakers"


class ModelBudget(Model):
    """What a school's questions to models cost on one day (UTC), and what is reserved for those under way."""

    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    day = peewee.DateField(index=True)
    reserved_micro_usd = peewee.BigIntegerField(constraints=[peewee.Check("reserved_micro_usd >= 0")])
    spent_micro_usd = peewee.BigIntegerField(constraints=[peewee.Check("spent_micro_usd >= 0")])

    class Meta:
        table_name = "model_budgets"
        primary_key = peewee.CompositeKey("school", "day")


class ModelAnswer(Model):
    """What a model answered, by the SHA-256 hash of what a school asked: so it is not asked again."""

    school = peewee.ForeignKeyField(School, on_delete="CASCADE", index=False)
    request_hash = peewee.TextField()
    answer = peewee.TextField()
    model = peewee.TextField()
    created_at = TimestampField(default=now, index=True)

    class Meta:
        table_name = "model_answers"
        primary_key = peewee.CompositeKey("school", "request_hash")
