"""The forms of decimal problems, read and worked rightly, for the second writing of the bugs."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from tests.second_writing.written import as_decimal, plain, put_point

PLACES = {"hundreds": -2, "tens": -1, "ones": 0, "tenths": 1, "hundredths": 2, "thousandths": 3}
POWERS_OF_TEN = {"10": 1, "100": 2, "1000": 3}


class Number(NamedTuple):
    """A number as it is written: the digits before and after the point (none after it: a whole number)."""

    before: str
    after: str

    @property
    def digits(self) -> int:
        """All digits read as one whole number, without the point."""
        return int(self.before + self.after)

    @property
    def places(self) -> int:
        return len(self.after)

    @property
    def value(self) -> Fraction:
        return Fraction(self.digits, 10**self.places)

    @property
    def text(self) -> str:
        return f"{self.before}.{self.after}" if self.after else self.before

    @property
    def after_as_whole(self) -> int:
        """The digits after the point read as a whole number: 05 is 5, none are 0."""
        return int(self.after or "0")


def number(text: str) -> Number:
    before, _, after = text.partition(".")
    return Number(before, after)


def operation(problem: str, *signs: str) -> tuple[Number, str, Number] | None:
    """`2.5 + 0.35` taken apart, if its sign is one of these; None for any other form."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ([-+*÷]) (\d+(?:\.\d+)?)", plain(problem))
    if found is None or found[2] not in signs:
        return None
    first, second = number(found[1]), number(found[3])
    if not first.after and not second.after:
        return None
    return first, found[2], second


def aligned(problem: str, sign: str) -> tuple[int, int, int] | None:
    """Both numbers in units of the last place that either has, and how many places that is."""
    found = operation(problem, sign)
    if found is None:
        return None
    first, _, second = found
    places = max(first.places, second.places)
    return (
        first.digits * 10 ** (places - first.places),
        second.digits * 10 ** (places - second.places),
        places,
    )


def compared(problem: str) -> tuple[Number, Number] | None:
    found = re.fullmatch(r"compare (\d+(?:\.\d+)?), (\d+(?:\.\d+)?)", plain(problem))
    return None if found is None else (number(found[1]), number(found[2]))


def larger(first: Number, second: Number, difference: int | Fraction) -> str:
    """The number that the sign of the difference says is larger, as it is written, or `equal`."""
    if difference == 0:
        return "equal"
    return first.text if difference > 0 else second.text


def rounded(problem: str) -> tuple[Number, int] | None:
    """The number to round, and the number of places to keep."""
    found = re.fullmatch(r"round (\d+(?:\.\d+)?) to (\w+)", plain(problem))
    if found is None or found[2] not in PLACES:
        return None
    return number(found[1]), PLACES[found[2]]


def keep_places(digits: int, places: int) -> str:
    """The number with so many places, or with that many zeros before the point for -1 and -2."""
    return put_point(digits, places) if places >= 0 else str(digits * 10**-places)


def fraction(problem: str) -> tuple[str, str] | None:
    """Numerator and denominator, as written, of `decimal 1/2`."""
    found = re.fullmatch(r"decimal (\d+)/(\d+)", plain(problem))
    return None if found is None else (found[1], found[2])


def with_power_of_ten(problem: str, *signs: str) -> tuple[Number, int] | None:
    """The decimal and how many places the point moves to the right (negative for a division)."""
    found = operation(problem, *signs)
    if found is None:
        return None
    first, sign, second = found
    if sign == "*" and first.text in POWERS_OF_TEN:
        first, second = second, first
    if not first.after or second.text not in POWERS_OF_TEN:
        return None
    moves = POWERS_OF_TEN[second.text]
    return first, moves if sign == "*" else -moves


def shifted(value: Fraction, moves: int) -> str | None:
    return as_decimal(value * Fraction(10) ** moves)


def round_half_up(value: Fraction, places: int) -> int:
    """The value in units of the asked place; 5 goes up."""
    return int(value * Fraction(10) ** places + Fraction(1, 2))


def result(problem: str) -> Fraction | None:
    """The right value of an operation."""
    found = operation(problem, "+", "-", "*", "÷")
    if found is None:
        return None
    first, sign, second = found
    if sign == "+":
        return first.value + second.value
    if sign == "-":
        return first.value - second.value
    if sign == "*":
        return first.value * second.value
    return None if second.value == 0 else first.value / second.value


def quotient_in_decimals(value: Fraction) -> str:
    """The value as a decimal; one that does not end in 12 places is rounded to two, or to two figures."""
    if (value * 10**12).denominator == 1:
        return as_decimal(value) or ""
    places = 2
    while round_half_up(value, places) < 10:
        places += 1
    return put_point(round_half_up(value, places), places)


def right(problem: str) -> str | None:
    """The right answer."""
    if (both := compared(problem)) is not None:
        return larger(*both, both[0].value - both[1].value)
    if (asked := rounded(problem)) is not None:
        one, places = asked
        if places >= one.places:
            return one.text
        return keep_places(round_half_up(one.value, places), places)
    if (parts := fraction(problem)) is not None:
        return quotient_in_decimals(Fraction(int(parts[0]), int(parts[1])))
    value = result(problem)
    if value is None:
        return None
    return quotient_in_decimals(value) if operation(problem, "÷") else as_decimal(value)
