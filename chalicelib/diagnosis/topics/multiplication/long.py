"""Bugs with a multiplier of two or more digits: in the rows, their places and their sum."""

from __future__ import annotations

from ...procedure import NoAnswerError, Phrase, Step
from ..whole import Operands
from .rows import Rows, bug


class LongMultiplier(Rows):
    """A multiplier of two or more digits; the bug does not apply to a shorter one, no answer."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if len(self.multiplier) < 2:
            raise NoAnswerError


class TwoByTwo(Rows):
    """Two two-digit numbers; other lengths: no answer."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if not len(self.top) == len(self.multiplier) == 2:
            raise NoAnswerError


@bug("partial_not_shifted")
class PartialNotShifted(LongMultiplier):
    """Adds all partial products with no place shift."""

    def shifted(self, j: int, row: int) -> int:  # noqa: ARG002 (the same in every row)
        return row


@bug("last_partial_only")
class LastPartialOnly(LongMultiplier):
    """Gives only the partial product of the multiplier's leftmost digit, with its place shift."""

    def rows(self) -> range:
        return super().rows()[-1:]


@bug("skips_zero_in_multiplier", cases=("layout",))
class SkipsZeroInMultiplier(LongMultiplier):
    """Every 0 in the multiplier, inside or at the end, is left out and keeps no place."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.multiplier = tuple(digit for digit in self.multiplier if digit)


@bug("column_by_column", cases=("answer",))
class ColumnByColumn(LongMultiplier):
    """Multiplies column by column as in addition, with right carries.

    Each digit is multiplied by the multiplier digit below it, and by the leftmost one where there is none
    below; the leftmost product is written in full. A multiplier longer than the top number: no answer.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if len(self.multiplier) > len(self.top):
            raise NoAnswerError

    def rows(self) -> range:
        return range(1)

    def digit(self, i: int, j: int) -> int:  # noqa: ARG002 (there is one row)
        return self.multiplier[min(i, len(self.multiplier) - 1)]

    def steps(self) -> list[Step]:
        return self.columns(0)


@bug("only_corresponding_digits", cases=("answer",))
class OnlyCorrespondingDigits(TwoByTwo):
    """Adds tens times tens (as hundreds) and ones times ones; the cross products are missing."""

    def row(self, j: int) -> int:
        return int(self.product(j, j) * 10**j)

    def steps(self) -> list[Step]:
        partials = [self.shifted(j, self.row(j)) for j in self.rows()]
        steps = []
        for j, partial in enumerate(partials):
            top, multiplier = str(self.top[j] * 10**j), str(self.multiplier[j] * 10**j)
            said = Phrase("partial", {"top": top, "multiplier": multiplier, "wrote": str(partial)})
            steps.append(Step(f"row {j + 1}", str(partial), (said,)))
        total = str(sum(partials))
        said = Phrase("sums", {"sum": " + ".join(map(str, partials)), "wrote": total})
        return [*steps, Step("sum", total, (said,))]


@bug("reuses_old_carry")
class ReusesOldCarry(TwoByTwo):
    """In the second row the first row's carry is added in place of the second row's own carry.

    The first row's carry is the one from ones times ones. Where that was 0 the second row's own carry is
    lost all the same: the student takes what the first row carried, which is nothing.
    """

    def total(self, i: int, j: int, carry: int) -> int:
        old = self.product(0, 0) // 10
        return super().total(i, j, old if (i, j) == (1, 1) else carry)
