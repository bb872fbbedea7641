"""Bugs that nobody is to be suspected of."""

from __future__ import annotations

import pytest

from chalicelib.diagnosis import Diagnosis, bugs, diagnose, generate, simulate

ALL = frozenset(bug.id for bug in bugs("subtraction"))
HISTORY = [("62 - 44", "28"), ("81 - 35", "54"), ("503 - 278", "375")]


def named(found: Diagnosis) -> set[str]:
    return {part for candidate in found.candidates for part in candidate.bug.split("+")}


def total(found: Diagnosis) -> float:
    return sum(candidate.probability for candidate in found.candidates) + found.unexplained


@pytest.mark.parametrize("history", [[], HISTORY], ids=["no history", "history"])
def test_it_is_not_a_candidate_and_the_others_take_its_place(history: list[tuple[str, str]]) -> None:
    whole = diagnose("503 - 278", "375", history=history)
    best, *others = [candidate.bug for candidate in whole.candidates]
    found = diagnose("503 - 278", "375", history=history, without=[best])
    assert [candidate.bug for candidate in found.candidates] == others
    assert found.unexplained > whole.unexplained
    assert total(found) == pytest.approx(1)


def test_pairs_and_slips_are_tried_where_the_only_bug_is_left_out() -> None:
    for problem in generate("subtraction", seed=11, difficulty=4, count=10):
        answer = simulate("subtraction.smaller_from_larger", problem) or ""
        alone = {candidate.bug for candidate in diagnose(problem, answer).candidates}
        found = diagnose(problem, answer, without=alone)
        assert not named(found) & alone
        assert all("+" in each.bug or each.bug.startswith("slip.") for each in found.candidates)
        assert total(found) == pytest.approx(1)


@pytest.mark.parametrize("history", [[], HISTORY], ids=["no history", "history"])
def test_slips_and_the_unknown_are_left_without_any_bug(history: list[tuple[str, str]]) -> None:
    for answer in ("375", "224", "9"):
        found = diagnose("503 - 278", answer, history=history, without=ALL)
        assert all(part.startswith("slip.") for part in named(found))
        assert total(found) == pytest.approx(1)


def test_it_is_left_out_of_a_wrong_line_too() -> None:
    steps = ["24 × 10 + 24 × 3", "240 + 62"]
    bug = "multiplication.carry_omitted"
    assert bug in named(diagnose("24 × 13", "302", steps=steps))
    found = diagnose("24 × 13", "302", steps=steps, without=[bug])
    assert found.wrong_step is not None
    assert named(found) == {"multiplication.multiplies_by_carry"}
