"""Single slips in right addition: one column off by a little, one carry forgotten, digits swapped."""

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
    """The sum of column `at` is off by `amount`, and its carry with it."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def total(self, i: int) -> int:
        return super().total(i) + (self.amount if i == self.at else 0)


class CarrySlip(Columns):
    """The carry out of column `at` is forgotten."""

    at: ClassVar[int]

    def carry(self, i: int, amount: int) -> None:
        if i != self.at:
            super().carry(i, amount)


class Swap(SwapSlip):
    """Two neighbouring digits of the right sum are swapped."""

    right = Columns


def slips(task: Operands) -> Iterator[Slip]:
    """Each slip that is possible in the columns of `task`."""
    width = max(map(len, task.digits))
    for i in range(width):
        for amount in OFF_BY:
            yield Slip("fact", slipping(FactSlip, i, amount))
    for i in range(width):
        yield Slip("carry", slipping(CarrySlip, i))
        yield Slip("swap", slipping(Swap, i))
