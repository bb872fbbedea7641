"""Random problems about decimals by difficulty."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .task import pointed


def draw(rng: Random, difficulty: int) -> str:
    """1: tenths, comparing; 2: other lengths, 10, 100, 1000; 3: products, rounding; 4, 5: all, longer."""
    maker = rng.choice(_MAKERS[difficulty])
    return maker(rng, difficulty)


def _decimal(rng: Random, places: int, wholes: int = 1) -> str:
    """A decimal that does not end in 0, with a whole part of up to `wholes` digits, often 0."""
    whole = rng.choice((0, rng.randint(1, 10**wholes - 1)))
    parts = "".join(rng.choice("0123456789") for _ in range(places - 1)) + rng.choice("123456789")
    return f"{whole}.{parts}"


def _lengths(rng: Random, difficulty: int) -> list[int]:
    """The places of two numbers: equal for beginners, else mostly not."""
    if difficulty == 1:
        return [1, 1]
    return rng.sample(range(1, 3 + (difficulty > 3)), 2) if rng.random() < 0.8 else [2, 2]


def _sum(rng: Random, difficulty: int) -> str:
    first, second = _lengths(rng, difficulty)
    pair = [_decimal(rng, first, 2), _decimal(rng, second)]
    if difficulty > 1 and rng.random() < 0.15:
        pair[0] = str(rng.randint(1, 20))
    return " + ".join(pair)


def _difference(rng: Random, difficulty: int) -> str:
    """The second number has more places as often as not; whole numbers and zeros on top now and then."""
    first, second = _lengths(rng, difficulty)
    bottom = _decimal(rng, second)
    whole, kind = int(bottom[0]) + rng.randint(1, 9 * difficulty), rng.random()
    top = f"{whole}.{''.join(rng.choice('0012345679') for _ in range(first))}"
    if difficulty > 1 and kind < 0.2:
        top = str(whole)
    elif difficulty > 1 and kind < 0.4:
        top = f"{whole}.{'0' * second}"
    return f"{top} - {bottom}"


def _product(rng: Random, difficulty: int) -> str:
    first = _decimal(rng, rng.randint(1, max(1, difficulty - 2)))
    second = rng.choice((str(rng.randint(2, 12)), _decimal(rng, 1), _decimal(rng, 1)))
    return f"{first} × {second}"


def _round_product(rng: Random, difficulty: int) -> str:
    """A product of digits that ends in 0: one factor is even, the other ends in 5."""
    even = pointed(2 * rng.randint(1, 4 * difficulty), 1)
    return f"{even} × {pointed(10 * rng.randint(0, difficulty) + 5, 1)}"


def _power_of_ten(rng: Random, difficulty: int) -> str:
    number = _decimal(rng, rng.randint(1, 1 + difficulty // 2), 2)
    return f"{number} {rng.choice('×××÷')} {rng.choice((10, 100, 1000))}"


def _quotient(rng: Random, difficulty: int) -> str:
    """A decimal by a whole number, most often with a rest in the last place; it may be the smaller one."""
    divisor = rng.choice((2, 4, 5, 5, 6, 8))
    if difficulty > 3 and rng.random() < 0.3:
        divisor = rng.choice((12, 15, 16, 25))
    dividend = pointed(rng.choice((rng.randint(3, 10 * divisor - 1), rng.randint(11, 99 * difficulty))), 1)
    return f"{dividend} ÷ {divisor}"


def _decimal_divisor(rng: Random, difficulty: int) -> str:
    divisor, places = rng.randint(2, 9), rng.choice((1, 1, 2))
    quotient = rng.randint(2, 9 * difficulty)
    return f"{pointed(quotient * divisor, 1)} ÷ {pointed(divisor, places)}"


def _round(rng: Random, difficulty: int) -> str:
    """Often with a 9 in the asked place, or with digits such as 46 or 445 after it."""
    places = 2 if difficulty < 3 else rng.randint(2, 3)
    keep = rng.randint(0, places - 2) if difficulty < 4 else rng.randint(0, places - 1)
    digits = [rng.choice("0123456789") for _ in range(places - 1)] + [rng.choice("123456789")]
    whole, kind = rng.randint(0, 30), rng.random()
    if kind < 0.35:
        whole, digits[:keep] = 10 * rng.randint(0, 3) + 9, ["9"] * keep
        digits[keep] = rng.choice("56789")
    elif kind < 0.7:
        digits[keep:] = ["4"] * (places - keep - 1) + [rng.choice("56789")]
    return f"round {whole}.{''.join(digits)} to {('ones', 'tenths', 'hundredths')[keep]}"


def _as_decimal(rng: Random, difficulty: int) -> str:
    bottom = rng.choice((2, 4, 5, 8, 10, 20, 25)[: 3 + difficulty])
    return f"decimal {rng.randint(1, bottom - 1)}/{bottom}"


def _compare(rng: Random, difficulty: int) -> str:
    """Two decimals of different lengths and equal whole parts; one may begin with the digits of the other."""
    whole, kind = rng.choice((0, rng.randint(1, 9))), rng.random()
    short = "".join(rng.choice("123456789") for _ in range(rng.randint(1, 1 + difficulty // 2)))
    longer = short[:-1] + str(rng.randint(0, int(short[-1]))) + str(rng.randint(1, 9))
    if kind < 0.3:
        longer = f"{rng.randint(int(short[0]), 9)}{rng.randint(1, 9)}".ljust(len(short) + 1, "3")
    elif kind < 0.7 and difficulty > 1:
        short = short.ljust(2, "5")
        longer = f"{short}{rng.randint(0, 9)}{rng.randint(1, 9)}"
    pair = [short, longer]
    rng.shuffle(pair)
    return "compare " + ", ".join(f"{whole}.{part}" for part in pair)


Maker = Callable[[Random, int], str]

_SUMS: tuple[Maker, ...] = (_sum, _difference)
_TENS: tuple[Maker, ...] = (*_SUMS, _compare, _as_decimal, _power_of_ten, _round)
_ALL: tuple[Maker, ...] = (*_TENS, *_SUMS, _product, _round_product, _quotient, _decimal_divisor)
_MAKERS: tuple[tuple[Maker, ...], ...] = (
    (),
    (*_SUMS, _compare, _as_decimal),
    _TENS,
    (*_TENS, _product, _quotient),
    _ALL,
    _ALL,
)
