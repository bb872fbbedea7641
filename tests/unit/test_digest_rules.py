"""When a digest is due: wall clocks, time zones and the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.services import digest_rules

QUARTERS = [timedelta(minutes=15) * n for n in range(4 * 48)]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Madrid", date(2026, 3, 29)),  # the clocks go forward at 2
        ("Europe/Madrid", date(2026, 10, 25)),  # and back at 3
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),  # by half an hour
        ("Asia/Kathmandu", date(2026, 6, 1)),  # 5:45 ahead of UTC
        ("Pacific/Kiritimati", date(2026, 1, 1)),  # 14 hours ahead
        ("Pacific/Pago_Pago", date(2026, 1, 1)),  # 11 behind
        ("America/Santiago", date(2026, 9, 6)),  # a day without midnight
    ],
)
def test_a_day_is_due_for_four_hours_from_eight_by_the_wall_clock(zone: str, day: date) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=12)
    due = [start + step for step in QUARTERS if digest_rules.due_day(start + step, zone) == day]
    assert len(due) == 16
    assert due[0].astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") == f"{day} 08:00"
    assert due == [due[0] + step for step in QUARTERS[:16]]


def test_a_day_begins_where_its_clock_says_so() -> None:
    assert digest_rules.start_of(date(2026, 3, 30), "Europe/Madrid") == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert digest_rules.start_of(date(2026, 3, 29), "Europe/Madrid") == datetime(2026, 3, 28, 23, tzinfo=UTC)


def test_weeks_begin_on_monday() -> None:
    week = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    assert {digest_rules.monday_of(day) for day in week} == {date(2026, 11, 23)}
    assert {digest_rules.week_before(day) for day in week} == {date(2026, 11, 16)}
