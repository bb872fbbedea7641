"""Bayesian knowledge tracing: reference values, and what must hold for any sequence of answers."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.learning import bkt
from chalicelib.learning.bkt import Parameters

DEFAULT = Parameters()
probabilities = st.floats(0, 1)
below_half = st.floats(0, 0.5, exclude_max=True)
transitions = st.tuples(probabilities, probabilities).filter(lambda pair: sum(pair) <= 1)
parameters = st.builds(
    lambda p_init, slip, guess, moves: Parameters(p_init, moves[0], slip, guess, moves[1]),
    probabilities, below_half, below_half, transitions,
)  # fmt: skip
answers = st.lists(st.booleans(), max_size=300)


def after(answers: str, start: float = DEFAULT.p_init, model: Parameters = DEFAULT) -> float:
    """The belief after answers such as `+-`: right, wrong."""
    for answer in answers:
        start = bkt.update(start, answer == "+", model)
    return start


@pytest.mark.parametrize(
    ("given_answers", "p_known"),
    [("", 0.30), ("+", 0.692683), ("-", 0.145763), ("++", 0.919231), ("-+", 0.490909)],
)
def test_reference_values(given_answers: str, p_known: float) -> None:
    assert after(given_answers) == pytest.approx(p_known, abs=5e-7)


def test_the_closed_form_worked_by_hand() -> None:
    # wrong: 0.5 * 0.2 / (0.5 * 0.2 + 0.5 * 0.7) = 2/9; learnt: 2/9 + 7/9 * 0.3 = 41/90
    assert after("-", 0.5, Parameters(0.5, 0.3, 0.2, 0.3)) == pytest.approx(41 / 90)


def test_what_was_known_may_be_forgotten() -> None:
    # right: 0.5 * 0.8 / (0.5 * 0.8 + 0.5 * 0.3) = 8/11; kept: 8/11 * 0.9 + 3/11 * 0.3 = 81/110
    assert after("+", 0.5, Parameters(0.5, 0.3, 0.2, 0.3, 0.1)) == pytest.approx(81 / 110)


@given(parameters, probabilities, st.booleans())
def test_without_forgetting_the_numbers_are_those_of_before_to_the_last_bit(
    model: Parameters, start: float, correct: bool
) -> None:
    _, transit, slip, guess, _ = model
    known = min(max(start, 1 - bkt.CERTAINTY), bkt.CERTAINTY)
    if_known, if_unknown = (1 - slip, guess) if correct else (slip, 1 - guess)
    given_answer = known * if_known / (known * if_known + (1 - known) * if_unknown)
    before = min(max(given_answer + (1 - given_answer) * transit, 1 - bkt.CERTAINTY), bkt.CERTAINTY)
    assert bkt.update(start, correct, model._replace(p_forget=0.0)) == before


def test_a_thousand_right_answers_can_still_be_undone() -> None:
    certain = after("+" * 1000)
    assert bkt.level(certain) == "mastered"
    fall = [after("-" * wrong, certain) for wrong in range(9)]
    assert all(later < earlier for earlier, later in pairwise(fall))
    assert bkt.level(fall[-1]) == "at_risk"


def test_a_thousand_wrong_answers_can_still_be_made_good() -> None:
    never_learns = Parameters(p_transit=0.0)
    lost = after("-" * 1000, model=never_learns)
    assert bkt.level(after("+" * 20, lost, never_learns)) == "mastered"


@given(parameters, probabilities, answers)
def test_any_sequence_stays_a_probability_that_can_move(
    model: Parameters, start: float, given_answers: list[bool]
) -> None:
    p_known = start
    for correct in given_answers:
        p_known = bkt.update(p_known, correct, model)
        assert math.isfinite(p_known)
        assert 0 < p_known < 1


@given(parameters, probabilities, probabilities, st.booleans())
def test_who_knew_more_before_knows_no_less_after(
    model: Parameters, first: float, second: float, correct: bool
) -> None:
    low, high = sorted((first, second))
    assert bkt.update(low, correct, model) <= bkt.update(high, correct, model) + 1e-12


@given(parameters, probabilities)
def test_a_right_answer_never_speaks_against_knowing(model: Parameters, start: float) -> None:
    assert bkt.update(start, True, model) >= bkt.update(start, False, model) - 1e-12


@given(parameters, probabilities)
def test_prediction_lies_between_guessing_and_not_slipping(model: Parameters, p_known: float) -> None:
    assert model.p_guess - 1e-12 <= bkt.predict(p_known, model) <= 1 - model.p_slip + 1e-12


def test_prediction_worked_by_hand() -> None:
    assert bkt.predict(0.30, DEFAULT) == pytest.approx(0.3 * 0.9 + 0.7 * 0.2)


@pytest.mark.parametrize(
    ("p_known", "level"),
    [
        (0.0, "at_risk"), (0.399999, "at_risk"), (0.40, "struggling"), (0.699999, "struggling"),
        (0.70, "proficient"), (0.949999, "proficient"), (0.95, "mastered"), (1.0, "mastered"),
    ],
)  # fmt: skip
def test_levels_begin_at_their_bounds(p_known: float, level: str) -> None:
    assert bkt.level(p_known) == level
