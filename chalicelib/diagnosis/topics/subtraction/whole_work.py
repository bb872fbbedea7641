"""Bugs that replace the whole work: adding, copying, borrowing everywhere, misaligned numbers."""

from __future__ import annotations

from ...procedure import NoAnswerError, Phrase
from ..whole import Operands
from .columns import Columns, bug


@bug("add_instead_of_sub", cases=("answer",))
class AddInsteadOfSub(Columns):
    """Adds the two numbers (in columns, with right carries)."""

    carry = 0

    def column(self, i: int) -> None:
        total = self.top[i] + (self.bottom[i] or 0) + self.carry
        if total < 0:
            raise NoAnswerError
        if i == self.width - 1:
            self.write_in_full(i, total)
            return
        self.write(i, total % 10)
        self.carry = self.carried(total)

    def carried(self, total: int) -> int:
        return total // 10

    def result_phrase(self, i: int, wrote: str) -> Phrase:
        bottom = str(self.bottom[i] or 0)
        return Phrase("adds", {"top": str(self.top[i]), "bottom": bottom, "wrote": wrote})


@bug("add_no_carry_instead_of_sub", cases=("answer",))
class AddNoCarryInsteadOfSub(AddInsteadOfSub):
    """Adds each column and writes only its ones digit, in the leftmost column too; a blank counts as 0."""

    def column(self, i: int) -> None:
        self.write(i, (self.top[i] + (self.bottom[i] or 0)) % 10)


@bug("add_borrow_carry_sub", cases=("answer",))
class AddBorrowCarrySub(AddInsteadOfSub):
    """Adds each column, writes the ones digit and, after ten or more, takes 1 away in the next column.

    The leftmost sum is written in full. "Ten or more" is said of the sum after the 1 was taken away; a
    column that comes below 0 (0 and a blank, less 1) has no answer.
    """

    def carried(self, total: int) -> int:
        return -1 if total >= 10 else 0


@bug("sub_copy_least_bottom_most_top", cases=("answer",))
class SubCopyLeastBottomMostTop(Columns):
    """Copies the leftmost top digit, and the bottom digits of all other columns (the top's over a blank).

    Where the bottom number is the longer one the leftmost column has no top digit: no answer.
    """

    def column(self, i: int) -> None:
        if self.width > self.length:
            raise NoAnswerError
        bottom = self.bottom[i]
        self.write(i, self.top[i] if bottom is None or i == self.width - 1 else bottom)


@bug("left_align_operands", cases=("layout",))
class LeftAlignOperands(Columns):
    """Writes the bottom number flush left (zeros fill its right end) and subtracts rightly.

    No answer if it is then the larger: the borrow comes from beyond the left end.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        bottom = task.digits[1]
        self.bottom = [*[0] * (self.width - len(bottom)), *bottom]


@bug("once_borrow_always_borrow", cases=("column",))
class OnceBorrowAlwaysBorrow(Columns):
    """From the first column that needs a borrow on, every column adds ten and reduces the next one.

    Only the ones digit of a column is written, but the leftmost column, which also adds ten, in full. The
    reduction is one off the next digit and nothing more: a 0 that is reduced has its own ten added too, so
    it needs nothing from its left.
    """

    def starts(self, i: int) -> bool:
        return self.top[i] < (self.bottom[i] or 0)

    def column(self, i: int) -> None:
        if not self.borrows and not self.starts(i):
            super().column(i)
            return
        if self.width > self.length:
            raise NoAnswerError
        self.top[i] += 9 if self.borrows else 10
        self.borrows += 1
        result = self.top[i] - (self.bottom[i] or 0)
        self.write_in_full(i, result if i == self.width - 1 else result % 10)

    def result_phrase(self, i: int, wrote: str) -> Phrase:
        result = self.top[i] - (self.bottom[i] or 0)
        if wrote == str(result):
            return super().result_phrase(i, wrote)
        values = {"top": str(self.top[i]), "bottom": str(self.bottom[i] or 0), "result": str(result)}
        return Phrase("writes_ones_digit", {**values, "wrote": wrote})


@bug("always_borrow", cases=("column",))
class AlwaysBorrow(OnceBorrowAlwaysBorrow):
    """Every column from the first adds ten and reduces the next one, needed or not.

    Only the ones digit of a column is written, but the leftmost column, which also adds ten, in full.
    """

    def starts(self, i: int) -> bool:  # noqa: ARG002 (a borrow in every column)
        return True
