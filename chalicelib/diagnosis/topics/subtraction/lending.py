"""Bugs in which column a borrow takes from, and how it passes zeros and ones."""

from __future__ import annotations

from .columns import Columns, StopWorkError, bug

# Nothing, or not the right column


@bug("borrow_no_decrement")
class BorrowNoDecrement(Columns):
    """Where the top digit is too small, adds ten to it, but never reduces any column to the left.

    The leftmost column has nothing to its left: if it is too small, there is no answer.
    """

    def fetch(self, i: int) -> None:
        """Nothing is taken."""


@bug("borrow_no_decrement_except_last")
class BorrowNoDecrementExceptLast(Columns):
    """A borrow only adds ten, and reduces the next column only if that is the leftmost one."""

    def fetch(self, i: int) -> None:
        if i + 1 == self.length - 1:
            super().fetch(i)


@bug("always_borrow_left")
class AlwaysBorrowLeft(Columns):
    """Every borrow takes one from the leftmost top digit (no answer once that is 0)."""

    def fetch(self, i: int) -> None:  # noqa: ARG002 (wherever the borrow is for)
        leftmost = self.length - 1
        self.change(leftmost, self.top[leftmost] - 1)


@bug("borrow_from_larger")
class BorrowFromLarger(Columns):
    """If the next column's bottom digit is larger than its top digit, the bottom digit is reduced instead.

    If it is equal or smaller, the whole borrow is right.
    """

    def fetch(self, i: int) -> None:
        bottom = self.bottom[i + 1]
        if bottom is not None and bottom > self.top[i + 1]:
            self.bottom[i + 1] = bottom - 1
        else:
            super().fetch(i)


@bug("borrow_only_from_top_smaller")
class BorrowOnlyFromTopSmaller(Columns):
    """Takes the one from the nearest column to the left whose top digit is smaller than its bottom digit.

    If there is none, borrows rightly; a 0 in the column found is passed rightly too.
    """

    def fetch(self, i: int) -> None:
        for j in range(i + 1, self.length):
            if self.top[j] < (self.bottom[j] or 0):
                self.take(j)
                return
        super().fetch(i)


@bug("borrow_skip_equal")
class BorrowSkipEqual(Columns):
    """Passes over columns whose digits are equal at that moment; borrows rightly from the first other one.

    A blank is not equal to anything.
    """

    def fetch(self, i: int) -> None:
        j = i + 1
        while j < self.length and self.top[j] == self.bottom[j]:
            j += 1
        self.take(j)


@bug("borrowed_from_dont_borrow")
class BorrowedFromDontBorrow(Columns):
    """A column that an earlier borrow has changed, when itself too small, adds ten and reduces nothing."""

    def fetch(self, i: int) -> None:
        if not self.changed[i]:
            super().fetch(i)


@bug("borrow_once_without_recurse")
class BorrowOnceWithoutRecurse(Columns):
    """The first borrow changes only the next column (0 becomes 9, else less one); later ones only add ten."""

    def fetch(self, i: int) -> None:
        if self.borrows == 1:
            self.change(i + 1, 9 if self.top[i + 1] == 0 else self.top[i + 1] - 1)


@bug("forget_borrow_over_blanks")
class ForgetBorrowOverBlanks(Columns):
    """Never changes a top digit above a blank: the borrow is lost there; ten is added all the same.

    Zeros with a digit below become 9 as usual.
    """

    def take(self, j: int) -> None:
        if j < self.length and self.blank(j):
            return
        super().take(j)


# From a 0: it becomes something and the borrow stops


@bug("borrow_from_zero", cases=("take 0",))
class BorrowFromZero(Columns):
    """Borrowing from a top 0 turns it into 9 and the borrow stops there; other borrows are right."""

    becomes = 9

    def take(self, j: int) -> None:
        if j < self.length and self.top[j] == 0:
            self.change(j, self.becomes)
        else:
            super().take(j)


@bug("borrow_from_zero_is_ten", cases=("take 0",))
class BorrowFromZeroIsTen(BorrowFromZero):
    """Borrowing from a top 0 turns it into 10 and the borrow stops; other borrows are right."""

    becomes = 10


@bug("borrow_add_decrement_instead_of_zero", cases=("take 0",))
class BorrowAddDecrementInsteadOfZero(BorrowFromZero):
    """Borrowing from a top 0 turns it into 1 and the borrow stops; other borrows are right."""

    becomes = 1


@bug("borrow_from_zero_left_ten_ok", cases=("take 0",))
class BorrowFromZeroLeftTenOk(BorrowFromZero):
    """A 0 becomes 9 and the borrow stops, except where it and a leading 1 make a ten: that one is right.

    The 0 is then the second digit of the number, and the leading digit is 1 at that moment.
    """

    def take(self, j: int) -> None:
        if j == self.length - 2 and self.top[j] == 0 and self.top[j + 1] == 1:
            Columns.take(self, j)
        else:
            super().take(j)


@bug("borrow_from_all_zero", cases=("take 0",))
class BorrowFromAllZero(Columns):
    """When the borrow meets zeros, every one of them becomes 9 and the digit beyond is not reduced."""

    def take(self, j: int) -> None:
        zeros = self.zeros_from(j)
        for k in range(j, j + zeros):
            self.change(k, 9)
        if not zeros:
            super().take(j)


@bug("increment_zero_over_blank", cases=("take 0",))
class IncrementZeroOverBlank(Columns):
    """If the next top digit is a 0 above a blank, a borrow makes it 1 and stops; else borrows rightly."""

    def fetch(self, i: int) -> None:
        if self.lender_is_zero(i) and self.blank(i + 1):
            self.change(i + 1, 1)
        else:
            super().fetch(i)


# From a 0: the borrow is not made, or passes over it


@bug("stops_borrow_at_zero", cases=("take 0",))
class StopsBorrowAtZero(Columns):
    """When the next top digit is 0 at that moment, only adds ten; else borrows rightly."""

    def fetch(self, i: int) -> None:
        if not self.lender_is_zero(i):
            super().fetch(i)


@bug("dont_decrement_zero_over_blank", cases=("take 0",))
class DontDecrementZeroOverBlank(Columns):
    """If the next top digit is a 0 above a blank, only adds ten; else borrows rightly."""

    def fetch(self, i: int) -> None:
        if not (self.lender_is_zero(i) and self.blank(i + 1)):
            super().fetch(i)


@bug("dont_decrement_zero_over_zero", cases=("take 0",))
class DontDecrementZeroOverZero(Columns):
    """If the next top digit is a 0 above a written 0, only adds ten; else borrows rightly."""

    def fetch(self, i: int) -> None:
        if not (self.lender_is_zero(i) and self.bottom[i + 1] == 0):
            super().fetch(i)


@bug("borrow_wont_recurse", cases=("take 0",))
class BorrowWontRecurse(Columns):
    """Stops the exercise at the first column whose borrow would take from a 0 (at that moment)."""

    def fetch(self, i: int) -> None:
        if self.lender_is_zero(i):
            raise StopWorkError
        super().fetch(i)


@bug("borrow_across_zero", cases=("take 0",))
class BorrowAcrossZero(Columns):
    """Skips zeros when borrowing (they stay 0) and takes one from the first non-zero digit.

    A skipped 0 that is then too small in its own column borrows again in the same way.
    """

    def skips(self, j: int) -> bool:  # noqa: ARG002 (every 0, here)
        return True

    def take(self, j: int) -> None:
        if j < self.length and self.top[j] == 0 and self.skips(j):
            self.take(j + 1)
        else:
            super().take(j)


@bug("borrow_across_zero_over_blank", cases=("take 0",))
class BorrowAcrossZeroOverBlank(BorrowAcrossZero):
    """Skips only the zeros with a blank below (they stay 0); other zeros crossed become 9."""

    def skips(self, j: int) -> bool:
        return self.blank(j)


@bug("borrow_across_zero_over_zero", cases=("take 0",))
class BorrowAcrossZeroOverZero(BorrowAcrossZero):
    """Skips only the zeros with a written 0 below (they stay 0); other zeros crossed become 9."""

    def skips(self, j: int) -> bool:
        return self.bottom[j] == 0


# From a printed 1


@bug("borrow_from_one_is_nine", cases=("take 1",))
class BorrowFromOneIsNine(Columns):
    """When the next top digit is a printed, unchanged 1, it becomes 9 and the borrow stops."""

    becomes = 9

    def fetch(self, i: int) -> None:
        if self.untouched(i + 1, 1):
            self.change(i + 1, self.becomes)
        else:
            super().fetch(i)


@bug("borrow_from_one_is_ten", cases=("take 1",))
class BorrowFromOneIsTen(BorrowFromOneIsNine):
    """When the next top digit is a printed, unchanged 1, it becomes 10 and the borrow stops."""

    becomes = 10


@bug("borrow_treat_one_as_zero", cases=("take 1",))
class BorrowTreatOneAsZero(Columns):
    """When the next top digit is a printed, unchanged 1, it becomes 9 and the borrow goes on beyond it.

    From the column beyond on it is right (a 1 there is just reduced).
    """

    def fetch(self, i: int) -> None:
        if self.untouched(i + 1, 1):
            self.take(i + 2)
            self.change(i + 1, 9)
        else:
            super().fetch(i)
