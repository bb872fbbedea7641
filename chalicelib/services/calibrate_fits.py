"""What a skill's answers say of it and of its exercises, and whether that is to replace what is in force.

A bad fit never replaces a good one: what is accepted rests on enough answers, has converged away from the
guards, and predicts students whom it has not seen better than what is in force does. No I/O.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from chalicelib.learning import bkt_fit, irt_fit
from chalicelib.learning.bkt import Parameters
from chalicelib.learning.irt import Item
from chalicelib.services.calibrate_answers import Answers, Student
from chalicelib.store.models.fits import BKT, IRT

# Why a fit is not accepted.
TOO_FEW: Final = "too_few_answers"
NOT_CONVERGED: Final = "not_converged"
AT_GUARD: Final = "at_a_guard"
WORSE: Final = "worse_on_its_own_answers"
NOT_BETTER: Final = "not_better_on_others"

NEAR = 1e-4  # what has come so close to its guard was stopped by it
LEAST_GAIN = 0.1  # log-likelihood on the held-out students; for less, nothing is changed
FEWEST_HELD_OUT = 5  # students
ENOUGH_FOR_EXERCISE = 50  # first answers: with fewer, an exercise keeps the values that it has
FEWEST_EXERCISES = 3  # fewer do not show how well each of them tells students apart

Items: TypeAlias = dict[UUID, Item]
Response: TypeAlias = tuple[int, UUID, bool]


class Likelihoods(NamedTuple):
    """Log-likelihoods of what was found and of what is in force: on the answers fitted to, and on others."""

    log_likelihood: float
    standing_log_likelihood: float
    held_out_log_likelihood: float
    standing_held_out_log_likelihood: float


class Judged(NamedTuple):
    """A fit and the judgement on it. `reason`: why it is not accepted; None: it is.

    `answers` and `students` are those looked at, held-out ones included. What was found are `parameters` of a
    skill, or `items` of exercises.
    """

    kind: str
    answers: int
    students: int
    reason: str | None
    seconds: float
    iterations: int = 0
    likelihoods: Likelihoods | None = None
    parameters: Parameters | None = None
    items: Items | None = None


def of_skill(answers: Answers, standing: Parameters) -> Judged:
    """Fit Bayesian knowledge tracing to a skill's answers, and judge it beside the parameters in force."""
    start = time.perf_counter()
    fitted, held_out = ([each.sequence for each in half] for half in answers.halves())
    size = (sum(map(len, fitted)) + sum(map(len, held_out)), len(fitted) + len(held_out))
    is_thin = len(fitted) < bkt_fit.FEWEST_STUDENTS or sum(map(len, fitted)) < bkt_fit.FEWEST_ANSWERS
    if is_thin or len(held_out) < FEWEST_HELD_OUT:
        return Judged(BKT, *size, TOO_FEW, time.perf_counter() - start)
    fit = bkt_fit.choose(fitted, start=standing)
    likelihoods = Likelihoods(
        fit.log_likelihood,
        bkt_fit.log_likelihood(fitted, standing),
        bkt_fit.log_likelihood(held_out, fit.parameters),
        bkt_fit.log_likelihood(held_out, standing),
    )
    reason = _reason(fit.converged, _is_at_guard(fit.parameters), likelihoods)
    seconds = time.perf_counter() - start
    return Judged(BKT, *size, reason, seconds, fit.iterations, likelihoods, parameters=fit.parameters)


def of_exercises(answers: Answers) -> Judged:
    """Calibrate a skill's exercises, and judge that beside the values in force.

    An exercise with few answers, or one that was stopped by a guard, keeps the values that it has.
    """
    start = time.perf_counter()
    fitted, held_out = answers.halves()
    counts = Counter(response // 2 for each in fitted for response in each.responses)
    enough = {place for place, count in counts.items() if count >= ENOUGH_FOR_EXERCISE}
    ids = {place: answers.exercises[place].id for place in enough}
    sizes = [_size(half, enough) for half in (fitted, held_out)]
    size = (sizes[0][0] + sizes[1][0], sizes[0][1] + sizes[1][1])
    is_thin = sizes[0][1] < bkt_fit.FEWEST_STUDENTS or sizes[1][1] < FEWEST_HELD_OUT
    if is_thin or len(enough) < FEWEST_EXERCISES:
        return Judged(IRT, *size, TOO_FEW, time.perf_counter() - start)
    standing = {answers.exercises[place].id: answers.exercises[place].item for place in enough}
    fit = irt_fit.fit(_responses(fitted, ids), start=standing)
    items = {key: item for key, item in fit.items.items() if not _is_stopped(item)}
    likelihoods = Likelihoods(
        irt_fit.log_likelihood(_responses(fitted, ids), standing | items),
        irt_fit.log_likelihood(_responses(fitted, ids), standing),
        irt_fit.log_likelihood(_responses(held_out, ids), standing | items),
        irt_fit.log_likelihood(_responses(held_out, ids), standing),
    )
    reason = _reason(fit.converged, not items, likelihoods)
    seconds = time.perf_counter() - start
    return Judged(IRT, *size, reason, seconds, fit.iterations, likelihoods, items=items)


def _reason(converged: bool, is_at_guard: bool, likelihoods: Likelihoods) -> str | None:
    """Why a fit is not accepted; None: it is. A likelihood that is no number is no better than any."""
    new, standing, new_held_out, standing_held_out = likelihoods
    if not converged:
        return NOT_CONVERGED
    if is_at_guard:
        return AT_GUARD
    if not new >= standing:
        return WORSE
    if not new_held_out > standing_held_out + LEAST_GAIN:
        return NOT_BETTER
    return None


def _is_at_guard(parameters: Parameters) -> bool:
    """Whether a guard stopped one of a skill's parameters. To forget nothing is no such thing."""
    bounds = zip(bkt_fit.LOWEST, parameters, bkt_fit.HIGHEST, strict=True)
    return any(value > 0 and not lowest + NEAR < value < highest - NEAR for lowest, value, highest in bounds)


def _is_stopped(item: Item) -> bool:
    """Whether a guard stopped one of an exercise's values."""
    steepest = irt_fit.MOST_DISCRIMINATING
    is_inside = 1 / steepest + NEAR < item.discrimination < steepest - NEAR
    return not (is_inside and abs(item.difficulty) < irt_fit.MOST_DIFFICULT - NEAR)


def _size(students: Iterable[Student], places: set[int]) -> tuple[int, int]:
    """How many first answers to these exercises there are, and of how many students."""
    counts = [sum(response // 2 in places for response in each.responses) for each in students]
    return sum(counts), sum(count > 0 for count in counts)


def _responses(students: Sequence[Student], ids: dict[int, UUID]) -> Iterator[Response]:
    """The first answers to the exercises at these places: which student, which exercise, whether right."""
    for number, student in enumerate(students):
        for response in student.responses:
            if response // 2 in ids:
                yield number, ids[response // 2], bool(response % 2)
