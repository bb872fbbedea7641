"""What was spent, in millionths of a US dollar: counted where it is spent, by day (UTC), item and school."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from peewee import fn

from chalicelib.caller import Caller
from chalicelib.schemas import operations as schemas
from chalicelib.services import schools
from chalicelib.store.database import database
from chalicelib.store.ids import uuid7
from chalicelib.store.models.operations import Cost

ADD = """
    INSERT INTO costs AS c (id, school_id, day, item, calls, micro_usd)
    VALUES (%(id)s, %(school)s, %(day)s, %(item)s, %(calls)s, %(micro_usd)s)
    ON CONFLICT (day, item, school_id) DO UPDATE
        SET calls = c.calls + excluded.calls, micro_usd = c.micro_usd + excluded.micro_usd
"""


def add(school_id: UUID | None, item: str, calls: int, micro_usd: int) -> None:
    """Count `calls` of `item` (such as `mail`, or `llm.` and a model) and what they cost.

    In the open transaction, which has entered that school; without a school it is the platform's own.
    """
    values = {
        "id": str(uuid7()),
        "school": str(school_id) if school_id else None,
        "day": today(),
        "item": item,
        "calls": calls,
        "micro_usd": micro_usd,
    }
    database.execute_sql(ADD, values)


def of_platform() -> schemas.Costs:
    """What all schools and the platform itself spent; in a transaction of who works for the platform."""
    return _summed(None)


def of_school(caller: Caller, school_id: UUID) -> schemas.Costs:
    """What a school spent: an admin's own, or any for an operator. Raises `NotFoundError`."""
    schools.entered(caller, school_id, "school.costs_viewed")
    return _summed(Cost.school == school_id)


def today() -> date:
    """The day that costs are counted on, in UTC."""
    return datetime.now(UTC).date()


def _summed(which: Any) -> schemas.Costs:
    """The sums of today and of this month, by item, the dearest first."""
    day = today()
    sums: Any = Cost.select(
        Cost.item,
        _sum_of(Cost.calls, day),
        _sum_of(Cost.micro_usd, day),
        fn.SUM(Cost.calls),
        fn.SUM(Cost.micro_usd),
    ).where(Cost.day >= day.replace(day=1), Cost.day <= day)
    if which is not None:
        sums = sums.where(which)
    dearest_first = sums.group_by(Cost.item).order_by(fn.SUM(Cost.micro_usd).desc(), Cost.item)
    items = [
        schemas.CostItem(item=item, today=_spent(*values[:2]), month=_spent(*values[2:]))
        for item, *values in dearest_first.tuples()
    ]
    return schemas.Costs(
        day=day,
        today=_total([item.today for item in items]),
        month=_total([item.month for item in items]),
        items=items,
    )


def _sum_of(column: Any, day: date) -> Any:
    return fn.COALESCE(fn.SUM(column).filter(Cost.day == day), 0)


def _spent(calls: Any, micro_usd: Any) -> schemas.Spent:
    return schemas.Spent(calls=int(calls), micro_usd=int(micro_usd))


def _total(parts: list[schemas.Spent]) -> schemas.Spent:
    return _spent(sum(part.calls for part in parts), sum(part.micro_usd for part in parts))
