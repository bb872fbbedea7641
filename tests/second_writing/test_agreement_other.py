"""The two writings of each bug of the six topics beside whole-number columns give the same answers."""

from __future__ import annotations

import pytest

from chalicelib import diagnosis
from tests.second_writing import (
    algebra,
    algebra_forms,
    decimal_forms,
    decimals,
    fraction_forms,
    fractions,
    integers,
    powers,
    ratio,
)
from tests.second_writing.problems_other import CHANGED, PROBLEMS, Answering, problems_for

TOPICS: dict[str, dict[str, Answering]] = {
    "fractions": fractions.BUGS,
    "decimals": decimals.BUGS,
    "integers": integers.BUGS,
    "powers": powers.BUGS,
    "ratio": ratio.BUGS,
    "algebra": algebra.BUGS,
}
RIGHT: dict[str, Answering] = {
    "fractions": fraction_forms.right,
    "decimals": decimal_forms.right,
    "integers": integers.right,
    "powers": powers.right,
    "ratio": ratio.right,
    "algebra": algebra_forms.right,
}
BUGS = {name: bug for topic in TOPICS.values() for name, bug in topic.items()}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_bug_of_the_catalogue_is_written_a_second_time(topic: str) -> None:
    assert {bug.id for bug in diagnosis.bugs(topic)} == set(TOPICS[topic])


@pytest.mark.parametrize("topic", TOPICS)
def test_worked_examples_come_out(topic: str) -> None:
    for bug in diagnosis.bugs(topic):
        assert (bug.id, BUGS[bug.id](bug.problem)) == (bug.id, bug.wrong)
        assert (bug.id, RIGHT[topic](bug.problem)) == (bug.id, bug.correct)


@pytest.mark.parametrize("name", BUGS)
def test_the_problems_exercise_the_bug(name: str) -> None:
    changed, others = problems_for(name, BUGS[name], RIGHT[name.partition(".")[0]])
    assert len(changed) >= CHANGED
    assert len(changed) + len(others) >= PROBLEMS


@pytest.mark.parametrize("name", BUGS)
def test_both_writings_agree(name: str) -> None:
    changed, others = problems_for(name, BUGS[name], RIGHT[name.partition(".")[0]])
    answers = {
        problem: (diagnosis.simulate(name, problem), BUGS[name](problem)) for problem in [*changed, *others]
    }
    assert {problem: pair for problem, pair in answers.items() if pair[0] != pair[1]} == {}
