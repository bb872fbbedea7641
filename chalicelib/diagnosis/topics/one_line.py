"""Work on whole numbers that is one line: another operation, or a number written down at once."""

from __future__ import annotations

from typing import ClassVar

from ..procedure import WORK, NoAnswerError, Phrase, Procedure, Step
from .whole import Operands


class OneLine(Procedure):
    """Computes one number in one go. `result` says which, `key` names the sentence that tells it."""

    task: Operands
    cases = frozenset({"answer"})
    key: ClassVar[str] = ""

    def result(self) -> int:
        raise NotImplementedError

    def pair(self) -> tuple[int, int]:
        """The two numbers. Raises NoAnswerError where there are more."""
        if len(self.task.numbers) != 2:
            raise NoAnswerError
        first, second = self.task.numbers
        return first, second

    def phrase(self, wrote: str) -> Phrase:
        first, second = self.pair()
        return Phrase(self.key, {"first": str(first), "second": str(second), "wrote": wrote})

    def answer(self) -> str:
        return str(self.result())

    def steps(self) -> list[Step]:
        wrote = self.answer()
        return [Step(WORK, wrote, (self.phrase(wrote),))]


class Product(OneLine):
    """Multiplies the two numbers."""

    key: ClassVar[str] = "multiplies"

    def result(self) -> int:
        first, second = self.pair()
        return first * second


class Difference(OneLine):
    """Takes the smaller number from the larger."""

    key: ClassVar[str] = "subtracts"

    def pair(self) -> tuple[int, int]:
        first, second = super().pair()
        return max(first, second), min(first, second)

    def result(self) -> int:
        larger, smaller = self.pair()
        return larger - smaller


class SwapSlip(Procedure):
    """The slip of writing two neighbouring digits of the right answer in the wrong order.

    `right` is the topic's right procedure, `at` the place of the right one of the two digits, ones = 0.
    """

    right: ClassVar[type[Procedure]]
    at: ClassVar[int]

    def answer(self) -> str:
        number = self.right(self.task).answer()
        cut = len(number) - self.at - 2
        if cut < 0 or not number.isdigit():
            raise NoAnswerError
        return str(int(number[:cut] + number[cut + 1] + number[cut] + number[cut + 2 :]))

    def steps(self) -> list[Step]:
        wrote = self.answer()
        values = {"right": self.right(self.task).answer(), "wrote": wrote}
        return [Step(WORK, wrote, (Phrase("swaps", values),))]
