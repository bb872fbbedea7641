"""Bayesian knowledge tracing: the belief that a student knows a skill, moved by each answer.

Corbett & Anderson (1995), "Knowledge tracing: modeling the acquisition of procedural knowledge", User
Modeling and User-Adapted Interaction 4, 253-278: a hidden Markov model with two states, unknown and known,
in its closed form. There nothing is forgotten; with `p_forget` above 0, something is.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

# Without a bound, some twenty right answers make the float exactly 1, and no wrong answer ever moves it
# again. This one is too close to certainty to show in six digits, and seven wrong answers undo it.
CERTAINTY: Final = 1 - 1e-6

Level: TypeAlias = Literal["at_risk", "struggling", "proficient", "mastered"]
# Each level with the belief below which it still holds.
UPPER_BOUNDS: Final[tuple[tuple[Level, float], ...]] = (
    ("at_risk", 0.40),
    ("struggling", 0.70),
    ("proficient", 0.95),
)
HIGHEST_LEVEL: Final = "mastered"


class Parameters(NamedTuple):
    """What the model knows of a skill; all are probabilities, `p_slip` and `p_guess` below 0.5."""

    p_init: float = 0.30  # known before the first answer
    p_transit: float = 0.10  # learnt by one opportunity to practise
    p_slip: float = 0.10  # a wrong answer although known
    p_guess: float = 0.20  # a right answer although unknown
    p_forget: float = 0.0  # known, and lost again before the next answer; with `p_transit` at most 1


def update(p_known: float, correct: bool, parameters: Parameters) -> float:
    """The belief after one more answer: Bayes' rule on the answer, then what was learnt or lost.

    `p_known` and the result are probabilities; the result lies strictly between 0 and 1 for any sequence.
    """
    known = _bounded(p_known)
    slip, guess = parameters.p_slip, parameters.p_guess
    if_known, if_unknown = (1 - slip, guess) if correct else (slip, 1 - guess)
    given_answer = known * if_known / (known * if_known + (1 - known) * if_unknown)
    kept = given_answer * (1 - parameters.p_forget)
    return _bounded(kept + (1 - given_answer) * parameters.p_transit)


def predict(p_known: float, parameters: Parameters) -> float:
    """The probability that the next answer is right."""
    return p_known * (1 - parameters.p_slip) + (1 - p_known) * parameters.p_guess


def level(p_known: float) -> Level:
    """The level that a teacher is shown for this belief."""
    return next((name for name, upper in UPPER_BOUNDS if p_known < upper), HIGHEST_LEVEL)


def _bounded(probability: float) -> float:
    return min(max(probability, 1 - CERTAINTY), CERTAINTY)
