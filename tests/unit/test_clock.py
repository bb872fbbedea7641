"""When schedules are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dev import clock

NOON = datetime(2026, 2, 27, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("rate(5 minutes)", NOON + timedelta(minutes=5)),
        ("rate(1 hour)", NOON + timedelta(hours=1)),
        ("rate(1 day)", NOON + timedelta(days=1)),
        ("cron(30 2 * * ? *)", datetime(2026, 2, 28, 2, 30, tzinfo=UTC)),
        ("cron(1 12 * * ? *)", datetime(2026, 2, 27, 12, 1, tzinfo=UTC)),
        ("cron(0 12 * * ? *)", datetime(2026, 2, 28, 12, 0, tzinfo=UTC)),
        ("cron(*/15 * * * ? *)", datetime(2026, 2, 27, 12, 15, tzinfo=UTC)),
        ("cron(0 0 1 3,4 ? *)", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_the_next_time_is_the_first_later_than_now(expression: str, due: datetime) -> None:
    assert clock.next_time(expression, NOON) == due


@pytest.mark.parametrize(
    "expression", ["", "rate(1 fortnight)", "cron(0 8 ? * MON *)", "at(2026-01-01T00:00)"]
)
def test_what_it_does_not_understand_it_says(expression: str) -> None:
    with pytest.raises(clock.ExpressionError):
        clock.next_time(expression, NOON)


def test_every_schedule_of_the_app_is_understood() -> None:
    import app

    for schedule in app.workers.schedules:
        assert clock.next_time(schedule.expression, NOON) > NOON
