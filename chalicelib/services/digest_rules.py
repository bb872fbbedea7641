"""When the digest of a school is due, and whom it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from chalicelib.store.database import database

BEGINS = time(8)
# What was missed is caught up until noon: later the day's practice is over, and a reminder of it only nags.
ENDS = time(12)
IDLE_DAYS = 3
REMINDER_DAYS = 7  # at most one reminder to a person in so many days

# Of a user, or of a user's confirmed children, who has not answered anything since then. Who is newer than
# that has had no time to.
IDLE = """
    SELECT s.name, found.last_at
    FROM users s
    CROSS JOIN LATERAL (SELECT max(a.answered_at) AS last_at FROM attempts a WHERE a.student_id = s.id) found
    WHERE s.role = 'student' AND s.status = 'active' AND s.created_at < %(since)s
        AND (found.last_at IS NULL OR found.last_at < %(since)s)
        AND (s.id = %(user)s OR EXISTS (
            SELECT 1 FROM family_links l
            WHERE l.parent_id = %(user)s AND l.student_id = s.id AND l.confirmed_at IS NOT NULL
        ))
    ORDER BY s.name, s.id
"""


def due_day(moment: datetime, time_zone: str) -> date | None:
    """The day, in that time zone, whose digest is due at `moment`; None where none is."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return local.date() if BEGINS <= local.time() < ENDS else None


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def week_before(day: date) -> date:
    """The Monday of the week before the one that `day` lies in."""
    return monday_of(day) - timedelta(days=7)


def start_of(day: date, time_zone: str, at: time = time.min) -> datetime:
    """The moment at which `day` begins in that time zone, or at which it is `at` o'clock there; in UTC."""
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


def idle_since(day: date, time_zone: str) -> datetime:
    """Who answered nothing from this moment on has not practised lately, as of `day`."""
    return start_of(day - timedelta(days=IDLE_DAYS), time_zone)


def idle_students(user_id: UUID, day: date, time_zone: str) -> list[tuple[str, date | None]]:
    """Who of a user and their confirmed children has not practised lately: name, day of the last answer."""
    values = {"user": str(user_id), "since": idle_since(day, time_zone)}
    rows = database.execute_sql(IDLE, values).fetchall()
    zone = ZoneInfo(time_zone)
    return [(name, last_at.astimezone(zone).date() if last_at else None) for name, last_at in rows]
