"""Bugs in a column whose top digit is 0, or was made 0 by a borrow."""

from __future__ import annotations

from .columns import Columns, bug


class TopZero(Columns):
    """A column `0 - N` (N > 0) has a result of its own, without a borrow; all others are right.

    `special` says which zeros are meant, `result` what is written. A missing top digit is no 0.
    """

    def special(self, i: int) -> bool:
        """By default any 0 at that moment: printed, or left by an earlier borrow."""
        return self.has_zero(i)

    def result(self, i: int) -> int:
        """By default N."""
        return self.bottom[i] or 0

    def difference(self, i: int) -> int:
        if self.over_digit(i) and self.special(i):
            return self.result(i)
        return super().difference(i)


class ResultIsZero(TopZero):
    """`0 - N` is answered 0."""

    def result(self, i: int) -> int:  # noqa: ARG002 (0 for any N)
        return 0


class PrintedZero(TopZero):
    """Only a printed 0 that no borrow has changed is special."""

    def special(self, i: int) -> bool:
        return self.untouched(i, 0)


class ZeroAfterBorrow(TopZero):
    """Only a printed 1 that a borrow has reduced to 0 is special."""

    def special(self, i: int) -> bool:
        return self.printed[i] == 1 and self.changed[i] and self.top[i] == 0


@bug("diff_0_n_n", cases=("0 - N",))
class Diff0NN(TopZero):
    """A column with top digit 0 at that moment over N > 0 is answered N, with no borrow."""


@bug("diff_0_n_0", cases=("0 - N",))
class Diff0N0(ResultIsZero):
    """A column with top digit 0 at that moment over N > 0 is answered 0, with no borrow."""


@bug("zero_n_n_except_after_borrow", cases=("0 - N",))
class ZeroNNExceptAfterBorrow(PrintedZero):
    """A printed, unchanged 0 over N > 0 is answered N; a 0 left by a borrow is treated rightly."""


@bug("zero_n_0_except_after_borrow", cases=("0 - N",))
class ZeroN0ExceptAfterBorrow(PrintedZero, ResultIsZero):
    """A printed, unchanged 0 over N > 0 is answered 0; a 0 left by a borrow is treated rightly."""


@bug("zero_n_n_after_borrow", cases=("0 - N after a borrow",))
class ZeroNNAfterBorrow(ZeroAfterBorrow):
    """A printed 1 reduced to 0 by a borrow, over N > 0, is answered N; printed zeros are treated rightly."""


@bug("zero_n_0_after_borrow", cases=("0 - N after a borrow",))
class ZeroN0AfterBorrow(ZeroAfterBorrow, ResultIsZero):
    """A printed 1 reduced to 0 by a borrow, over N > 0, is answered 0; printed zeros are treated rightly."""


@bug("treat_top_zero_as_nine", cases=("0 - N",))
class TreatTopZeroAsNine(PrintedZero):
    """A printed, unchanged 0 over N > 0 is answered 9 - N, with nothing borrowed."""

    def result(self, i: int) -> int:
        return 9 - (self.bottom[i] or 0)


@bug("treat_top_zero_as_ten", cases=("0 - N",))
class TreatTopZeroAsTen(PrintedZero):
    """A printed, unchanged 0 over N > 0 is answered 10 - N, with nothing reduced."""

    def result(self, i: int) -> int:
        return 10 - (self.bottom[i] or 0)


@bug("diff_0_n_n_when_borrow_from_zero", cases=("0 - N",))
class Diff0NNWhenBorrowFromZero(TopZero):
    """0 - N is answered N only if the next top digit is 0 at that moment too; else borrows rightly."""

    def special(self, i: int) -> bool:
        return self.has_zero(i) and self.lender_is_zero(i)
