"""The forms of algebra problems, read and worked rightly, for the second writing of the bugs.

A term is written `2x`, `x` or `-x`; the letter may be any. An equation is taken apart into its numbers
as the definitions name them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from tests.second_writing.written import as_fraction, plain

TERM = r"(-?\d*)([a-z])"
INTEGER = r"(-?\d+)"


class Linear(NamedTuple):
    """`ax + b = c` with b signed; `shown` is the coefficient as printed, nothing for a bare letter."""

    a: int
    b: int
    c: int
    shown: str


class Product(NamedTuple):
    """`outer(inner x + b)`, with b signed."""

    outer: int
    inner: int
    letter: str
    b: int


def coefficient(shown: str) -> int:
    if shown == "":
        return 1
    return -1 if shown == "-" else int(shown)


def signed(sign: str, number: str) -> int:
    return -int(number) if sign == "-" else int(number)


def with_constant(problem: str) -> Linear | None:
    """`2x + 3 = 11` or `2x - 3 = 11`."""
    found = re.fullmatch(rf"{TERM} ([-+]) (\d+) = {INTEGER}", plain(problem))
    if found is None:
        return None
    return Linear(coefficient(found[1]), signed(found[3], found[4]), int(found[5]), found[1])


def without_constant(problem: str) -> Linear | None:
    """`2x = 8`, as `2x + 0 = 8`."""
    found = re.fullmatch(rf"{TERM} = {INTEGER}", plain(problem))
    if found is None:
        return None
    return Linear(coefficient(found[1]), 0, int(found[3]), found[1])


def constant_first(problem: str) -> tuple[int, int, int] | None:
    """a, b and c of `a - bx = c`."""
    found = re.fullmatch(rf"{INTEGER} - (\d*)([a-z]) = {INTEGER}", plain(problem))
    if found is None:
        return None
    return int(found[1]), coefficient(found[2]), int(found[4])


def both_sides(problem: str) -> tuple[int, int, int] | None:
    """a, b and c, signed, of `ax = bx + c`."""
    found = re.fullmatch(rf"{TERM} = {TERM} ([-+]) (\d+)", plain(problem))
    if found is None or found[2] != found[4]:
        return None
    return coefficient(found[1]), coefficient(found[3]), signed(found[5], found[6])


def like_terms(problem: str) -> tuple[str, str, int] | None:
    """Both coefficients as printed, and the total, of `2x + x = 24`."""
    found = re.fullmatch(rf"(\d*)([a-z]) \+ (\d*)([a-z]) = {INTEGER}", plain(problem))
    if found is None or found[2] != found[4]:
        return None
    return found[1], found[3], int(found[5])


def quotient(problem: str) -> tuple[int, int] | None:
    """a and c of `x/a = c`."""
    found = re.fullmatch(rf"[a-z]/(\d+) = {INTEGER}", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]))


def bracket_equation(problem: str) -> tuple[Product, int] | None:
    """`3(x + 2) = 12`: the product and the number on the right."""
    left, _, right_side = plain(problem).partition(" = ")
    parts = products(left)
    if parts is None or len(parts) != 1 or not re.fullmatch(INTEGER, right_side):
        return None
    return parts[0], int(right_side)


def subtracted_bracket(problem: str) -> tuple[int, int, int] | None:
    """a, b (signed) and c of `a - (x - b) = c`."""
    found = re.fullmatch(rf"{INTEGER} - \([a-z] ([-+]) (\d+)\) = {INTEGER}", plain(problem))
    if found is None:
        return None
    return int(found[1]), signed(found[2], found[3]), int(found[4])


def inequality(problem: str) -> tuple[int, str, str, int] | None:
    """a, the letter, the sign and c of `ax > c`."""
    found = re.fullmatch(rf"{TERM} ([<>]) {INTEGER}", plain(problem))
    if found is None:
        return None
    return coefficient(found[1]), found[2], found[3], int(found[4])


def products(text: str) -> list[Product] | None:
    """`3(6x - 4) - 2(3x - 3)` as its products, a minus before a product taken into its outer number."""
    product = rf"(\d+)\({TERM} ([-+]) (\d+)\)"
    if not re.fullmatch(rf"-?{product}(?: [-+] {product})*", text):
        return None
    found = re.findall(rf"(-? ?){product}", text)
    return [
        Product(signed(minus.strip(), outer), coefficient(inner), letter, signed(sign, b))
        for minus, outer, inner, letter, sign, b in found
    ]


def to_expand(problem: str) -> list[Product] | None:
    """The products of `expand 3(6x - 4) + 2(3x - 3)`."""
    text = plain(problem)
    return products(text.removeprefix("expand ")) if text.startswith("expand ") else None


def binomial_square(problem: str) -> tuple[int, str, int] | None:
    """Coefficient, letter and number (signed) of `expand (z - 4)^2`."""
    found = re.fullmatch(rf"expand \({TERM} ([-+]) (\d+)\)\^2", plain(problem))
    if found is None:
        return None
    return coefficient(found[1]), found[2], signed(found[3], found[4])


def arithmetic(problem: str) -> list[str] | None:
    """Numbers and signs, in turn, of a chain of +, - and times."""
    text = plain(problem)
    return text.split(" ") if re.fullmatch(r"-?\d+(?: [-+*] \d+)+", text) else None


def polynomial(letter: str, square: int, first: int, constant: int) -> str:
    """`4x^2 - x + 9`; terms with 0 are not written, nor is the 1 of a coefficient."""
    pieces = [(square, letter + "^2"), (first, letter), (constant, "")]
    text = ""
    for number, name in pieces:
        if number == 0:
            continue
        size = name if abs(number) == 1 and name else f"{abs(number)}{name}"
        if not text:
            text = f"-{size}" if number < 0 else size
        else:
            text += f" - {size}" if number < 0 else f" + {size}"
    return text or "0"


def divided(top: int | Fraction, bottom: int) -> str | None:
    """The solution of bottom · x = top, in lowest terms."""
    return None if bottom == 0 else as_fraction(Fraction(top) / bottom)


class Solvable(NamedTuple):
    """`ax + b` on one side and c on the other, once brackets and like terms are gone and letters moved.

    `number_first` says that b stands before the letter, `order` is the sign between the sides.
    """

    a: Fraction
    b: Fraction
    c: Fraction
    number_first: bool = False
    letter: str = ""
    order: str = "="

    def solved(self, a: Fraction | int, b: Fraction | int, *, turns: bool = True) -> str | None:
        """The solution of `ax = b`, with the sign turned where a is negative and `turns`."""
        return None if a == 0 else self.stated(Fraction(b) / a, turned=turns and a < 0)

    def stated(self, value: Fraction, *, turned: bool) -> str:
        if self.order == "=":
            return as_fraction(value)
        order = {"<": ">", ">": "<"}[self.order] if turned else self.order
        return f"{self.letter} {order} {as_fraction(value)}"


def solvable(problem: str) -> Solvable | None:
    """Any equation or inequality, rightly brought to `ax + b = c`."""
    a: Fraction | int
    b, c, number_first, letter, order = 0, 0, False, "", "="
    if (linear := with_constant(problem) or without_constant(problem)) is not None:
        a, b, c, _ = linear
    elif (unequal := inequality(problem)) is not None:
        a, letter, order, c = unequal
    elif (first := constant_first(problem)) is not None:
        a, b, c, number_first = -first[1], first[0], first[2], True
    elif (sides := both_sides(problem)) is not None:
        a, c = sides[0] - sides[1], sides[2]
    elif (like := like_terms(problem)) is not None:
        a, c = coefficient(like[0]) + coefficient(like[1]), like[2]
    elif (over := quotient(problem)) is not None:
        a, c = Fraction(1, over[0]), over[1]
    elif (product := bracket_equation(problem)) is not None:
        (outer, inner, _, inside), c = product
        a, b = outer * inner, outer * inside
    elif (bracket := subtracted_bracket(problem)) is not None:
        a, b, c, number_first = -1, bracket[0] - bracket[1], bracket[2], True
    else:
        return None
    return Solvable(Fraction(a), Fraction(b), Fraction(c), number_first, letter, order)


def right(problem: str) -> str | None:
    """The right answer."""
    if (linear := with_constant(problem) or without_constant(problem)) is not None:
        return divided(linear.c - linear.b, linear.a)
    if (product := bracket_equation(problem)) is not None:
        (outer, inner, _, b), c = product
        return divided(c - outer * b, outer * inner)
    if (order := inequality(problem)) is not None:
        a, letter, sign, c = order
        turned = {"<": ">", ">": "<"}[sign] if a < 0 else sign
        return f"{letter} {turned} {divided(c, a)}"
    return right_equation(problem) or right_expression(problem)


def right_equation(problem: str) -> str | None:
    if (first := constant_first(problem)) is not None:
        a, b, c = first
        return divided(a - c, b)
    if (sides := both_sides(problem)) is not None:
        a, b, c = sides
        return divided(c, a - b)
    if (like := like_terms(problem)) is not None:
        return divided(like[2], coefficient(like[0]) + coefficient(like[1]))
    if (over := quotient(problem)) is not None:
        return str(over[0] * over[1])
    if (bracket := subtracted_bracket(problem)) is not None:
        a, b, c = bracket
        return str(a - b - c)
    return None


def right_expression(problem: str) -> str | None:
    if (parts := to_expand(problem)) is not None:
        first = sum(part.outer * part.inner for part in parts)
        return polynomial(parts[0].letter, 0, first, sum(part.outer * part.b for part in parts))
    if (square := binomial_square(problem)) is not None:
        a, letter, b = square
        return polynomial(letter, a * a, 2 * a * b, b * b)
    steps = arithmetic(problem)
    if steps is None:
        return None
    total, term, sign = 0, int(steps[0]), 1
    for operator, number in zip(steps[1::2], steps[2::2], strict=True):
        if operator == "*":
            term *= int(number)
        else:
            total += sign * term
            term, sign = int(number), 1 if operator == "+" else -1
    return str(total + sign * term)
