"""When a schedule is due: EventBridge's `rate(...)` and `cron(...)` expressions, as far as Tiza uses them.

Of cron expressions each field may be `*`, `?`, a number, a list of numbers or `*/n`; times are UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
MOST_MINUTES = 366 * 24 * 60


class ExpressionError(ValueError):
    """The expression is not one that this clock understands."""


def is_rate(expression: str) -> bool:
    """Whether it is due in steps, counted from when it is set up."""
    return RATE.fullmatch(expression) is not None


def next_time(expression: str, after: datetime) -> datetime:
    """The first moment later than `after` at which `expression` is due. Raises `ExpressionError`."""
    if found := RATE.fullmatch(expression):
        return after + timedelta(**{f"{found[2]}s": int(found[1])})
    if found := CRON.fullmatch(expression):
        return _next_of_cron(expression, found.groups(), after)
    raise ExpressionError(expression)


def _next_of_cron(expression: str, fields: tuple[str, ...], after: datetime) -> datetime:
    minute, hour, day, month, weekday, year = fields
    if weekday not in ("?", "*"):
        raise ExpressionError(expression)
    moment = after.astimezone(UTC).replace(second=0, microsecond=0)
    for _ in range(MOST_MINUTES):
        moment += timedelta(minutes=1)
        parts = ((minute, moment.minute), (hour, moment.hour), (day, moment.day))
        if all(_fits(*part) for part in (*parts, (month, moment.month), (year, moment.year))):
            return moment
    raise ExpressionError(expression)


def _fits(field: str, value: int) -> bool:
    """Whether one field of a cron expression has `value`."""
    if field in ("*", "?"):
        return True
    if field.startswith("*/"):
        return value % int(field[2:]) == 0
    return value in {int(part) for part in field.split(",")}
