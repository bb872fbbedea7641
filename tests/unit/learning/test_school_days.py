"""School days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.learning.school_days import is_school_day, last_school_days, next_school_days

MONDAY = date(2026, 11, 16)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_monday_to_friday_are_school_days() -> None:
    week = [MONDAY + timedelta(days=number) for number in range(7)]
    assert [is_school_day(day, ()) for day in week] == [True] * 5 + [False] * 2


def test_a_holiday_is_none() -> None:
    assert not is_school_day(MONDAY, {MONDAY})


def test_the_last_ones_before_a_monday_are_of_the_week_before() -> None:
    assert last_school_days(MONDAY, (), 3) == [date(2026, 11, 13), date(2026, 11, 12), date(2026, 11, 11)]


def test_holidays_are_passed_over() -> None:
    holidays = {date(2026, 11, 13), date(2026, 11, 11)}
    assert last_school_days(MONDAY, holidays, 3) == [
        date(2026, 11, 12),
        date(2026, 11, 10),
        date(2026, 11, 9),
    ]


@given(DAYS, st.sets(DAYS, max_size=40), st.integers(0, 30))
def test_they_are_school_days_before_the_day_and_none_is_left_out(
    before: date, holidays: set[date], count: int
) -> None:
    found = last_school_days(before, holidays, count)
    assert len(found) == count
    assert found == sorted(set(found), reverse=True)
    assert all(day < before and is_school_day(day, holidays) for day in found)
    if found:
        span = [found[-1] + timedelta(days=number) for number in range((before - found[-1]).days)]
        assert [day for day in span if is_school_day(day, holidays)] == found[::-1]


@given(
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.sets(st.dates(date(2000, 1, 1), date(2050, 1, 1)), max_size=20),
    st.integers(1, 20),
)
def test_the_next_school_days_are_those_that_would_come_last(
    after: date, holidays: set[date], count: int
) -> None:
    days = next_school_days(after, holidays, count)
    assert days == last_school_days(days[-1] + timedelta(days=1), holidays, count)[::-1]
    assert after < days[0]
    assert not any(
        is_school_day(after + timedelta(days=n), holidays) for n in range(1, (days[0] - after).days)
    )
