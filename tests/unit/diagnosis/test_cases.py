"""Every bug against answers worked out by hand (`cases/`), and against its worked example."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.diagnosis import bugs, diagnose, expected_answer, simulate

CASES = Path(__file__).parent / "cases"


def _hand_worked() -> list[tuple[str, str, str | None]]:
    cases = []
    for file in sorted(CASES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, _, worked = line.partition(": ")
                for case in worked.split("; "):
                    problem, _, answer = case.rpartition(" = ")
                    cases.append((f"{file.stem}.{name}", problem, None if answer == "none" else answer))
    return cases


HAND_WORKED = _hand_worked()


@pytest.mark.parametrize(("bug", "problem", "answer"), HAND_WORKED)
def test_bug_answers_as_worked_out_by_hand(bug: str, problem: str, answer: str | None) -> None:
    assert simulate(bug, problem) == answer


@pytest.mark.parametrize("bug", bugs(), ids=lambda bug: bug.id)
def test_worked_example_comes_out_and_is_recognised(bug) -> None:
    assert simulate(bug.id, bug.problem) == bug.wrong
    assert expected_answer(bug.problem) == bug.correct
    found = diagnose(bug.problem, bug.wrong)
    assert found.verdict == "incorrect"
    assert bug.id in [candidate.bug for candidate in found.candidates]
    for candidate in found.candidates:
        assert simulate(candidate.bug, bug.problem) == bug.wrong


@pytest.mark.parametrize("bug", bugs(), ids=lambda bug: bug.id)
def test_bug_has_cases_where_it_shows_and_where_it_does_not(bug) -> None:
    own = [(problem, answer) for name, problem, answer in HAND_WORKED if name == bug.id]
    assert any(answer not in {None, expected_answer(problem)} for problem, answer in own)
    assert any(answer in {None, expected_answer(problem)} for problem, answer in own)
