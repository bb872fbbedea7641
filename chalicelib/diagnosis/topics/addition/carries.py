"""Bugs in what is written of a column sum and what becomes of its carry."""

from __future__ import annotations

from ...procedure import NoAnswerError
from ..whole import Operands
from .columns import Columns, TwoNumbers, bug


@bug("no_carry", cases=("carry", "last_carry"))
class NoCarry(Columns):
    """Writes the ones digit of each column sum and drops every carry, the last one too."""

    def carry(self, i: int, amount: int) -> None:
        """Nothing is carried."""


@bug("carry_always_one")
class CarryAlwaysOne(Columns):
    """Carries 1 from every column sum of ten or more, also of 20 or more; the last carry is 1 as well."""

    def carry(self, i: int, amount: int) -> None:
        super().carry(i, min(amount, 1))


@bug("carry_skips_column")
class CarrySkipsColumn(Columns):
    """Adds each carry one column too far to the left, also beyond the leftmost column.

    A column beyond the leftmost that gets no carry is written 0 if one further left does.
    """

    def carry(self, i: int, amount: int) -> None:
        self.carried[i + 2] += amount


@bug("carry_when_not_needed", cases=("carry", "last_carry"))
class CarryWhenNotNeeded(TwoNumbers):
    """With two addends carries 1 out of every column, also when its sum is below ten.

    The leftmost column sum is written in full and gives no extra carry.
    """

    def column(self, i: int) -> None:
        total = self.total(i)
        if i == self.width - 1:
            self.write(total)
            return
        self.write(total % 10)
        self.carry(i, 1)


@bug("subtract_carry", cases=("carry", "last_carry"))
class SubtractCarry(TwoNumbers):
    """With two addends the carry is taken away from the next column sum; the leftmost is written in full.

    A column that comes below 0 (two zeros or blanks, less 1) has no answer.
    """

    def column(self, i: int) -> None:
        total = self.total(i)
        if total < 0:
            raise NoAnswerError
        if i == self.width - 1:
            self.write(total)
            return
        self.write(total % 10)
        self.carry(i, -(total // 10))


@bug("final_carry_dropped")
class FinalCarryDropped(Columns):
    """Adds rightly but does not write the carry out of the leftmost column."""

    def last_carry(self) -> None:
        """Nothing is written."""


@bug("no_carry_over_blank")
class NoCarryOverBlank(TwoNumbers):
    """With two numbers of different lengths, a carry into the first blank column is lost.

    The digits from there on are copied. Two numbers of one length: the bug does not apply, no answer.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.shorter = min(map(len, task.digits))
        if self.shorter == self.width:
            raise NoAnswerError

    def carry(self, i: int, amount: int) -> None:
        if i + 1 != self.shorter:
            super().carry(i, amount)


@bug("record_tens_carry_ones", cases=("column", "carry"))
class RecordTensCarryOnes(TwoNumbers):
    """Of a column sum of ten or more writes the tens digit and carries the ones digit.

    A last carry other than 0 is written in front.
    """

    def column(self, i: int) -> None:
        total = self.total(i)
        if total < 10:
            self.write(total)
            return
        self.write(total // 10)
        self.carry(i, total % 10)


@bug("write_both_digits", cases=("column", "carry"))
class WriteBothDigits(Columns):
    """Writes every column sum in full, two digits if it has two, and carries nothing."""

    def column(self, i: int) -> None:
        self.write(self.total(i))


@bug("zero_absorbs")
class ZeroAbsorbs(TwoNumbers):
    """A column with a written 0 in one of the two numbers gives 0, plus a carry from the right.

    A blank is not a 0; the rest, carries included, is right.
    """

    def total(self, i: int) -> int:
        return self.carried[i] if any(row[i] == 0 for row in self.rows) else super().total(i)
