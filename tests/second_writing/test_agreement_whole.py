"""The two writings of each whole-number bug give the same answers."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib import diagnosis
from tests.second_writing import addition, division, multiplication, subtraction
from tests.second_writing.problems_whole import CHANGED, PROBLEMS, problems_for

TOPICS: dict[str, Any] = {
    "addition": addition,
    "subtraction": subtraction,
    "multiplication": multiplication,
    "division": division,
}
BUGS = {name: bug for topic in TOPICS.values() for name, bug in topic.BUGS.items()}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_bug_of_the_catalogue_is_written_a_second_time(topic: str) -> None:
    assert {bug.id for bug in diagnosis.bugs(topic)} == set(TOPICS[topic].BUGS)


@pytest.mark.parametrize("topic", TOPICS)
def test_worked_examples_come_out(topic: str) -> None:
    for bug in diagnosis.bugs(topic):
        assert (bug.id, BUGS[bug.id](bug.problem)) == (bug.id, bug.wrong)
        assert (bug.id, TOPICS[topic].right(bug.problem)) == (bug.id, bug.correct)


@pytest.mark.parametrize("name", BUGS)
def test_both_writings_agree(name: str) -> None:
    topic = TOPICS[name.partition(".")[0]]
    changed, others = problems_for(name, BUGS[name], topic.right)
    assert len(changed) >= CHANGED
    assert len(changed) + len(others) >= PROBLEMS

    answers = {
        problem: (diagnosis.simulate(name, problem), BUGS[name](problem)) for problem in [*changed, *others]
    }
    assert {problem: pair for problem, pair in answers.items() if pair[0] != pair[1]} == {}
