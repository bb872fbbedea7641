"""`diagnose` with steps: the first wrong line, and the diagnosis made there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import diagnose


@pytest.mark.parametrize(
    ("problem", "answer", "steps", "wrong", "bug"),
    [
        # A false equation is a smaller problem with a wrong answer.
        ("503 - 278", "335", ["13 - 8 = 5", "10 - 7 = 4"], (1, "3"), None),
        ("24 × 13", "302", ["24 × 3 = 62", "24 × 10 = 240"], (0, "72"), "multiplication.carry_omitted"),
        # A partial product on a line of its own, with or without its shift.
        ("24 × 13", "302", ["62", "240", "302"], (0, "72"), "multiplication.carry_omitted"),
        ("24 × 13", "96", ["72", "24", "96"], (2, "312"), "multiplication.partial_not_shifted"),
        # A rewriting must be worth as much as the line before; the part that is not is diagnosed.
        (
            "24 × 13",
            "302",
            ["24 × 10 + 24 × 3", "240 + 62", "302"],
            (1, "72"),
            "multiplication.carry_omitted",
        ),
        ("24 × 13", "212", ["240 + 72", "212"], (1, "312"), "addition.no_carry"),
        # Running totals of several addends.
        ("28 + 19 + 36", "73", ["37", "73"], (0, "47"), "addition.no_carry"),
        # Columns that are true in themselves, but not those of the right work.
        ("62 - 44", "28", ["12 - 4 = 8", "6 - 4 = 2"], (1, "5 - 4 = 1"), "subtraction.borrow_no_decrement"),
        ("38 + 27", "55", ["8 + 7 = 15", "3 + 2 = 5"], None, "addition.no_carry"),
        (
            "74 ÷ 3",
            "21",
            ["7 ÷ 3 = 2 r 1", "4 ÷ 3 = 1 r 1"],
            (1, "14 ÷ 3 = 4 r 2"),
            "division.partial_remainder_ignored",
        ),
        ("17 ÷ 5", "3", ["17 ÷ 5 = 3 r 3"], (0, "3 r 2"), None),
    ],
)
def test_first_wrong_line_is_found_and_diagnosed_there(
    problem: str, answer: str, steps: list[str], wrong: tuple[int, str] | None, bug: str | None
) -> None:
    found = diagnose(problem, answer, steps=steps)
    assert found.verdict == "incorrect"
    step = found.wrong_step
    assert (step and (step.step, step.expected)) == wrong
    if step:
        assert step.line == steps[step.step]
    if bug:
        assert found.candidates[0].bug == bug


@pytest.mark.parametrize(
    ("problem", "answer", "steps"),
    [
        ("24 × 13", "312", ["24 × 10 + 24 × 3", "240 + 72", "312"]),
        ("24 × 13", "312", ["72", "24", "312"]),
        ("24 × 13", "312", ["72", "240"]),
        ("503 - 278", "225", ["13 - 8 = 5", "9 - 7 = 2", "4 - 2 = 2"]),
        ("503 - 278", "225", ["503 - 280 + 2", "223 + 2", "225"]),
        ("503 - 278", "225", ["505 - 280 = 225"]),
        ("17 ÷ 5", "3 r 2", ["15 ÷ 5 = 3", "17 - 15 = 2"]),
        ("28 + 19 + 36", "83", ["47", "83"]),
    ],
)
def test_right_lines_in_any_way_of_working_are_not_wrong(problem: str, answer: str, steps: list[str]) -> None:
    assert diagnose(problem, answer, steps=steps).wrong_step is None


def test_right_answer_stays_correct_after_a_wrong_line() -> None:
    found = diagnose("24 × 13", "312", steps=["24 × 3 = 62"])
    assert (found.verdict, found.candidates, found.unexplained) == ("correct", (), 0)
    assert found.wrong_step is not None


def test_unreadable_lines_are_passed_over() -> None:
    steps = ["first I took", "\x00", "24 × ", "x = 3", "24 × 3 = 62"]
    found = diagnose("24 × 13", "302", steps=steps)
    assert found.wrong_step is not None
    assert found.wrong_step.step == 4


LINES = st.lists(st.text("0123456789 +-×÷=r/x()^", max_size=16) | st.text(max_size=8), max_size=4)


@given(st.sampled_from(["503 - 278", "24 × 13", "28 + 19 + 36", "17 ÷ 5"]), LINES)
@settings(max_examples=300)
def test_no_lines_raise_and_what_is_said_of_them_adds_up(problem: str, steps: list[str]) -> None:
    found = diagnose(problem, "91", steps=steps)
    listed = sum(candidate.probability for candidate in found.candidates)
    assert listed + found.unexplained == pytest.approx(1)
    if found.wrong_step:
        assert found.wrong_step.line == steps[found.wrong_step.step]
