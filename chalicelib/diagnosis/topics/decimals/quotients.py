"""Bugs in quotients of decimals, and in a fraction written as a decimal."""

from __future__ import annotations

from fractions import Fraction as Rational

from ...procedure import NoAnswerError
from .task import Task, in_decimals, pointed
from .work import AsDecimal, Quotient, bug


@bug("div_divisor_point_ignored")
class DivDivisorPointIgnored(Quotient):
    """Reads a decimal divisor as a whole number without its point (0.6 as 6) and divides rightly.

    A quotient that does not end is rounded as in right work; with a whole divisor the work is right.
    """

    says = "ignores_point"

    def numbers(self) -> tuple[str, str]:
        return str(self.dividend), str(self.divisor.number)


@bug("div_reversed", cases=("numbers", "quotient"))
class DivReversed(Quotient):
    """When the dividend is smaller, divides the divisor by it; else the work is right.

    What does not end within two places is rounded to hundredths. A dividend of 0: no answer.
    """

    says = "swaps_numbers"

    def numbers(self) -> tuple[str, str]:
        if not self.swaps():
            return super().numbers()
        if self.dividend.number == 0:
            raise NoAnswerError
        return str(self.divisor), str(self.dividend)

    def quotient(self, quotient: Rational) -> str:
        return in_decimals(quotient, 2) if self.swaps() else super().quotient(quotient)

    def swaps(self) -> bool:
        return self.dividend.value < self.divisor.value


class StopsEarly(Quotient):
    """Decimal over a whole number, worked to the dividend's number of places; other numbers: no answer."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if self.dividend.whole or not self.divisor.whole:
            raise NoAnswerError

    def work(self) -> None:
        whole, rest = divmod(self.dividend.number, self.divisor.number)
        line = self.noted(self.ended(pointed(whole, len(self.dividend.places)), rest))
        self.write("point", line, self.says, dividend=self.dividend, divisor=self.divisor, rest=rest)

    def ended(self, quotient: str, rest: int) -> str:
        """What is written where `rest` is left over of the last place."""
        raise NotImplementedError


@bug("div_truncated", cases=("answer",))
class DivTruncated(StopsEarly):
    """Stops at the dividend's number of places and drops the rest."""

    says = "drops_rest"

    def ended(self, quotient: str, rest: int) -> str:  # noqa: ARG002 (dropped, whatever it is)
        return quotient


@bug("div_remainder_appended", cases=("answer",))
class DivRemainderAppended(StopsEarly):
    """Decimal over a one-digit whole number: writes the remainder as the next digit.

    It divides to the dividend's number of places; where nothing is left, nothing is written.
    """

    says = "appends_rest"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if self.divisor.number > 9:
            raise NoAnswerError

    def ended(self, quotient: str, rest: int) -> str:
        return f"{quotient}{rest}" if rest else quotient


class BarAsPoint(AsDecimal):
    """The bar of a fraction taken for something else; a mixed number: no answer."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if len(task.fraction or ()) != 2:
            raise NoAnswerError


@bug("fraction_as_numerator_point_denominator")
class FractionAsNumeratorPointDenominator(BarAsPoint):
    """Writes a/b as a.b."""

    says = "writes_bar_as_point"

    def decimal(self, whole: int, top: int, bottom: int) -> str:  # noqa: ARG002 (no mixed numbers)
        return f"{top}.{bottom}"


@bug("fraction_as_zero_point_denominator")
class FractionAsZeroPointDenominator(BarAsPoint):
    """Writes a/b as 0.b."""

    says = "writes_denominator_after_point"

    def decimal(self, whole: int, top: int, bottom: int) -> str:  # noqa: ARG002 (no mixed numbers)
        return f"0.{bottom}"
