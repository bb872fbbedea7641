"""What calls for an alert in a school, rule by rule: one statement each for all its classes and students.

Only students who may sign in count, and only classes that are not archived.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from chalicelib.learning import bkt
from chalicelib.learning.school_days import last_school_days
from chalicelib.learning.suspicion import HAS_BUG
from chalicelib.services import alert_guides
from chalicelib.store.database import database
from chalicelib.store.models.people import School

AT_RISK_BELOW = bkt.UPPER_BOUNDS[0][1]
AT_RISK_SKILLS = 2
LEVELS = (*(name for name, _ in bkt.UPPER_BOUNDS), bkt.HIGHEST_LEVEL)
LEVELS_FALLEN = 2
DROPPED_WITHIN = timedelta(days=7)
INACTIVE_SCHOOL_DAYS = 3
MOST_SCHOOL_DAYS = 20  # counted no further
OFF_TRACK_BELOW = 0.3
SHARED_WITHIN = timedelta(days=14)

STUDENTS = """
    WITH students AS (
        SELECT m.classroom_id, m.user_id AS student_id, m.joined_at
        FROM memberships m
        JOIN classrooms c ON c.id = m.classroom_id AND c.archived_at IS NULL
        JOIN users u ON u.id = m.user_id AND u.status = 'active'
        WHERE m.school_id = %(school)s AND m.role = 'student'
    )
"""
# The course of a class is what its students have practised. A skill that is retired is no part of it.
# One of which no answer counts any more, by a teacher's word, was not practised.
AT_RISK = """
    SELECT s.classroom_id::text, s.student_id::text, array_agg(k.skill_id::text ORDER BY k.skill_id)
    FROM students s
    JOIN mastery k ON k.student_id = s.student_id AND k.p_known < %(below)s AND k.seq > k.uncounted
    JOIN skills ON skills.id = k.skill_id AND skills.retired_at IS NULL
    GROUP BY s.classroom_id, s.student_id
    HAVING count(*) >= %(skills)s
"""
# A belief holds from its answer to the next one: what was believed when the 7 days began counts too.
DROPPED = """
    SELECT s.classroom_id::text, k.student_id::text, k.skill_id::text, k.p_known, held.highest
    FROM students s
    JOIN mastery k ON k.student_id = s.student_id AND k.updated_at > %(since)s AND k.seq > k.uncounted
    JOIN skills ON skills.id = k.skill_id AND skills.retired_at IS NULL
    CROSS JOIN LATERAL (
        SELECT max(belief.p_known) AS highest
        FROM (
            SELECT a.p_known, lead(a.created_at) OVER (ORDER BY a.seq) AS until
            FROM attempt_skills a
            WHERE a.student_id = k.student_id AND a.skill_id = k.skill_id
        ) belief
        WHERE belief.until IS NULL OR belief.until > %(since)s
    ) held
    WHERE held.highest > k.p_known
"""
INACTIVE = """
    SELECT s.classroom_id::text, s.student_id::text, s.joined_at, newest.answered_at
    FROM students s
    LEFT JOIN LATERAL (
        SELECT max(a.answered_at) AS answered_at FROM attempts a WHERE a.student_id = s.student_id
    ) newest ON true
    WHERE s.joined_at < %(joined_before)s
        AND (newest.answered_at IS NULL OR newest.answered_at < %(since)s)
"""
OFF_TRACK = """
    SELECT s.classroom_id::text, k.skill_id::text, avg(k.p_known), count(*)
    FROM students s
    JOIN mastery k ON k.student_id = s.student_id AND k.seq > k.uncounted
    JOIN skills ON skills.id = k.skill_id AND skills.retired_at IS NULL
    GROUP BY s.classroom_id, k.skill_id
    HAVING avg(k.p_known) < %(below)s
"""
# Two bugs that show together (`id+id`) are each had; a single slip (`slip.kind`) is no bug.
SHARED = """
    SELECT s.classroom_id::text, found.bug, count(DISTINCT s.student_id),
        (SELECT count(*) FROM students class WHERE class.classroom_id = s.classroom_id)
    FROM attempts a
    JOIN diagnoses d ON d.attempt_id = a.id AND d.is_current AND d.bug IS NOT NULL
        AND d.probability >= %(probability)s
    JOIN students s ON s.student_id = a.student_id
    CROSS JOIN LATERAL string_to_table(d.bug, '+') AS found (bug)
    WHERE a.school_id = %(school)s AND a.answered_at > %(since)s AND found.bug NOT LIKE 'slip.%%'
    GROUP BY s.classroom_id, found.bug
"""


class Key(NamedTuple):
    """What an alert is about. Of each there is one open alert at most."""

    classroom_id: str
    type: str
    skill_id: str | None = None
    student_id: str | None = None
    bug: str | None = None


Causes = dict[Key, dict[str, Any]]


def of_school(school: School, at: datetime) -> Causes:
    """What calls for an alert in `school` at the moment `at`, each with its details: ids and numbers."""
    return {
        **at_risk(school),
        **dropped(school, at),
        **inactive(school, at),
        **off_track(school),
        **shared_bugs(school, at),
        **{Key(each, "guide_ready"): said for each, said in alert_guides.ready(school.id).items()},
        **{Key(each, "guide_graded"): said for each, said in alert_guides.graded(school.id, at).items()},
    }


def at_risk(school: School) -> Causes:
    """Students with two or more skills of which they are believed to know little."""
    rows = _rows(AT_RISK, school, below=AT_RISK_BELOW, skills=AT_RISK_SKILLS)
    return {
        Key(classroom, "student_at_risk", student_id=student): {"skill_ids": skills}
        for classroom, student, skills in rows
    }


def dropped(school: School, at: datetime) -> Causes:
    """Students who fell two levels in a skill within 7 days, and have not risen again."""
    rows = _rows(DROPPED, school, since=at - DROPPED_WITHIN)
    return {
        Key(classroom, "student_dropped", skill, student): {
            "p_known": _rounded(p_known),
            "highest": _rounded(highest),
        }
        for classroom, student, skill, p_known, highest in rows
        if levels_fallen(highest, p_known) >= LEVELS_FALLEN
    }


def inactive(school: School, at: datetime) -> Causes:
    """Students who were in the class for three school days and have answered nothing since they began.

    Only days that are over count. An answer at the week-end, or today, is one all the same.
    """
    zone = ZoneInfo(school.time_zone)
    holidays = frozenset(date.fromisoformat(day) for day in school.holidays)
    days = last_school_days(at.astimezone(zone).date(), holidays, MOST_SCHOOL_DAYS)
    first = days[INACTIVE_SCHOOL_DAYS - 1]
    rows = _rows(
        INACTIVE,
        school,
        since=_begin_of(first, zone),
        joined_before=_begin_of(first + timedelta(days=1), zone),
    )
    causes: Causes = {}
    for classroom, student, joined_at, answered_at in rows:
        joined = joined_at.astimezone(zone).date()
        answered = answered_at.astimezone(zone).date() if answered_at else date.min
        without = [day for day in days if day >= joined and day > answered]
        causes[Key(classroom, "student_inactive", student_id=student)] = {"school_days": len(without)}
    return causes


def off_track(school: School) -> Causes:
    """Skills that a class, in the mean of those who have practised them, is believed to know little of."""
    return {
        Key(classroom, "unit_off_track", skill): {"mean": _rounded(mean), "students": students}
        for classroom, skill, mean, students in _rows(OFF_TRACK, school, below=OFF_TRACK_BELOW)
    }


def shared_bugs(school: School, at: datetime) -> Causes:
    """Bugs that enough students of a class have shown within 14 days."""
    rows = _rows(SHARED, school, probability=HAS_BUG, since=at - SHARED_WITHIN)
    return {
        Key(classroom, "shared_bug", bug=bug): {"students": students, "class_size": class_size}
        for classroom, bug, students, class_size in rows
        if students >= shared_by(class_size)
    }


def levels_fallen(before: float, after: float) -> int:
    """By how many levels a belief has fallen; below 0 where it rose."""
    return LEVELS.index(bkt.level(before)) - LEVELS.index(bkt.level(after))


def shared_by(class_size: int) -> int:
    """How many students of a class a bug must have to be shared: max(2, min(3, 15 %)), rounded up."""
    fifteen_percent = -(-15 * class_size // 100)
    return max(2, min(3, fifteen_percent))


def _begin_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _rounded(probability: float) -> float:
    return round(probability, 4)


def _rows(sql: str, school: School, **values: Any) -> list[Any]:
    return list(database.execute_sql(STUDENTS + sql, {"school": str(school.id), **values}).fetchall())
