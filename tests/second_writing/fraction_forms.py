"""The forms of fraction problems, read and worked rightly, for the second writing of the bugs."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from tests.second_writing.written import as_fraction, plain


class Number(NamedTuple):
    """A number as it is written.

    `kind` is "whole", "fraction" or "mixed"; `whole` is 0 for a fraction, and a whole number has a `top`
    of 0 and a `bottom` of 1.
    """

    kind: str
    whole: int
    top: int
    bottom: int

    @property
    def value(self) -> Fraction:
        return self.whole + Fraction(self.top, self.bottom)


class Task(NamedTuple):
    """Two numbers and the sign between them."""

    first: Number
    sign: str
    second: Number


OPERATION = re.compile(r"(\d[\d /]*) ([-+*÷]|of) (\d[\d /]*)")


def number(text: str) -> Number | None:
    text = text.strip()
    if found := re.fullmatch(r"(\d+) (\d+)/(\d+)", text):
        whole, top, bottom = (int(part) for part in found.groups())
        return Number("mixed", whole, top, bottom)
    if found := re.fullmatch(r"(\d+)/(\d+)", text):
        return Number("fraction", 0, int(found[1]), int(found[2]))
    if re.fullmatch(r"\d+", text):
        return Number("whole", int(text), 0, 1)
    return None


def task(problem: str) -> Task | None:
    """`4/5 + 2/3` taken apart; None for any other form."""
    found = OPERATION.fullmatch(plain(problem))
    if found is None:
        return None
    first, sign, second = number(found[1]), found[2], number(found[3])
    if first is None or second is None:
        return None
    return Task(first, sign, second)


Tops = tuple[int, int, int, int]


def pure(problem: str, *signs: str) -> Tops | None:
    """Both tops and bottoms, in reading order, of an operation on two pure fractions."""
    found = task(problem)
    if found is None or found.sign not in signs:
        return None
    first, _, second = found
    if first.kind != "fraction" or second.kind != "fraction":
        return None
    return first.top, first.bottom, second.top, second.bottom


def as_fractions(problem: str, *signs: str) -> Tops | None:
    """As `pure`, but a whole number is written over 1 and a mixed one as an improper fraction."""
    found = task(problem)
    if found is None or found.sign not in signs:
        return None
    first, _, second = found
    if first.kind == "whole" and second.kind == "whole":
        return None
    return (
        first.whole * first.bottom + first.top,
        first.bottom,
        second.whole * second.bottom + second.top,
        second.bottom,
    )


def with_fractions(problem: str) -> tuple[int, int, int, int, int] | None:
    """The sum of the whole parts, then tops and bottoms, of a sum of two numbers that have a fraction."""
    found = task(problem)
    if found is None or found.sign != "+" or "whole" in (found.first.kind, found.second.kind):
        return None
    first, _, second = found
    return first.whole + second.whole, first.top, first.bottom, second.top, second.bottom


def over(top: int, bottom: int) -> str | None:
    """The fraction as it stands, not simplified."""
    return None if bottom == 0 else f"{top}/{bottom}"


def mixed(whole: int, top: int, bottom: int) -> str | None:
    """Whole part and fraction side by side; a part that is 0 is not written."""
    if whole < 0 or bottom == 0:
        return None
    if top == 0:
        return str(whole)
    return f"{top}/{bottom}" if whole == 0 else f"{whole} {top}/{bottom}"


def beside(whole: int, top: int, bottom: int) -> str | None:
    """As `mixed`, but a fraction alone is written even where its top is 0."""
    return over(top, bottom) if whole == 0 else mixed(whole, top, bottom)


def compared(problem: str) -> tuple[str, str, Tops] | None:
    """Both fractions of `compare 4/5, 11/12`, as written and taken apart."""
    found = re.fullmatch(r"compare (\d+)/(\d+), (\d+)/(\d+)", plain(problem))
    if found is None:
        return None
    a, b, c, d = (int(part) for part in found.groups())
    return f"{a}/{b}", f"{c}/{d}", (a, b, c, d)


def larger(first: str, second: str, difference: int | Fraction) -> str:
    if difference == 0:
        return "equal"
    return first if difference > 0 else second


def one_fraction(problem: str, word: str) -> tuple[int, int] | None:
    found = re.fullmatch(word + r" (\d+)/(\d+)", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]))


def one_mixed(problem: str) -> tuple[int, int, int] | None:
    found = re.fullmatch(r"improper (\d+) (\d+)/(\d+)", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def missing_top(problem: str) -> tuple[int, int, int] | None:
    """Top and bottom of the whole fraction, and the new bottom, of `2/3 = ?/6`."""
    found = re.fullmatch(r"(\d+)/(\d+) = \?/(\d+)", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def result(problem: str) -> Fraction | None:
    """The right value of an operation."""
    found = task(problem)
    if found is None:
        return None
    first, second = found.first.value, found.second.value
    if found.sign == "+":
        return first + second
    if found.sign == "-":
        return first - second
    if found.sign in ("*", "of"):
        return first * second
    return None if second == 0 else first / second


def right(problem: str) -> str | None:
    """The right answer in lowest terms, a mixed number where one is given."""
    if (both := compared(problem)) is not None:
        first, second, (a, b, c, d) = both
        return larger(first, second, Fraction(a, b) - Fraction(c, d))
    if (parts := one_fraction(problem, "simplify")) is not None:
        return as_fraction(Fraction(*parts))
    if (numbers := one_mixed(problem)) is not None:
        whole, top, bottom = numbers
        return f"{whole * bottom + top}/{bottom}"
    if (known := missing_top(problem)) is not None:
        top, bottom, new_bottom = known
        return as_fraction(Fraction(top * new_bottom, bottom))
    found, value = task(problem), result(problem)
    if found is None or value is None:
        return None
    if value >= 0 and "mixed" in (found.first.kind, found.second.kind):
        whole, top = divmod(value.numerator, value.denominator)
        return mixed(whole, top, value.denominator)
    return as_fraction(value)


def top_and_bottom_alike(one: Number) -> tuple[int, int]:
    """A whole number stands in both places."""
    return (one.whole, one.whole) if one.kind == "whole" else (one.top, one.bottom)


def whole_and_fraction(problem: str, *signs: str) -> tuple[int, int, int] | None:
    """The whole number and the parts of the fraction, in whichever order they stand."""
    found = task(problem)
    if found is None or found.sign not in signs:
        return None
    first, _, second = found
    if first.kind == "fraction":
        first, second = second, first
    if first.kind != "whole" or second.kind != "fraction":
        return None
    return first.whole, second.top, second.bottom
