"""What holds for every topic whose work is written line by line, as functions for that topic's own tests."""

from __future__ import annotations

from random import Random

import pytest

from chalicelib.diagnosis import bugs, diagnose, expected_answer, parse_problem, simulate
from chalicelib.diagnosis.topics import topic_named

LEVELS = range(1, 6)


def drawn(topic: str, count: int) -> list[str]:
    """Random problems of all difficulties; the same ones each time."""
    rng = Random(f"tests {topic}")  # noqa: S311 (reproducible)
    return [topic_named(topic).draw(rng, level) for level in LEVELS for _ in range(count)]


def assert_drawn_problems_are_of_the_topic(topic: str) -> None:
    for problem in drawn(topic, 40):
        assert parse_problem(problem).topic == topic, problem
        assert str(parse_problem(problem)) == problem


def assert_every_bug_shows_on_drawn_problems(topic: str) -> None:
    problems = drawn(topic, 120)
    for bug in bugs(topic):
        answers = {problem: simulate(bug.id, problem) for problem in problems}
        shown = [each for each, answer in answers.items() if answer not in {None, expected_answer(each)}]
        assert len(shown) >= 3, bug.id


def assert_whatever_a_bug_answers_is_recognised(topic: str, problem: str) -> None:
    """The bug is a candidate, and every candidate gives exactly the answer, as does its trace."""
    key = topic_named(topic).output_key
    for bug in bugs(topic):
        answer = simulate(bug.id, problem)
        if answer is None:
            continue
        found = diagnose(problem, answer)
        assert found.verdict != "unreadable", (bug.id, answer)
        if found.verdict != "incorrect":
            continue
        assert bug.id in [candidate.bug for candidate in found.candidates], answer
        probabilities = [candidate.probability for candidate in found.candidates]
        assert sum(probabilities) + found.unexplained == pytest.approx(1)
        for candidate in found.candidates:
            simulated = simulate(candidate.bug, problem)
            assert simulated is not None
            assert key(simulated) == key(answer), candidate.bug
            assert candidate.trace[-1].wrote.split(" = ")[-1] == simulated
            assert sum(line.first_departure for line in candidate.trace) == 1
