"""Single slips in right work with ratios and percentages: a number worked out is off in one digit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as Rational
from typing import ClassVar

from ...procedure import NoAnswerError, slipping, together
from ..base import Slip
from .task import Task
from .work import Work

OFF_BY = (-2, -1, 1, 2)
PLACES = range(-2, 4)
"""From hundredths to thousands."""


class FactSlip(Work):
    """The line of work with index `at[0]` is off by `amount` in the place `at[1]`, ones = 0."""

    at: ClassVar[tuple[int, int]]
    amount: ClassVar[int]

    def noted(self, number: Rational) -> Rational:
        line, place = self.at
        if len(self.lines) != line:
            return super().noted(number)
        unit = Rational(10) ** place
        slipped = super().noted(number) + self.amount * unit
        if unit > number or slipped < 0 or (unit < 1 and (number / unit).denominator > 1):
            raise NoAnswerError
        return slipped


def slips(task: Task) -> Iterator[Slip]:
    """Each slip in each line of the right work."""
    right: type[Work] = Work.right[task.kind]
    for line in range(2 * max(1, len(task.signs))):
        for place in PLACES:
            for amount in OFF_BY:
                yield Slip("fact", slipping(together(FactSlip, right), (line, place), amount))
