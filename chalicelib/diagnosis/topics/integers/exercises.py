"""Random problems about numbers with a sign, by difficulty."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

SIZES = (0, 9, 12, 20, 30, 50)
"""The largest number of a sum at each difficulty; factors are smaller."""


def draw(rng: Random, difficulty: int) -> str:
    """1: sums of two, below 0, comparing; 2: minus a negative; 3: products, chains, powers; 4, 5: longer."""
    return rng.choice(_MAKERS[difficulty])(rng, SIZES[difficulty])


def _number(rng: Random, size: int) -> int:
    """Negative more often than not, and never 0."""
    return rng.choice((-1, -1, 1)) * rng.randint(1, size)


def _in_place(number: int) -> str:
    """A number behind an operator."""
    return str(number) if number >= 0 else f"({number})"


def _sum(rng: Random, size: int) -> str:
    first, second = _number(rng, size), _number(rng, size)
    if first > 0 < second:
        first = -first
    return f"{first} + {_in_place(second)}"


def _below_zero(rng: Random, size: int) -> str:
    first = rng.randint(0, size - 1)
    return f"{first} - {rng.randint(first + 1, size)}"


def _difference(rng: Random, size: int) -> str:
    first, second = _number(rng, size), _number(rng, size)
    if first > 0 < second:
        second = -second
    return f"{first} - {_in_place(second)}"


def _compare(rng: Random, size: int) -> str:
    first = _number(rng, size)
    second = -first if rng.random() < 0.15 else rng.choice((-1, 1)) * rng.randint(1, size)
    if first > 0 < second or first == second:
        first, second = -abs(first), -abs(second) - 1
    return f"compare {first}, {second}"


def _factor(rng: Random, size: int) -> int:
    return rng.choice((-1, 1)) * rng.randint(2, min(size, 12))


def _product(rng: Random, size: int) -> str:
    first, second = _factor(rng, size), _factor(rng, size)
    if first > 0 < second:
        first, second = -first, -second
    start = f"({first})" if first < 0 else str(first)
    return f"{start} × {_in_place(second)}"


def _long_product(rng: Random, size: int) -> str:
    factors = [rng.choice((-1, 1)) * rng.randint(2, size // 8) for _ in range(2)]
    return f"(-{rng.randint(2, 5)}) × " + " × ".join(map(_in_place, factors))


def _chain(rng: Random, size: int) -> str:
    """Three or four numbers, the first few of them without sign, with a minus that is not the last."""
    numbers = [_number(rng, size) if rng.random() < 0.3 else rng.randint(1, size) for _ in range(3)]
    if size > SIZES[3] and rng.random() < 0.5:
        numbers.append(rng.randint(1, size))
    signs = ["-", *(rng.choice("+-") for _ in numbers[2:])]
    rest = (f"{sign} {_in_place(number)}" for sign, number in zip(signs, numbers[1:], strict=True))
    return " ".join([str(numbers[0]), *rest])


def _power(rng: Random, size: int) -> str:
    exponent = rng.choice((2, 2, 2, 3, 4))
    return f"-{rng.randint(2, 10 if exponent == 2 else 4 + size // 50)}^{exponent}"


Maker = Callable[[Random, int], str]

_EASY: tuple[Maker, ...] = (_sum, _sum, _below_zero, _compare)
_LATER: tuple[Maker, ...] = (_sum, _difference, _difference, _product, _product, _chain, _power)
_MAKERS: tuple[tuple[Maker, ...], ...] = (
    (),
    _EASY,
    (*_EASY, _difference, _difference, _difference),
    (*_LATER, _sum, _below_zero, _compare),
    (*_LATER, _long_product, _power, _chain, _below_zero, _compare),
    (*_LATER, _long_product, _power, _chain, _sum),
)
