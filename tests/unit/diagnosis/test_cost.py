"""What a diagnosis costs at most, counted in function calls: the same on any machine, however busy."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from chalicelib.diagnosis import ProblemSyntaxError, diagnose, parse_problem
from dev.bench.diagnosis import HOSTILE, HOSTILE_ANSWER

MOST_CALLS = 250_000
"""Calls of Python functions in the costliest diagnosis without a history: see `docs/diagnosis.md`."""


def calls_in_diagnosis(problem: str, answer: str) -> int:
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        diagnose(problem, answer)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.no_cover
@pytest.mark.parametrize("problem", HOSTILE)
def test_no_problem_costs_more_than_the_stated_number_of_calls(problem: str) -> None:
    assert diagnose(problem, HOSTILE_ANSWER).verdict == "incorrect"  # also loads what the topic needs
    assert calls_in_diagnosis(problem, HOSTILE_ANSWER) <= MOST_CALLS


@pytest.mark.parametrize(
    "problem",
    [
        " + ".join(["2^2"] * 9),  # more parts than a problem of powers may have
        "expand (x + y + 1 + x + 2)^3",  # 125 terms to put together
        "expand " + "(x + 1)" * 4,
    ],
)
def test_larger_problems_are_outside_the_grammar(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)
