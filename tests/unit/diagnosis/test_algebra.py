"""Equations, brackets, order of operations: problems, verdicts in every form, lines of work, exercises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import (
    ProblemSyntaxError,
    bugs,
    diagnose,
    expected_answer,
    generate,
    parse_problem,
    simulate,
    trace,
)

from . import line_topics

FACTOR = st.integers(2, 12)
NUMBER = st.integers(-30, 30).filter(bool)
BEHIND = NUMBER.map(lambda number: f"- {-number}" if number < 0 else f"+ {number}")
RELATION = st.sampled_from("==<>")
PROBLEM = st.one_of(
    st.builds("{}x {} {} {}".format, NUMBER, BEHIND, RELATION, NUMBER),
    st.builds("x/{} {} {} {}".format, FACTOR, BEHIND, RELATION, NUMBER),
    st.builds("{} - {}x {} {}".format, FACTOR, FACTOR, RELATION, NUMBER),
    st.builds("{}(x {}) = {}".format, NUMBER, BEHIND, NUMBER),
    st.builds("{} - {}(x {}) {} {}".format, NUMBER, FACTOR, BEHIND, RELATION, NUMBER),
    st.builds("{}x {} = {}x {}".format, FACTOR, BEHIND, st.integers(13, 20), BEHIND),
    st.builds("{}x + {}x = {}".format, FACTOR, FACTOR, NUMBER),
    st.builds("expand {}({}x {}) - {}(x {})".format, NUMBER, FACTOR, BEHIND, FACTOR, BEHIND),
    st.builds("expand ({}x {})^2".format, FACTOR, BEHIND),
    st.builds("{} + {} × {} - {}".format, FACTOR, FACTOR, FACTOR, FACTOR),
    st.builds("{} × ({} - {}) ÷ {}".format, FACTOR, FACTOR, FACTOR, FACTOR),
)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("2x + 3 = 11", "4"),
        ("11 = 2x + 3", "4"),
        ("3(x + 2) = 12", "2"),
        ("2(x - 1) + 3(x + 2) = 19", "3"),
        ("5x = 2x + 9", "3"),
        ("3x = 2x - 5", "-5"),
        ("x/4 = 12", "48"),
        ("3x/4 = 6", "8"),
        ("x ÷ 4 = 12", "48"),
        ("1/2x + 1 = 4", "6"),
        ("6x = 4", "2/3"),
        ("-x = 5", "-5"),
        ("10 - (x - 3) = 8", "5"),
        ("x × 1 = 4", "4"),
        ("-5 = 2x - x", "-5"),
        ("-2x > 6", "x < -3"),
        ("6 < -2y", "y < -3"),
        ("3(x - 1) <= 9", "x <= 4"),
        ("expand 3(6x - 4) + 2(3x - 3)", "24x - 18"),
        ("expand (z - 4)^2", "z^2 - 8z + 16"),
        ("expand (a + b)^2", "a^2 + 2ab + b^2"),
        ("expand (x + 2)(x - 2)", "x^2 - 4"),
        ("expand x(x + 3)", "x^2 + 3x"),
        ("expand (x + 1)^3", "x^3 + 3x^2 + 3x + 1"),
        ("expand 2(x + 1) - 2x", "2"),
        ("expand 2(x + 1) - 2(x + 1)", "0"),
        ("5 + 6 × 10", "65"),
        ("2 × (3 + 4)", "14"),
        ("60 ÷ 6 × 2", "20"),
        ("7 - 3 ÷ 2", "11/2"),
    ],
)
def test_usual_answer(problem: str, expected: str) -> None:
    assert expected_answer(problem) == expected
    assert parse_problem(problem).topic == "algebra"
    assert diagnose(problem, expected).verdict == "correct"


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("2x + 3 = 11", ["4", "x = 4", "4 = x", "x = 8/2", "4.0", "X = 4"]),
        ("6x = 4", ["2/3", "4/6", "x = 4/6"]),
        ("2x + 3 = 8", ["5/2", "2.5", "2 1/2", "x = 2.5"]),
        ("-2x > 6", ["x < -3", "-3 > x", "x < -6/2"]),
        ("expand 3(6x - 4) + 2(3x - 3)", ["24x - 18", "-18 + 24x", "24 × x - 18"]),
        ("expand (z - 4)^2", ["z^2 - 8z + 16", "16 - 8z + z^2"]),
        ("5 + 6 × 10", ["65", "65.0", "130/2"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "correct", answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("2x + 3 = 11", ["2x = 8", "x - 4 = 0", "x = 8 ÷ 2", "-x = -4", "2 + 2"]),
        ("-2x > 6", ["-x > 3", "2x < -6"]),
        ("expand 3(6x - 4) + 2(3x - 3)", ["18x - 12 + 6x - 6", "6(4x - 3)", "4x × 6 - 18", "24x - 12 - 6"]),
        ("expand (z - 4)^2", ["(z - 4)(z - 4)", "(z - 4)^2", "z × z - 8z + 16"]),
        ("5 + 6 × 10", ["5 + 60"]),
    ],
)
def test_right_answer_that_is_not_finished_has_not_the_asked_form(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "not_simplified", answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("2x + 3 = 11", ["equal", "x", "x > 4", "x = x", "4 r 1", "x^2 = 16", "x = 2y", "?", ""]),
        ("-2x > 6", ["-3", "y < -3", "3 < 4", "equal"]),
        ("expand (z - 4)^2", ["z = 4", "equal", "1/z", "z^99", "4 r 1"]),
        ("5 + 6 × 10", ["x", "x > 65", "equal"]),
    ],
)
def test_answer_of_another_form_is_unreadable(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert diagnose(problem, answer).verdict == "unreadable", answer


@pytest.mark.parametrize(
    "problem",
    [
        "x = 4",
        "-3 = x",
        "x + 2 = x + 3",
        "x + 2 = x + 2",
        "x^2 = 9",
        "x(x + 2) = 8",
        "1/x = 2",
        "2x + y = 3",
        "3(2(x + 1) + 4) = 12",
        "expand 2x + 3x",
        "expand (x + y + z)^2",
        "expand (x + 1)^64",
        "expand (x + 1)(x + 1)(x + 1)(x + 1)",
        "expand (x + 1)^2(x + 1)^2",
        "expand " + "2(" * 13 + "x + 1" + ")" * 13,
        "9^99999x + 1 = 4",
        "6 ÷ (3 - 3) + 1",
        " + ".join(["x"] * 45) + " = 3",
    ],
)
def test_what_is_no_problem_is_refused(problem: str) -> None:
    with pytest.raises(ProblemSyntaxError):
        parse_problem(problem)


@given(PROBLEM)
@settings(max_examples=150, deadline=None)
def test_whatever_a_bug_answers_is_recognised(problem: str) -> None:
    line_topics.assert_whatever_a_bug_answers_is_recognised("algebra", problem)
    assert diagnose(problem, expected_answer(problem)).verdict == "correct"


def test_answers_are_compared_as_mathematics() -> None:
    assert diagnose("2x + 3 = 11", "2x = 14").candidates[0].bug == "algebra.transpose_no_sign_change"
    assert diagnose("expand (z - 4)^2", "-16 + z^2").candidates[0].bug == "algebra.square_of_binomial"
    assert diagnose("-2x > 6", "-3 < x").candidates[0].bug == "algebra.inequality_sign_not_flipped"
    assert diagnose("-2x > 6", "x = -3").verdict == "incorrect"


def test_two_bugs_in_one_equation() -> None:
    """3x + 2 = 12, 3x = 14."""
    found = diagnose("3(x + 2) = 12", "14/3")
    assert "algebra.partial_distribution+algebra.transpose_no_sign_change" in [
        candidate.bug for candidate in found.candidates
    ]


def test_slip_in_a_fact() -> None:
    found = diagnose("7x + 13 = 69", "9")
    assert [candidate.bug for candidate in found.candidates] == ["slip.fact"]
    assert found.candidates[0].trace[-1].wrote == "x = 9"


@pytest.mark.parametrize(
    ("problem", "answer", "steps", "wrong", "bug"),
    [
        ("2x + 3 = 11", "7", ["2x = 14", "x = 7"], (0, "2x = 8"), "algebra.transpose_no_sign_change"),
        ("2x + 3 = 11", "7", ["14 = 2x", "x = 7"], (0, "2x = 8"), "algebra.transpose_no_sign_change"),
        ("2x + 3 = 11", "7", ["x = 7"], (0, "x = 4"), "algebra.transpose_no_sign_change"),
        ("2x + 3 = 11", "x = 3", ["2x = 8", "x = 8/2", "x = 3"], (2, "x = 4"), None),
        (
            "3(x + 2) = 12",
            "6",
            ["3x + 6 = 12", "3x = 18", "6"],
            (1, "3x = 6"),
            "algebra.transpose_no_sign_change",
        ),
        (
            "3(x + 2) = 12",
            "10/3",
            ["3x + 2 = 12", "10/3"],
            (0, "3x + 6 = 12"),
            "algebra.partial_distribution",
        ),
        ("0 - x = 4", "4", ["x = 4"], (0, "x = -4"), "algebra.negatives_refused"),
        ("x + 2x = 9", "3", ["3x^2 = 9"], (0, "3x = 9"), None),
        ("5 + 6 × 10", "110", ["11 × 10", "110"], (0, "65"), "algebra.left_to_right"),
        (
            "-2x > 6",
            "x > -3",
            ["x > 6 ÷ (-2)", "x > -3"],
            (0, "x < -3"),
            "algebra.inequality_sign_not_flipped",
        ),
        (
            "expand 3(6x - 4)",
            "18x - 4",
            ["3(6x - 4) = 18x - 4"],
            (0, "18x - 12"),
            "algebra.partial_distribution",
        ),
        (
            "expand 3(6x - 4) + 2(3x - 3)",
            "24x + 18",
            ["18x - 12 + 6x - 6", "24x + 18"],
            (1, "24x - 18"),
            "algebra.product_sign_expand",
        ),
    ],
)
def test_wrong_line_is_found(
    problem: str, answer: str, steps: list[str], wrong: tuple[int, str], bug: str | None
) -> None:
    found = diagnose(problem, answer, steps=steps)
    step = found.wrong_step
    assert step is not None
    assert (step.step, step.expected) == wrong
    assert bug is None or found.candidates[0].bug == bug


@pytest.mark.parametrize("bug", bugs("algebra"), ids=lambda bug: bug.id)
def test_right_line_in_place_of_an_equation_is_an_equation_with_the_same_solution(bug) -> None:
    for problem in generate("algebra", seed=bug.id, count=4, provoke=[bug.id]):
        written = [line.wrote for line in trace(bug.id, problem)]
        step = diagnose(problem, written[-1], steps=written).wrong_step
        assert step is not None
        if "=" in problem and "=" in step.line:
            assert diagnose(problem, step.expected).verdict in {"correct", "not_simplified"}


@pytest.mark.parametrize(
    ("problem", "answer", "steps"),
    [
        ("2x + 3 = 11", "4", ["2x = 11 - 3", "2x = 8", "x = 4"]),
        ("2x + 3 = 11", "4", ["11 - 3 = 8", "8 ÷ 2 = 4"]),
        ("2x + 3 = 11", "4", ["8", "4"]),
        ("2x + 3 = 11", "x = 4", ["x + 3/2 = 11/2", "4 = x"]),
        ("-2x > 6", "x < -3", ["2x < -6", "-3 > x"]),
        ("expand (z - 4)^2", "z^2 - 8z + 16", ["(z - 4)(z - 4)", "z^2 - 4z - 4z + 16"]),
        ("5 + 6 × 10", "65", ["60", "65"]),
        ("5 + 6 × 10", "65", ["6 × 10 = 60", "5 + 60 = 65"]),
    ],
)
def test_equivalent_lines_are_let_pass(problem: str, answer: str, steps: list[str]) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert (found.verdict, found.wrong_step) == ("correct", None)


def test_trace_shows_the_lines_beside_right_ones() -> None:
    lines = trace("algebra.negative_bracket", "10 - (x - 3) = 8")
    assert [(line.place, line.wrote, line.right, line.first_departure) for line in lines] == [
        ("brackets", "10 - x - 3 = 8", "10 - x + 3 = 8", True),
        ("like terms", "7 - x = 8", "13 - x = 8", False),
        ("numbers", "-x = 1", "-x = -5", False),
        ("answer", "x = -1", "x = 5", False),
    ]


def test_solution_without_its_minus_departs_in_the_last_line_only() -> None:
    lines = trace("algebra.negatives_refused", "3x + 16 = 2x + 11")
    assert [(line.wrote, line.right, line.first_departure) for line in lines] == [
        ("x + 16 = 11", "x + 16 = 11", False),
        ("x = 5", "x = -5", True),
    ]
    lines = trace("algebra.negatives_refused", "3x = 2x - 5")
    assert [(line.wrote, line.right, line.first_departure) for line in lines] == [("x = 5", "x = -5", True)]


def test_bug_that_is_not_about_the_problem_gives_no_answer() -> None:
    assert simulate("algebra.left_to_right", "2x = 8") is None
    assert trace("algebra.inverted_division", "5 + 6 × 10") == ()


def test_exercises() -> None:
    line_topics.assert_drawn_problems_are_of_the_topic("algebra")
    line_topics.assert_every_bug_shows_on_drawn_problems("algebra")
