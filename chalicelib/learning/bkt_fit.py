"""Fitting Bayesian knowledge tracing: the parameters of a skill from many students' answers.

By expectation-maximisation (its step is in `bkt_tree`, its way in `em`), from several starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from math import exp, fsum, log, sqrt
from random import Random
from typing import Final, NamedTuple

from chalicelib.learning import bkt_tree, em
from chalicelib.learning.bkt import Parameters
from chalicelib.learning.bkt_tree import Tree

# Guards. A guess or slip of a half or more would exchange the meaning of the two states (Beck & Chang 2007,
# "Identifiability: a fundamental problem of student modeling"); at 0 or 1 no answer could correct the belief.
# Learning and forgetting come to at most 1 together, so that who knew more never knows less afterwards.
# The expected log-likelihood of an E-step is concave in each parameter for itself, so that the nearest value
# within the guards is the best one there, and the likelihood does not fall with guards either.
LOWEST: Final = Parameters(0.001, 0.001, 0.001, 0.001, 0.001)
HIGHEST: Final = Parameters(p_init=0.999, p_transit=0.75, p_slip=0.49, p_guess=0.49, p_forget=0.25)

# With fewer, fitted parameters may well predict other students worse than the defaults (docs/learning.md).
FEWEST_STUDENTS: Final = 50
FEWEST_ANSWERS: Final = 500

_SCREENED: Final = 9  # steps from each start before the best ones go on
_FINALISTS: Final = 2
_SAME: Final = 0.05  # starts that have come so close together, in log-odds, are one
_MOST_STEPS: Final = 500
_TOLERANCE: Final = 1e-5  # of a step, in log-odds
_SMALLEST: Final = 1e-9  # what a probability of 0 counts as in `log_likelihood`
_FIRST_FORGET: Final = 0.02  # where the parameters to start from have none
_WORTH_TRYING: Final = 2.0  # log-likelihood that forgetting must gain at least on the answers it is fitted to


class Fit(NamedTuple):
    """The parameters that make the answers most likely, and how they were found.

    `history` has the log-likelihood (natural logarithm) of each point on the way there; it never falls.
    """

    parameters: Parameters
    log_likelihood: float
    converged: bool
    students: int
    answers: int
    history: tuple[float, ...]

    @property
    def iterations(self) -> int:
        """How many steps led to the parameters."""
        return len(self.history) - 1

    @property
    def is_thin(self) -> bool:
        """Whether there were too few answers to trust the parameters (see docs/learning.md)."""
        return self.students < FEWEST_STUDENTS or self.answers < FEWEST_ANSWERS


def fit(
    sequences: Iterable[bytes],
    *,
    forgetting: bool = False,
    start: Parameters | None = None,
    starts: int = 6,
    seed: int = 0,
) -> Fit:
    """Fit a skill to its answers, one `bytes` for each student: in order, 1 right and 0 wrong.

    Climbs from `starts` points: `start` (such as the parameters so far), the defaults, and others drawn by
    `seed`. The same arguments give the same result. Raises `ValueError` where there is no answer.
    """
    tree = bkt_tree.grown(sequences)
    if not tree.ends:
        raise ValueError("no answers to fit")
    first = ([] if start is None else [start]) + [Parameters(), *_drawn(starts, seed)]
    points = [
        _point(each._replace(p_forget=each.p_forget or _FIRST_FORGET), forgetting) for each in first[:starts]
    ]
    climbs = sorted((_climb(tree, each, _SCREENED) for each in points), key=lambda each: -each.height)
    finalists = _apart(climbs)
    ended = [_climb(tree, each.point, _MOST_STEPS).after(each) for each in finalists]
    best = max(ended, key=lambda each: each.height)
    return Fit(
        parameters=_probabilities(best.point),
        log_likelihood=best.height,
        converged=best.converged,
        students=tree.students,
        answers=tree.answers,
        history=best.heights,
    )


def choose(
    sequences: Iterable[bytes], *, start: Parameters | None = None, folds: int = 4, seed: int = 0
) -> Fit:
    """Fit with forgetting where that predicts other students better, else without.

    Students are dealt into `folds`, and each fold is predicted by both models as fitted to the others.
    Forgetting is taken where it gains more held-out log-likelihood than two standard errors of that gain.
    """
    dealt = [each for each in sequences if each]
    plain = fit(dealt, start=start, seed=seed)
    forgetful = fit(dealt, forgetting=True, start=plain.parameters, starts=3, seed=seed)
    if forgetful.log_likelihood - plain.log_likelihood < _WORTH_TRYING:
        return plain
    Random(seed).shuffle(dealt)  # noqa: S311 (reproducible, not secret)
    gains = [gain for fold in range(folds) for gain in _gains(dealt, fold, folds, (plain, forgetful))]
    mean = fsum(gains) / len(gains)
    error = sqrt(fsum((gain - mean) ** 2 for gain in gains))
    return forgetful if fsum(gains) > 2 * error else plain


def log_likelihood(sequences: Iterable[bytes], parameters: Parameters) -> float:
    """The natural logarithm of the probability of these answers, one `bytes` for each student.

    Finite: probabilities that exclude an answer (0 or 1) count as very small or very large ones.
    """
    tree = bkt_tree.grown(sequences)
    possible = Parameters(*(min(max(each, _SMALLEST), 1 - _SMALLEST) for each in parameters[:-1]))
    possible = possible._replace(p_forget=parameters.p_forget)
    found = bkt_tree.log_likelihoods(tree, possible)
    return fsum(students * each for each, (_, students) in zip(found, tree.ends, strict=True))


def _apart(climbs: Sequence[em.Climb]) -> list[em.Climb]:
    """The highest climbs, given in that order, without those that came to the same place."""
    found: list[em.Climb] = []
    for each in climbs:
        if all(em.distance(each.point, other.point) > _SAME for other in found):
            found.append(each)
    return found[:_FINALISTS]


def _climb(tree: Tree, point: em.Point, most: int) -> em.Climb:
    def step(point: em.Point) -> tuple[float, em.Point]:
        parameters = _probabilities(point)
        height, following = bkt_tree.step(tree, parameters)
        return height, _point(following, parameters.p_forget > 0)

    return em.climb(step, point, inside=_inside, tolerance=_TOLERANCE, most=most)


def _gains(dealt: Sequence[bytes], fold: int, folds: int, models: tuple[Fit, Fit]) -> list[float]:
    """What the second model gains on each student of a fold, in log-likelihood, both fitted to the others."""
    others = bkt_tree.grown(each for place, each in enumerate(dealt) if place % folds != fold)
    held_out = bkt_tree.grown(dealt[fold::folds])
    found = []
    for model in models:
        point = _point(model.parameters, model.parameters.p_forget > 0)
        fitted = _probabilities(_climb(others, point, _MOST_STEPS).point)
        found.append(bkt_tree.log_likelihoods(held_out, fitted))
    return [
        forgetful - plain
        for plain, forgetful, (_, students) in zip(*found, held_out.ends, strict=True)
        for _ in range(students)
    ]


def _drawn(count: int, seed: int) -> list[Parameters]:
    """Points to start from, spread over what is plausible."""
    draw = Random(seed).uniform  # noqa: S311 (reproducible, not secret)
    return [
        Parameters(draw(0.05, 0.95), draw(0.02, 0.4), draw(0.02, 0.4), draw(0.02, 0.4)) for _ in range(count)
    ]


def _point(parameters: Parameters, forgetting: bool) -> em.Point:
    """The parameters within their guards, in log-odds, which no extrapolation brings to 0 or 1."""
    size = len(parameters) if forgetting else len(parameters) - 1
    return tuple(map(_log_odds, islice(map(max, LOWEST, map(min, HIGHEST, parameters)), size)))


def _probabilities(point: em.Point) -> Parameters:
    return Parameters(*(1 / (1 + exp(-each)) for each in point))


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))


_FLOOR: Final = tuple(map(_log_odds, LOWEST))
_CEILING: Final = tuple(map(_log_odds, HIGHEST))


def _inside(point: em.Point) -> em.Point:
    return tuple(max(low, min(high, each)) for low, high, each in zip(_FLOOR, _CEILING, point, strict=False))
