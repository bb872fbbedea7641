"""Bugs in bringing letters and numbers to the other side of an equation or inequality."""

from __future__ import annotations

from fractions import Fraction as Rational

from .polynomials import Term
from .work import Letters, bug


class Solving(Letters):
    """A bug that shows where something is solved; what comes before that step is done rightly."""

    kinds = frozenset({"equation", "inequality"})


@bug("transpose_no_sign_change", cases=("positive_number", "negative_number"))
class TransposeNoSignChange(Solving):
    """ax + b = c: moves b across with its sign unchanged, x = (c + b)/a; for ax - b = c, x = (c - b)/a."""

    def moved(self, number: Rational, result: Rational) -> Rational:
        self.key = "moves_unchanged"
        return result + number


@bug("reversed_subtraction", cases=("positive_number",))
class ReversedSubtraction(Solving):
    """ax + b = c, b positive: subtracts in the wrong order, x = (b - c)/a; ax - b = c is solved rightly."""

    def moved(self, number: Rational, result: Rational) -> Rational:
        if number < 0:
            return super().moved(number, result)
        self.key = "subtracts_wrong_order"
        return number - result


@bug("subtract_instead_of_add", cases=("negative_number",))
class SubtractInsteadOfAdd(Solving):
    """ax - b = c: subtracts b from both sides' numbers, x = (c - b)/a; ax + b = c is solved rightly."""

    def moved(self, number: Rational, result: Rational) -> Rational:
        if number > 0:
            return super().moved(number, result)
        self.key = "subtracts_instead"
        return result + number


@bug("negative_coefficient_lost")
class NegativeCoefficientLost(Solving):
    """a - bx = c: moves a rightly but drops the minus of bx, x = (c - a)/b.

    Where the term with the letter stands first (-2x + 7 = 1) its minus is kept.
    """

    def kept(self, coefficient: Rational, *, subtracted: bool) -> Rational:
        if not subtracted:
            return super().kept(coefficient, subtracted=subtracted)
        self.key = "loses_minus"
        return -coefficient


@bug("variables_both_sides_add")
class VariablesBothSidesAdd(Solving):
    """ax = bx + c: moves bx across without changing its sign, x = c/(a + b); no answer if a + b is 0."""

    def letters_moved(self, coefficient: Rational, other: Rational) -> Rational:
        self.key = "moves_letters_unchanged"
        return coefficient + other


@bug("divide_one_term")
class DivideOneTerm(Solving):
    """ax + b = c: divides only c by a and then subtracts b, x = c/a - b (ax - b = c: x = c/a + b)."""

    def undone(self, coefficient: Rational, number: Rational, result: Rational, *, subtracted: bool) -> None:
        if not number or coefficient == 1:
            super().undone(coefficient, number, result, subtracted=subtracted)
            return
        self.key = "divides_one_term"
        quotient = Rational(self.noted(self.divided(coefficient, result)))
        if coefficient < 0:
            self.sign = self.turned(self.sign)
        self.equation("numbers", [self.term(Rational(1)), Term(number)], [Term(quotient)], number=coefficient)
        self.key = "moves_number"
        moved = Rational(self.noted(self.moved(number, quotient)))
        self.isolated("result", Rational(1), moved, number=number)
