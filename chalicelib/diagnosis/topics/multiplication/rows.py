"""Long multiplication: a row for each digit of the multiplier, each row worked digit by digit."""

from __future__ import annotations

from ...procedure import Phrase, Procedure, Register, Step
from ..base import Part
from ..whole import Operands, place

bug = Register("multiplication")


class Rows(Procedure):
    """Right multiplication, by partial products.

    The second factor is the multiplier, except that a first factor of one digit is: a student puts the
    longer number on top.
    """

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        top, multiplier = task.digits
        if len(top) == 1 < len(multiplier):
            top, multiplier = multiplier, top
        self.top = top
        """The digits of the number on top, ones first."""
        self.multiplier = multiplier
        self.cells: list[int] = []
        """What the row in work has written, ones first."""
        self.carries: list[tuple[int, int]] = []
        """What was carried into and out of each column of the row in work."""

    # The run

    def answer(self) -> str:
        return str(sum(self.shifted(j, self.row(j)) for j in self.rows()))

    def row(self, j: int) -> int:
        """The product of the top number and multiplier digit j, before its shift."""
        self.cells, self.carries, carry = [], [], 0
        for i in range(len(self.top)):
            before = carry
            total = self.total(i, j, carry)
            wrote, carry = (total, 0) if i == len(self.top) - 1 else self.split(total)
            self.cells.append(wrote)
            self.carries.append((before, carry))
        return int("".join(map(str, reversed(self.cells))))

    # What bugs override

    def rows(self) -> range:
        """The multiplier digits that are worked."""
        return range(len(self.multiplier))

    def digit(self, i: int, j: int) -> int:  # noqa: ARG002 (a bug takes it from column i)
        """What column i is multiplied by in row j."""
        return self.multiplier[j]

    def product(self, i: int, j: int) -> int:
        """The basic fact of column i in row j."""
        return self.top[i] * self.digit(i, j)

    def total(self, i: int, j: int, carry: int) -> int:
        """The product of column i with the carry."""
        return self.product(i, j) + carry

    def split(self, total: int) -> tuple[int, int]:
        """What is written of a column that is not the leftmost, and what is carried."""
        return total % 10, total // 10

    def shifted(self, j: int, row: int) -> int:
        """The row in its place."""
        return int(row * 10**j)

    # The trace

    def columns(self, j: int) -> list[Step]:
        """The columns of row j."""
        self.row(j)
        return [Step(place(i), str(wrote), self._said(i, j)) for i, wrote in enumerate(self.cells)]

    def _said(self, i: int, j: int) -> tuple[Phrase, ...]:
        before, carry = self.carries[i]
        values = {
            "digit": str(self.top[i]),
            "multiplier": str(self.digit(i, j)),
            "carried": str(before),
            "wrote": str(self.cells[i]),
            "carry": str(carry),
        }
        multiplies = Phrase("multiplies_and_adds" if before else "multiplies", values)
        return (multiplies, Phrase("carries", values)) if carry else (multiplies,)

    def steps(self) -> list[Step]:
        """The columns of the one row, or the rows and their sum."""
        rows = self.rows()
        if len(rows) == 1 and len(self.multiplier) == 1:
            return self.columns(rows[0])
        steps, top = [], _number(self.top)
        partials = [self.shifted(j, self.row(j)) for j in rows]
        for j, partial in zip(rows, partials, strict=True):
            values = {"top": top, "multiplier": str(self.multiplier[j] * 10**j), "wrote": str(partial)}
            steps.append(Step(f"row {j + 1}", str(partial), (Phrase("partial", values),)))
        total = str(sum(partials))
        summed = Phrase("sums", {"sum": " + ".join(map(str, partials)), "wrote": total})
        return [*steps, Step("sum", total, (summed,))]


def _number(digits: tuple[int, ...]) -> str:
    return "".join(map(str, reversed(digits)))


def row_parts(task: Operands) -> list[Part]:
    """The partial products, each with or without the zeros of its shift."""
    work = Rows(task)
    top, parts = _number(work.top), []
    for j, digit in enumerate(work.multiplier):
        row = work.row(j)
        parts.append(Part(f"{top} × {digit}", (str(row), str(row * 10**j)), alone=True))
    return parts
