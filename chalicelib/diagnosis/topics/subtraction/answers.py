"""Bugs in the result of a column: what is written where a borrow is needed, or where a digit is special."""

from __future__ import annotations

from ...procedure import NoAnswerError
from ..whole import Operands
from .columns import Columns, StopWorkError, bug

# A column that needs a borrow


@bug("smaller_from_larger")
class SmallerFromLarger(Columns):
    """In every column the smaller digit is taken from the larger one; nothing is borrowed, a blank is 0."""

    def too_small(self, i: int) -> int:
        return self.gap(i)


@bug("zero_instead_of_borrow")
class ZeroInsteadOfBorrow(Columns):
    """A column that needs a borrow is answered 0 and nothing is borrowed."""

    def too_small(self, i: int) -> int:  # noqa: ARG002 (0 in any column)
        return 0


@bug("blank_instead_of_borrow", cases=("too_small",))
class BlankInsteadOfBorrow(Columns):
    """Leaves a column that would need a borrow empty; the written digits close up."""

    def column(self, i: int) -> None:
        if self.top[i] >= (self.bottom[i] or 0):
            super().column(i)


@bug("sfl_with_borrow")
class SflWithBorrow(Columns):
    """A column that needs a borrow gets the difference of its digits; the left is reduced as is right."""

    def too_small(self, i: int) -> int:
        gap = self.gap(i)
        self.borrow(i)
        return gap


@bug("zero_after_borrow")
class ZeroAfterBorrow(Columns):
    """A column that needs a borrow is answered 0, yet the left is reduced as in a right borrow."""

    def too_small(self, i: int) -> int:
        self.borrow(i)
        return 0


@bug("borrow_unit_diff")
class BorrowUnitDiff(Columns):
    """Borrows just what is missing: the column becomes 0, the next top digit loses the missing amount.

    No answer if the next digit has not so much.
    """

    def too_small(self, i: int) -> int:
        lender = self.lender(i)
        self.change(lender, self.top[lender] - self.gap(i))
        return 0


@bug("borrow_once_then_smaller_from_larger")
class BorrowOnceThenSmallerFromLarger(Columns):
    """The first borrow is right; after it each column is the difference of its (reduced) digits."""

    def too_small(self, i: int) -> int:
        return self.gap(i) if self.borrows else super().too_small(i)


@bug("sfl_instead_of_borrow_from_zero")
class SflInsteadOfBorrowFromZero(Columns):
    """Where the next top digit is 0 at that moment, the difference of the digits, with nothing borrowed."""

    def too_small(self, i: int) -> int:
        return self.gap(i) if self.lender_is_zero(i) else super().too_small(i)


@bug("zero_instead_of_borrow_from_zero")
class ZeroInsteadOfBorrowFromZero(Columns):
    """Where the next top digit is 0 at that moment, answers 0 and borrows nothing; else borrows rightly."""

    def too_small(self, i: int) -> int:
        return 0 if self.lender_is_zero(i) else super().too_small(i)


@bug("doesnt_borrow")
class DoesntBorrow(Columns):
    """Stops the exercise at the first column that needs a borrow; what is written is the answer."""

    def too_small(self, i: int) -> int:  # noqa: ARG002 (stops at any)
        raise StopWorkError


# A top digit 1, equal digits, a bottom 0, the leftmost column


@bug("diff_1_n_1", cases=("1 - N",))
class Diff1N1(Columns):
    """A column with top digit 1 at that moment over N > 1 is answered 1, with no borrow."""

    def difference(self, i: int) -> int:
        return 1 if self.top[i] == 1 and (self.bottom[i] or 0) > 1 else super().difference(i)


@bug("diff_n_0_0", cases=("N - 0",))
class DiffN00(Columns):
    """A column over a written 0 is answered 0, whatever is on top; a blank is treated rightly."""

    def difference(self, i: int) -> int:
        return 0 if self.bottom[i] == 0 else super().difference(i)


@bug("diff_n_n_n", cases=("N - N",))
class DiffNNN(Columns):
    """A column whose top digit equals, at that moment, the written bottom digit is answered with it."""

    def difference(self, i: int) -> int:
        return self.top[i] if self.top[i] == self.bottom[i] else super().difference(i)


@bug("n_n_1_after_borrow", cases=("N - N",))
class NN1AfterBorrow(Columns):
    """A column printed with equal digits and borrowed from since is answered 1, with no borrow.

    A printed 0 over 0 that a borrow has crossed (it is 9 now) counts as borrowed from.
    """

    def difference(self, i: int) -> int:
        equal = self.printed[i] is not None and self.printed[i] == self.bottom[i]
        return 1 if equal and self.changed[i] else super().difference(i)


@bug("n_n_9_plus_decrement", cases=("N - N",))
class NN9PlusDecrement(Columns):
    """Equal digits at that moment (not in the leftmost column): 9, and the next top digit loses one.

    No answer if that digit is 0. A blank is no digit, so a 0 over it is not an equal column.
    """

    def difference(self, i: int) -> int:
        if self.top[i] != self.bottom[i] or i == self.width - 1:
            return super().difference(i)
        lender = self.lender(i)
        self.change(lender, self.top[lender] - 1)
        return 9


@bug("one_one_0_after_borrow", cases=("N - N",))
class OneOne0AfterBorrow(Columns):
    """A column printed 1 over 1 that was borrowed from is answered 0, with no borrow."""

    result = 0

    def difference(self, i: int) -> int:
        ones = self.printed[i] == 1 and self.bottom[i] == 1
        return self.result if ones and self.changed[i] else super().difference(i)


@bug("one_one_1_after_borrow", cases=("N - N",))
class OneOne1AfterBorrow(OneOne0AfterBorrow):
    """A column printed 1 over 1 that was borrowed from is answered 1, with no borrow."""

    result = 1


@bug("copy_top_in_last_column_if_borrow", cases=("leftmost",))
class CopyTopInLastColumnIfBorrow(Columns):
    """If the leftmost column was borrowed from, its reduced top digit is copied; nothing is subtracted."""

    def difference(self, i: int) -> int:
        copies = i == self.width - 1 and self.changed[i]
        return self.top[i] if copies else super().difference(i)


# Blanks


@bug("sub_one_over_blank", cases=("blank",))
class SubOneOverBlank(Columns):
    """Treats every blank of the bottom row as 1; borrows are right.

    No answer where the top digit over the blank is 0 at that moment (printed, or left by a borrow).
    """

    def difference(self, i: int) -> int:
        if not self.blank(i):
            return super().difference(i)
        if self.top[i] == 0:
            raise NoAnswerError
        return self.top[i] - 1


@bug("stutter_subtract", cases=("blank",))
class StutterSubtract(Columns):
    """Over a blank, subtracts the leftmost bottom digit again; a smaller top digit is copied.

    The top digits are those of that moment, so borrows made before count.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.again = task.digits[1][-1]

    def difference(self, i: int) -> int:
        if not self.blank(i):
            return super().difference(i)
        return self.top[i] - self.again if self.top[i] >= self.again else self.top[i]


@bug("simple_problem_stutter_subtract", cases=("blank",))
class SimpleProblemStutterSubtract(StutterSubtract):
    """A one-digit bottom number is subtracted from every top digit; a smaller top digit is copied.

    In the ones column a needed borrow is made rightly. Two or more bottom digits: no error.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if len(task.digits[1]) > 1:
            self.again = 0
