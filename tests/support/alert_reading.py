"""The rules of the alerts once more, as the product states them, on a plain list of what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

LEVEL_BOUNDS = (0.40, 0.70, 0.95)

Alert = tuple[str, str | None, str | None, str | None]  # type, student, skill, bug


class Answer(NamedTuple):
    """What one answer did: the belief about a skill after it, and the bug it showed; either may be none."""

    at: datetime
    skill: str | None
    p_known: float
    bug: str | None


class Reading:
    """What happened in one class; students are added to `joined` as they come, and taken out as they go."""

    def __init__(self, zone: ZoneInfo, holidays: Collection[date]) -> None:
        self.joined: dict[str, datetime] = {}
        self.resolved: dict[tuple[Any, ...], datetime] = {}
        self._answers: dict[str, list[Answer]] = {}
        self._zone, self._holidays = zone, holidays

    def add(self, student: str, answer: Answer) -> None:
        """A student answered; answers are added in the order of their times."""
        self._answers.setdefault(student, []).append(answer)

    def due(self, at: datetime) -> set[Alert]:
        """What calls for an alert at that moment."""
        return {*self._of_students(at), *self._off_track(), *self._shared(at)}

    def rests(self, alert: tuple[Any, ...], at: datetime) -> bool:
        """Whether a teacher has resolved it within three days."""
        return alert in self.resolved and at - self.resolved[alert] < timedelta(days=3)

    def _of_students(self, at: datetime) -> Iterator[Alert]:
        for student in self.joined:
            known = self._known(student)
            if sum(p_known < 0.4 for p_known in known.values()) >= 2:
                yield "student_at_risk", student, None, None
            for skill in known:
                if self._fell(student, skill, at):
                    yield "student_dropped", student, skill, None
            if self._is_inactive(student, at):
                yield "student_inactive", student, None, None

    def _of(self, student: str) -> list[Answer]:
        return self._answers.get(student, [])

    def _known(self, student: str) -> dict[str, float]:
        return {each.skill: each.p_known for each in self._of(student) if each.skill is not None}

    def _fell(self, student: str, skill: str, at: datetime) -> bool:
        steps = [each for each in self._of(student) if each.skill == skill]
        ends = [each.at for each in steps[1:]] + [at + timedelta(days=1)]
        held = [level(s.p_known) for s, end in zip(steps, ends, strict=True) if end > at - timedelta(days=7)]
        return max(held) - level(steps[-1].p_known) >= 2

    def _is_inactive(self, student: str, at: datetime) -> bool:
        days: list[date] = []
        day = at.astimezone(self._zone).date()
        while len(days) < 3:
            day -= timedelta(days=1)
            if day.isoweekday() <= 5 and day not in self._holidays:
                days.append(day)
        if self.joined[student].astimezone(self._zone).date() > days[-1]:
            return False
        answered = [each.at.astimezone(self._zone).date() for each in self._of(student)]
        return not answered or max(answered) < days[-1]

    def _off_track(self) -> Iterator[Alert]:
        known: dict[str, list[float]] = {}
        for student in self.joined:
            for skill, p_known in self._known(student).items():
                known.setdefault(skill, []).append(p_known)
        for skill, beliefs in known.items():
            if sum(beliefs) / len(beliefs) < 0.3:
                yield "unit_off_track", None, skill, None

    def _shared(self, at: datetime) -> Iterator[Alert]:
        who: dict[str, set[str]] = {}
        for student in self.joined:
            for each in self._of(student):
                if each.bug is not None and each.at > at - timedelta(days=14):
                    who.setdefault(each.bug, set()).add(student)
        for bug, students in who.items():
            if len(students) >= max(2, min(3, 0.15 * len(self.joined))):
                yield "shared_bug", None, None, bug


def level(p_known: float) -> int:
    """The level's place among the four, from 0."""
    return sum(p_known >= bound for bound in LEVEL_BOUNDS)


def open_alerts(owner: Any, classroom_id: str | None = None) -> dict[tuple[Any, ...], str]:
    """The id of each alert that is open, by what it is about; of one class, or of all."""
    owner.execute(
        "SELECT type, student_id::text, skill_id::text, bug, id::text FROM alerts"
        " WHERE status = 'open' AND (classroom_id = %(classroom)s OR %(classroom)s IS NULL)",
        {"classroom": classroom_id},
    )
    return {tuple(row[:4]): row[4] for row in owner.fetchall()}
