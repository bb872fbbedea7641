"""Calibrating exercises: difficulty and discrimination of each item from many students' answers.

Marginal maximum likelihood by expectation-maximisation, abilities integrated out over a standard normal
distribution: Bock & Aitkin (1981), "Marginal maximum likelihood estimation of item parameters: application of
an EM algorithm", Psychometrika 46, 443-459. Priors on the items keep those with few answers sensible: Mislevy
(1986), "Bayes modal estimation in item response models", Psychometrika 51, 177-195.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import chain, cycle
from math import exp, fsum, log, log1p, pi, sqrt
from operator import add, itemgetter, mul
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from chalicelib.learning import em
from chalicelib.learning.irt import Item, probability

# The priors, both normal: on difficulty, and on the logarithm of discrimination, with median 1.
DIFFICULTY_SD: Final = 1.5
LOG_DISCRIMINATION_SD: Final = 0.5
# Bounds, well within those of an exercise. The priors seldom let an item come near them.
MOST_DIFFICULT: Final = 6.0  # in either direction
MOST_DISCRIMINATING: Final = 6.0  # and least: 1 / 6

_WIDTH: Final = 0.3  # between the nodes of the ability, which go from -4.5 to 4.5
_NODES: Final = tuple(step * _WIDTH for step in range(-15, 16))
_LOG_WEIGHTS: Final = [-0.5 * node * node + log(_WIDTH / sqrt(2 * pi)) for node in _NODES]
_TOLERANCE: Final = 1e-3  # of a step, in difficulty or the logarithm of discrimination
_MOST_STEPS: Final = 200
_BLOCK: Final = 4000  # students whose posteriors are in memory together
_MOST_HALVINGS: Final = 20

Key = TypeVar("Key", bound=Hashable)
Row: TypeAlias = list[float]  # a value for each node


class Fit(NamedTuple, Generic[Key]):
    """The items that make the answers and the priors together most likely, and how they were found.

    `answers` has the number of students behind each item. `history` has the logarithm of the likelihood times
    the priors at each point on the way there; it never falls.
    """

    items: dict[Key, Item]
    answers: dict[Key, int]
    log_likelihood: float
    converged: bool
    students: int
    history: tuple[float, ...]

    @property
    def iterations(self) -> int:
        """How many steps led to the items."""
        return len(self.history) - 1


class _Block(NamedTuple):
    """Some of the students. A response is a number: twice the item's, and 1 more where it is right."""

    students: list[itemgetter[Any]]  # each takes one student's responses from a list by response
    responses: list[tuple[int, itemgetter[Any]]]  # each takes those who gave it from a list by student


def fit(
    responses: Iterable[tuple[Hashable, Key, bool]], *, start: Mapping[Key, Item] | None = None
) -> Fit[Key]:
    """Calibrate the items that students answered: for each answer the student, the item, whether right.

    The answers come in the order in which they were given: the first of a student to an item counts, since
    later ones also show what the first one taught. `start` has items as they were known so far; it saves
    steps. The same answers give the same result. Raises `ValueError` where there is no answer.
    """
    numbers, given = _first_answers(responses)
    if not given:
        raise ValueError("no answers to fit")
    students = Counter(response // 2 for each in given for response in each)
    blocks = _blocks(given, len(numbers))
    known = start or {}
    found = em.climb(
        lambda point: _step(blocks, point),
        _inside(tuple(each for key in numbers for each in _coordinates(known.get(key, Item())))),
        inside=_inside,
        tolerance=_TOLERANCE,
        most=_MOST_STEPS,
    )
    items = _items(found.point)
    return Fit(
        items=dict(zip(numbers, items, strict=True)),
        answers=dict(zip(numbers, (students[item] for item in numbers.values()), strict=True)),
        log_likelihood=found.height - sum(map(_log_prior, items)),
        converged=found.converged,
        students=len(given),
        history=found.heights,
    )


def log_likelihood(responses: Iterable[tuple[Hashable, Key, bool]], items: Mapping[Key, Item]) -> float:
    """The natural logarithm of the probability of the answers that `fit` would count, abilities unknown."""
    numbers, given = _first_answers(responses)
    return _expectation(_blocks(given, len(numbers)), [items[key] for key in numbers])[0]


def _first_answers(
    responses: Iterable[tuple[Hashable, Key, bool]],
) -> tuple[dict[Key, int], list[list[int]]]:
    """The number of each item, and each student's responses as numbers (see `_Block`)."""
    numbers: dict[Key, int] = {}
    first: dict[Hashable, dict[int, bool]] = {}
    for student, key, correct in responses:
        first.setdefault(student, {}).setdefault(numbers.setdefault(key, len(numbers)), correct)
    return numbers, [[2 * item + right for item, right in each.items()] for each in first.values()]


def _coordinates(item: Item) -> em.Point:
    return item.difficulty, log(item.discrimination)


def _items(point: em.Point) -> list[Item]:
    return [
        Item(difficulty, exp(logarithm))
        for difficulty, logarithm in zip(point[::2], point[1::2], strict=True)
    ]


def _inside(point: em.Point) -> em.Point:
    bounds = cycle((MOST_DIFFICULT, log(MOST_DISCRIMINATING)))
    return tuple(max(-bound, min(bound, each)) for each, bound in zip(point, bounds, strict=False))


def _blocks(given: list[list[int]], items: int) -> list[_Block]:
    """The responses of each student, in blocks. Each student also has the prior, as response `2 * items`."""
    blocks = []
    for place in range(0, len(given), _BLOCK):
        students = given[place : place + _BLOCK]
        # Beside the student who gave it each response has one of no weight, so that it has two at least.
        who: dict[int, list[int]] = {}
        for student, responses in enumerate(students):
            for response in responses:
                who.setdefault(response, [len(students)]).append(student)
        takes = [itemgetter(2 * items, *responses) for responses in students]
        blocks.append(_Block(takes, [(response, itemgetter(*each)) for response, each in who.items()]))
    return blocks


def _step(blocks: list[_Block], point: em.Point) -> tuple[float, em.Point]:
    """The logarithm of likelihood times priors at a point, and the next point of expectation-maximisation."""
    items = _items(point)
    likelihood, expected = _expectation(blocks, items)
    following = chain.from_iterable(
        _better(item, expected[2 * number], expected[2 * number + 1]) for number, item in enumerate(items)
    )
    return likelihood + sum(map(_log_prior, items)), tuple(following)


def _expectation(blocks: list[_Block], items: list[Item]) -> tuple[float, list[Row]]:
    """The log-likelihood, and for each response how many students of each node's ability gave it."""
    logs = [row for item in items for row in _log_probabilities(item)]
    logs.append(_LOG_WEIGHTS)
    expected = [[0.0] * len(_NODES) for _ in range(2 * len(items))]
    likelihood = 0.0
    for block in blocks:
        posteriors = []
        for take in block.students:
            joint = list(map(sum, zip(*take(logs), strict=True)))
            highest = max(joint)
            weights = [exp(each - highest) for each in joint]
            total = sum(weights)
            likelihood += highest + log(total)
            posteriors.append([weight / total for weight in weights])
        posteriors.append([0.0] * len(_NODES))
        for response, take in block.responses:
            counts = map(sum, zip(*take(posteriors), strict=True))
            expected[response] = list(map(add, expected[response], counts))
    return likelihood, expected


def _log_probabilities(item: Item) -> tuple[Row, Row]:
    """The logarithms of the probabilities of a wrong and of a right answer, for each node."""
    difficulty, discrimination = item
    logits = [discrimination * (node - difficulty) for node in _NODES]
    wrong = [-max(logit, 0.0) - log1p(exp(-abs(logit))) for logit in logits]
    return wrong, list(map(add, wrong, logits))


def _log_prior(item: Item) -> float:
    """The logarithm of the prior density of an item, up to a constant."""
    difficulty, logarithm = _coordinates(item)
    return -0.5 * ((difficulty / DIFFICULTY_SD) ** 2 + (logarithm / LOG_DISCRIMINATION_SD) ** 2)


def _better(item: Item, wrong: Row, right: Row) -> em.Point:
    """The M-step of one item: a step of Fisher scoring, halved until the expectation is no lower."""
    before = _expected_height(item, wrong, right)
    point = _coordinates(item)
    move = _scoring(item, wrong, right)
    for _ in range(_MOST_HALVINGS):
        further = _inside((point[0] + move[0], point[1] + move[1]))
        if _expected_height(_items(further)[0], wrong, right) >= before:
            return further
        move = move[0] / 2, move[1] / 2
    return point


def _expected_height(item: Item, wrong: Row, right: Row) -> float:
    log_wrong, log_right = _log_probabilities(item)
    return fsum(map(mul, wrong, log_wrong)) + fsum(map(mul, right, log_right)) + _log_prior(item)


def _scoring(item: Item, wrong: Row, right: Row) -> em.Point:
    """The step that Fisher's information asks for, in difficulty and the logarithm of discrimination."""
    difficulty, logarithm = _coordinates(item)
    discrimination = item.discrimination
    gradient_difficulty = -difficulty / DIFFICULTY_SD**2
    gradient_logarithm = -logarithm / LOG_DISCRIMINATION_SD**2
    of_difficulty, of_both, of_logarithm = DIFFICULTY_SD**-2, 0.0, LOG_DISCRIMINATION_SD**-2
    for node, not_right, is_right in zip(_NODES, wrong, right, strict=True):
        students = not_right + is_right
        chance = probability(node, item)
        above = discrimination * (node - difficulty)
        surprise = is_right - students * chance
        weight = students * chance * (1 - chance)
        gradient_difficulty -= discrimination * surprise
        gradient_logarithm += above * surprise
        of_difficulty += discrimination * discrimination * weight
        of_both -= discrimination * above * weight
        of_logarithm += above * above * weight
    determinant = of_difficulty * of_logarithm - of_both * of_both
    return (
        (of_logarithm * gradient_difficulty - of_both * gradient_logarithm) / determinant,
        (of_difficulty * gradient_logarithm - of_both * gradient_difficulty) / determinant,
    )
