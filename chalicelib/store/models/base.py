"""What all models share: the database, key and time fields, and JSON columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import peewee

from chalicelib.store.database import database
from chalicelib.store.ids import uuid7


class TimestampField(peewee.DateTimeField):
    """A moment, `timestamptz`; in Python an aware datetime in UTC."""

    field_type = "TIMESTAMPTZ"

    def python_value(self, value: Any) -> datetime | None:
        return value.astimezone(UTC) if isinstance(value, datetime) else None


class Model(peewee.Model):
    """A table; its name is given in full in each `Meta`."""

    class Meta:
        database = database
        legacy_table_names = False


class Keyed(Model):
    """A table with a UUIDv7 key."""

    id = peewee.UUIDField(primary_key=True, default=uuid7)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def one_of(column: str, values: tuple[str, ...]) -> Any:
    """A check that `column` holds one of `values`."""
    return peewee.Check(f"{column} IN ({', '.join(repr(v) for v in values)})")


def same_school(column: str, table: str, on_delete: str = "CASCADE") -> peewee.SQL:
    """A foreign key that also proves that both rows belong to the same school."""
    return peewee.SQL(
        f"FOREIGN KEY (school_id, {column}) REFERENCES {table} (school_id, id) ON DELETE {on_delete}"
    )
