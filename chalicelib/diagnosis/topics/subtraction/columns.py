"""The column machine: subtraction as it is taught, cut into the small decisions where bugs depart.

Columns are numbered from the right, ones = 0. A borrow has three parts, each a method of its own: `fetch`
takes one from the column to the left of the borrowing one, `take` does so for a given column (and goes on
to the left where that is 0), `receive` adds ten to the borrowing column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from ...procedure import WHOLE, NoAnswerError, Phrase, Procedure, Register, Step, outcome
from ..base import Part
from ..whole import Operands, digits_of, place

bug = Register("subtraction")


class StopWorkError(Exception):
    """The student stops here and hands in what is written."""


class Columns(Procedure):
    """Right subtraction in columns, by decomposition (borrowing).

    A column whose result is below 0 or above 9, or a borrow from beyond the left end, gives no answer. So
    a problem with the smaller number on top has an answer only where a bug needs no borrow there.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.printed, bottom = task.rows
        self.length = len(task.digits[0])
        self.width = len(bottom)
        self.top = list(task.filled[0])
        """The top digits as they are at the moment; 0 where the top number has no digit."""
        self.bottom = list(bottom)
        """The bottom digits; None for a blank."""
        self.changed = [False] * self.width
        """Which columns a borrow has changed."""
        self.borrows = 0
        self.written: list[int] = []
        """The digits of the answer, ones first."""

    # The run

    def answer(self) -> str:
        with suppress(StopWorkError):
            for i in range(self.width):
                self.column(i)
        return self.read_off()

    def read_off(self) -> str:
        """The digits written, closed up and without leading zeros."""
        number = 0
        for digit in reversed(self.written):
            number = number * 10 + digit
        if not self.written:
            raise NoAnswerError
        return str(number)

    def agreement(self, target: list[int]) -> int:
        """How many digits agree with `target`, ones first; the work stops at the first that does not.

        WHOLE where all do. `target` is filled up with zeros beyond the width of the problem.
        """
        try:
            departs_at = self.departure(target)
        except StopWorkError:
            departs_at = None
        if departs_at is not None or not self.written:
            return departs_at or 0
        return len(self.written) if any(target[len(self.written) :]) else WHOLE

    def departure(self, target: list[int]) -> int | None:
        """The first column where the digits written are not those of `target`; None where there is none."""
        written, agreed = self.written, 0
        for i in range(self.width):
            self.column(i)
            while agreed < len(written):
                if written[agreed] != target[agreed]:
                    return i
                agreed += 1
        return None

    def column(self, i: int) -> None:
        digit = self.difference(i)
        if not 0 <= digit <= 9:
            raise NoAnswerError
        self.write(i, digit)

    # What bugs override

    def difference(self, i: int) -> int:
        """The result of column i."""
        top, bottom = self.top[i], self.bottom[i] or 0
        return top - bottom if top >= bottom else self.too_small(i)

    def too_small(self, i: int) -> int:
        """The result of a column that needs a borrow."""
        self.borrow(i)
        return self.top[i] - (self.bottom[i] or 0)

    def borrow(self, i: int) -> None:
        if i + 1 >= self.length:
            raise NoAnswerError
        self.borrows += 1
        self.fetch(i)
        self.receive(i)

    def fetch(self, i: int) -> None:
        """Take the one that column i needs from the left."""
        self.take(i + 1)

    def take(self, j: int) -> None:
        """Take one from column j; a 0 there first gets ten from its own left, and so becomes 9."""
        if j >= self.length:
            raise NoAnswerError
        if self.top[j] == 0:
            self.take(j + 1)
            self.change(j, 9)
        else:
            self.change(j, self.top[j] - 1)

    def receive(self, i: int) -> None:
        """Add the ten to column i."""
        self.top[i] += 10

    def write(self, i: int, digit: int) -> None:  # noqa: ARG002 (for bugs to override)
        self.written.append(digit)

    # Words for bugs

    def write_in_full(self, i: int, number: int) -> None:
        for digit in digits_of(number):
            self.write(i, digit)

    def change(self, j: int, digit: int) -> None:
        """Strike out the top digit of column j and write `digit` above it."""
        if digit < 0:
            raise NoAnswerError
        self.top[j] = digit
        self.changed[j] = True

    def lender(self, i: int) -> int:
        """The column next to column i on the left. Raises NoAnswerError where there is none."""
        if i + 1 >= self.length:
            raise NoAnswerError
        return i + 1

    def lender_is_zero(self, i: int) -> bool:
        return i + 1 < self.length and self.top[i + 1] == 0

    def zeros_from(self, j: int) -> int:
        """How many top digits in a row are 0 at the moment, from column j to the left."""
        end = j
        while end < self.length and self.top[end] == 0:
            end += 1
        return end - j

    def blank(self, i: int) -> bool:
        return self.bottom[i] is None

    def over_digit(self, i: int) -> bool:
        """Whether the bottom digit of column i is written and not 0."""
        return bool(self.bottom[i])

    def has_zero(self, i: int) -> bool:
        """Whether the top digit of column i is a 0 at the moment."""
        return self.top[i] == 0 and i < self.length

    def untouched(self, i: int, digit: int) -> bool:
        """Whether column i was printed with `digit` on top and no borrow has changed it."""
        return self.printed[i] == digit and not self.changed[i]

    def gap(self, i: int) -> int:
        """The difference of the digits of column i, whichever is the larger."""
        return abs(self.top[i] - (self.bottom[i] or 0))

    # The trace

    def steps(self) -> list[Step]:
        steps = []
        for i in range(self.width):
            top, bottom, start = list(self.top), list(self.bottom), len(self.written)
            stopped = self._column_stops(i)
            says = [*self._changes(i, top, bottom)]
            wrote = "".join(map(str, reversed(self.written[start:])))
            says.append(self.result_phrase(i, wrote))
            steps.append(Step(place(i), wrote, tuple(says)))
            if stopped:
                break
        self.read_off()
        return steps

    def _column_stops(self, i: int) -> bool:
        try:
            self.column(i)
        except StopWorkError:
            return True
        return False

    def _changes(self, i: int, top: list[int], bottom: list[int | None]) -> Iterator[Phrase]:
        """What has become of the digits while column i was worked."""
        for j in range(self.width):
            if self.top[j] != top[j]:
                values = {"place": place(j), "before": str(top[j]), "after": str(self.top[j])}
                yield Phrase("gets" if j == i else "becomes", values)
            if self.bottom[j] != bottom[j]:
                values = {"place": place(j), "before": str(bottom[j]), "after": str(self.bottom[j])}
                yield Phrase("bottom_becomes", values)

    def result_phrase(self, i: int, wrote: str) -> Phrase:
        """How the result of column i came about."""
        top, bottom = self.top[i], self.bottom[i]
        values = {"top": str(top), "bottom": str(bottom), "wrote": wrote}
        if not wrote:
            return Phrase("writes_nothing", values)
        if bottom is None:
            return Phrase("copies" if wrote == str(top) else "writes_over_blank", values)
        if wrote == str(top - bottom):
            return Phrase("subtracts", values)
        return Phrase("takes_smaller" if wrote == str(bottom - top) else "writes", values)


def agreements(procedures: Sequence[type[Procedure]], task: Operands, key: str) -> list[int]:
    """How far each of `procedures` agrees with the number `key`; see `Topic.agreements`."""
    target = [*digits_of(int(key)), *[0] * len(task.rows[0])]
    found = []
    for procedure in procedures:
        if issubclass(procedure, Columns):
            try:
                agreement = procedure(task).agreement(target)
            except NoAnswerError:
                agreement = 0
        else:
            agreement = WHOLE if outcome(procedure, task) == key else 0
        found.append(agreement)
    return found


def column_parts(task: Operands) -> list[Part]:
    """The subtraction of each column in the right work, ones first: `13 - 8`, `9 - 7` ..."""
    work = Columns(task)
    parts = []
    for i in range(work.width):
        try:
            work.column(i)
        except NoAnswerError:
            return []
        bottom = work.bottom[i] or 0
        parts.append(Part(f"{work.top[i]} - {bottom}", (str(work.top[i] - bottom),)))
    return parts
