"""The problems of the topic, and decimals as a whole number of smallest places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...grammar.tree import Binary, Command, Decimal, Fraction, Mixed, Tree, Whole

if TYPE_CHECKING:
    from fractions import Fraction as Rational

MAX_DIGITS = 12
MAX_OPERANDS = 5
EXACT_PLACES = 12
"""A quotient that ends within so many places is written out; any other is rounded."""

PLACES = {
    "thousands": -3,
    "hundreds": -2,
    "tens": -1,
    "ones": 0,
    "tenths": 1,
    "hundredths": 2,
    "thousandths": 3,
}
"""Decimal places that are kept when rounding to a place."""


class Figure(NamedTuple):
    """A decimal or whole number as written: `digits` before the point, `places` after it."""

    digits: str
    places: str
    whole: bool

    @property
    def number(self) -> int:
        """The digits without the point."""
        return int(self.digits + self.places)

    def scaled(self, places: int) -> int:
        """The number as a whole number of units of the last of `places` decimal places."""
        return int(self.digits + self.places.ljust(places, "0"))

    @property
    def value(self) -> Rational:
        from fractions import Fraction as Rational

        return Rational(self.number, 10 ** len(self.places))

    def __str__(self) -> str:
        return self.digits if self.whole else f"{self.digits}.{self.places}"


class Task(NamedTuple):
    """A problem of the topic.

    `kind` is the operator (`+ - × ÷`) or the command (`round`, `decimal`, `compare`); `keep` is the number of
    decimal places that are kept in rounding, below 0 for tens and more; `fraction` is what is to be made a
    decimal.
    """

    kind: str
    figures: tuple[Figure, ...] = ()
    keep: int = 0
    fraction: Fraction | Mixed | None = None


def claim(tree: Tree) -> Task | None:
    """The task in `tree`; None where it is not of this topic, or a number has more than 12 digits."""
    match tree:
        case Command("decimal", (Fraction() | Mixed() as fraction,)):
            return Task("decimal", fraction=fraction) if max(fraction) < 10**MAX_DIGITS else None
        case Command("round", (Whole() | Decimal() as number,), place):
            figures = _figures((number,))
            return Task("round", figures, PLACES[place]) if figures else None
        case Command("compare", operands):
            return _of_decimals("compare", operands)
        case Binary("+", _, _):
            return _of_decimals("+", _addends(tree))
        case Binary("-" | "×" | "÷" as operator, left, right):
            return _of_decimals(operator, (left, right))
        case _:
            return None


def _addends(tree: Tree) -> tuple[Tree, ...]:
    addends: list[Tree] = []
    while isinstance(tree, Binary) and tree.operator == "+":
        addends.append(tree.right)
        tree = tree.left
    return (tree, *reversed(addends))


def _of_decimals(kind: str, operands: tuple[Tree, ...]) -> Task | None:
    """Whole numbers and decimals, at least one of them a decimal; no divisor 0."""
    figures = _figures(operands)
    if not figures or all(figure.whole for figure in figures):
        return None
    if kind == "÷" and figures[1].number == 0:
        return None
    return Task(kind, figures)


def _figures(operands: tuple[Tree, ...]) -> tuple[Figure, ...]:
    """The numbers as written; none where one of them is of another kind or too long."""
    figures = []
    for operand in operands:
        match operand:
            case Whole(number):
                figures.append(Figure(str(number), "", whole=True))
            case Decimal(digits, places):
                figures.append(Figure(digits, places, whole=False))
    fits = all(len(figure.digits + figure.places) <= MAX_DIGITS for figure in figures)
    return tuple(figures) if fits and len(figures) == len(operands) <= MAX_OPERANDS else ()


def pointed(number: int, places: int) -> str:
    """`number` with its last `places` digits after the point; all places are written."""
    if number < 0:
        return "-" + pointed(-number, places)
    digits = str(number).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def plain(text: str) -> str:
    """A number without zeros at the end of its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Rational, places: int) -> int:
    """`number`, not below 0, in units of the last of `places` decimal places; a half goes up."""
    units: Rational = number * 10**places
    return (2 * units.numerator + units.denominator) // (2 * units.denominator)


def in_decimals(number: Rational, exact_places: int = EXACT_PLACES) -> str:
    """A number, not below 0, as a decimal.

    If it ends within `exact_places`, it is written out, else rounded to hundredths, or to more places
    where that would leave less than two figures.
    """
    exact = number * 10**exact_places
    if exact.denominator == 1:
        return plain(pointed(int(exact), exact_places))
    places = 2
    while rounded(number, places) < 10:
        places += 1
    return pointed(rounded(number, places), places)
