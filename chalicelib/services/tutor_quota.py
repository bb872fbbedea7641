"""How many messages the tutor answers a student in a day of their school: reserved before the model is asked.

A message is reserved in one conditional statement, which locks the student's day: of many at once exactly as
many are let through as are left. It is counted once it is answered, and given back where it is not. Should
the process die in between, its reservation ends by itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chalicelib import settings
from chalicelib.caller import Caller
from chalicelib.errors import QuotaSpentError
from chalicelib.schemas import tutor as schemas
from chalicelib.services import access, audit
from chalicelib.services.digest_rules import start_of
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School
from chalicelib.store.models.tutor import TutorDay

RESERVED: Final = timedelta(minutes=2)  # longer than any call lives
DAYS_SHOWN: Final = timedelta(days=30)
# Those under way of which the process may still live.
ALIVE = "jsonb_each_text(d.reserved) AS each WHERE each.value::float8 > extract(epoch FROM now())"
USED = f"d.answered + (SELECT count(*) FROM {ALIVE})"  # noqa: S608 (a part of this module)
RESERVE = f"""
    INSERT INTO tutor_days AS d (student_id, day, school_id, answered, reserved)
    SELECT %(student)s, %(day)s, %(school)s, 0, jsonb_build_object(%(message)s, %(until)s)
    WHERE %(most)s > 0
    ON CONFLICT (student_id, day) DO UPDATE SET reserved = jsonb_build_object(%(message)s, %(until)s)
        || (SELECT coalesce(jsonb_object_agg(each.key, each.value::float8), '{{}}') FROM {ALIVE})
    WHERE {USED} < %(most)s
    RETURNING {USED}
"""  # noqa: S608
COUNT = """
    UPDATE tutor_days SET answered = answered + 1, reserved = reserved - %(message)s
    WHERE student_id = %(student)s AND day = %(day)s
"""
GIVE_BACK = """
    UPDATE tutor_days SET reserved = reserved - %(message)s
    WHERE student_id = %(student)s AND day = %(day)s
"""
USED_TODAY = f"SELECT {USED} FROM tutor_days d WHERE student_id = %(student)s AND day = %(day)s"  # noqa: S608


class Place(NamedTuple):
    """One message's place in a student's quota."""

    student_id: UUID
    day: date
    message_id: UUID


class Today(NamedTuple):
    """A school's day, and when it ends there."""

    day: date
    midnight: int  # seconds from now
    quota: schemas.Quota


def today(caller: Caller, student_id: UUID) -> Today:
    """How it stands with the quota of a student of the caller's school today."""
    zone = School.get_by_id(caller.school).time_zone
    present = now()
    day = present.astimezone(ZoneInfo(zone)).date()
    resets_at = start_of(day + timedelta(days=1), zone)
    row = database.execute_sql(USED_TODAY, {"student": str(student_id), "day": day}).fetchone()
    return Today(
        day, int((resets_at - present).total_seconds()) + 1, _quota(caller, row[0] if row else 0, resets_at)
    )


def reserve(caller: Caller, message_id: UUID, where: Today) -> Place:
    """Set one of the student's messages of today aside. Raises `QuotaSpentError`."""
    values = {
        **_values(Place(caller.user_id, where.day, message_id)),
        "school": str(caller.school),
        "until": (now() + RESERVED).timestamp(),
        "most": where.quota.limit,
    }
    if database.execute_sql(RESERVE, values).fetchone() is None:
        raise QuotaSpentError(retry_after=where.midnight, limit=where.quota.limit)
    return Place(caller.user_id, where.day, message_id)


def count(place: Place) -> None:
    """The message was answered: it counts."""
    database.execute_sql(COUNT, _values(place))


def give_back(place: Place) -> None:
    """The message was not answered: it does not count."""
    database.execute_sql(GIVE_BACK, _values(place))


def of_student(caller: Caller, student_id: UUID) -> schemas.Use:
    """How much a student whose work the caller may see uses the tutor. Raises `NotFoundError`."""
    student = access.student(caller, student_id)
    audit.student_read(caller, student.id, "tutor_use")
    where = today(caller, student.id)
    days = TutorDay.select().where(
        TutorDay.student_id == student.id, TutorDay.day > where.day - DAYS_SHOWN, TutorDay.answered > 0
    )
    listed = [
        schemas.Day(day=row.day.isoformat(), messages=row.answered)
        for row in days.order_by(TutorDay.day.desc())
    ]
    return schemas.Use(quota=where.quota, days=listed)


def _quota(caller: Caller, used: int, resets_at: datetime) -> schemas.Quota:
    current = settings.get()
    limit = current.tutor_school_messages if caller.plan == "school" else current.tutor_free_messages
    return schemas.Quota(limit=limit, used=used, left=max(0, limit - used), resets_at=resets_at)


def _values(place: Place) -> dict[str, object]:
    return {"student": str(place.student_id), "day": place.day, "message": str(place.message_id)}
