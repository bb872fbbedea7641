"""A bad fit never replaces a good one: what is judged of fits, with fits that are made to be so."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from chalicelib.learning import bkt_fit, irt_fit
from chalicelib.learning.bkt import Parameters
from chalicelib.learning.irt import Item
from chalicelib.services import calibrate_fits
from chalicelib.services.calibrate_answers import SLOTS, Answers, Exercise
from chalicelib.services.calibrate_fits import Judged

PLACES = 4
EXERCISES = [Exercise(UUID(int=number), None, Item()) for number in range(PLACES)]
GOOD = Parameters(0.2, 0.15, 0.08, 0.15)
ITEMS = [Item(-1.0, 1.2), Item(0.0, 0.8), Item(1.0, 1.5), Item(0.5, 1.0)]
NAN = float("nan")


def add(answers: Answers, slot: int, *rights: int) -> None:
    """Add a student who answers the exercises one after the other, and then problems of no exercise."""
    given = [EXERCISES[place] if place < PLACES else None for place in range(len(rights))]
    answers.add(UUID(int=slot), bytes(rights), given)


def given(students: int, each: int = 12) -> Answers:
    """Answers of students who learn by them, with `GOOD` parameters."""
    draw = random.Random(5)  # noqa: S311 (a simulation)
    answers = Answers()
    for slot in range(students):
        knows, rights = draw.random() < GOOD.p_init, []
        for _ in range(each):
            rights.append(draw.random() < (1 - GOOD.p_slip if knows else GOOD.p_guess))
            knows = knows or draw.random() < GOOD.p_transit
        add(answers, slot, *rights)
    return answers


def skill_fit(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Have a skill's fit come out like this."""
    fit = {"parameters": GOOD, "log_likelihood": -1.0, "converged": True, "students": 1, "answers": 1}
    result = bkt_fit.Fit(**{**fit, "history": (-2.0, -1.0), **changes})
    monkeypatch.setattr(bkt_fit, "choose", lambda *_, **__: result)


def exercise_fit(monkeypatch: pytest.MonkeyPatch, items: list[Item], *, converged: bool = True) -> None:
    """Have the exercises' fit come out like this."""
    found = {UUID(int=number): item for number, item in enumerate(items)}
    result: Any = irt_fit.Fit(found, dict.fromkeys(found, 1), -1.0, converged, 1, (-2.0, -1.0))
    monkeypatch.setattr(irt_fit, "fit", lambda *_, **__: result)


def likelihoods(monkeypatch: pytest.MonkeyPatch, module: Any, *values: float) -> None:
    """Have the log-likelihoods that are asked for one after the other be these."""
    left = list(values)
    monkeypatch.setattr(module, "log_likelihood", lambda *_: left.pop(0))


def of_skill(answers: Answers) -> Judged:
    return calibrate_fits.of_skill(answers, Parameters())


def test_a_real_fit_is_accepted_once() -> None:
    answers = given(200)
    first = of_skill(answers)
    assert (first.reason, first.answers, first.students) == (None, 2400, 200)
    assert first.parameters is not None
    assert first.likelihoods is not None
    new, standing, held_out, standing_held_out = first.likelihoods
    assert (new > standing, held_out > standing_held_out) == (True, True)
    again = calibrate_fits.of_skill(answers, first.parameters)
    assert again.reason == calibrate_fits.NOT_BETTER
    exercises = calibrate_fits.of_exercises(answers)
    assert (exercises.reason, exercises.answers, set(exercises.items or {})) == (
        None, 800, {UUID(int=number) for number in range(PLACES)}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "judged", "reason"),
    [
        ({}, (-2.0, -5.0, -6.0), None),
        ({"converged": False}, (-2.0, -5.0, -6.0), calibrate_fits.NOT_CONVERGED),
        ({"parameters": GOOD._replace(p_slip=0.49)}, (-2.0, -5.0, -6.0), calibrate_fits.AT_GUARD),
        ({"parameters": GOOD._replace(p_guess=0.00105)}, (-2.0, -5.0, -6.0), calibrate_fits.AT_GUARD),
        ({"parameters": GOOD._replace(p_init=0.999)}, (-2.0, -5.0, -6.0), calibrate_fits.AT_GUARD),
        ({"parameters": GOOD._replace(p_forget=0.25)}, (-2.0, -5.0, -6.0), calibrate_fits.AT_GUARD),
        ({"parameters": GOOD._replace(p_forget=0.1)}, (-2.0, -5.0, -6.0), None),
        ({}, (-0.9, -5.0, -6.0), calibrate_fits.WORSE),
        ({}, (-2.0, -5.95, -6.0), calibrate_fits.NOT_BETTER),
        ({}, (-2.0, -7.0, -6.0), calibrate_fits.NOT_BETTER),
        ({"log_likelihood": NAN}, (-2.0, -5.0, -6.0), calibrate_fits.WORSE),
        ({}, (-2.0, NAN, -6.0), calibrate_fits.NOT_BETTER),
    ],
)
def test_a_bad_fit_of_a_skill_is_not_accepted(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], judged: tuple[float, ...], reason: str | None
) -> None:
    skill_fit(monkeypatch, **changes)
    likelihoods(monkeypatch, bkt_fit, *judged)
    assert of_skill(given(200)).reason == reason


@pytest.mark.parametrize(("students", "each"), [(40, 20), (200, 2)])
@pytest.mark.parametrize("judge", [of_skill, calibrate_fits.of_exercises])
def test_too_few_answers_are_not_fitted_to(
    judge: Callable[[Answers], Judged], students: int, each: int
) -> None:
    judged = judge(given(students, each))
    assert (judged.reason, judged.likelihoods, judged.items, judged.parameters) == (
        calibrate_fits.TOO_FEW, None, None, None
    )  # fmt: skip


def test_an_exercise_at_a_guard_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    steep, far = Item(0.0, irt_fit.MOST_DISCRIMINATING), Item(-irt_fit.MOST_DIFFICULT, 1.0)
    exercise_fit(monkeypatch, [ITEMS[0], steep, far, ITEMS[3]])
    judged_by: list[dict[UUID, Item]] = []

    def likelihood(_: Any, items: dict[UUID, Item]) -> float:
        judged_by.append(items)
        return -float(len(judged_by))

    monkeypatch.setattr(irt_fit, "log_likelihood", likelihood)
    judged = calibrate_fits.of_exercises(given(200))
    assert judged.items == {UUID(int=0): ITEMS[0], UUID(int=3): ITEMS[3]}
    assert list(judged_by[0].values()).count(Item()) == 2
    assert judged.reason is None


@pytest.mark.parametrize(
    ("items", "converged", "judged", "reason"),
    [
        (ITEMS, True, (-1.0, -2.0, -1.0, -2.0), None),
        (ITEMS, False, (-1.0, -2.0, -1.0, -2.0), calibrate_fits.NOT_CONVERGED),
        ([Item(irt_fit.MOST_DIFFICULT)] * PLACES, True, (-1.0, -2.0, -1.0, -2.0), calibrate_fits.AT_GUARD),
        (ITEMS, True, (-2.0, -1.0, -1.0, -2.0), calibrate_fits.WORSE),
        (ITEMS, True, (-1.0, -2.0, -2.0, -1.0), calibrate_fits.NOT_BETTER),
    ],
)
def test_a_bad_fit_of_exercises_is_not_accepted(
    monkeypatch: pytest.MonkeyPatch,
    items: list[Item],
    converged: bool,
    judged: tuple[float, ...],
    reason: str | None,
) -> None:
    exercise_fit(monkeypatch, items, converged=converged)
    likelihoods(monkeypatch, irt_fit, *judged)
    assert calibrate_fits.of_exercises(given(200)).reason == reason


def test_of_very_many_answers_those_of_some_students_are_looked_at_whatever_the_order() -> None:
    slots = [number * 40_503 % SLOTS for number in range(1, 1001)]
    kept = []
    for order in (slots, slots[::-1]):
        answers = Answers(most=3000)
        for slot in order:
            add(answers, slot, *[1] * 10)
        kept.append({each.slot for each in answers.students})
        assert 1000 < sum(len(each.sequence) for each in answers.students) <= 3000
        assert answers.total == pytest.approx(10_000, rel=0.25)
    assert kept[0] == kept[1]
    fitted, held_out = answers.halves()
    assert {each.slot % 5 for each in held_out} == {0}
    assert len(fitted) + len(held_out) == len(answers.students)
