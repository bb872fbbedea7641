"""Fractions: what is a problem, verdicts in every form, bugs together, slips, lines of work, exercises."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import ProblemSyntaxError, diagnose, expected_answer, parse_problem, simulate, trace

from . import line_topics

TERM = st.integers(1, 20)
PROPER = st.builds("{}/{}".format, TERM, TERM)
MIXED = st.builds("{} {}/{}".format, TERM, TERM, TERM)
NUMBER = st.one_of(TERM.map(str), PROPER, MIXED)
OPERATION = st.one_of(
    st.builds("{} {} {}".format, NUMBER, st.sampled_from("+-×÷"), st.one_of(PROPER, MIXED)),
    st.builds("{} of {}".format, PROPER, NUMBER),
    st.builds("{} + {} + {}".format, PROPER, NUMBER, NUMBER),
)
PROBLEM = st.one_of(
    OPERATION,
    st.builds("simplify {}".format, st.one_of(PROPER, MIXED)),
    st.builds("improper {}".format, MIXED),
    st.builds("{} = ?/{}".format, PROPER, TERM),
    st.builds("compare {}, {}".format, PROPER, NUMBER),
)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("4/5 + 2/3", "22/15"),
        ("1/4 + 3/4", "1"),
        ("1/2 + 1/3 + 1/6", "1"),
        ("3 + 1/4", "13/4"),
        ("2 + 1 1/2 + 3/4", "4 1/4"),
        ("6 - 1 1/4", "4 3/4"),
        ("1 1/4 - 6", "-4 3/4"),
        ("1/4 - 3/4", "-1/2"),
        ("2/3 × 3", "2"),
        ("1/3 of 2/3", "2/9"),
        ("2 1/2 ÷ 5", "1/2"),
        ("0/4 ÷ 1/2", "0"),
        ("simplify 8/4", "2"),
        ("simplify 2 6/8", "2 3/4"),
        ("simplify 3/7", "3/7"),
        ("improper 2 2/4", "10/4"),
        ("2/3 = ?/6", "4"),
        ("?/6 = 2/3", "4"),
        ("2/3 = ?/7", "14/3"),
        ("2/3 = 8/?", "12"),
        ("2/3 = x/6", "4"),
        ("compare 1/2, 2/4", "equal"),
        ("compare 1/2, 2/3, 3/5", "2/3"),
        ("compare 2, 2 1/3", "2 1/3"),
    ],
)
def test_usual_answer(problem: str, expected: str) -> None:
    assert expected_answer(problem) == expected
    assert parse_problem(problem).topic == "fractions"


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("4/5 + 2/3", ["22/15", "44/30", "1 7/15", "x = 22/15"]),
        ("1/4 + 1/4", ["1/2", "2/4", "0.5", ".50", "0,5", "50%"]),
        ("6 - 1 1/4", ["4 3/4", "19/4", "4.75", "4 6/8"]),
        ("1/4 - 3/4", ["-1/2", "-2/4", "-0.5"]),
        ("2/3 × 3", ["2", "6/3", "2/1", "2.0"]),
        ("simplify 6/4", ["3/2", "1 1/2"]),
        ("simplify 8/4", ["2"]),
        ("improper 2 2/4", ["10/4", "5/2", "20/8"]),
        ("2/3 = ?/6", ["4", "x = 4", "4 = x", "? = 4", "4/6", "2/3 = 4/6", "4.0"]),
        ("2/3 = 8/?", ["12", "8/12"]),
        ("compare 4/5, 11/12", ["11/12", "22/24", "11/12 > 4/5", "4/5 < 11/12"]),
        ("compare 1/2, 2/4", ["equal", "Equal", "1/2 = 2/4"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "correct", answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("simplify 4/8", ["4/8", "2/4", "0.5"]),
        ("simplify 8/4", ["8/4", "2/1", "4/2"]),
        ("simplify 2 6/8", ["2 6/8", "22/8", "1 7/4"]),
        ("improper 2 3/4", ["2 3/4", "1 7/4", "2.75"]),
    ],
)
def test_right_value_in_another_form_than_asked_is_not_simplified(problem: str, answers: list[str]) -> None:
    for answer in answers:
        found = diagnose(problem, answer)
        assert (found.verdict, found.candidates, found.unexplained) == ("not_simplified", (), 0), answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("4/5 + 2/3", ["equal", "1 r 7", "4/5 + 2/3", "22/0", "2/3 < 1", "", "a/b", "--1/2", "?%"]),
        ("compare 4/5, 11/12", ["1/2 + 1/3", "x", "2 r 1"]),
    ],
)
def test_answer_of_another_form_is_unreadable(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "unreadable", answer


def test_comparison_of_other_numbers_is_wrong() -> None:
    for answer in ("3", "1/2 < 11/12", "4/5 > 11/12", "4/5 = 11/12", "11/12 < 11/12"):
        assert diagnose("compare 4/5, 11/12", answer).verdict == "incorrect", answer
    assert diagnose("compare 1/2, 2/4", "1/2").verdict == "incorrect"


@pytest.mark.parametrize(
    "problem",
    [
        "1/2 ÷ 0/3",
        "1/2 ÷ 0",
        "1/2 + 1/0",
        "2/3 = ?/?",
        "0/3 = 2/?",
        "improper 3",
        "simplify 3",
        "1/2 + 1/2 + 1/2 + 1/2 + 1/2 + 1/2",
        "1/2 - 1/3 - 1/4",
        f"1/{10**6} + 1/2",
        "1/2 + 0.5",
        "1/2",
    ],
)
def test_what_is_no_problem_is_refused(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)


@given(OPERATION, st.integers(1, 6))
@settings(max_examples=300)
def test_right_answers_are_never_wrong(problem: str, factor: int) -> None:
    sign = "-" if expected_answer(problem).startswith("-") else ""
    whole, _, part = expected_answer(problem).removeprefix("-").rpartition(" ")
    number = Fraction(int(whole or 0)) + Fraction(part)
    forms = [f"{number.numerator * factor}/{number.denominator * factor}"]
    if number > 1:
        rest = number - number.numerator // number.denominator
        forms.append(f"{number - rest} {rest.numerator * factor}/{rest.denominator * factor}")
    if number.denominator in {1, 2, 4, 5, 8, 10, 20}:
        forms.append(str(Decimal(number.numerator) / number.denominator))
    for form in forms:
        assert diagnose(problem, sign + form).verdict == "correct", form


@given(PROBLEM)
@settings(max_examples=150, deadline=None)
def test_whatever_a_bug_answers_is_recognised(problem: str) -> None:
    line_topics.assert_whatever_a_bug_answers_is_recognised("fractions", problem)


def test_answers_are_told_apart_by_their_form() -> None:
    def named(problem: str, answer: str) -> list[str]:
        return [candidate.bug for candidate in diagnose(problem, answer).candidates]

    assert named("4/5 + 2/3", "6/8") == ["fractions.add_tops_and_bottoms"]
    assert "fractions.add_tops_and_bottoms" not in named("4/5 + 2/3", "3/4")
    assert named("4 - 1/3", "3") == named("4 - 1/3", "3/1") == ["fractions.sub_tops_and_bottoms"]


def test_unsimplified_right_answers_do_not_speak_against_a_bug() -> None:
    # With equal denominators the bug leaves a right answer, 2/4, which this student has written as 1/2.
    history = [("1/4 + 1/4", "1/2"), ("2/3 × 4/5", "8/15")]
    alone = diagnose("2/5 + 1/2", "3/10").candidates[0]
    told = diagnose("2/5 + 1/2", "3/10", history=history).candidates[0]
    assert alone.bug == told.bug == "fractions.lcd_numerators_unchanged"
    assert told.probability > 0.95


def test_two_bugs_together() -> None:
    # The common denominator with the old numerators, 1/20 + 2/20, and then both parts are added.
    pair = "fractions.add_tops_and_bottoms+fractions.lcd_numerators_unchanged"
    assert simulate(pair, "1/4 + 2/5") == "3/40"
    assert [candidate.bug for candidate in diagnose("1/4 + 2/5", "3/40").candidates] == [pair]
    assert simulate("fractions.mul_cross+fractions.add_tops_and_bottoms", "1/4 + 2/5") is None


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("2/5 + 1/3", "12/15"),  # 6 + 5 = 12
        ("2/5 + 1/3", "4/5"),  # the same, simplified
        ("2/3 × 5/7", "10/22"),  # 3 × 7 = 22
        ("3 1/5 + 2 1/5", "6 2/5"),  # 3 + 2 = 6
        ("improper 5 3/7", "37/7"),
    ],
)
def test_slip_in_a_fact(problem: str, answer: str) -> None:
    (candidate,) = diagnose(problem, answer).candidates
    assert candidate.bug == "slip.fact"
    assert candidate.trace[-1].wrote == answer


@pytest.mark.parametrize(
    ("problem", "answer", "steps", "wrong", "bug"),
    [
        ("2/5 + 1/2", "3/10", ["2/10 + 1/10", "3/10"], (0, "4/10"), "fractions.lcd_numerators_unchanged"),
        ("2/5 + 1/2", "9/20", ["4/10 + 5/10", "9/20"], (1, "9/10"), "fractions.add_tops_and_bottoms"),
        ("1/2 + 1/3", "6/6", ["1/2 = 5/6", "1/3 = 2/6", "7/6"], (0, "3/6"), "fractions.equiv_add_same"),
        ("1 3/4 + 1/4", "3/4", ["4/4 + 1/4", "5/4"], (0, "7/4"), "fractions.improper_sum"),
        ("simplify 8/12", "2/6", ["4/6", "2/6"], (1, "2/3"), "fractions.simplify_one_part"),
        ("2/3 ÷ 3/8", "9/16", ["3/2 × 3/8", "9/16"], (0, "16/9"), "fractions.div_invert_first"),
    ],
)
def test_first_wrong_line_is_found_and_diagnosed_there(
    problem: str, answer: str, steps: list[str], wrong: tuple[int, str], bug: str
) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert found.wrong_step is not None
    assert (found.wrong_step.step, found.wrong_step.expected) == wrong
    assert found.candidates[0].bug == bug


@pytest.mark.parametrize(
    ("problem", "answer", "steps"),
    [
        ("2/5 + 1/2", "9/10", ["4/10 + 5/10", "9/10"]),
        ("2/5 + 1/2", "9/10", ["2/5 = 4/10", "1/2 = 5/10", "4/10 + 5/10 = 9/10"]),
        ("6 - 1 1/4", "4 3/4", ["5 4/4 - 1 1/4", "4 3/4"]),
        ("2/3 ÷ 3/8", "1 7/9", ["2/3 × 8/3", "16/9", "1 7/9"]),
        ("simplify 8/12", "2/3", ["4/6", "2/3"]),
        ("1/4 + 1/4", "1/2", ["2/4", "0.5"]),
    ],
)
def test_equivalent_lines_are_not_wrong(problem: str, answer: str, steps: list[str]) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert (found.verdict, found.wrong_step) == ("correct", None)


def test_trace_shows_the_lines_beside_right_ones() -> None:
    lines = trace("fractions.lcd_numerators_unchanged", "2/5 + 1/2")
    assert [(line.place, line.wrote, line.right, line.first_departure) for line in lines] == [
        ("common denominator", "2/10 + 1/10", "4/10 + 5/10", True),
        ("answer", "3/10", "9/10", False),
    ]
    assert trace("fractions.mul_cross", "2/5 + 1/2") == ()
    inverted = trace("fractions.result_inverted", "2/5 + 1/5")
    assert [(line.wrote, line.right, line.first_departure) for line in inverted] == [
        ("3/5", "3/5", False),
        ("5/3", "", True),
    ]


def test_exercises() -> None:
    line_topics.assert_drawn_problems_are_of_the_topic("fractions")
    line_topics.assert_every_bug_shows_on_drawn_problems("fractions")
