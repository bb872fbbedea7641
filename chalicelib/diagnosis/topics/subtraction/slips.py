"""Single slips in right subtraction: one column off by a little, one borrow not paid back, digits swapped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ...procedure import slipping
from ..base import Slip
from ..one_line import SwapSlip
from ..whole import Operands
from .columns import Columns

OFF_BY = (-2, -1, 1, 2)


class FactSlip(Columns):
    """In column `at` the difference is off by `amount`."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def difference(self, i: int) -> int:
        return super().difference(i) + (self.amount if i == self.at else 0)


class BorrowSlip(Columns):
    """The borrow of column `at` is not paid: nothing is reduced to its left."""

    at: ClassVar[int]

    def fetch(self, i: int) -> None:
        if i != self.at:
            super().fetch(i)


class Swap(SwapSlip):
    """Two neighbouring digits of the right difference are swapped."""

    right = Columns


def slips(task: Operands) -> Iterator[Slip]:
    """Each slip that is possible in the columns of `task`."""
    width = max(map(len, task.digits))
    for i in range(width):
        for amount in OFF_BY:
            yield Slip("fact", slipping(FactSlip, i, amount))
    for i in range(width - 1):
        yield Slip("borrow", slipping(BorrowSlip, i))
        yield Slip("swap", slipping(Swap, i))
