"""The demo class lives its two weeks of answers, stops working for ten days, and lives them once more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.services import alert_rules
from tests.support.alert_reading import Alert, Answer, Reading, open_alerts
from tests.support.demo import Seeded

pytestmark = pytest.mark.xdist_group("seed")

DAYS = 38
BREAK = timedelta(days=24)  # from an answer to the same answer once more
TAKE_AWAY = """
    CREATE TEMP TABLE past AS
    SELECT a.* FROM attempts a
    JOIN memberships m ON m.user_id = a.student_id WHERE m.classroom_id = %(classroom)s;
    CREATE TEMP TABLE past_diagnoses AS SELECT * FROM diagnoses;
    CREATE TEMP TABLE past_skills AS SELECT * FROM attempt_skills;
    DELETE FROM attempts;
    DELETE FROM mastery;
"""
# What the services made of each answer comes back at the moment of its answer; the second time under new ids.
HAPPENING = """
    CREATE TEMP TABLE today AS
    SELECT p.id AS old, gen_random_uuid() AS new, p.answered_at + %(shift)s AS at FROM past p
    WHERE p.answered_at + %(shift)s > %(since)s AND p.answered_at + %(shift)s <= %(until)s;
    INSERT INTO attempts (id, school_id, student_id, topic, problem, answer, steps, verdict, status,
        answered_at, created_at, updated_at)
    SELECT t.new, p.school_id, p.student_id, p.topic, p.problem, p.answer, p.steps, p.verdict, p.status,
        t.at, t.at, t.at
    FROM today t JOIN past p ON p.id = t.old;
    INSERT INTO diagnoses (id, attempt_id, school_id, student_id, source, verdict, expected, candidates,
        unexplained, locale, bug, probability, is_current, created_at)
    SELECT gen_random_uuid(), t.new, d.school_id, d.student_id, d.source, d.verdict, d.expected, d.candidates,
        d.unexplained, d.locale, d.bug, d.probability, true, t.at
    FROM today t JOIN past_diagnoses d ON d.attempt_id = t.old;
    INSERT INTO attempt_skills (attempt_id, skill_id, school_id, student_id, seq, parameter_version,
        is_correct, p_known, created_at)
    SELECT t.new, s.skill_id, s.school_id, s.student_id, s.seq + %(earlier)s, s.parameter_version,
        s.is_correct, s.p_known, t.at
    FROM today t JOIN past_skills s ON s.attempt_id = t.old;
    INSERT INTO mastery (student_id, skill_id, school_id, p_known, seq, updated_at)
    SELECT DISTINCT ON (student_id, skill_id) student_id, skill_id, school_id, p_known, seq, created_at
    FROM attempt_skills ORDER BY student_id, skill_id, seq DESC
    ON CONFLICT (student_id, skill_id) DO UPDATE
        SET p_known = excluded.p_known, seq = excluded.seq, updated_at = excluded.updated_at;
    DROP TABLE today
"""
HAPPENED = """
    SELECT a.student_id::text, a.answered_at, s.skill_id::text, s.p_known,
        CASE WHEN d.probability >= 0.8 AND d.bug NOT LIKE 'slip.%%' THEN d.bug END
    FROM attempts a
    JOIN diagnoses d ON d.attempt_id = a.id
    LEFT JOIN attempt_skills s ON s.attempt_id = a.id
    WHERE a.answered_at > %(since)s AND a.answered_at <= %(until)s
    ORDER BY a.answered_at, s.seq
"""


def test_the_alerts_of_the_demo_class_day_by_day(seeded: Seeded) -> None:
    owner, classroom, reading = seeded.owner, *class_and_reading(seeded.owner)
    owner.execute("SELECT min(answered_at) FROM attempts")
    begin = owner.fetchone()[0].replace(hour=5, minute=0, second=0)
    owner.execute(TAKE_AWAY, {"classroom": classroom})
    raised: dict[Alert, int] = {}
    closed: set[str] = set()
    for day in range(DAYS):
        since, until = begin + timedelta(days=day), begin + timedelta(days=day + 1)
        happen(owner, reading, since, until)
        before = open_alerts(owner, classroom)
        alert_rules.run(until)
        now_open = open_alerts(owner, classroom)
        assert now_open.keys() == reading.due(until), f"day {day}"
        for key in now_open.keys() - before.keys():
            raised[key] = raised.get(key, 0) + 1
        closed |= {key[0] for key in before.keys() - now_open.keys()}
        assert {key: now_open[key] for key in now_open.keys() & before.keys()} == {
            key: before[key] for key in now_open.keys() & before.keys()
        }
    owner.execute(
        "SELECT type, status, count(*) FROM alerts WHERE classroom_id = %s GROUP BY 1, 2", (classroom,)
    )
    assert sum(count for _, _, count in owner.fetchall()) == sum(raised.values())
    of_worksheets = {"guide_ready", "guide_graded"}  # tests/integration/events/test_guides.py has those
    assert {key[0] for key in raised} == closed == set(alert_rules.SEVERITY) - of_worksheets


def class_and_reading(owner: Any) -> tuple[str, Reading]:
    """The demo class of thirty, and an empty reading of its month."""
    owner.execute(
        "SELECT m.classroom_id::text, s.time_zone, s.holidays, json_object_agg(m.user_id, m.joined_at)"
        " FROM memberships m JOIN schools s ON s.id = m.school_id WHERE m.role = 'student'"
        " GROUP BY 1, 2, s.holidays::text, 3 ORDER BY count(*) DESC LIMIT 1"
    )
    classroom, zone, holidays, joined = owner.fetchone()
    reading = Reading(ZoneInfo(zone), {date.fromisoformat(day) for day in holidays})
    reading.joined = {student: datetime.fromisoformat(moment) for student, moment in joined.items()}
    assert len(reading.joined) == 30
    return classroom, reading


def happen(owner: Any, reading: Reading, since: datetime, until: datetime) -> None:
    """The answers of a day come in, in the database and in the reading."""
    moments = {"since": since.astimezone(UTC), "until": until.astimezone(UTC)}
    for shift, earlier in ((timedelta(), 0), (BREAK, 1000)):
        owner.execute(HAPPENING, {**moments, "shift": shift, "earlier": earlier})
    owner.execute(HAPPENED, moments)
    for student, at, skill, p_known, bug in owner.fetchall():
        for each in bug.split("+") if bug else [None]:
            reading.add(student, Answer(at, skill, p_known, each))
