"""Bugs in the last step, from `ax = c` to the solution."""

from __future__ import annotations

from fractions import Fraction as Rational

from ...procedure import NoAnswerError
from .moving import Solving
from .work import bug


class Dividing(Solving):
    """A bug with a whole coefficient; with none, as in x = 5 and -x = 5, the step is right."""

    def divided(self, coefficient: Rational, result: Rational) -> Rational:
        if coefficient.denominator > 1 or abs(coefficient) == 1:
            return super().divided(coefficient, result)
        return self.by_whole(coefficient, result)

    def by_whole(self, coefficient: Rational, result: Rational) -> Rational:
        """What is written for x."""
        return super().divided(coefficient, result)


@bug("inverted_division", cases=("divided",))
class InvertedDivision(Dividing):
    """ax = c is solved as x = a/c in lowest terms; with ax + b = c, b is first moved rightly.

    No answer where c is 0.
    """

    def by_whole(self, coefficient: Rational, result: Rational) -> Rational:
        if result == 0:
            raise NoAnswerError
        self.key = "divides_upside_down"
        return coefficient / result


@bug("subtract_coefficient", cases=("divided",))
class SubtractCoefficient(Dividing):
    """ax = c is solved as x = c - a; with ax + b = c, b is first moved rightly.

    The sign of an inequality stays, as nothing is divided.
    """

    def by_whole(self, coefficient: Rational, result: Rational) -> Rational:
        self.key = "subtracts_coefficient"
        return result - coefficient

    def turned(self, sign: str) -> str:
        return sign if self.key == "subtracts_coefficient" else super().turned(sign)


@bug("divides_instead_of_multiplying", cases=("fraction_divided",))
class DividesInsteadOfMultiplying(Solving):
    """x/a = c is solved as x = c/a; with x/a + b = c, b is first moved rightly, and ax = c is right."""

    def divided(self, coefficient: Rational, result: Rational) -> Rational:
        if coefficient.denominator == 1:
            return super().divided(coefficient, result)
        self.key = "divides_instead"
        return result / coefficient.denominator / coefficient.numerator


@bug("inequality_sign_not_flipped")
class InequalitySignNotFlipped(Solving):
    """ax > c (or <) with negative a: divides rightly but keeps the direction of the sign."""

    kinds = frozenset({"inequality"})

    def turned(self, sign: str) -> str:
        self.key = "divides_keeps_sign"
        return sign


@bug("negatives_refused")
class NegativesRefused(Solving):
    """Solves ax = c or ax + b = c rightly but writes a negative solution without its minus.

    So with every equation, and with the number of an inequality.
    """

    def written(self, solution: Rational) -> Rational:
        if solution >= 0:
            return super().written(solution)
        self.key = "drops_minus"
        return -solution
