"""A month in the life of a class: after each run the open alerts are those that a second reading of the
rules, on a plain list of what happened, asks for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from chalicelib.services import alert_rules
from tests.integration.accounts.conftest import Person, World
from tests.support.classes import Class
from tests.support.client import ApiClient

BEGIN = datetime(2026, 10, 12, 5, tzinfo=UTC)  # a Monday; the clocks change on 25 October
DAYS, STEP = 30, timedelta(hours=7)
ZONE = ZoneInfo("Europe/Madrid")
HOLIDAYS = {date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 3)}
SKILLS = ("addition", "subtraction", "division")
BUGS = ("subtraction.smaller_from_larger", "addition.no_carry")
BELIEFS = (0.05, 0.2, 0.35, 0.5, 0.8, 0.97)
LEVEL_BOUNDS = (0.40, 0.70, 0.95)

Alerts = set[tuple[str, str | None, str | None, str | None]]  # type, student, skill, bug


class Answer(NamedTuple):
    student: str
    at: datetime
    skill: str
    p_known: float
    bug: str | None


class Reading:
    """The rules once more, as the product states them, on a list of answers."""

    def __init__(self, skill_ids: dict[str, str]) -> None:
        self.joined: dict[str, datetime] = {}
        self.answers: list[Answer] = []
        self.resolved: dict[tuple[Any, ...], datetime] = {}
        self._ids = skill_ids

    def due(self, at: datetime) -> Alerts:
        """What calls for an alert at that moment."""
        return {*self._of_students(at), *self._off_track(), *self._shared(at)}

    def rests(self, alert: tuple[Any, ...], at: datetime) -> bool:
        """Whether a teacher has resolved it within three days."""
        return alert in self.resolved and at - self.resolved[alert] < timedelta(days=3)

    def _of_students(self, at: datetime) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        for student in self.joined:
            now_known = self._known(student)
            if sum(p_known < 0.4 for p_known in now_known.values()) >= 2:
                yield "student_at_risk", student, None, None
            for skill in now_known:
                if self._fell(student, skill, at):
                    yield "student_dropped", student, self._ids[skill], None
            if self._is_inactive(student, at):
                yield "student_inactive", student, None, None

    def _known(self, student: str) -> dict[str, float]:
        return {each.skill: each.p_known for each in self.answers if each.student == student}

    def _fell(self, student: str, skill: str, at: datetime) -> bool:
        steps = [each for each in self.answers if (each.student, each.skill) == (student, skill)]
        ends = [each.at for each in steps[1:]] + [at + timedelta(days=1)]
        held = [level(s.p_known) for s, end in zip(steps, ends, strict=True) if end > at - timedelta(days=7)]
        return max(held) - level(steps[-1].p_known) >= 2

    def _is_inactive(self, student: str, at: datetime) -> bool:
        days: list[date] = []
        day = at.astimezone(ZONE).date()
        while len(days) < 3:
            day -= timedelta(days=1)
            if day.isoweekday() <= 5 and day not in HOLIDAYS:
                days.append(day)
        if self.joined[student].astimezone(ZONE).date() > days[-1]:
            return False
        own = [each.at.astimezone(ZONE).date() for each in self.answers if each.student == student]
        return not own or max(own) < days[-1]

    def _off_track(self) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        for skill in SKILLS:
            known = [known[skill] for student in self.joined if skill in (known := self._known(student))]
            if known and sum(known) / len(known) < 0.3:
                yield "unit_off_track", None, self._ids[skill], None

    def _shared(self, at: datetime) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        for bug in BUGS:
            since = at - timedelta(days=14)
            who = {each.student for each in self.answers if each.bug == bug and each.at > since}
            if len(who & self.joined.keys()) >= max(2, min(3, 0.15 * len(self.joined))):
                yield "shared_bug", None, None, bug


def level(p_known: float) -> int:
    return sum(p_known >= bound for bound in LEVEL_BOUNDS)


def open_alerts(owner: Any) -> dict[tuple[Any, ...], str]:
    owner.execute(
        "SELECT type, student_id::text, skill_id::text, bug, id::text FROM alerts WHERE status = 'open'"
    )
    return {tuple(row[:4]): row[4] for row in owner.fetchall()}


def test_a_month(client: ApiClient, owner: Any) -> None:
    chance = random.Random(1)  # noqa: S311 (repeatable, not secret)
    room = Class(
        World(client), owner, time_zone=ZONE.key, holidays=str(sorted(map(str, HOLIDAYS))).replace("'", '"')
    )
    reading = Reading(room.skills)
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
    assert seen == set(alert_rules.SEVERITY)


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
            reading.answers.append(Answer(student_id, moment, skill, p_known, bug))
