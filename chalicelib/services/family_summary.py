"""What a child did in a time, for its parents: read by them, and mailed to them every week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.learning import bkt
from chalicelib.learning.suspicion import HAS_BUG
from chalicelib.schemas import families as schemas
from chalicelib.services import access, assignments_progress, findings
from chalicelib.services.skills import name_in
from chalicelib.store.database import database
from chalicelib.store.models.base import now

DAYS = 7
COUNTED = """
    SELECT count(*), count(*) FILTER (WHERE verdict IN ('correct', 'not_simplified')) FROM attempts
    WHERE student_id = %(student)s AND answered_at >= %(since)s AND answered_at < %(until)s
        AND verdict <> 'unreadable'
"""
# Moves of a belief are numbered without a gap: the one before the first of this time says where it began.
MOVED = """
    WITH moves AS (
        SELECT k.skill_id, min(k.seq) AS first, max(k.seq) AS last, count(*) AS answers
        FROM attempts a JOIN attempt_skills k ON k.attempt_id = a.id AND k.is_correct IS NOT NULL
        WHERE a.student_id = %(student)s AND a.answered_at >= %(since)s AND a.answered_at < %(until)s
        GROUP BY k.skill_id
    )
    SELECT s.id, s.slug, s.topic, s.name, m.answers, after.p_known, coalesce(before.p_known, p.p_init)
    FROM moves m
    JOIN skills s ON s.id = m.skill_id
    JOIN attempt_skills after
        ON after.student_id = %(student)s AND after.skill_id = m.skill_id AND after.seq = m.last
    LEFT JOIN attempt_skills before
        ON before.student_id = %(student)s AND before.skill_id = m.skill_id AND before.seq = m.first - 1
    JOIN skill_parameters p ON p.skill_id = m.skill_id AND p.version = after.parameter_version
    ORDER BY s.position, s.id
"""
# Two bugs that show together (`id+id`) are each had; a single slip (`slip.kind`) is no bug.
BUGS = """
    SELECT found.bug, count(*)
    FROM attempts a
    JOIN diagnoses d ON d.attempt_id = a.id AND d.is_current
    CROSS JOIN LATERAL string_to_table(d.bug, '+') AS found (bug)
    WHERE a.student_id = %(student)s AND a.answered_at >= %(since)s AND a.answered_at < %(until)s
        AND d.probability >= %(probability)s AND found.bug NOT LIKE 'slip.%%'
    GROUP BY found.bug
    ORDER BY 2 DESC, 1
"""


def last_days(caller: Caller, student_id: UUID) -> schemas.ChildSummary:
    """The last seven days of a parent's child, up to now. Raises `NotFoundError`."""
    child = access.student(caller, student_id)
    until = now()
    return of(child.id, until - timedelta(days=DAYS), until, caller.locale)


def of(student_id: UUID, since: datetime, until: datetime, locale: str) -> schemas.ChildSummary:
    """What that student answered from `since` until before `until`, in words of the language `locale`.

    In a transaction that has entered the student's school; whether the reader may see it is asked before.
    Of a skill it tells the belief before the first of these answers and after the last; of assignments, what
    waits at this moment.
    """
    values = {"student": str(student_id), "since": since, "until": until, "probability": HAS_BUG}
    answers, right = database.execute_sql(COUNTED, values).fetchone()
    to_do, overdue = assignments_progress.waiting(student_id)
    return schemas.ChildSummary(
        student_id=student_id,
        since=since,
        until=until,
        answers=answers,
        right=right,
        assignments=schemas.AssignmentsWaiting(to_do=to_do, overdue=overdue),
        skills=[_skill(locale, row) for row in database.execute_sql(MOVED, values).fetchall()],
        bugs=[_bug(locale, *row) for row in database.execute_sql(BUGS, values).fetchall()],
    )


def _skill(locale: str, row: tuple[Any, ...]) -> schemas.SkillChange:
    skill_id, slug, topic, names, answers, after, before = row
    return schemas.SkillChange(
        skill_id=skill_id if isinstance(skill_id, UUID) else UUID(skill_id),
        slug=slug,
        topic=topic,
        name=name_in(names, locale),
        answers=answers,
        p_known=after,
        level=bkt.level(after),
        p_known_before=before,
        level_before=bkt.level(before),
    )


def _bug(locale: str, bug: str, answers: int) -> schemas.BugSeen:
    name, explanation = findings.bug_text(bug, locale)
    return schemas.BugSeen(bug=bug, name=name, explanation=explanation, answers=answers)
