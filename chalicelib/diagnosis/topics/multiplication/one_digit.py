"""Bugs with a one-digit multiplier: in the products, and in what is written and carried of them."""

from __future__ import annotations

from ...procedure import NoAnswerError, Phrase
from ..one_line import OneLine
from ..whole import Operands
from .rows import Rows, bug


class OneDigit(Rows):
    """A multiplier of one digit; the bug does not apply to a longer one, no answer.

    The multiplier may be either factor, as a student puts the longer number on top.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if len(self.multiplier) > 1:
            raise NoAnswerError


@bug("carry_omitted")
class CarryOmitted(OneDigit):
    """Writes the ones digit of each digit product and drops the carry; the leftmost is written in full."""

    def split(self, total: int) -> tuple[int, int]:
        return total % 10, 0


@bug("carry_added_before")
class CarryAddedBefore(OneDigit):
    """Adds the carry to the next digit first and multiplies the sum; the leftmost is written in full."""

    def total(self, i: int, j: int, carry: int) -> int:
        return (self.top[i] + carry) * self.digit(i, j)


@bug("multiplies_by_carry")
class MultipliesByCarry(OneDigit):
    """Two-digit number times one digit: the tens product is multiplied by the carry (none: right)."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if len(self.top) != 2:
            raise NoAnswerError

    def total(self, i: int, j: int, carry: int) -> int:
        return self.product(i, j) * (carry or 1)


@bug("record_tens_carry_ones")
class RecordTensCarryOnes(OneDigit):
    """Of a product (with carry) of ten or more writes the tens digit and carries the ones digit.

    The leftmost product is written in full.
    """

    def split(self, total: int) -> tuple[int, int]:
        return (total // 10, total % 10) if total >= 10 else (total, 0)


@bug("write_both_digits")
class WriteBothDigits(OneDigit):
    """Writes every digit product in full, with no carrying."""

    def split(self, total: int) -> tuple[int, int]:
        return total, 0


@bug("zero_times_n_is_n")
class ZeroTimesNIsN(OneDigit):
    """A digit 0 times N counts as N (a digit times multiplier 0 as the digit), then the carry is added."""

    def product(self, i: int, j: int) -> int:
        return super().product(i, j) or self.top[i] or self.digit(i, j)


@bug("partial_distribution")
class PartialDistribution(OneLine):
    """One-digit number times a two-digit number: multiplies only the tens and adds the ones as they are.

    The two may stand in either order; other lengths: no answer.
    """

    def split(self) -> tuple[int, int]:
        """The one-digit and the two-digit number."""
        small, large = sorted(self.pair())
        if not small < 10 <= large < 100:
            raise NoAnswerError
        return small, large

    def result(self) -> int:
        small, large = self.split()
        return small * (large - large % 10) + large % 10

    def phrase(self, wrote: str) -> Phrase:
        small, large = self.split()
        values = {"digit": str(small), "tens": str(large - large % 10), "ones": str(large % 10)}
        return Phrase("only_tens", {**values, "wrote": wrote})


class TableFact(OneLine):
    """Two one-digit factors from 2 to 9, multiplied by heart; other factors: no answer."""

    def factors(self) -> tuple[int, int]:
        """The factors of the table entry that is recalled."""
        first, second = self.pair()
        if not (2 <= first <= 9 and 2 <= second <= 9):
            raise NoAnswerError
        return first, second

    def result(self) -> int:
        first, second = self.factors()
        return first * second

    def phrase(self, wrote: str) -> Phrase:
        first, second = self.factors()
        return Phrase("recalls", {"first": str(first), "second": str(second), "wrote": wrote})


@bug("table_entry_after")
class TableEntryAfter(TableFact):
    """Recalls the entry after in the other table, (a + 1) × b for a × b."""

    def factors(self) -> tuple[int, int]:
        first, second = super().factors()
        return first + 1, second


@bug("table_entry_before")
class TableEntryBefore(TableFact):
    """Recalls the entry before, a × (b - 1) for a × b."""

    def factors(self) -> tuple[int, int]:
        first, second = super().factors()
        return first, second - 1
