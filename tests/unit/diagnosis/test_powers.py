"""Powers and roots: what is a problem, verdicts in every form, slips, lines of work, exercises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import ProblemSyntaxError, diagnose, expected_answer, parse_problem, simulate, trace

from . import line_topics

BASE = st.one_of(st.integers(1, 12).map(str), st.sampled_from(("(-2)", "(-1)", "(1/2)")))
EXPONENT = st.integers(-3, 4)
SQUARE = st.integers(0, 15).map(lambda root: root * root)
PROBLEM = st.one_of(
    st.builds("{}^{}".format, BASE, EXPONENT),
    st.builds("{0}^{1} {3} {0}^{2}".format, BASE, EXPONENT, EXPONENT, st.sampled_from("+-×÷")),
    st.builds("{0}^{1} × {2}^{1} × {0}".format, BASE, EXPONENT, BASE),
    st.builds("({}^{})^{}".format, BASE, EXPONENT, EXPONENT),
    st.builds("({} {} {})^{}".format, BASE, st.sampled_from("+-"), st.integers(13, 20), st.integers(0, 3)),
    st.builds("sqrt({})".format, SQUARE),
    st.sampled_from(("sqrt(9 + 16)", "sqrt(25 - 9)", "sqrt(5^2 + 12^2)", "sqrt(4) + 3^2", "-(2 - 4)^0")),
)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("2^3", "8"),
        ("(-2)^3", "-8"),
        ("(-3)^2", "9"),
        ("(2/3)^2", "4/9"),
        ("5^0", "1"),
        ("5^-2", "1/25"),
        ("2^3 × 2^2", "32"),
        ("2 × 2^3", "16"),
        ("2^3 × 3^2", "72"),
        ("2^3 × 2^-5", "1/4"),
        ("2^6 ÷ 2^3", "8"),
        ("2^6 ÷ 3^2", "64/9"),
        ("(2^3)^2", "64"),
        ("2^3 + 2^2", "12"),
        ("(3 + 4)^2", "49"),
        ("2 × 3^2 - 4", "14"),
        ("sqrt(9 + 16)", "5"),
        ("sqrt(9/16)", "3/4"),
        ("sqrt(3^2 + 4^2)", "5"),
    ],
)
def test_usual_answer(problem: str, expected: str) -> None:
    assert expected_answer(problem) == expected
    assert parse_problem(problem).topic == "powers"
    assert diagnose(problem, expected).verdict == "correct"


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("2^3", ["8", "8.0", "16/2", "x = 8"]),
        ("5^-2", ["1/25", "0.04", "2/50", ".04"]),
        ("(-2)^3", ["-8", "(-8)", "-16/2"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "correct", answer


@pytest.mark.parametrize("answer", ["equal", "8 r 1", "?", "", "2x", "x < 3", "9^999999999", "sqrt(-4)"])
def test_answer_of_another_form_is_unreadable(answer: str) -> None:
    assert diagnose("2^3 × 2^2", answer).verdict == "unreadable"


def test_power_as_an_answer_counts_by_its_value() -> None:
    assert diagnose("2^3 × 2^2", "2^5").verdict == "not_simplified"
    assert diagnose("2^3 × 2^2", "2^6").candidates[0].bug == "powers.product_multiplies_exponents"
    assert diagnose("(3 + 4)^2", "3^2 + 4^2").candidates[0].bug == "powers.square_of_sum"


@pytest.mark.parametrize(
    "problem",
    [
        "9^9^9",
        "2^99",
        "99999^30",
        "2^x",
        "2^1.5",
        "0^0",
        "0^-2",
        "(5 - 5)^0",
        "sqrt(10)",
        "sqrt(4 - 13)",
        "1 ÷ (2^2 - 4)",
        "((((9^30)^30)^30)^30)^30",
        "(" * 13 + "2^3" + ")" * 13,
        " + ".join(["2^2"] * 30),
    ],
)
def test_what_is_no_problem_is_refused(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)


@given(PROBLEM)
@settings(max_examples=150, deadline=None)
def test_whatever_a_bug_answers_is_recognised(problem: str) -> None:
    line_topics.assert_whatever_a_bug_answers_is_recognised("powers", problem)
    assert diagnose(problem, expected_answer(problem)).verdict == "correct"


def test_answer_too_long_to_write_is_none() -> None:
    assert simulate("powers.product_multiplies_exponents", "7^9 × 7^9") is None
    assert simulate("powers.product_multiplies_exponents", "1^30 × 1^30") == "1"


def test_root_and_minus_before_the_same_power_are_told_apart() -> None:
    """The two trees are equal as tuples."""
    assert expected_answer("-(3 + 1)^2") == "-16"
    assert expected_answer("sqrt((3 + 1)^2)") == "4"


def test_slip_in_a_fact() -> None:
    (candidate,) = diagnose("2^4 + 3^3", "42").candidates
    assert candidate.bug == "slip.fact"
    assert candidate.trace[-1].wrote == "42"


@pytest.mark.parametrize(
    ("problem", "answer", "steps", "wrong", "bug"),
    [
        ("2^3 × 2^2", "64", ["2^6", "64"], 0, "powers.product_multiplies_exponents"),
        ("(3 + 4)^2", "25", ["3^2 + 4^2", "9 + 16", "25"], 0, "powers.square_of_sum"),
        ("2^3 + 5^2", "31", ["6 + 25", "31"], 0, "powers.base_times_exponent"),
    ],
)
def test_wrong_line_is_found(problem: str, answer: str, steps: list[str], wrong: int, bug: str) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert found.wrong_step is not None
    assert found.wrong_step.step == wrong
    assert found.candidates[0].bug == bug


def test_right_lines_are_let_pass() -> None:
    assert diagnose("2^3 × 2^2", "32", steps=["2^5", "32"]).wrong_step is None
    assert diagnose("2^3 + 2^2", "12", steps=["8 + 4", "12"]).wrong_step is None


def test_trace_shows_the_lines_beside_right_ones() -> None:
    lines = trace("powers.product_multiplies_bases", "2^3 × 2^2")
    assert [(line.place, line.wrote, line.right, line.first_departure) for line in lines] == [
        ("line 1", "4^5", "2^5", True),
        ("answer", "1024", "32", False),
    ]


def test_bug_that_is_not_about_the_problem_gives_no_answer() -> None:
    assert simulate("powers.sqrt_halves", "2^3") is None
    assert trace("powers.zero_exponent_zero", "sqrt(16)") == ()


def test_exercises() -> None:
    line_topics.assert_drawn_problems_are_of_the_topic("powers")
    line_topics.assert_every_bug_shows_on_drawn_problems("powers")
