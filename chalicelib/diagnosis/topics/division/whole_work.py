"""Bugs that replace the whole work: another operation, the numbers swapped, each digit on its own."""

from __future__ import annotations

from ...procedure import WORK, NoAnswerError, Phrase, Procedure, Step
from ..one_line import Difference, Product
from ..whole import Operands, operands, place
from .long import LongDivision, bug


@bug("multiply_instead")
class MultiplyInstead(Product):
    """Multiplies the two numbers."""


@bug("subtract_instead")
class SubtractInstead(Difference):
    """Takes the smaller number from the larger."""


@bug("n_by_n_is_zero", cases=("answer",))
class NByNIsZero(LongDivision):
    """A number divided by itself is answered 0; other divisions are right."""

    def answer(self) -> str:
        return "0" if self.dividend == self.divisor else super().answer()

    def steps(self) -> list[Step]:
        if self.dividend != self.divisor:
            return super().steps()
        values = {"dividend": str(self.dividend), "divisor": str(self.divisor), "wrote": "0"}
        return [Step(WORK, "0", (Phrase("divides_whole", values),))]


@bug("swapped", cases=("answer",))
class Swapped(LongDivision):
    """When the dividend is smaller than the divisor, divides the divisor by the dividend.

    With remainder if any. Other divisions are right; a dividend of 0 cannot be the divisor: no answer.
    """

    def __init__(self, task: Operands) -> None:
        dividend, divisor = task.numbers
        if dividend == 0:
            raise NoAnswerError
        super().__init__(task if dividend >= divisor else operands(divisor, dividend))


class EachDigit(Procedure):
    """Divides each digit of the dividend on its own, whole part only; leading zeros are not written."""

    cases = frozenset({"answer"})
    task: Operands

    def below(self, i: int) -> int:
        """What digit i of the dividend is divided by."""
        raise NotImplementedError

    def quotients(self) -> list[int]:
        return [digit // self.below(i) for i, digit in enumerate(self.task.digits[0])]

    def answer(self) -> str:
        return str(int("".join(map(str, reversed(self.quotients())))))

    def steps(self) -> list[Step]:
        steps = []
        for i, quotient in reversed(list(enumerate(self.quotients()))):
            dividend, divisor = str(self.task.digits[0][i]), str(self.below(i))
            values = {"dividend": dividend, "divisor": divisor, "wrote": str(quotient)}
            steps.append(Step(place(i), str(quotient), (Phrase("divides_whole", values),)))
        answer = self.answer()
        return [*steps, Step("result", answer, (Phrase("result", {"wrote": answer}),))]


@bug("partial_remainder_ignored", cases=("answer",))
class PartialRemainderIgnored(EachDigit):
    """One-digit divisor: divides every digit separately and drops each remainder, the last one too."""

    def below(self, i: int) -> int:  # noqa: ARG002 (the same for every digit)
        divisor = self.task.digits[1]
        if len(divisor) > 1:
            raise NoAnswerError
        return divisor[0]


@bug("digit_by_digit", cases=("answer",))
class DigitByDigit(EachDigit):
    """Both numbers have the same length (two or more digits): divides each digit by the one below.

    No answer where a divisor digit is 0.
    """

    def below(self, i: int) -> int:
        dividend, divisor = self.task.digits
        if not len(dividend) == len(divisor) >= 2 or divisor[i] == 0:
            raise NoAnswerError
        return divisor[i]
