"""Single slips in right multiplication: one basic fact off, one carry forgotten, digits swapped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ...procedure import slipping
from ..base import Slip
from ..one_line import SwapSlip
from ..whole import Operands
from .rows import Rows

OFF_BY = (-10, -2, -1, 1, 2, 10)
MAX_CELLS = 100
"""Products of digits up to which slips in them are looked for: no student is set a larger problem."""


class FactSlip(Rows):
    """In the cell `at` (column, row) the basic fact is off by `amount`."""

    at: ClassVar[tuple[int, int]]
    amount: ClassVar[int]

    def product(self, i: int, j: int) -> int:
        fact = super().product(i, j)
        return max(fact + self.amount, 0) if (i, j) == self.at else fact


class CarrySlip(Rows):
    """The carry into the cell `at` (column, row) is forgotten."""

    at: ClassVar[tuple[int, int]]

    def total(self, i: int, j: int, carry: int) -> int:
        return super().total(i, j, 0 if (i, j) == self.at else carry)


class Swap(SwapSlip):
    """Two neighbouring digits of the right product are swapped."""

    right = Rows


def slips(task: Operands) -> Iterator[Slip]:
    """Each slip that is possible in the cells of `task`.

    A basic fact is off by 1, 2 or 10, or is the neighbour's in the table: one factor more or less.
    """
    work = Rows(task)
    small = len(work.top) * len(work.multiplier) <= MAX_CELLS
    for j, multiplier in enumerate(work.multiplier if small else ()):
        for i, digit in enumerate(work.top):
            for amount in sorted({*OFF_BY, digit, -digit, multiplier, -multiplier} - {0}):
                yield Slip("fact", slipping(FactSlip, (i, j), amount))
            if i:
                yield Slip("carry", slipping(CarrySlip, (i, j)))
    for i in range(len(work.top) + len(work.multiplier) - 1):
        yield Slip("swap", slipping(Swap, i))
