"""Long division: one quotient digit after another, then the quotient and remainder written down."""

from __future__ import annotations

from math import gcd
from typing import NamedTuple

from ...procedure import Phrase, Procedure, Register, Step
from ..base import Part
from ..whole import Operands, place

bug = Register("division")


class QuotientDigit(NamedTuple):
    """One round: what stands there after bringing down, the digit it gives, and what is left of it.

    `at` is the place of the digit in the quotient, ones = 0.
    """

    at: int
    partial: int
    digit: int
    left: int


class LongDivision(Procedure):
    """Right division. A dividend smaller than its divisor gives a fraction, reduced (0 gives 0)."""

    def __init__(self, task: Operands) -> None:
        super().__init__(task)
        self.dividend, self.divisor = task.numbers

    # The run

    def answer(self) -> str:
        if self.dividend < self.divisor:
            return self.fraction()
        rounds = self.rounds()
        quotient = int(self.quotient("".join(str(each.digit) for each in rounds)))
        return self.form(str(quotient), rounds[-1].left)

    # What bugs override

    def fraction(self) -> str:
        """The answer where the dividend is the smaller number."""
        if self.dividend == 0:
            return "0"
        common = gcd(self.dividend, self.divisor)
        return f"{self.dividend // common}/{self.divisor // common}"

    def rounds(self) -> list[QuotientDigit]:
        """The quotient digits from the first that is not 0."""
        rounds: list[QuotientDigit] = []
        left = 0
        figures = str(self.dividend)
        for read, figure in enumerate(figures, 1):
            partial = left * 10 + int(figure)
            digit, left = divmod(partial, self.divisor)
            if rounds or digit:
                rounds.append(QuotientDigit(len(figures) - read, partial, digit, left))
        return rounds

    def quotient(self, digits: str) -> str:
        """What is written of the quotient digits."""
        return digits

    def form(self, quotient: str, remainder: int) -> str:
        """The answer as it is handed in."""
        return f"{quotient} r {remainder}" if remainder else quotient

    # The trace

    def steps(self) -> list[Step]:
        answer = self.answer()
        if self.dividend < self.divisor:
            values = {"dividend": str(self.dividend), "divisor": str(self.divisor), "wrote": answer}
            return [Step("result", answer, (Phrase("smaller_dividend", values),))]
        rounds = self.rounds()
        steps = []
        for each in rounds:
            values = {
                "partial": str(each.partial),
                "divisor": str(self.divisor),
                "wrote": str(each.digit),
                "left": str(each.left),
            }
            steps.append(Step(place(each.at), str(each.digit), (Phrase("divides", values),)))
        return [*steps, Step("result", answer, (Phrase("result", {"wrote": answer}),))]


def division_parts(task: Operands) -> list[Part]:
    """The division of each round in the right work: `13 ÷ 4` ..."""
    work = LongDivision(task)
    if work.dividend < work.divisor:
        return []
    parts = []
    for each in work.rounds():
        written = f"{each.digit} r {each.left}" if each.left else str(each.digit)
        parts.append(Part(f"{each.partial} ÷ {work.divisor}", (written, str(each.digit))))
    return parts
