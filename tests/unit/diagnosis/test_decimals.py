"""Decimals: what is a problem, verdicts in every form, bugs together, slips, lines of work, exercises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import ProblemSyntaxError, diagnose, expected_answer, parse_problem, simulate, trace

from . import line_topics

WHOLE = st.integers(0, 99).map(str)
DECIMAL = st.builds("{}.{}".format, st.integers(0, 30), st.from_regex("[0-9]{1,3}", fullmatch=True))
POSITIVE = st.builds("{}.{}".format, st.integers(1, 30), st.integers(0, 999))
NUMBER = st.one_of(WHOLE, DECIMAL)
OPERATION = st.one_of(
    st.builds("{} {} {}".format, NUMBER, st.sampled_from("+-×"), DECIMAL),
    st.builds("{} ÷ {}".format, NUMBER, POSITIVE),
    st.builds("{} {} {}".format, DECIMAL, st.sampled_from("×÷"), st.sampled_from((10, 100, 1000))),
    st.builds("{} ÷ {}".format, DECIMAL, st.integers(1, 20)),
    st.builds("{} + {} + {}".format, DECIMAL, NUMBER, NUMBER),
)
PROBLEM = st.one_of(
    OPERATION,
    st.builds("compare {}, {}".format, NUMBER, DECIMAL),
    st.builds("round {} to {}".format, NUMBER, st.sampled_from(("tens", "ones", "tenths", "hundredths"))),
    st.builds("decimal {}/{}".format, st.integers(0, 30), st.integers(1, 30)),
)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("2.5 + 0.35", "2.85"),
        ("0.25 + 0.75", "1"),
        ("1.5 + 2 + 0.25", "3.75"),
        ("3.00 - 0.40", "2.6"),
        ("0.5 - 2.75", "-2.25"),
        ("0.5 × 0.4", "0.2"),
        ("0.0 × 7", "0"),
        ("7.3 ÷ 5", "1.46"),
        ("4.2 ÷ 0.6", "7"),
        ("0.3633 ÷ 10000", "0.00003633"),
        ("2.5 ÷ 3", "0.83"),
        ("0.01 ÷ 3", "0.0033"),
        ("decimal 1/2", "0.5"),
        ("decimal 2/3", "0.67"),
        ("decimal 1 1/4", "1.25"),
        ("round 3.96 to tenths", "4.0"),
        ("round 3.85 to tenths", "3.9"),
        ("round 3.2 to hundredths", "3.2"),
        ("round 387 to tens", "390"),
        ("round 3.87 to hundreds", "0"),
        ("compare 0.45, 0.5", "0.5"),
        ("compare 0.50, 0.5", "equal"),
        ("compare 3, 2.99, 3.01", "3.01"),
    ],
)
def test_usual_answer(problem: str, expected: str) -> None:
    assert expected_answer(problem) == expected
    assert parse_problem(problem).topic == "decimals"


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("2.5 + 0.35", ["2.85", "2.850", "02.85", "2,85", "57/20", "2 17/20", "285/100", "x = 2.85"]),
        ("0.25 + 0.75", ["1", "1.00", "4/4", "100%"]),
        ("0.5 - 2.75", ["-2.25", "-2 1/4", "-9/4"]),
        ("2.5 ÷ 3", ["0.83", "0.833", "0.8333", "5/6"]),
        ("1.9 ÷ 0.6", ["3.17", "3.1667", "3 1/6"]),
        ("decimal 2/3", ["0.67", "0.667"]),
        ("decimal 1/2", ["0.5", ".5", "0.50", "0,5"]),
        ("round 3.96 to tenths", ["4.0"]),
        ("round 3.2 to hundredths", ["3.2", "3.20"]),
        ("round 387 to tens", ["390"]),
        ("compare 0.45, 0.5", ["0.5", "0.50", "1/2", "0.45 < 0.5"]),
        ("compare 0.50, 0.5", ["equal", "0.5 = 0.50"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "correct", answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("decimal 1/2", ["1/2", "2/4", "50%"]),
        ("decimal 2/3", ["2/3"]),
        ("round 3.96 to tenths", ["4", "4.00", "40/10"]),
        ("round 387 to tens", ["390.0"]),
    ],
)
def test_right_value_in_another_form_than_asked_is_not_simplified(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "not_simplified", answer


def test_rounding_and_cutting_are_no_substitutes_for_the_exact_answer() -> None:
    for problem, answer in [
        ("7.3 ÷ 5", "1.5"),  # it ends: 1.46
        ("4.5 ÷ 4", "1.13"),  # it ends: 1.125
        ("2.5 ÷ 3", "0.8"),  # one place only
        ("2 ÷ 0.3", "6.66"),  # cut, not rounded
        ("round 3.96 to tenths", "3.96"),
    ]:
        assert diagnose(problem, answer).verdict == "incorrect", problem


@pytest.mark.parametrize("answer", ["equal", "2 r 5", "2.5 + 0.35", "2.8.5", "1/0", "", "two", "2.85 < 3"])
def test_answer_of_another_form_is_unreadable(answer: str) -> None:
    assert diagnose("2.5 + 0.35", answer).verdict == "unreadable"


@pytest.mark.parametrize(
    "problem",
    [
        "4.2 ÷ 0.0",
        "decimal 3",
        "decimal 0.5",
        "round 1/2 to tenths",
        "compare 0.5, 1/2",
        "0.5 - 0.2 - 0.1",
        "0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1",
        "1234567.123456 + 1",
        "2.5",
    ],
)
def test_what_is_no_problem_is_refused(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)


def test_decimal_comma() -> None:
    assert str(parse_problem("2,5 + 0,35", "es")) == "2.5 + 0.35"
    assert diagnose("2,5 + 0,35", "0,60", locale="es").candidates[0].bug == "decimals.add_right_aligned"


@given(OPERATION, st.integers(0, 3))
@settings(max_examples=300)
def test_right_answers_are_never_wrong(problem: str, zeros: int) -> None:
    expected = expected_answer(problem)
    longer = expected + "." * ("." not in expected and zeros > 0) + "0" * zeros
    for form in (expected, longer, f"x = {expected}"):
        assert diagnose(problem, form).verdict == "correct", form


@given(PROBLEM)
@settings(max_examples=150, deadline=None)
def test_whatever_a_bug_answers_is_recognised(problem: str) -> None:
    line_topics.assert_whatever_a_bug_answers_is_recognised("decimals", problem)


def test_zeros_at_the_end_tell_bugs_apart() -> None:
    appended = [candidate.bug for candidate in diagnose("2.5 × 10", "2.50").candidates]
    assert "decimals.pow10_append_zero" in appended
    assert "decimals.pow10_one_place_short" not in appended
    short = [candidate.bug for candidate in diagnose("2.5 × 10", "2.5").candidates]
    assert "decimals.pow10_one_place_short" in short
    assert "decimals.pow10_append_zero" not in short


def test_two_bugs_together() -> None:
    pair = "decimals.add_right_aligned+decimals.sum_point_lost"
    assert simulate(pair, "2.5 + 0.35") == "60"
    assert pair in [candidate.bug for candidate in diagnose("2.5 + 0.35", "60").candidates]
    assert simulate("decimals.mul_places_max+decimals.mul_trailing_zero_dropped", "2.5 × 0.4") == "1.0"


@pytest.mark.parametrize(
    ("problem", "answer", "slip"),
    [
        ("2.47 + 1.35", "3.81", "slip.fact"),
        ("7.2 - 1.8", "5.5", "slip.fact"),
        ("1.7 × 3.4", "5.88", "slip.fact"),
        ("9.6 ÷ 4", "2.3", "slip.fact"),
        ("12.3 × 1.5", "1.845", "slip.point"),
    ],
)
def test_slip(problem: str, answer: str, slip: str) -> None:
    found = {candidate.bug: candidate for candidate in diagnose(problem, answer).candidates}
    assert found[slip].trace[-1].wrote == answer


@pytest.mark.parametrize(
    ("problem", "answer", "steps", "wrong", "bug"),
    [
        ("0.4 × 0.6", "2.4", ["4 × 6 = 24", "2.4"], (1, "0.24"), "decimals.mul_places_max"),
        ("2.5 + 0.35", "285", ["2.50 + 0.35", "285"], (1, "2.85"), "decimals.sum_point_lost"),
        ("4.2 ÷ 0.6", "0.7", ["4.2 ÷ 6", "0.7"], (0, "7"), "decimals.div_divisor_point_ignored"),
    ],
)
def test_first_wrong_line_is_found_and_diagnosed_there(
    problem: str, answer: str, steps: list[str], wrong: tuple[int, str], bug: str
) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert found.wrong_step is not None
    assert (found.wrong_step.step, found.wrong_step.expected) == wrong
    assert found.candidates[0].bug == bug


def test_equivalent_lines_are_not_wrong() -> None:
    for problem, answer, steps in [
        ("4.2 ÷ 0.6", "7", ["42 ÷ 6", "7"]),
        ("2.5 + 0.35", "2.85", ["2.50 + 0.35", "2.85"]),
        ("2.5 × 3", "7.5", ["2 × 3 = 6", "0.5 × 3 = 1.5", "6 + 1.5", "7.50"]),
    ]:
        found = diagnose(problem, answer, steps=steps)
        assert (found.verdict, found.wrong_step) == ("correct", None)


def test_trace_shows_the_lines_beside_right_ones() -> None:
    lines = trace("decimals.mul_places_max", "0.4 × 0.6")
    assert [(line.place, line.wrote, line.right, line.first_departure) for line in lines] == [
        ("without the point", "24", "24", False),
        ("answer", "2.4", "0.24", True),
    ]
    twice = trace("decimals.double_rounding", "round 0.1445 to tenths")
    assert [line.wrote for line in twice] == ["0.145", "0.15", "0.2"]


def test_exercises() -> None:
    line_topics.assert_drawn_problems_are_of_the_topic("decimals")
    line_topics.assert_every_bug_shows_on_drawn_problems("decimals")
