"""The digest: every morning, school by school, who gets a reminder to practise or a summary of the week.

The schedule comes every 15 minutes. A school is due from 8 o'clock to noon of its own time zone, once a day:
the row of (school, day) is written in the transaction that puts the day's mails into the outbox. A summary
tells of the week before and goes out on Monday, or on the next day that has a digest if Monday had none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from chalicelib.learning.school_days import is_school_day
from chalicelib.services import digest_rules, mail, rounds, switches
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.mails import DigestRun
from chalicelib.store.models.people import School

# Each marks whom it finds, so that nobody is found twice. The mail is made from what holds when it leaves.
REMINDERS = """
    UPDATE mail_preferences p SET mailed_on = %(day)s::date
    FROM users u
    WHERE p.kind = 'practice_reminder' AND p.is_subscribed AND p.school_id = %(school)s
        AND (p.mailed_on IS NULL OR p.mailed_on <= %(day)s::date - %(pause)s)
        AND u.id = p.user_id AND u.status = 'active' AND u.email_verified_at IS NOT NULL
        AND EXISTS (
            SELECT 1 FROM users s
            WHERE s.role = 'student' AND s.status = 'active' AND s.created_at < %(since)s
                AND (s.id = u.id OR EXISTS (
                    SELECT 1 FROM family_links l
                    WHERE l.parent_id = u.id AND l.student_id = s.id AND l.confirmed_at IS NOT NULL
                ))
                AND NOT EXISTS (
                    SELECT 1 FROM attempts a WHERE a.student_id = s.id AND a.answered_at >= %(since)s
                )
        )
    RETURNING p.user_id
"""
# Whoever subscribed after the summaries of a week had left gets the next one.
SUMMARIES = """
    UPDATE mail_preferences p SET mailed_on = %(day)s::date
    FROM users u
    WHERE p.kind = 'weekly_summary' AND p.is_subscribed AND p.school_id = %(school)s
        AND (p.mailed_on IS NULL OR p.mailed_on < %(monday)s::date) AND p.changed_at < %(begins)s
        AND u.id = p.user_id AND u.status = 'active' AND u.email_verified_at IS NOT NULL
        AND EXISTS (
            SELECT 1 FROM family_links l JOIN users s ON s.id = l.student_id
            WHERE l.parent_id = u.id AND l.confirmed_at IS NOT NULL AND s.status = 'active'
        )
    RETURNING p.user_id
"""


def run(moment: datetime | None = None) -> dict[str, int]:
    """Put the mails of every school that is due at `moment` (now) on their way.

    How many schools there are, how many had their digest, and how many mails it was. Raises
    `UnfinishedError` at the end where a school failed; the next run tries it again.
    """
    return rounds.through_schools(partial(_digested, moment or now()))


def _digested(moment: datetime, school_id: UUID) -> Mapping[str, int]:
    """The digest of the entered school; nothing where none is due or mails are switched off."""
    school = School.get_by_id(school_id)
    day = digest_rules.due_day(moment, school.time_zone)
    if day is None or not switches.is_on("mail", school_id):
        return {}
    first = DigestRun.insert(school=school_id, day=day, mails=0).on_conflict_ignore()
    if not first.as_rowcount().execute():
        return {}
    count = _summaries(school, day)
    if is_school_day(day, {date.fromisoformat(each) for each in school.holidays}):
        count += _reminders(school, day)
    DigestRun.update(mails=count).where(DigestRun.school == school_id, DigestRun.day == day).execute()
    return {"digested": 1, "mails": count}


def _reminders(school: School, day: date) -> int:
    """Ask for the reminders of `day`; how many."""
    values = {
        "day": day,
        "school": str(school.id),
        "pause": digest_rules.REMINDER_DAYS,
        "since": digest_rules.idle_since(day, school.time_zone),
    }
    return _sent(REMINDERS, values, "practice_reminder", school, day=day.isoformat())


def _summaries(school: School, day: date) -> int:
    """Ask for the summaries of the week before that of `day`, unless they went out already; how many."""
    monday = digest_rules.monday_of(day)
    values = {
        "day": day,
        "school": str(school.id),
        "monday": monday,
        "begins": digest_rules.start_of(monday, school.time_zone, digest_rules.BEGINS),
    }
    week = digest_rules.week_before(monday).isoformat()
    return _sent(SUMMARIES, values, "weekly_summary", school, week=week)


def _sent(sql: str, values: dict[str, Any], template: str, school: School, **about: str) -> int:
    """Ask for a mail to each user that `sql` finds; how many."""
    rows = database.execute_sql(sql, values).fetchall()
    for (user_id,) in rows:
        mail.send(template, user_id, school_id=school.id, **about)
    return len(rows)
