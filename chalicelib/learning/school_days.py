"""School days: Monday to Friday without the school's holidays. Days are those of its time zone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import islice

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_school_day(day: date, holidays: Collection[date]) -> bool:
    """Whether there is school on `day`."""
    return day.weekday() < SATURDAY and day not in holidays


def last_school_days(before: date, holidays: Collection[date], count: int) -> list[date]:
    """The `count` school days that came last before the day `before`, the latest first."""
    return list(islice(_from(before, -ONE_DAY, holidays), count))


def next_school_days(after: date, holidays: Collection[date], count: int) -> list[date]:
    """The `count` school days that come next after the day `after`, the earliest first."""
    return list(islice(_from(after, ONE_DAY, holidays), count))


def _from(day: date, step: timedelta, holidays: Collection[date]) -> Iterator[date]:
    while True:
        day += step
        if is_school_day(day, holidays):
            yield day
