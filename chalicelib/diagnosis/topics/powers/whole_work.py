"""Bugs with powers and roots of sums, and with the root as such."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as Rational
from typing import TYPE_CHECKING

from ...grammar.tree import Binary, Root, Tree
from ...procedure import NoAnswerError
from .task import SUMS
from .work import Work, bug, power_of

if TYPE_CHECKING:
    from ..expressions import Number


@bug("square_of_sum")
class SquareOfSum(Work):
    """(a + b)^2 is worked out as a^2 + b^2, and (a - b)^2 as a^2 - b^2; so with higher powers, more terms."""

    kinds = frozenset({"power of sum", "other"})

    def power_of_sum(self, base: Binary, exponent: int) -> Tree | None:
        if base.operator not in SUMS or exponent < 2:
            return super().power_of_sum(base, exponent)
        split = each_term(base, lambda term: power_of(term, exponent))
        self.tell("power_of_each_term", sum=base, exponent=exponent, result=split)
        return split


@bug("sqrt_of_sum_distributes")
class SqrtOfSumDistributes(Work):
    """The root of a sum is worked out as the sum of the roots (each term a perfect square, else no answer).

    The root of a difference is taken in the same way.
    """

    kinds = frozenset({"root of sum", "other"})

    def root_of_sum(self, radicand: Tree) -> Tree | None:
        if not isinstance(radicand, Binary) or radicand.operator not in SUMS:
            return super().root_of_sum(radicand)
        split = each_term(radicand, Root)
        self.tell("root_of_each_term", sum=radicand, result=split)
        return split


@bug("sqrt_halves")
class SqrtHalves(Work):
    """The root of a number (of a sum: of its value) is answered as half of it; odd numbers: no answer."""

    kinds = frozenset({"root", "root of sum", "other"})

    def root(self, radicand: Rational) -> Number:
        if radicand.denominator > 1 or radicand % 2:
            raise NoAnswerError
        self.tell("halves", radicand=radicand, result=radicand / 2)
        return radicand / 2


def each_term(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """The sum or difference with each of its terms changed."""
    if isinstance(tree, Binary) and tree.operator in SUMS:
        return Binary(tree.operator, each_term(tree.left, change), change(tree.right))
    return change(tree)
