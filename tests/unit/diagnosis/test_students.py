"""Simulated students: one bug and a few slips, or slips alone. Seeded, so the outcome is always the same.

At full size the same is measured by `python -m dev.bench.recognition`.
"""

from __future__ import annotations

from math import fsum

import pytest

from chalicelib.diagnosis import bugs, diagnose, generate
from chalicelib.diagnosis.topics import topics
from dev.bench.forms import equivalents
from dev.bench.students import (
    MOST_PROBLEMS,
    Unseen,
    effort,
    falsely_accused,
    ranked_first,
    unseen,
)

pytestmark = pytest.mark.no_cover  # many thousand runs of what the other tests count

TOPICS = [topic.name for topic in topics()]
MANY = 40  # of more bugs than these only some are tried
EVERY = 12  # of all bugs, each so many's probes are counted


@pytest.mark.parametrize(("count", "earlier"), [(2, 0), (1, 3)])
def test_bug_is_recognised_on_problems_that_nobody_has_looked_at(count: int, earlier: int) -> None:
    total = Unseen()
    for bug in bugs():
        total = total.plus(unseen(bug.id, bug.topic, count, earlier=earlier))
    assert total.cases >= 0.98 * count * len(bugs())
    assert total.listed >= 0.99 * total.cases
    assert total.first_three >= 0.9 * total.cases


@pytest.mark.parametrize("topic", TOPICS)
def test_bug_with_slips_is_ranked_first_after_twelve_problems(topic: str) -> None:
    known = bugs(topic)
    found = [ranked_first(bug.id, topic) for bug in known[:: len(known) // MANY + 1]]
    told = [first for first in found if first is not None]
    assert len(told) >= 6
    assert sum(told) >= 0.95 * len(told)


def test_probes_find_a_bug_in_half_as_many_problems_as_random_ones() -> None:
    efforts = [effort(bug.id, bug.topic, students=1) for bug in bugs()[::EVERY]]
    slow = [each for each in efforts if each.at_random >= 4 and min(each) <= MOST_PROBLEMS]
    assert len(slow) >= 10
    assert fsum(each.probing for each in slow) <= 0.5 * fsum(each.at_random for each in slow)


@pytest.mark.parametrize("topic", TOPICS)
def test_student_who_only_slips_is_seldom_given_a_bug(topic: str) -> None:
    students = 60
    assert sum(falsely_accused(topic, student) for student in range(students)) <= 0.05 * students


@pytest.mark.parametrize("topic", TOPICS)
def test_right_answer_is_never_called_wrong_in_whatever_form(topic: str) -> None:
    for problem in generate(topic, seed="equivalent forms", count=15):
        for form in equivalents(problem):
            assert diagnose(problem, form).verdict in {"correct", "not_simplified"}, (problem, form)
