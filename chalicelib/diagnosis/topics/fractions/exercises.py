"""Random problems about fractions by difficulty."""

from __future__ import annotations

from collections.abc import Callable
from math import gcd
from random import Random

SIZES = (0, 6, 8, 10, 12, 15)
"""The largest denominator at each difficulty."""


def draw(rng: Random, difficulty: int) -> str:
    """1: equal denominators, forms, comparing; 2: more wholes; 3: unlike, mixed; 4, 5: larger ones."""
    maker = rng.choice(_MAKERS[difficulty])
    return maker(rng, SIZES[difficulty])


def _proper(rng: Random, size: int, bottom: int = 0) -> tuple[int, int]:
    bottom = bottom or rng.randint(2, size)
    return rng.randint(1, bottom - 1), bottom


def _text(top: int, bottom: int) -> str:
    return f"{top}/{bottom}"


def _mixed(rng: Random, size: int, bottom: int = 0) -> str:
    return f"{rng.randint(1, 9)} {_text(*_proper(rng, size, bottom))}"


def _unlike(rng: Random, size: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two fractions of different denominators."""
    first = _proper(rng, size)
    while True:
        second = _proper(rng, size)
        if second[1] != first[1]:
            return first, second


def _like(rng: Random, size: int, sign: str) -> str:
    bottom = rng.randint(3, size)
    first, second = _proper(rng, size, bottom), _proper(rng, size, bottom)
    return f"{_text(*max(first, second))} {sign} {_text(*min(first, second))}"


def _like_sum(rng: Random, size: int) -> str:
    return _like(rng, size, "+")


def _like_product(rng: Random, size: int) -> str:
    return _like(rng, size, rng.choice(("×", "×", "of")))


def _unit_sum(rng: Random, size: int) -> str:
    top = rng.choice((1, 1, 2))
    bottoms = rng.randint(top + 1, size), rng.randint(top + 1, size)
    return " + ".join(_text(top, bottom) for bottom in bottoms)


def _unlike_sum(rng: Random, size: int) -> str:
    first, second = _unlike(rng, size)
    return f"{_text(*first)} + {_text(*second)}"


def _unlike_difference(rng: Random, size: int) -> str:
    first, second = _unlike(rng, size)
    if first[0] * second[1] < second[0] * first[1]:
        first, second = second, first
    return f"{_text(*first)} - {_text(*second)}"


def _product(rng: Random, size: int) -> str:
    return f"{_text(*_proper(rng, size))} × {_text(*_proper(rng, size))}"


def _quotient(rng: Random, size: int) -> str:
    return f"{_text(*_proper(rng, size))} ÷ {_text(*_proper(rng, size))}"


def _with_whole(rng: Random, size: int) -> str:
    """A whole number and a fraction, in either order."""
    pair = [str(rng.randint(2, 9)), _text(*_proper(rng, size))]
    sign = rng.choice(("+", "+", "×", "×", "-", "÷"))
    if sign != "-" and rng.random() < 0.5:
        pair.reverse()
    return f" {sign} ".join(pair)


def _mixed_sum(rng: Random, size: int) -> str:
    bottom = rng.randint(3, size)
    first = _mixed(rng, size, bottom)
    second = rng.choice((_mixed(rng, size, bottom), _text(*_proper(rng, size, bottom)), _mixed(rng, size)))
    return f"{first} + {second}"


def _mixed_difference(rng: Random, size: int) -> str:
    """A whole or mixed number minus a smaller one, often with a fraction that needs regrouping."""
    whole, bottom = rng.randint(3, 12), rng.randint(3, size)
    first, second = sorted((_proper(rng, size, bottom)[0], _proper(rng, size, bottom)[0]))
    less, other = rng.randint(1, whole - 1), _proper(rng, size)
    taken = rng.choice((f"{less} {second}/{bottom}", f"{less} {_text(*other)}", f"{second}/{bottom}"))
    return f"{rng.choice((str(whole), f'{whole} {first}/{bottom}', f'{whole} {first}/{bottom}'))} - {taken}"


def _mixed_product(rng: Random, size: int) -> str:
    return f"{_mixed(rng, size)} {rng.choice('××÷')} {_mixed(rng, size)}"


def _simplify(rng: Random, size: int) -> str:
    top, bottom = _proper(rng, size)
    if rng.random() < 0.4:
        return f"simplify {top * top}/{bottom * bottom}"
    factor = rng.randint(2, size)
    return f"simplify {top * factor}/{bottom * factor}"


def _improper(rng: Random, size: int) -> str:
    return f"improper {_mixed(rng, size)}"


def _equivalent(rng: Random, size: int) -> str:
    top, bottom = _proper(rng, size)
    shared = gcd(top, bottom)
    top, bottom = top // shared, bottom // shared
    return f"{top}/{bottom} = ?/{bottom * rng.randint(2, size)}"


def _compare(rng: Random, size: int) -> str:
    first, second = _unlike(rng, size)
    gap = rng.random()
    if gap < 0.3:
        apart = rng.randint(1, 3)
        first, second = (first[1], first[1] + apart), (second[1], second[1] + apart)
    elif gap < 0.6:
        first, second = (1, first[1]), (1, second[1])
    return f"compare {_text(*first)}, {_text(*second)}"


Maker = Callable[[Random, int], str]

_EASY: tuple[Maker, ...] = (_like_sum, _unit_sum, _like_product, _with_whole, _compare, _improper, _simplify)
_UNLIKE: tuple[Maker, ...] = (_unlike_sum, _unlike_difference, _product, _quotient)
_MIXED: tuple[Maker, ...] = (_mixed_sum, _mixed_difference, _mixed_difference, _mixed_product)
_MAKERS: tuple[tuple[Maker, ...], ...] = (
    (),
    _EASY,
    (*_EASY, _with_whole, _equivalent, _mixed_sum),
    (*_UNLIKE, *_MIXED, _with_whole, _simplify, _equivalent, _compare, _like_product),
    (*_UNLIKE, *_MIXED, _unit_sum, _with_whole, _like_product, _compare, _equivalent),
    (*_UNLIKE, *_MIXED, *_EASY, _equivalent),
)
