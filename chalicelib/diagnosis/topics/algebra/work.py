"""Right work with letters, and with the order of operations, cut into the decisions where bugs depart.

An equation is worked in this order: brackets, like terms, letters to the left, numbers to the right, the
number before the letter. Each is one line; what there is nothing to do for is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational

from ...procedure import NoAnswerError, Register
from ..lines import Lines
from ..reckoning import Reckoning
from .polynomials import MIRRORED, Term, collect, in_order, text
from .sides import Brackets
from .task import Task
from .terms import Terms

bug = Register("algebra")


class Work(Lines):
    """Work on a problem of the topic."""

    task: Task


class Calculation(Reckoning, Work):
    """× and ÷ before + and -, each from the left."""

    kinds = frozenset({"calculation"})

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.expression = task.expression


class Letters(Terms, Work):
    """Brackets to expand, equations and inequalities to solve."""

    kinds = frozenset({"equation", "inequality", "expand"})
    sign: str
    """The sign between the two sides, as it stands now."""

    def answer(self) -> str:
        """Of an equation the number alone, of an inequality the last line."""
        last = super().answer()
        return last.rpartition(" ")[2] if self.task.kind == "equation" else last

    def work(self) -> None:
        if self.task.kind == "expand":
            self.expand()
        else:
            self.solve()

    def expand(self) -> None:
        (side,) = self.task.sides
        self.key = "multiplies_out"
        terms = self.without_brackets(side)
        self.write("brackets", text(terms), self.key)
        self.key = "collects"
        collected = self.merged(in_order(collect(self.collected(terms))))
        if collected != terms:
            self.write("like_terms", text(collected), self.key)

    def solve(self) -> None:
        self.sign = self.task.sign
        self.key = "multiplies_out"
        left, right = map(self.without_brackets, self.task.sides)
        if any(isinstance(item, Brackets) for side in self.task.sides for item in side):
            self.equation("brackets", left, right)
        self.key = "collects"
        collected = [self.merged(self.collected(side)) for side in (left, right)]
        if collected != [left, right]:
            left, right = collected
            self.equation("like_terms", left, right)
        if not self._coefficient(left):
            left, right, self.sign = right, left, MIRRORED[self.sign]
        self._separate(left, right)

    def _separate(self, left: list[Term], right: list[Term]) -> None:
        """Letters to the left, numbers to the right, and the number before the letter away."""
        coefficient, other = self._coefficient(left), self._coefficient(right)
        number, result = _constant(left), _constant(right)
        if other:
            self.key = "moves_letters"
            coefficient = Rational(self.noted(self.letters_moved(coefficient, other)))
        if coefficient == 0:
            raise NoAnswerError
        number_first = left[0].letters == ()
        if other:
            terms = [self.term(coefficient), Term(number)]
            moved = text([self.term(abs(other))])
            self.equation("letters", terms[::-1] if number_first else terms, [Term(result)], term=moved)
        self.undone(coefficient, number, result, subtracted=number_first and coefficient < 0)

    def isolated(self, place: str, coefficient: Rational, result: Rational, **values: object) -> None:
        """Write the line `ax = result`."""
        self.equation(place, [self.term(coefficient)], [Term(result)], **values)

    def equation(self, place: str, left: Sequence[Term], right: Sequence[Term], **values: object) -> None:
        """Write a line with these sides, unless it stands there already."""
        left, right = ([term for term in side if term.coefficient] for side in (left, right))
        if left == [self.term(Rational(1))] and all(term.letters == () for term in right) and len(right) < 2:
            right = [Term(self.written(_constant(right)))] if right else []
        line = f"{text(left)} {self.sign} {text(right)}"
        if not self.lines or line != self.lines[-1].wrote:
            self.write(place, line, self.key, **values)

    def term(self, coefficient: Rational) -> Term:
        return Term(coefficient, (self.task.letter,))

    def _coefficient(self, side: Sequence[Term]) -> Rational:
        return next((term.coefficient for term in side if term.letters), Rational(0))

    # What bugs override

    def letters_moved(self, coefficient: Rational, other: Rational) -> Rational:
        """The coefficient on the left once the other side's letters are there."""
        return coefficient - other

    def undone(self, coefficient: Rational, number: Rational, result: Rational, *, subtracted: bool) -> None:
        """Solve `ax + number = result`; `subtracted` says that the letter is taken from the number."""
        if number:
            self.key = "moves_number"
            result = Rational(self.noted(self.moved(number, result)))
            coefficient = self.kept(coefficient, subtracted=subtracted)
            self.isolated("numbers", coefficient, result, number=number)
        if coefficient != 1:
            self.removed(coefficient, result)
        elif not number:
            self.key = "states"
            self.isolated("result", coefficient, result)

    def moved(self, number: Rational, result: Rational) -> Rational:
        """The number on the right once `number` has come over from the left."""
        return result - number

    def kept(self, coefficient: Rational, *, subtracted: bool) -> Rational:  # noqa: ARG002 (for bugs)
        """The coefficient that stays on the left when the number goes."""
        return coefficient

    def removed(self, coefficient: Rational, result: Rational) -> None:
        """Solve `ax = result`."""
        whole = coefficient.denominator == 1
        turns = coefficient < 0 and self.sign != "="
        self.key = "divides_turns_sign" if turns else "divides" if whole else "multiplies"
        value = Rational(self.noted(self.divided(coefficient, result)))
        if turns:
            self.sign = self.turned(self.sign)
        self.isolated("result", Rational(1), value, number=coefficient if whole else 1 / coefficient)

    def divided(self, coefficient: Rational, result: Rational) -> Rational:
        """The x of `ax = result`."""
        return result / coefficient

    def turned(self, sign: str) -> str:
        """The sign once both sides are divided by a negative number."""
        return MIRRORED[sign]

    def written(self, solution: Rational) -> Rational:
        """The solution as it is written down."""
        return solution


Work.right = {"calculation": Calculation, **dict.fromkeys(Letters.kinds, Letters)}


def _constant(side: Sequence[Term]) -> Rational:
    return next((term.coefficient for term in side if not term.letters), Rational(0))
