"""Random problems about powers and roots, by difficulty."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

TRIPLES = ((3, 4), (6, 8), (5, 12), (9, 12), (8, 15), (12, 16), (7, 24), (15, 20))
"""Pairs of numbers whose squares add up to a square."""


def draw(rng: Random, difficulty: int) -> str:
    """1: single powers, roots; 2: powers and roots of sums; 3: the laws, negative exponents; 4, 5: larger."""
    return rng.choice(_MAKERS[difficulty])(rng, difficulty)


def _base(rng: Random, difficulty: int) -> int:
    return rng.randint(2, 4 + difficulty)


def _exponents(rng: Random, most: int) -> tuple[int, int]:
    return rng.randint(2, most), rng.randint(2, most)


def _power(rng: Random, difficulty: int) -> str:
    exponent = rng.choice((2, 2, 3, 3, 4))
    return f"{rng.randint(2, 12 if exponent == 2 else 4 + difficulty // 2)}^{exponent}"


def _zero_exponent(rng: Random, difficulty: int) -> str:
    return f"{rng.randint(2, 10 * difficulty)}^0"


def _negative_exponent(rng: Random, difficulty: int) -> str:
    return f"{_base(rng, difficulty)}^-{rng.choice((1, 2, 2, 3))}"


def _sum(rng: Random, difficulty: int) -> str:
    base, (first, second) = rng.randint(2, 3 + difficulty // 2), _exponents(rng, 4)
    return f"{base}^{first} + {base}^{second}"


def _product(rng: Random, difficulty: int) -> str:
    base, (first, second) = rng.randint(2, 2 + difficulty // 2), _exponents(rng, 2 + difficulty // 2)
    return f"{base}^{first} × {base}^{second}"


def _quotient(rng: Random, difficulty: int) -> str:
    """Mostly with exponents that can be divided."""
    over, under = rng.choice(((6, 2), (6, 3), (8, 2), (9, 3), (5, 2), (7, 3)))
    base = rng.randint(2, 2 + difficulty // 2)
    return f"{base}^{over} ÷ {base}^{under}"


def _power_of_power(rng: Random, difficulty: int) -> str:
    first, second = rng.choice(((2, 3), (3, 2), (3, 3), (2, 4), (4, 2)))
    return f"({rng.randint(2, 2 + difficulty // 2)}^{first})^{second}"


def _power_of_sum(rng: Random, difficulty: int) -> str:
    first, second = rng.randint(2, 4 + difficulty), rng.randint(1, 4 + difficulty)
    if rng.random() < 0.4:
        return f"({first + second} - {second})^2"
    return f"({first} + {second})^2"


def _root(rng: Random, difficulty: int) -> str:
    return f"sqrt({rng.randint(2, 5 + 2 * difficulty) ** 2})"


def _root_of_sum(rng: Random, difficulty: int) -> str:
    first, second = rng.choice(TRIPLES[: 3 + difficulty])
    if rng.random() < 0.5:
        first, second = second, first
    return f"sqrt({first**2} + {second**2})"


Maker = Callable[[Random, int], str]

_MAKERS: tuple[tuple[Maker, ...], ...] = (
    (),
    (_power, _root, _zero_exponent, _sum),
    (_zero_exponent, _sum, _product, _power_of_sum, _root, _root_of_sum),
    (_product, _quotient, _power_of_power, _power_of_sum, _root_of_sum, _negative_exponent),
    (_product, _quotient, _power_of_power, _power_of_sum, _root_of_sum, _negative_exponent),
    (_product, _quotient, _power_of_power, _sum, _root_of_sum, _negative_exponent, _zero_exponent),
)
