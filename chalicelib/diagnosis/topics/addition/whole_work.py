"""Bugs that change the whole work: its layout, its direction, or the operation."""

from __future__ import annotations

from collections.abc import Iterable

from ...procedure import NoAnswerError, Phrase
from ..one_line import Difference, OneLine, Product
from ..whole import Operands
from .columns import Columns, TwoNumbers, bug


@bug("all_digits")
class AllDigits(OneLine):
    """Adds all digits of all numbers, whatever their place."""

    def result(self) -> int:
        return sum(sum(digits) for digits in self.task.digits)

    def phrase(self, wrote: str) -> Phrase:
        digits = [str(digit) for number in self.task.digits for digit in reversed(number)]
        return Phrase("adds", {"sum": " + ".join(digits), "total": wrote, "wrote": wrote})


@bug("multiply_instead")
class MultiplyInstead(Product):
    """Multiplies the two numbers; more than two: no answer."""


@bug("subtract_instead")
class SubtractInstead(Difference):
    """Takes the smaller number from the larger; more than two: no answer."""


@bug("left_aligned", cases=("layout",))
class LeftAligned(Columns):
    """Writes the numbers flush left (zeros fill the right end of the shorter ones) and adds rightly."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.rows = [[*[0] * (self.width - len(digits)), *digits] for digits in task.digits]


@bug("single_digit_to_every_column", cases=("layout",))
class SingleDigitToEveryColumn(TwoNumbers):
    """A one-digit addend is added to every digit of the other number, with right carries.

    The other number has two or more digits; else the bug does not apply, no answer.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if self.width < 2 or min(map(len, task.digits)) > 1:
            raise NoAnswerError
        self.rows = [[*digits] if len(digits) > 1 else [*digits] * self.width for digits in task.digits]


@bug("left_to_right", cases=("answer",))
class LeftToRight(Columns):
    """Adds from the left and carries to the column on the right.

    Each column writes its ones digit, the last (ones) column its sum in full; a missing digit is 0 and
    leading zeros are not written.
    """

    def order(self) -> Iterable[int]:
        return reversed(range(self.width))

    def column(self, i: int) -> None:
        total = self.total(i)
        if i == 0:
            self.write(total)
            return
        self.write(total % 10)
        self.carried[i - 1] += total // 10

    def read_off(self) -> str:
        return str(int("".join(self.written)))
