"""What is believed of a student's skills: now, a week ago, and answer by answer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.learning import bkt
from chalicelib.schemas import mastery as schemas
from chalicelib.services import access, audit
from chalicelib.services.class_record import HELD_AT, TREND, Belief
from chalicelib.services.skills import name_in
from chalicelib.store.database import database
from chalicelib.store.models.base import now

BELIEFS = f"""
    WITH asked AS (SELECT %(trend_since)s::timestamptz AS trend_since)
    SELECT s.id::text, s.slug, s.topic, s.name, k.updated_at, k.p_known, k.seq - k.uncounted, ({HELD_AT})
    FROM mastery k JOIN skills s ON s.id = k.skill_id
    WHERE k.student_id = %(student)s AND k.seq > k.uncounted
    ORDER BY s.position, s.id
"""  # noqa: S608 (a part of this package)
# Of more points than `most`, that many are kept: the first, the last, and some between at even distances. One
# is kept where its share of the way, in steps, comes to another whole number than that of the one before.
HISTORY = """
    WITH counted AS (
        SELECT m.attempt_id, m.skill_id, m.seq, m.is_correct, m.p_known,
            row_number() OVER every - 1 AS place, count(*) OVER (PARTITION BY m.skill_id) AS answers
        FROM attempt_skills m
        WHERE m.student_id = %(student)s AND m.is_correct IS NOT NULL
            AND (%(skill)s::uuid IS NULL OR m.skill_id = %(skill)s::uuid)
            AND (%(since)s::timestamptz IS NULL OR m.attempt_id IN (
                SELECT id FROM attempts
                WHERE student_id = %(student)s AND answered_at >= %(since)s::timestamptz
            ))
        WINDOW every AS (PARTITION BY m.skill_id ORDER BY m.seq)
    )
    SELECT s.id::text, s.slug, s.topic, s.name, c.answers, c.seq, c.is_correct, c.p_known, a.answered_at
    FROM counted c JOIN skills s ON s.id = c.skill_id JOIN attempts a ON a.id = c.attempt_id
    WHERE c.answers <= %(most)s OR c.place = 0
        OR c.place * (%(most)s - 1) / greatest(c.answers - 1, 1)
            > (c.place - 1) * (%(most)s - 1) / greatest(c.answers - 1, 1)
    ORDER BY s.position, s.id, c.seq
"""


def of_student(caller: Caller, student_id: UUID) -> schemas.StudentMastery:
    """What one student is believed to know of each skill they have practised. Raises `NotFoundError`."""
    student = access.student(caller, student_id)
    audit.student_read(caller, student.id, "mastery")
    values = {"student": str(student.id), "trend_since": now() - TREND}
    rows = database.execute_sql(BELIEFS, values).fetchall()
    return schemas.StudentMastery(
        student_id=student.id,
        skills=[_skill(caller.locale, *row) for row in rows],
    )


def history(caller: Caller, student_id: UUID, query: schemas.HistoryQuery) -> schemas.MasteryHistory:
    """How the belief about a student's skills moved, answer by answer. Raises `NotFoundError`."""
    student = access.student(caller, student_id)
    audit.student_read(caller, student.id, "mastery_history")
    values = {
        "student": str(student.id),
        "skill": None if query.skill_id is UNSET else str(query.skill_id),
        "since": None if query.since is UNSET else query.since,
        "most": query.points,
    }
    rows = database.execute_sql(HISTORY, values).fetchall()
    return schemas.MasteryHistory(
        student_id=student.id,
        name=student.name,
        skills=[_curve(caller.locale, skill, points) for skill, points in groupby(rows, lambda r: r[:5])],
    )


def _skill(locale: str, *row: Any) -> schemas.SkillMastery:
    skill_id, slug, topic, names, updated_at, *belief = row
    found = Belief(*belief)
    return schemas.SkillMastery(
        skill_id=UUID(skill_id),
        slug=slug,
        topic=topic,
        name=name_in(names, locale),
        p_known=found.p_known,
        level=bkt.level(found.p_known),
        trend=found.trend,
        attempts=found.attempts,
        updated_at=updated_at,
    )


def _curve(locale: str, skill: tuple[Any, ...], points: Iterable[tuple[Any, ...]]) -> schemas.SkillHistory:
    skill_id, slug, topic, names, answers = skill
    return schemas.SkillHistory(
        skill_id=UUID(skill_id),
        slug=slug,
        topic=topic,
        name=name_in(names, locale),
        answers=answers,
        points=[
            schemas.HistoryPoint(seq=seq, correct=correct, p_known=p_known, answered_at=answered_at)
            for *_, seq, correct, p_known, answered_at in points
        ],
    )
