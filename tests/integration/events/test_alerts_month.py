"""A month in the life of a class: after each run the open alerts are those that a second reading of the
rules, on a plain list of what happened, asks for."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.services import alert_rules
from tests.integration.accounts.conftest import Person, World
from tests.support.alert_reading import Answer, Reading, open_alerts
from tests.support.classes import Class
from tests.support.client import ApiClient

BEGIN = datetime(2026, 10, 12, 5, tzinfo=UTC)  # a Monday; the clocks change on 25 October
DAYS, STEP = 30, timedelta(hours=7)
ZONE = ZoneInfo("Europe/Madrid")
HOLIDAYS = {date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 3)}
SKILLS = ("addition", "subtraction", "division")
BUGS = ("subtraction.smaller_from_larger", "addition.no_carry")
BELIEFS = (0.05, 0.2, 0.35, 0.5, 0.8, 0.97)


def test_a_month(client: ApiClient, owner: Any) -> None:
    chance = random.Random(1)  # noqa: S311 (repeatable, not secret)
    room = Class(
        World(client), owner, time_zone=ZONE.key, holidays=str(sorted(map(str, HOLIDAYS))).replace("'", '"')
    )
    reading = Reading(ZONE, HOLIDAYS)
    people: dict[str, Person] = {}
    seen: set[str] = set()
    at = BEGIN
    while at < BEGIN + timedelta(days=DAYS):
        happen(chance, room, reading, people, at)
        at += STEP
        before = open_alerts(owner)
        counts = alert_rules.run(at)
        now_open = open_alerts(owner)
        due = reading.due(at)
        assert set(now_open) == {each for each in due if each in before or not reading.rests(each, at)}
        assert {key: before[key] for key in due & before.keys()} == {
            key: now_open[key] for key in due & before.keys()
        }
        assert counts["closed"] == len(before.keys() - due)
        assert counts["raised"] == len(now_open.keys() - before.keys())
        again = alert_rules.run(at)
        assert (again["raised"], again["updated"], again["closed"]) == (0, 0, 0)
        seen |= {key[0] for key in now_open}
        if now_open and chance.random() < 0.3:
            key = chance.choice(sorted(now_open, key=str))
            owner.execute(
                "UPDATE alerts SET status = 'resolved', ended_at = %s, resolved_by = %s WHERE id = %s",
                (at, str(room.teacher.id), now_open[key]),
            )
            reading.resolved[key] = at
    of_worksheets = {"guide_ready", "guide_graded"}  # tests/integration/events/test_guides.py has those
    assert seen == set(alert_rules.SEVERITY) - of_worksheets


def happen(
    chance: random.Random, room: Class, reading: Reading, people: dict[str, Person], begin: datetime
) -> None:
    """What happens in a class until the next run: somebody joins, answers, leaves."""
    if len(people) < 9 and chance.random() < 0.4:
        joined = begin + timedelta(minutes=chance.randrange(60))
        student = room.student(joined)
        people[str(student.id)] = student
        reading.joined[str(student.id)] = joined
    if len(reading.joined) > 4 and chance.random() < 0.04:
        gone = chance.choice(sorted(reading.joined))
        room.leave(people[gone])
        del reading.joined[gone]
    moment = begin + timedelta(hours=1)
    for student_id in sorted(reading.joined):
        if chance.random() < 0.15:
            moment += timedelta(minutes=chance.randrange(1, 30))
            skill, p_known = chance.choice(SKILLS), chance.choice(BELIEFS)
            bug = chance.choice([None, None, None, *BUGS])
            room.answer(people[student_id], moment, beliefs={skill: p_known}, bug=bug)
            reading.add(student_id, Answer(moment, room.skills[skill], p_known, bug))
