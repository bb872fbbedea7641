"""Single slips in right division: one quotient digit or one subtraction off, digits swapped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ...procedure import NoAnswerError, slipping
from ..base import Slip
from ..one_line import SwapSlip
from ..whole import Operands
from .long import LongDivision, QuotientDigit

OFF_BY = (-2, -1, 1, 2)


class DigitSlip(LongDivision):
    """Quotient digit `at`, counted from the left, is written off by `amount`; the rest is right."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def rounds(self) -> list[QuotientDigit]:
        rounds = super().rounds()
        digit = rounds[self.at].digit + self.amount
        if not 0 <= digit <= 9:
            raise NoAnswerError
        rounds[self.at] = rounds[self.at]._replace(digit=digit)
        return rounds


class RemainderSlip(LongDivision):
    """The last subtraction is off by `amount`, and with it the remainder."""

    amount: ClassVar[int]

    def rounds(self) -> list[QuotientDigit]:
        *rounds, last = super().rounds()
        left = last.left + self.amount
        if not 0 <= left < self.divisor:
            raise NoAnswerError
        return [*rounds, last._replace(left=left)]


class Swap(SwapSlip):
    """Two neighbouring digits of the right quotient are swapped (where there is no remainder)."""

    right = LongDivision


def slips(task: Operands) -> Iterator[Slip]:
    """Each slip that is possible in the rounds of `task`; none where the dividend is the smaller number."""
    work = LongDivision(task)
    if work.dividend < work.divisor:
        return
    length = len(work.rounds())
    for amount in OFF_BY:
        for at in range(length):
            yield Slip("fact", slipping(DigitSlip, at, amount))
        yield Slip("fact", slipping(RemainderSlip, -1, amount))
    for at in range(length - 1):
        yield Slip("swap", slipping(Swap, at))
