"""Bugs in writing the answer down: digits left out, work ended too soon."""

from __future__ import annotations

from .columns import Columns, StopWorkError, bug


@bug("dont_write_zero")
class DontWriteZero(Columns):
    """Subtracts rightly but writes no zero anywhere; the other digits close up (all zeros: no answer)."""

    def write(self, i: int, digit: int) -> None:
        if digit:
            super().write(i, digit)


@bug("ignore_leftmost_one_over_blank")
class IgnoreLeftmostOneOverBlank(Columns):
    """A printed leading 1 above a blank is left out of the answer, also if it was borrowed from."""

    def write(self, i: int, digit: int) -> None:
        if not (i == self.length - 1 and self.printed[i] == 1 and self.blank(i)):
            super().write(i, digit)


@bug("ignore_zero_over_blank")
class IgnoreZeroOverBlank(Columns):
    """Nothing is written in a column with a printed 0 above a blank, even if a borrow has changed it.

    The other digits close up.
    """

    def write(self, i: int, digit: int) -> None:
        if not (self.printed[i] == 0 and self.blank(i)):
            super().write(i, digit)


@bug("quit_when_bottom_blank")
class QuitWhenBottomBlank(Columns):
    """Stops at the first column without a bottom digit; the digits written so far are the answer."""

    def column(self, i: int) -> None:
        if self.blank(i):
            raise StopWorkError
        super().column(i)
