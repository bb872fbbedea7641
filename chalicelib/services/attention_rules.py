"""Whom a teacher should see first: the rule, as a pure function of what stands about each student.

| reason | when | points |
|---|---|---|
| `dropped` | fell two levels in a skill within 7 days | 4, and 1 for each further skill |
| `at_risk` | at risk in two or more skills | 3, and 1 for each further skill |
| `inactive` | no answer on the last 3 school days | 2, and 1 more from 5 days on |
| `shared_bug` | has a bug which the class shares, seen within 14 days | 1 for each such bug |

The reasons are those of the alerts, as they stand at this moment, and each counts up to 6 points, so that no
single one outweighs two others at their worst. Students come by the sum of their points; of those with as
many, who is believed to know less comes first, and then they come by name. Who gives no reason is not named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chalicelib.services.alert_causes import (
    AT_RISK_BELOW,
    AT_RISK_SKILLS,
    INACTIVE_SCHOOL_DAYS,
    LEVELS_FALLEN,
    levels_fallen,
    shared_by,
)

MOST_POINTS = 6
DROPPED, AT_RISK, INACTIVE, SHARED_BUG = 4, 3, 2, 1  # the least points of each
LONG_SCHOOL_DAYS = 5


class Known(NamedTuple):
    """What is believed of a skill, and the most that was believed of it within 7 days."""

    p_known: float
    highest: float


class Facts(NamedTuple):
    """What stands about a student; the days are those of the school."""

    name: str
    skills: Mapping[UUID, Known]
    bugs: Sequence[str]  # seen within 14 days
    joined: date
    answered: date | None  # when last


class Reason(NamedTuple):
    """One reason to see a student."""

    type: str
    points: int
    skill_ids: Sequence[UUID] = ()
    bugs: Sequence[str] = ()
    school_days: int | None = None


class Ranked(NamedTuple):
    """A student to see, and why: the weightiest reason first."""

    student_id: UUID
    points: int
    mean: float | None
    reasons: list[Reason]


def ranked(students: Mapping[UUID, Facts], last_days: Sequence[date]) -> list[Ranked]:
    """The students who give a reason, the most urgent first. `last_days`: school days, the latest first."""
    shared = shared_bugs(students.values())
    found = [_ranked(student, facts, shared, last_days) for student, facts in students.items()]
    return sorted(
        (each for each in found if each.reasons),
        key=lambda each: (-each.points, each.mean or 0.0, students[each.student_id].name, each.student_id),
    )


def shared_bugs(students: Iterable[Facts]) -> set[str]:
    """The bugs that enough students of a class have."""
    had = [set(each.bugs) for each in students]
    least = shared_by(len(had))
    return {bug for bug in set().union(*had) if sum(bug in bugs for bugs in had) >= least}


def reasons(facts: Facts, shared: set[str], last_days: Sequence[date]) -> list[Reason]:
    """The reasons to see a student, the weightiest first; none where all is well."""
    dropped = [
        skill for skill, k in facts.skills.items() if levels_fallen(k.highest, k.p_known) >= LEVELS_FALLEN
    ]
    at_risk = [skill for skill, known in facts.skills.items() if known.p_known < AT_RISK_BELOW]
    bugs = [bug for bug in facts.bugs if bug in shared]
    without = idle_days(facts, last_days)
    found = []
    if dropped:
        found.append(Reason("dropped", _points(DROPPED + len(dropped) - 1), skill_ids=dropped))
    if len(at_risk) >= AT_RISK_SKILLS:
        points = _points(AT_RISK + len(at_risk) - AT_RISK_SKILLS)
        found.append(Reason("at_risk", points, skill_ids=at_risk))
    if without >= INACTIVE_SCHOOL_DAYS:
        points = _points(INACTIVE + (without >= LONG_SCHOOL_DAYS))
        found.append(Reason("inactive", points, school_days=without))
    if bugs:
        found.append(Reason("shared_bug", _points(SHARED_BUG * len(bugs)), bugs=bugs))
    return sorted(found, key=lambda reason: -reason.points)


def idle_days(facts: Facts, last_days: Iterable[date]) -> int:
    """How many of the last school days went by without an answer, since the student joined."""
    answered = facts.answered or date.min
    return sum(day >= facts.joined and day > answered for day in last_days)


def _ranked(student: UUID, facts: Facts, shared: set[str], last_days: Sequence[date]) -> Ranked:
    found = reasons(facts, shared, last_days)
    known = [each.p_known for each in facts.skills.values()]
    mean = sum(known) / len(known) if known else None
    return Ranked(student, sum(reason.points for reason in found), mean, found)


def _points(points: int) -> int:
    return min(points, MOST_POINTS)
