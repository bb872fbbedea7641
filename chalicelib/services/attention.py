"""Whom a teacher should see first: what stands about a class, ranked by the rule of `attention_rules`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chalicelib.caller import Caller
from chalicelib.learning.school_days import last_school_days
from chalicelib.schemas import mastery as schemas
from chalicelib.services import attention_rules, audit, class_record, findings, mastery_texts
from chalicelib.services.alert_causes import DROPPED_WITHIN, MOST_SCHOOL_DAYS, SHARED_WITHIN
from chalicelib.services.attention_rules import Facts, Known, Ranked, Reason
from chalicelib.services.class_record import ClassRecord
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School

# Of each student who may sign in. A belief holds from its answer to the next one: what was believed when the
# 7 days began counts too. A skill that is retired is no part of the course.
MOVES = f"""
    WITH asked AS (SELECT %(trend_since)s::timestamptz AS trend_since)
    SELECT m.user_id::text, m.joined_at,
        (SELECT max(a.answered_at) FROM attempts a WHERE a.student_id = m.user_id),
        (SELECT json_agg(json_build_array(k.skill_id, greatest(
            k.p_known,
            ({class_record.HELD_AT}),
            (SELECT max(a.p_known) FROM attempt_skills a WHERE a.student_id = k.student_id
                AND a.skill_id = k.skill_id AND a.created_at > (SELECT trend_since FROM asked))
        ))) FROM mastery k JOIN skills ON skills.id = k.skill_id AND skills.retired_at IS NULL
        WHERE k.student_id = m.user_id)
    FROM memberships m JOIN users u ON u.id = m.user_id AND u.status = 'active'
    WHERE m.classroom_id = %(classroom)s AND m.role = 'student'
"""  # noqa: S608 (a part of this package)


def of_classroom(caller: Caller, classroom_id: UUID) -> schemas.Attention:
    """Whom of a class to see, the most urgent first, with the reasons. Raises `NotFoundError`."""
    at = now()
    record = class_record.read(caller, classroom_id, at, bugs_within=SHARED_WITHIN)
    audit.class_read(caller, record.id, "attention")
    school = School.get_by_id(record.school_id)
    zone = ZoneInfo(school.time_zone)
    holidays = frozenset(date.fromisoformat(day) for day in school.holidays)
    days = last_school_days(at.astimezone(zone).date(), holidays, MOST_SCHOOL_DAYS)
    ranked = attention_rules.ranked(_facts(record, at, zone), days)
    return schemas.Attention(
        classroom_id=record.id, students=[_shown(each, record, caller.locale) for each in ranked]
    )


def _facts(record: ClassRecord, at: datetime, zone: ZoneInfo) -> dict[UUID, Facts]:
    """What stands about each student, in the order of the record."""
    values = {"classroom": str(record.id), "trend_since": at - DROPPED_WITHIN}
    rows = {UUID(student): rest for student, *rest in database.execute_sql(MOVES, values).fetchall()}
    return {
        student: Facts(
            name,
            _known(record.beliefs[student], rows[student][2]),
            record.bugs[student],
            joined=_day(rows[student][0], zone),
            answered=_day(rows[student][1], zone) if rows[student][1] else None,
        )
        for student, name in record.students.items()
        if student in rows
    }


def _known(beliefs: Mapping[UUID, class_record.Belief], highest: list[Any] | None) -> dict[UUID, Known]:
    found = {UUID(skill): most for skill, most in highest or ()}
    return {skill: Known(belief.p_known, found[skill]) for skill, belief in beliefs.items() if skill in found}


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(UTC).astimezone(zone).date()


def _shown(ranked: Ranked, record: ClassRecord, locale: str) -> schemas.NeedsAttention:
    return schemas.NeedsAttention(
        student_id=ranked.student_id,
        name=record.students[ranked.student_id],
        points=ranked.points,
        mean=ranked.mean,
        reasons=[
            schemas.Reason(
                type=reason.type,  # type: ignore[arg-type]
                points=reason.points,
                text=_text(reason, record, locale),
                skill_ids=list(reason.skill_ids),
                bugs=list(reason.bugs),
                school_days=reason.school_days,
            )
            for reason in ranked.reasons
        ],
    )


def _text(reason: Reason, record: ClassRecord, locale: str) -> str:
    names = {skill.id: skill.name for skill in record.skills}
    return mastery_texts.text(
        locale,
        f"reason.{reason.type}",
        count=len(reason.skill_ids),
        skills=", ".join(name for skill, name in names.items() if skill in reason.skill_ids),
        bugs=", ".join(findings.bug_text(bug, locale)[0] for bug in reason.bugs),
        days=reason.school_days,
    )
