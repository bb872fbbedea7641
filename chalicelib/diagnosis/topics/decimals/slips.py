"""Single slips in right work with decimals: a digit off by one or two, the point off by one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ...procedure import NoAnswerError, slipping, together
from ..base import Slip
from .task import Task, pointed
from .work import Quotient, WholeFirst, Work

OFF_BY = (-2, -1, 1, 2)


class FactSlip(WholeFirst):
    """The digit at place `at` of the whole number that is worked out is off by `amount`."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def noted(self, result: int) -> int:
        right, unit = super().noted(result), int("1" + "0" * self.at)
        slipped = right + self.amount * unit
        if unit > abs(right) or (slipped < 0) != (right < 0):
            raise NoAnswerError
        return slipped


class QuotientSlip(Quotient):
    """The digit at place `at` of the quotient, counted from the right, is off by `amount`."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def noted(self, result: str) -> str:
        digits, _, places = super().noted(result).partition(".")
        slipped = int(digits + places) + self.amount * 10**self.at
        if self.at >= len(digits + places) or slipped < 0:
            raise NoAnswerError
        return pointed(slipped, len(places))


class PointSlip(WholeFirst):
    """The point is `amount` places too far to the left."""

    amount: ClassVar[int]

    def marked(self, result: int, places: int) -> str:
        if places + self.amount < 0:
            raise NoAnswerError
        return super().marked(result, places + self.amount)


def slips(task: Task) -> Iterator[Slip]:
    """Each slip that is possible in the digits of the result."""
    right: type[Work] = Work.right[task.kind]
    if not issubclass(right, WholeFirst | Quotient):
        return
    length = sum(len(figure.digits + figure.places) for figure in task.figures)
    slip = FactSlip if issubclass(right, WholeFirst) else QuotientSlip
    for place in range(length):
        for amount in OFF_BY:
            yield Slip("fact", slipping(together(slip, right), place, amount))
    if task.kind == "×":
        for amount in (-1, 1):
            yield Slip("point", slipping(together(PointSlip, right), 0, amount))
