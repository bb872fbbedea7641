"""Bugs in sums of numbers with a sign. In a longer expression they show in each addition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..expressions import Expression, magnitude
from .work import Calculation, bug

if TYPE_CHECKING:
    from ..expressions import Number


class Adding(Calculation):
    """A bug that shows where something is added."""

    kinds = frozenset({"sum", "chain", "mixed"})


@bug("add_ignores_signs")
class AddIgnoresSigns(Adding):
    """Adds the absolute values; the answer is positive."""

    def added(self, first: Number, second: Number) -> Number:
        self.key = "adds_without_signs"
        return magnitude(first) + magnitude(second)


@bug("add_same_sign_subtracts")
class AddSameSignSubtracts(Adding):
    """Two negative addends: subtracts the smaller magnitude from the larger and answers positive.

    Other sums are right.
    """

    def added(self, first: Number, second: Number) -> Number:
        if not first < 0 > second:
            return super().added(first, second)
        self.key = "subtracts_magnitudes"
        return magnitude(magnitude(first) - magnitude(second))


@bug("add_same_sign_subtracts_keeps_sign")
class AddSameSignSubtractsKeepsSign(Adding):
    """Two negative addends: subtracts the smaller magnitude from the larger and answers negative.

    Other sums are right; the same number twice gives 0.
    """

    def added(self, first: Number, second: Number) -> Number:
        if not first < 0 > second:
            return super().added(first, second)
        self.key = "subtracts_magnitudes_keeps_sign"
        return -magnitude(magnitude(first) - magnitude(second))


@bug("add_wrong_sign")
class AddWrongSign(Calculation):
    """Finds the right magnitude of a sum and writes the opposite sign (of more addends: of their total)."""

    kinds = frozenset({"sum"})

    def advanced(self, expression: Expression) -> Expression:
        after = super().advanced(expression)
        if after.operators or not self.results[-1]:
            return after
        self.key = "opposite_sign"
        return Expression((-self.results[-1],), ())
