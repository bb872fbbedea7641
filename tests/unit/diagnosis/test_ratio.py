"""Ratio and percentages: what is a problem, verdicts in every form, slips, lines of work, exercises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import ProblemSyntaxError, diagnose, expected_answer, parse_problem, simulate, trace

from . import line_topics

TERM = st.one_of(st.integers(1, 200).map(str), st.sampled_from(("0.5", "12.5", "1/3", "33 1/3")))
PROBLEM = st.one_of(
    st.builds("{}:{} = {}:x".format, TERM, TERM, TERM),
    st.builds("{}:x = {}:{}".format, TERM, TERM, TERM),
    st.builds("{}% of {}".format, TERM, TERM),
    st.builds("{}% of ? = {}".format, TERM, TERM),
    st.builds("?% of {} = {}".format, TERM, TERM),
    st.builds("{} {} {}%".format, TERM, st.sampled_from(("plus", "less")), TERM),
    st.builds("{0} plus {1}% less {1}%".format, TERM, TERM),
)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("2:3 = 4:x", "6"),
        ("2:3 = x:6", "4"),
        ("2:x = 4:6", "3"),
        ("x:3 = 4:6", "2"),
        ("4:x = 2:3", "6"),
        ("2:3 = 4:?", "6"),
        ("3:5 = 4:x", "20/3"),
        ("25% of 80", "20"),
        ("12.5% of 8", "1"),
        ("33 1/3% of 60", "20"),
        ("33% of 1", "0.33"),
        ("15% of ? = 240", "1600"),
        ("240 = 15% of ?", "1600"),
        ("25% of 80 = ?", "20"),
        ("?% of 40 = 28", "70%"),
        ("?% of 3 = 1", "100/3%"),
        ("80 less 20%", "64"),
        ("80 plus 20%", "96"),
        ("100 plus 50% less 50%", "75"),
        ("10 less 150%", "-5"),
    ],
)
def test_usual_answer(problem: str, expected: str) -> None:
    assert expected_answer(problem) == expected
    assert parse_problem(problem).topic == "ratio"
    assert diagnose(problem, expected).verdict == "correct"


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("2:3 = 4:x", ["6", "x = 6", "6 = x", "6.0", "12/2"]),
        ("3:5 = 4:x", ["20/3", "6 2/3", "40/6"]),
        ("25% of 80", ["20", "20.0", "40/2"]),
        ("?% of 40 = 28", ["70%", "70", "70.0%", "x = 70", "x = 70%"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "correct", answer


def test_rate_that_is_not_in_percent_has_not_the_asked_form() -> None:
    for answer in ("0.7", "7/10", "28/40"):
        assert diagnose("?% of 40 = 28", answer).verdict == "not_simplified", answer


@pytest.mark.parametrize("answer", ["equal", "6 r 1", "2:3", "4 + 2", "?", "%", "", "six"])
def test_answer_of_another_form_is_unreadable(answer: str) -> None:
    assert diagnose("2:3 = 4:x", answer).verdict == "unreadable"


@pytest.mark.parametrize(
    "problem",
    [
        "0:3 = 4:x",
        "2:3 = x:x",
        "2:3 = 4:5",
        "0% of ? = 5",
        "?% of 0 = 5",
        "?% of ? = 5",
        "25% of 80 = 20",
        "x% of y",
        "10 plus 1% plus 1% plus 1% plus 1%",
        "12345678% of 5",
        "25%",
    ],
)
def test_what_is_no_problem_is_refused(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)


@given(PROBLEM)
@settings(max_examples=150, deadline=None)
def test_whatever_a_bug_answers_is_recognised(problem: str) -> None:
    line_topics.assert_whatever_a_bug_answers_is_recognised("ratio", problem)
    assert diagnose(problem, expected_answer(problem)).verdict == "correct"


def test_answers_are_compared_by_value_but_a_percent_sign_counts() -> None:
    assert diagnose("25% of 80", "3 1/5").candidates[0].bug == "ratio.divides_by_rate"
    assert diagnose("2:3 = 4:x", "2 2/3").candidates[0].bug == "ratio.inverted"
    assert diagnose("?% of 50 = 10", "5").candidates[0].bug == "ratio.always_multiplies"
    assert "ratio.always_multiplies" not in [
        candidate.bug for candidate in diagnose("?% of 50 = 10", "5%").candidates
    ]


def test_slip_in_a_fact() -> None:
    (candidate,) = diagnose("35% of 60", "22").candidates
    assert candidate.bug == "slip.fact"
    assert candidate.trace[-1].wrote == "22"
    assert "slip.fact" in [each.bug for each in diagnose("?% of 40 = 28", "71%").candidates]


def test_wrong_line_of_a_change_is_found() -> None:
    found = diagnose("80 less 20%", "60", steps=["20% of 80 = 20", "80 - 20 = 60"])
    assert found.wrong_step is not None
    assert (found.wrong_step.step, found.wrong_step.expected) == (0, "16")
    assert found.candidates[0].bug == "ratio.off_as_amount"
    assert diagnose("80 less 20%", "64", steps=["20% of 80 = 16", "80 - 16 = 64"]).wrong_step is None


def test_trace_shows_the_lines_beside_right_ones() -> None:
    lines = trace("ratio.off_as_amount", "80 less 20%")
    assert [(line.wrote, line.right, line.first_departure) for line in lines] == [("60", "64", True)]
    assert trace("ratio.additive", "25% of 80") == ()
    assert simulate("ratio.additive", "25% of 80") is None


def test_exercises() -> None:
    line_topics.assert_drawn_problems_are_of_the_topic("ratio")
    line_topics.assert_every_bug_shows_on_drawn_problems("ratio")
