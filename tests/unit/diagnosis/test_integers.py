"""Numbers with a sign: what is a problem, verdicts in every form, slips, lines of work, exercises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import ProblemSyntaxError, diagnose, expected_answer, parse_problem, simulate, trace

from . import line_topics

NUMBER = st.integers(-30, 30).map(lambda number: f"({number})" if number < 0 else str(number))
SIGN = st.sampled_from("+-")
PROBLEM = st.one_of(
    st.builds("{} {} {}".format, st.integers(-30, -1), SIGN, NUMBER),
    st.builds("{} {} {} - {}".format, st.integers(-30, 30), SIGN, NUMBER, NUMBER),
    st.builds("{} {} {} {} {} - 3".format, st.integers(-30, 30), SIGN, NUMBER, SIGN, NUMBER),
    st.builds("({}) × {} × {}".format, st.integers(-12, -1), NUMBER, NUMBER),
    st.builds("({}) ÷ {}".format, st.integers(-30, -1), st.integers(1, 9)),
    st.builds("({}) × {} - {}".format, st.integers(-12, -1), NUMBER, NUMBER),
    st.builds("-{}^{}".format, st.integers(1, 20), st.integers(0, 5)),
    st.builds("compare {}, {}, {}".format, *[st.integers(-30, 30)] * 3),
)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("-4 + (-3)", "-7"),
        ("5 - (-3)", "8"),
        ("-5 - (-5)", "0"),
        ("(-4) × (-6)", "24"),
        ("(-4)(-6)", "24"),
        ("(-2) × (-3) × (-4)", "-24"),
        ("(-12) ÷ 4", "-3"),
        ("(-7) ÷ 2", "-7/2"),
        ("8 - 3 + 2", "7"),
        ("9 - 4 - 3", "2"),
        ("3 - 5", "-2"),
        ("-3^2", "-9"),
        ("-5^0", "-1"),
        ("compare -7, -2", "-2"),
        ("compare -4, 4, 0", "4"),
        ("compare -4, -4", "equal"),
    ],
)
def test_usual_answer(problem: str, expected: str) -> None:
    assert expected_answer(problem) == expected
    assert parse_problem(problem).topic == "integers"
    assert diagnose(problem, expected).verdict == "correct"


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("-4 + (-3)", ["-7", "−7", "- 7", "(-7)", "-7.0", "-14/2", "x = -7"]),
        ("(-7) ÷ 2", ["-7/2", "-3.5", "-3 1/2"]),
        ("5 - (-5) - 10", ["0", "-0"]),
        ("compare -7, -2", ["-2", "-2.0", "-7 < -2", "-2 > -7"]),
        ("compare -4, -4", ["equal", "-4 = -4"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "correct", answer


@pytest.mark.parametrize("answer", ["equal", "7 r 1", "?", "", "minus seven", "-7 < 3", "4 ÷ (2 - 2)"])
def test_answer_of_another_form_is_unreadable(answer: str) -> None:
    assert diagnose("-4 + (-3)", answer).verdict == "unreadable"


def test_answer_still_to_be_worked_out_counts_by_its_value() -> None:
    assert diagnose("8 - 3 + 2", "5 + 2").verdict == "not_simplified"
    assert diagnose("8 - 3 + 2", "8 - 5").candidates[0].bug == "integers.right_to_left_chain"


@pytest.mark.parametrize(
    ("problem", "topics"),
    [
        ("3 - 5", ("integers", "subtraction")),
        ("12 - 5", ("subtraction", "integers")),
        ("4 + 3", ("addition", "integers")),
        ("503 - 278", ("subtraction",)),
        ("28 + 19 + 36", ("addition",)),
        ("7 × 5", ("multiplication",)),
        ("-3^2", ("integers", "powers")),
        ("5 - 2 × (-3)", ("algebra", "integers")),
        ("5 + 6 × 10", ("algebra",)),
    ],
)
def test_topics_of_a_problem_with_the_main_one_first(problem: str, topics: tuple[str, ...]) -> None:
    assert parse_problem(problem).topics == topics


@pytest.mark.parametrize(
    "problem",
    [
        "-5",
        "compare -7",
        "compare -7, -x",
        "(-6) ÷ (3 - 3)",
        "-9^99999999",
        "-99999^12",
        "(-1" + "0" * 17 + ") × 1" + "0" * 17 + " × 100",
        "-" * 14 + "5 + 3",
    ],
)
def test_what_is_no_problem_is_refused(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)


@given(PROBLEM)
@settings(max_examples=150, deadline=None)
def test_whatever_a_bug_answers_is_recognised(problem: str) -> None:
    line_topics.assert_whatever_a_bug_answers_is_recognised("integers", problem)
    assert diagnose(problem, expected_answer(problem)).verdict == "correct"


def test_two_bugs_in_one_chain() -> None:
    """5 - 9 is answered 4, and - (-3) taken as - 3."""
    found = diagnose("5 - 9 - (-3)", "1")
    assert "integers.double_negative_ignored+integers.sub_absolute_difference" in [
        candidate.bug for candidate in found.candidates
    ]


def test_slip_in_a_fact() -> None:
    (candidate,) = diagnose("-14 + (-13) + 50", "24").candidates
    assert candidate.bug == "slip.fact"
    assert candidate.trace[-1].wrote == "24"


@pytest.mark.parametrize(
    ("problem", "answer", "steps", "wrong", "bug"),
    [
        ("8 - 3 + 2", "3", ["8 - 5", "3"], 0, "integers.right_to_left_chain"),
        ("18 - 25 + 4", "11", ["7", "11"], 0, "integers.sub_absolute_difference"),
        ("4 - (-6) - 3", "-5", ["4 - (-6) = -2", "-5"], 0, "integers.double_negative_ignored"),
    ],
)
def test_wrong_line_of_a_chain_is_found(
    problem: str, answer: str, steps: list[str], wrong: int, bug: str
) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert found.wrong_step is not None
    assert found.wrong_step.step == wrong
    assert found.candidates[0].bug == bug


@pytest.mark.parametrize("steps", [["-7", "-3"], ["-7 + 4", "-3"], ["18 - 25 = -7", "-7 + 4 = -3"]])
def test_right_lines_of_a_chain_are_let_pass(steps: list[str]) -> None:
    assert diagnose("18 - 25 + 4", "-3", steps=steps).wrong_step is None


def test_trace_shows_the_lines_beside_right_ones() -> None:
    lines = trace("integers.right_to_left_chain", "8 - 3 + 2")
    assert [(line.place, line.wrote, line.right, line.first_departure) for line in lines] == [
        ("line 1", "8 - 5", "5 + 2", True),
        ("answer", "3", "7", False),
    ]


def test_bug_that_is_not_about_the_problem_gives_no_answer() -> None:
    assert simulate("integers.compare_by_magnitude", "-4 + (-3)") is None
    assert trace("integers.exponent_sign", "8 - 3 + 2") == ()


def test_exercises() -> None:
    line_topics.assert_drawn_problems_are_of_the_topic("integers")
    line_topics.assert_every_bug_shows_on_drawn_problems("integers")
