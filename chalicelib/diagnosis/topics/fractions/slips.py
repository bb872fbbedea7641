"""Single slips in right work with fractions: one of the numbers worked out is off by one or two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ...grammar.tree import Fraction
from ...procedure import NoAnswerError, slipping, together
from ..base import Slip
from .task import Task
from .work import Sum, Unsimplified, Work

OFF_BY = (-2, -1, 1, 2)
TOP, BOTTOM = 0, 1


class FactSlip(Work):
    """The part `at` (top or bottom) of the fraction that is worked out is off by `amount`."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def noted(self, fraction: Fraction) -> Fraction:
        top, bottom = super().noted(fraction)
        slips = (self.amount, 0) if self.at == TOP else (0, self.amount)
        slipped = Fraction(top + slips[TOP], bottom + slips[BOTTOM])
        if slipped.numerator < 0 <= top or slipped.denominator < 1:
            raise NoAnswerError
        return slipped


class WholeSlip(Sum):
    """The sum of the whole parts is off by `amount`."""

    amount: ClassVar[int]

    def whole(self, wholes: list[int]) -> int:
        whole = super().whole(wholes) + self.amount
        if whole < 0:
            raise NoAnswerError
        return whole


def slips(task: Task) -> Iterator[Slip]:
    """Each slip in what is worked out, with the result simplified or left as it is."""
    if task.kind == "compare":
        return
    right: type[Work] = Work.right[task.kind]
    for work in (right, together(Unsimplified, right)):
        for part in (TOP, BOTTOM):
            for amount in OFF_BY:
                yield Slip("fact", slipping(together(FactSlip, work), part, amount))
    if task.kind == "+" and task.mixed:
        for amount in OFF_BY:
            yield Slip("fact", slipping(WholeSlip, 0, amount))
