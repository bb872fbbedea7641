"""Bugs in how a whole problem is read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational

from ...procedure import NoAnswerError
from .polynomials import Term
from .work import Calculation, Letters, bug


@bug("left_to_right")
class LeftToRight(Calculation):
    """Works +, - and × (and ÷) strictly from left to right; what is in parentheses comes first."""

    def next_operation(self, operators: tuple[str, ...]) -> int:  # noqa: ARG002 (whatever they are)
        self.key = "from_the_left"
        return 0


@bug("digit_concatenation", cases=("answer",))
class DigitConcatenation(Letters):
    """2x is read as the number with digits 2 and x (20 + x), a bare x as x; finds the digit x.

    That is the one digit from 0 to 9 that makes ax + bx = c true so, or any other equation of whole numbers
    without brackets; else no answer.
    """

    kinds = frozenset({"equation"})

    def solve(self) -> None:
        self.sign, self.key = "=", "reads_as_digits"
        sides = [[read for item in side for read in self._read(item)] for side in self.task.sides]
        left, right = sides
        digits = [digit for digit in map(Rational, range(10)) if _worth(left, digit) == _worth(right, digit)]
        if len(digits) != 1:
            raise NoAnswerError
        self.equation("like_terms", left, right)
        self.key = "finds_digit"
        self.isolated("result", Rational(1), Rational(self.noted(digits[0])))

    def _read(self, item: object) -> list[Term]:
        """A term as it is read: 2x as 20 + x."""
        if not isinstance(item, Term) or item.coefficient.denominator > 1:
            raise NoAnswerError
        if not item.letters or abs(item.coefficient) == 1:
            return [item]
        return [Term(10 * item.coefficient), self.term(Rational(1 if item.coefficient > 0 else -1))]


def _worth(side: Sequence[Term], digit: Rational) -> Rational:
    return sum((term.coefficient * (digit if term.letters else 1) for term in side), Rational(0))
