"""Pairs of bugs that are so often seen together that the catalogue lists them as one."""

from __future__ import annotations

from .answers import DiffN00, SmallerFromLarger, ZeroInsteadOfBorrow
from .columns import bug
from .lending import BorrowAcrossZero, BorrowFromZero, StopsBorrowAtZero
from .zeros import Diff0N0, Diff0NN


@bug("borrow_from_zero_and_n_0_0")
class BorrowFromZeroAndN00(DiffN00, BorrowFromZero):
    """A column over a written 0 is answered 0; borrowing from a top 0 makes it 9 and stops there."""


@bug("diff_0_n_0_and_move_over_zero")
class Diff0N0AndMoveOverZero(Diff0N0, BorrowAcrossZero):
    """0 - N is answered 0 (the 0 of that moment); borrows from other columns skip zeros, which stay 0."""


@bug("diff_0_n_n_and_move_over_zero")
class Diff0NNAndMoveOverZero(Diff0NN, BorrowAcrossZero):
    """0 - N is answered N (the 0 of that moment); borrows from other columns skip zeros, which stay 0."""


@bug("diff_0_n_n_and_stops_at_zero")
class Diff0NNAndStopsAtZero(Diff0NN, StopsBorrowAtZero):
    """0 - N is answered N (the 0 of that moment); a borrow from a 0 only adds ten."""


@bug("no_borrow_0nn_small_large_0")
class NoBorrow0NNSmallLarge0(Diff0NN, ZeroInsteadOfBorrow):
    """Never borrows: 0 - N is answered N, any other column with a smaller top digit is answered 0."""


@bug("sfl_and_diff_0_n_0")
class SflAndDiff0N0(Diff0N0, SmallerFromLarger):
    """Never borrows: 0 - N (N > 0) is answered 0, every other column by the difference of its digits."""


@bug("sfl_and_sub_one_over_blank")
class SflAndSubOneOverBlank(SmallerFromLarger):
    """Every blank of the bottom row counts as 1; every column is the difference of its digits.

    A 0 over a blank is answered 1: the difference of 0 and 1.
    """

    def difference(self, i: int) -> int:
        return abs(self.top[i] - 1) if self.blank(i) else super().difference(i)
