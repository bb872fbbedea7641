"""Bugs in the amounts of a borrow: how much a column loses, what crossed zeros become, what is received."""

from __future__ import annotations

from .columns import Columns, bug

# What the lending column loses


@bug("add_borrow_decrement")
class AddBorrowDecrement(Columns):
    """A borrow adds one to the next top digit (0 becomes 1) instead of reducing it.

    No answer where a column passes 9.
    """

    def take(self, j: int) -> None:
        self.change(j, self.top[j] + 1)


@bug("borrow_dont_decrement_top_smaller")
class BorrowDontDecrementTopSmaller(Columns):
    """Zeros crossed become 9; the first non-zero digit is reduced only if not smaller than the one below.

    The digits are those of that moment; a blank counts as 0.
    """

    def spares(self, j: int) -> bool:
        return self.top[j] < (self.bottom[j] or 0)

    def take(self, j: int) -> None:
        if j >= self.length or self.top[j] == 0 or not self.spares(j):
            super().take(j)


@bug("borrow_dont_decrement_unless_bottom_smaller")
class BorrowDontDecrementUnlessBottomSmaller(BorrowDontDecrementTopSmaller):
    """Zeros crossed become 9; the first non-zero digit is reduced only if the one below is smaller."""

    def spares(self, j: int) -> bool:
        return (self.bottom[j] or 0) >= self.top[j]


@bug("decrement_by_two_over_two")
class DecrementByTwoOverTwo(Columns):
    """The next column loses one more than is right, whenever its bottom digit is 2.

    A 0 over 2 becomes 8; a 1 over 2 has not enough: no answer.
    """

    def fetch(self, i: int) -> None:
        super().fetch(i)
        if self.bottom[i + 1] == 2:
            self.change(i + 1, self.top[i + 1] - 1)


@bug("decrement_by_one_plus_zeros", cases=("zeros crossed",))
class DecrementByOnePlusZeros(Columns):
    """Zeros crossed become 9; the first non-zero digit loses one plus the number of zeros crossed.

    No answer if it has not so much.
    """

    def fetch(self, i: int) -> None:
        zeros = self.zeros_from(i + 1)
        super().fetch(i)
        if zeros:
            beyond = i + 1 + zeros
            self.change(beyond, self.top[beyond] - zeros)


# What the zeros crossed become


@bug("decrement_multiple_zeros_by_number_to_left", cases=("zeros crossed",))
class DecrementMultipleZerosByNumberToLeft(Columns):
    """Zeros crossed in one borrow become 9, 8, 7 ... counted from the left; the digit beyond loses one."""

    def fetch(self, i: int) -> None:
        zeros = self.zeros_from(i + 1)
        super().fetch(i)
        for k in range(zeros):
            self.change(i + zeros - k, 9 - k)


@bug("decrement_multiple_zeros_by_number_to_right", cases=("zeros crossed",))
class DecrementMultipleZerosByNumberToRight(Columns):
    """Zeros crossed in one borrow become 9, 8, 7 ... counted from the right; the digit beyond loses one."""

    def fetch(self, i: int) -> None:
        zeros = self.zeros_from(i + 1)
        super().fetch(i)
        for k in range(zeros):
            self.change(i + 1 + k, 9 - k)


@bug("decrement_leftmost_zero_only", cases=("zeros crossed",))
class DecrementLeftmostZeroOnly(Columns):
    """Of two or more zeros in a row the leftmost becomes 9, the others 10; the digit beyond is kept.

    A single 0 is treated rightly.
    """

    def fetch(self, i: int) -> None:
        zeros = self.zeros_from(i + 1)
        if zeros < 2:
            super().fetch(i)
            return
        for j in range(i + 1, i + zeros):
            self.change(j, 10)
        self.change(i + zeros, 9)


@bug("dont_decrement_second_zero", cases=("zeros crossed",))
class DontDecrementSecondZero(Columns):
    """When the borrowing column's own top digit is 0, zeros crossed become 10, not 9.

    When it is not 0 they become 9; the digit beyond loses one.
    """

    def fetch(self, i: int) -> None:
        zeros = self.zeros_from(i + 1) if self.has_zero(i) else 0
        super().fetch(i)
        for j in range(i + 1, i + 1 + zeros):
            self.change(j, 10)


@bug("stops_borrow_at_second_zero", cases=("zeros crossed",))
class StopsBorrowAtSecondZero(Columns):
    """The first 0 met becomes 9; the next digit loses one, but if it is 0 too the borrow ends there."""

    def fetch(self, i: int) -> None:
        if self.zeros_from(i + 1) >= 2:
            self.change(i + 1, 9)
        else:
            super().fetch(i)


# What the borrowing column receives


@bug("borrow_into_one_is_ten")
class BorrowIntoOneIsTen(Columns):
    """A borrow into a column whose top digit is 1 at that moment makes it 10, not 11."""

    def receive(self, i: int) -> None:
        self.top[i] += 9 if self.top[i] == 1 else 10


@bug("decrement_on_first_borrow")
class DecrementOnFirstBorrow(Columns):
    """In the first column that borrows, the column gets nine more, not ten; all else is right."""

    def receive(self, i: int) -> None:
        self.top[i] += 9 if self.borrows == 1 else 10


@bug("borrow_decrementing_to_by_extras", cases=("receive",))
class BorrowDecrementingToByExtras(Columns):
    """Borrows rightly, but adds to the column only ten minus the number of zeros crossed in this borrow."""

    def borrow(self, i: int) -> None:
        zeros = self.zeros_from(i + 1)
        super().borrow(i)
        self.top[i] -= zeros


@bug("decrement_all_on_multiple_zero", cases=("receive",))
class DecrementAllOnMultipleZero(Columns):
    """When a column with top 0 borrows and the next top digit is 0 too, that column gets 9 and not 10."""

    def borrow(self, i: int) -> None:
        short = self.has_zero(i) and self.lender_is_zero(i)
        super().borrow(i)
        self.top[i] -= short


@bug("borrow_ten_plus_next_digit_into_zero", cases=("receive",))
class BorrowTenPlusNextDigitIntoZero(Columns):
    """A borrow into a top 0 adds ten plus the next top digit as it was before this borrow.

    The decrement is right; no answer where a column passes 9.
    """

    def borrow(self, i: int) -> None:
        extra = self.top[self.lender(i)] if self.has_zero(i) else 0
        super().borrow(i)
        self.top[i] += extra


@bug("borrow_across_top_smaller_decrementing_to")
class BorrowAcrossTopSmallerDecrementingTo(Columns):
    """If the next top digit is smaller than its bottom digit and there is a column beyond it: that next
    column gets ten at once, the column beyond loses one, and this column receives only nine.

    Else borrows rightly. A 0 beyond is passed rightly.
    """

    def borrow(self, i: int) -> None:
        lender = self.lender(i)
        if lender + 1 >= self.length or self.top[lender] >= (self.bottom[lender] or 0):
            super().borrow(i)
            return
        self.borrows += 1
        self.take(lender + 1)
        self.top[lender] += 10
        self.top[i] += 9
