"""Whom a teacher should see first."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from chalicelib.learning.school_days import last_school_days
from chalicelib.services.attention_rules import Facts, Known, ranked

TODAY = date(2026, 11, 20)  # a Friday
DAYS = last_school_days(TODAY, (), 20)
LONG_AGO = TODAY - timedelta(days=90)
WELL = {UUID(int=1): Known(0.9, 0.9)}


def facts(
    *beliefs: float | tuple[float, float],
    bugs: tuple[str, ...] = (),
    answered: date | None = TODAY,
    joined: date = LONG_AGO,
    name: str = "Ada",
) -> Facts:
    """A student; a belief is what is known, or what is known and the most that was."""
    skills = {
        UUID(int=number): Known(*(belief if isinstance(belief, tuple) else (belief, belief)))
        for number, belief in enumerate(beliefs, start=1)
    }
    return Facts(name, skills, bugs, joined, answered)


def reasons(*students: Facts) -> list[tuple[str, int]]:
    """The reasons to see the first of the students, each with its points."""
    found = ranked({UUID(int=100 + number): each for number, each in enumerate(students)}, DAYS)
    return [
        (each.type, each.points) for one in found if one.student_id == UUID(int=100) for each in one.reasons
    ]


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        (facts(), []),
        (facts(0.9, 0.39), []),
        (facts(0.39, 0.4), []),
        (facts(0.39, 0.1), [("at_risk", 3)]),
        (facts(0.1, 0.1, 0.1, 0.1), [("at_risk", 5)]),
        (facts(*[0.1] * 9), [("at_risk", 6)]),
        (facts((0.69, 0.94)), []),
        (facts((0.69, 0.95)), [("dropped", 4)]),
        (facts((0.39, 0.70)), [("dropped", 4)]),
        (facts((0.39, 0.70), (0.5, 0.99)), [("dropped", 5)]),
        (facts((0.39, 0.69)), []),
        (facts((0.1, 0.8), 0.1), [("dropped", 4), ("at_risk", 3)]),
        (facts(answered=DAYS[2]), []),
        (facts(answered=DAYS[3]), [("inactive", 2)]),
        (facts(answered=DAYS[4]), [("inactive", 2)]),
        (facts(answered=DAYS[5]), [("inactive", 3)]),
        (facts(answered=None), [("inactive", 3)]),
        (facts(answered=None, joined=DAYS[2]), [("inactive", 2)]),
        (facts(answered=None, joined=DAYS[1]), []),
        (facts(bugs=("addition.a",)), []),
    ],
)
def test_a_student_counts_for_each_reason(student: Facts, expected: list[tuple[str, int]]) -> None:
    assert reasons(student) == expected


def test_a_bug_counts_where_the_class_shares_it() -> None:
    mine = facts(bugs=("addition.a", "addition.b", "addition.c"))
    assert reasons(mine, facts(bugs=("addition.a",)), facts(bugs=("addition.c",))) == [("shared_bug", 2)]
    # of 35 students three make a shared bug, two do not
    crowd = [facts() for _ in range(33)]
    assert reasons(mine, facts(bugs=("addition.a",)), *crowd) == []
    assert reasons(mine, *[facts(bugs=("addition.a",))] * 2, *crowd) == [("shared_bug", 1)]


def test_the_most_urgent_comes_first_and_who_is_well_not_at_all() -> None:
    students = {
        "well": facts(0.9, name="well"),
        "two reasons": facts(0.1, 0.1, answered=None, name="two reasons"),
        "knows less": facts(0.1, 0.1, name="knows less"),
        "knows more": facts(0.3, 0.3, name="knows more"),
        "as much, later": facts(0.3, 0.3, name="zoe"),
    }
    by_id = {UUID(int=500 - place): each for place, each in enumerate(students.values())}
    names = [by_id[each.student_id].name for each in ranked(by_id, DAYS)]
    assert names == ["two reasons", "knows less", "knows more", "zoe"]
    first = ranked(by_id, DAYS)[0]
    assert (first.points, first.mean) == (6, pytest.approx(0.1))
    assert first.points == sum(each.points for each in first.reasons)
