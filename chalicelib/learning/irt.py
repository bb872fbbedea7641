"""Item response theory: how hard an exercise is, how well it tells students apart, and how able they are.

The two-parameter logistic model (2PL): Birnbaum (1968), "Some latent trait models and their use in inferring
an examinee's ability", in Lord & Novick, Statistical Theories of Mental Test Scores. Abilities are in
standard deviations of the students, whose mean is 0; difficulties are on the same scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp, fsum, log1p, sqrt, tanh
from typing import Final, NamedTuple

# An able student's posterior is some tenths of a standard deviation wide. Equally spaced nodes no further
# apart than that integrate it almost exactly (trapezoidal rule on a smooth function that ends at 0).
_STEPS_EACH_SIDE: Final = 40
_STEPS_PER_UNIT: Final = 5


class Item(NamedTuple):
    """An exercise as the model sees it."""

    difficulty: float = 0.0  # the ability at which half of the answers are right
    discrimination: float = 1.0  # how steeply that share rises there; above 0


class Ability(NamedTuple):
    """What is believed of a student's ability: the mean and the standard deviation of the posterior."""

    mean: float
    sd: float


def probability(ability: float, item: Item) -> float:
    """The probability that a student of this ability answers the item rightly."""
    # The logistic function in a form that never overflows.
    return 0.5 + 0.5 * tanh(0.5 * item.discrimination * (ability - item.difficulty))


def information(ability: float, item: Item) -> float:
    """Fisher's information that an answer to the item holds on an ability near this one."""
    right = probability(ability, item)
    return item.discrimination**2 * right * (1 - right)


def ability(responses: Sequence[tuple[Item, bool]]) -> Ability:
    """The ability of a student after these responses, each an item with whether it was answered rightly.

    Expected a posteriori, from the standard normal as the prior: without responses mean 0 and deviation 1,
    and finite also when all of them are right. Bock & Mislevy (1982), "Adaptive EAP estimation of ability in
    a microcomputer environment", Applied Psychological Measurement 6, 431-444.
    """
    nodes = _nodes()
    logs = [_log_posterior(node, responses) for node in nodes]
    highest = max(logs)
    weights = [exp(each - highest) for each in logs]
    total = fsum(weights)
    mean = fsum(weight * node for weight, node in zip(weights, nodes, strict=True)) / total
    variance = fsum(w * (node - mean) ** 2 for w, node in zip(weights, nodes, strict=True)) / total
    return Ability(mean, sqrt(variance))


def _log_posterior(node: float, responses: Sequence[tuple[Item, bool]]) -> float:
    """The logarithm of prior times likelihood at an ability, up to a constant."""
    total = -0.5 * node * node
    for (difficulty, discrimination), correct in responses:
        logit = discrimination * (node - difficulty)
        against = -logit if correct else logit
        total -= max(against, 0.0) + log1p(exp(-abs(against)))
    return total


@cache
def _nodes() -> tuple[float, ...]:
    return tuple(step / _STEPS_PER_UNIT for step in range(-_STEPS_EACH_SIDE, _STEPS_EACH_SIDE + 1))
