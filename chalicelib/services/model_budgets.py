"""What a school may spend on language models in a day (UTC): reserved before a
question, counted call by call, and given back at its end.

A call that never comes back (its process died) keeps its reservation until the day ends: too little is spent
then, never too much.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from chalicelib.errors import BudgetSpentError
from chalicelib.services import costs
from chalicelib.store.database import database
from chalicelib.store.models.base import now

RESERVE = """
    INSERT INTO model_budgets AS b (school_id, day, reserved_micro_usd, spent_micro_usd)
    SELECT %(school)s, %(day)s, %(amount)s, 0 WHERE %(amount)s <= %(most)s
    ON CONFLICT (school_id, day) DO UPDATE SET reserved_micro_usd = b.reserved_micro_usd + %(amount)s
        WHERE b.reserved_micro_usd + b.spent_micro_usd + %(amount)s <= %(most)s
"""
SPEND = """
    UPDATE model_budgets SET spent_micro_usd = spent_micro_usd + %(amount)s
    WHERE school_id = %(school)s AND day = %(day)s
"""
RELEASE = """
    UPDATE model_budgets SET reserved_micro_usd = reserved_micro_usd - %(amount)s
    WHERE school_id = %(school)s AND day = %(day)s
"""


class Reservation(NamedTuple):
    """Micro-dollars that are set aside for one question."""

    school_id: UUID
    day: date
    micro_usd: int


def reserve(school_id: UUID, micro_usd: int, most: int) -> Reservation:
    """Set aside `micro_usd` of the school's `most` of today. Raises `BudgetSpentError`."""
    day = costs.today()
    values = {"school": str(school_id), "day": day, "amount": micro_usd, "most": most}
    if not database.execute_sql(RESERVE, values).rowcount:
        raise BudgetSpentError(retry_after=_until_tomorrow())
    return Reservation(school_id, day, micro_usd)


def spend(reservation: Reservation, micro_usd: int) -> None:
    """Count what a call of the reserved question really cost."""
    _change(SPEND, reservation, micro_usd)


def release(reservation: Reservation) -> None:
    """Give the reservation back: what was spent is counted by then."""
    _change(RELEASE, reservation, reservation.micro_usd)


def _change(sql: str, reservation: Reservation, amount: int) -> None:
    values = {"school": str(reservation.school_id), "day": reservation.day, "amount": amount}
    database.execute_sql(sql, values)


def _until_tomorrow() -> int:
    moment = now()
    midnight = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((midnight - moment).total_seconds()) + 1
