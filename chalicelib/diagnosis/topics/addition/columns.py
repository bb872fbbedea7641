"""The column machine of addition: the right procedure, cut into the small decisions where bugs depart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from ...procedure import NoAnswerError, Phrase, Procedure, Register, Step
from ..base import Part
from ..whole import Operands, place

bug = Register("addition")


class Columns(Procedure):
    """Right addition in columns, ones first, of any number of addends."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.rows = [list(row) for row in task.rows]
        """The digits of each addend, ones first; None for a blank."""
        self.width = len(self.rows[0])
        self.carried = [0] * (self.width + 2)
        """What has been carried to each column."""
        self.written: list[str] = []
        """What each column wrote, in the order of the work."""

    # The run

    def answer(self) -> str:
        for i in self.order():
            self.column(i)
        self.last_carry()
        return self.read_off()

    def read_off(self) -> str:
        """The number written, without leading zeros."""
        return str(int("".join(reversed(self.written))))

    # What bugs override

    def order(self) -> Iterable[int]:
        return range(self.width)

    def column(self, i: int) -> None:
        total = self.total(i)
        self.write(total % 10)
        self.carry(i, total // 10)

    def total(self, i: int) -> int:
        """The sum of column i, with what was carried to it."""
        return sum(row[i] or 0 for row in self.rows) + self.carried[i]

    def carry(self, i: int, amount: int) -> None:
        """Carry `amount` out of column i."""
        self.carried[i + 1] += amount

    def last_carry(self) -> None:
        """Write in front what was carried beyond the leftmost column."""
        beyond = self.carried[self.width] + 10 * self.carried[self.width + 1]
        if beyond:
            self.write(beyond)

    def write(self, number: int) -> None:
        """Write down `number` at once, all its digits."""
        if number < 0:
            raise NoAnswerError
        self.written.append(str(number))

    # The trace

    def steps(self) -> list[Step]:
        steps = []
        for i in self.order():
            before = list(self.carried)
            self.column(i)
            steps.append(Step(place(i), self.written[-1], tuple(self._says(i, before))))
        done = len(self.written)
        self.last_carry()
        if len(self.written) > done:
            wrote = self.written[-1]
            steps.append(Step(place(self.width), wrote, (Phrase("last_carry", {"wrote": wrote}),)))
        return steps

    def _says(self, i: int, before: list[int]) -> Iterable[Phrase]:
        digits = [str(row[i]) for row in self.rows if row[i] is not None]
        if before[i]:
            digits.append(f"({before[i]})" if before[i] < 0 else str(before[i]))
        wrote, total = self.written[-1], self.total(i)
        values = {"sum": " + ".join(digits), "total": str(total), "wrote": wrote}
        yield Phrase("copies" if len(digits) == 1 and wrote == digits[0] else "adds", values)
        for j, (old, new) in enumerate(zip(before, self.carried, strict=True)):
            if new != old:
                yield Phrase("carries", {"carry": str(new - old), "place": place(j)})


class TwoNumbers(Columns):
    """The same for bugs that are defined for two addends; no answer for more."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        if len(task.numbers) != 2:
            raise NoAnswerError


def column_parts(task: Operands) -> list[Part]:
    """Running totals where there are three addends or more; else the sum of each column, ones first."""
    numbers = task.numbers
    if len(numbers) > 2:
        totals = list(accumulate(numbers))
        return [
            Part(f"{before} + {number}", (str(total),), alone=True)
            for before, number, total in zip(totals, numbers[1:], totals[1:], strict=False)
        ]
    work = Columns(task)
    parts = []
    for i in range(work.width):
        digits = [row[i] or 0 for row in work.rows] + [work.carried[i]] * bool(work.carried[i])
        parts.append(Part(" + ".join(map(str, digits)), (str(sum(digits)),)))
        work.column(i)
    return parts
