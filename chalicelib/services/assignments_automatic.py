"""Automatic assignments: five exercises for a student whose belief in a skill has fallen to `at_risk`.

The answer that moved it down asks for one, in its own transaction, and the worker makes it. A student has one
open for a skill, which the database holds. It closes itself when all is answered; for a week after that, or
after staff closed it, there is no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from chalicelib import observe, queues
from chalicelib.learning import bkt
from chalicelib.message import Message
from chalicelib.store import entering, outbox
from chalicelib.store.database import database
from chalicelib.store.models.assignments import AUTOMATIC, COUNTS, Assignment
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Attempt

TASK: Final = "assignment"
EXERCISES = 5
SCHOOL_DAYS = 5  # until it is due
LAST_MINUTE = time(23, 59)
REST = timedelta(days=7)  # after one was closed, before the next
GIVEN_UP = timedelta(days=14)  # after it was due: then it makes way for the next
RISK_BELOW = bkt.UPPER_BOUNDS[0][1]

# Locked, so that of two last answers at the same moment the second one sees the first.
OPEN_WITH = """
    SELECT a.id::text FROM assignments a
    WHERE a.student_id = %(student)s AND a.kind = 'automatic' AND a.closed_at IS NULL
        AND EXISTS (
            SELECT 1 FROM assignment_exercises e
            WHERE e.assignment_id = a.id AND e.exercise_id = %(exercise)s
        )
    ORDER BY a.id FOR UPDATE
"""
CLOSE_FINISHED = f"""
    UPDATE assignments a SET closed_at = %(at)s, updated_at = %(at)s
    WHERE a.id = ANY(%(open)s::uuid[]) AND NOT EXISTS (
        SELECT 1 FROM assignment_exercises e
        WHERE e.assignment_id = a.id AND NOT EXISTS (
            SELECT 1 FROM attempts t
            WHERE t.student_id = a.student_id AND t.exercise_id = e.exercise_id AND {COUNTS}
        )
    )
"""  # noqa: S608 (a constant)
GIVE_UP = """
    UPDATE assignments SET closed_at = %(at)s, updated_at = %(at)s
    WHERE student_id = %(student)s AND skill_id = %(skill)s AND kind = 'automatic'
        AND closed_at IS NULL AND due_at < %(given_up)s
"""
IS_DUE = """
    SELECT EXISTS (
        SELECT 1 FROM mastery k
        JOIN users u ON u.id = k.student_id AND u.status = 'active'
        JOIN skills s ON s.id = k.skill_id AND s.retired_at IS NULL
        WHERE k.student_id = %(student)s AND k.skill_id = %(skill)s AND k.p_known < %(below)s
            AND k.seq > k.uncounted
    ) AND NOT EXISTS (
        SELECT 1 FROM assignments
        WHERE student_id = %(student)s AND skill_id = %(skill)s AND kind = 'automatic'
            AND closed_at > %(rested)s
    )
"""


def ask(student_id: UUID, school_id: UUID, skill_ids: Iterable[UUID]) -> None:
    """Have an assignment made for each of these skills, once the open transaction is committed."""
    for skill_id in skill_ids:
        payload = {"task": TASK, "student_id": str(student_id), "skill_id": str(skill_id)}
        outbox.put(queues.EXERCISE_GENERATE, payload, school_id=school_id)


def close_finished(attempt: Attempt) -> None:
    """Close the student's automatic assignments whose last exercise this answer was."""
    if attempt.exercise_id is None:
        return
    values = {"student": str(attempt.student_id), "exercise": str(attempt.exercise_id)}
    found = [row[0] for row in database.execute_sql(OPEN_WITH, values).fetchall()]
    if found:
        database.execute_sql(CLOSE_FINISHED, {"open": found, "at": now()})


def handle(message: Message) -> None:
    """Make the assignment that a message asks for, in the open transaction; nothing where none is due."""
    if message.school_id is None or not entering.as_worker(message.school_id):
        return
    student_id, skill_id = (UUID(message.payload[name]) for name in ("student_id", "skill_id"))
    made = make(message.school_id, student_id, skill_id, now())
    if made is not None:
        observe.event("automatic assignment", assignment_id=str(made))


def make(school_id: UUID, student_id: UUID, skill_id: UUID, at: datetime) -> UUID | None:
    """Make a student's assignment of that skill; its id, or None where none is due, or one is open."""
    from chalicelib.services import assignments_choice, practice

    values = {"student": str(student_id), "skill": str(skill_id), "at": at, "below": RISK_BELOW}
    values |= {"rested": at - REST, "given_up": at - GIVEN_UP}
    if not database.execute_sql(IS_DUE, values).fetchone()[0]:
        return None
    database.execute_sql(GIVE_UP, values)
    row = {
        "school": school_id,
        "kind": AUTOMATIC,
        "student_id": student_id,
        "skill": skill_id,
        "due_at": due_at(School.get_by_id(school_id), at),
        "created_at": at,
    }
    inserted = Assignment.insert(row).on_conflict_ignore().returning(Assignment.id).execute()
    made = next((each.id for each in inserted), None)
    if made is None:
        return None
    chosen = practice.choose_for(school_id, student_id, skill_id, EXERCISES)
    if not chosen:  # a skill for which there is nothing, and nothing can be made
        Assignment.delete().where(Assignment.id == made).execute()
        observe.event("no exercises for an automatic assignment", skill_id=str(skill_id))
        return None
    exercise_ids = [each.exercise_id for each in chosen]
    assignments_choice.set_exercises(school_id, made, {None: exercise_ids})
    return UUID(str(made))


def due_at(school: School, at: datetime) -> datetime:
    """The last minute, where the school is, of the fifth school day after `at`."""
    from zoneinfo import ZoneInfo

    from chalicelib.learning.school_days import next_school_days

    zone = ZoneInfo(school.time_zone)
    holidays = frozenset(date.fromisoformat(day) for day in school.holidays)
    last = next_school_days(at.astimezone(zone).date(), holidays, SCHOOL_DAYS)[-1]
    return datetime.combine(last, LAST_MINUTE, zone).astimezone(UTC)
