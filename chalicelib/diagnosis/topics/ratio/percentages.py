"""Bugs in proportions and percentages. Each is one line of work on the numbers of the problem."""

from __future__ import annotations

from fractions import Fraction as Rational
from typing import ClassVar

from ...procedure import NoAnswerError
from .task import Task, ends
from .work import Work, bug


class OneLine(Work):
    """Computes one number in one go; `says` names the sentence that tells how, of the numbers n1, n2 ..."""

    cases = frozenset({"answer"})
    says: ClassVar[str]

    def work(self) -> None:
        values = {f"n{i}": number for i, number in enumerate(self.task.numbers, 1)}
        self.result("quotient", self.number(*self.task.numbers), self.says, **values)

    def number(self, *numbers: Rational) -> Rational:
        """The number that is answered."""
        raise NotImplementedError


@bug("additive", cases=("answer",))
class Additive(OneLine):
    """In a:b = c:x adds the difference, x = c + (b - a); no answer if that is not positive.

    With the unknown in another place it is found by the same difference.
    """

    kinds = frozenset({"proportion"})
    says = "adds_difference"

    def number(self, *numbers: Rational) -> Rational:
        a, b, c = numbers
        if c + b - a <= 0:
            raise NoAnswerError
        return c + b - a


@bug("inverted", cases=("answer",))
class Inverted(OneLine):
    """In a:b = c:x multiplies by a and divides by b. A result that does not end is written as a fraction."""

    kinds = frozenset({"proportion"})
    says = "multiplies_by_first"

    def number(self, *numbers: Rational) -> Rational:
        a, b, c = numbers
        return a * c / b


@bug("always_multiplies", cases=("answer",))
class AlwaysMultiplies(OneLine):
    """Multiplies the two given numbers of a percentage and divides by 100, whatever is unknown.

    Written without a percent sign. Proportions and changes by percent: no answer.
    """

    kinds = frozenset({"part", "whole", "rate"})
    says = "multiplies_given_numbers"

    def number(self, *numbers: Rational) -> Rational:
        first, second = numbers
        return first * second / 100


class PartOneLine(OneLine):
    """The same for p% of B, written as a decimal; no answer if that does not end."""

    kinds = frozenset({"part"})

    def work(self) -> None:
        if not ends(self.number(*self.task.numbers)):
            raise NoAnswerError
        super().work()


@bug("decimal_shift", cases=("answer",))
class DecimalShift(PartOneLine):
    """p% of B is worked out as p tenths of B: p x B divided by 10."""

    says = "takes_tenths"

    def number(self, *numbers: Rational) -> Rational:
        rate, base = numbers
        return rate * base / 10


@bug("divides_by_rate", cases=("answer",))
class DividesByRate(PartOneLine):
    """p% of B is worked out as B divided by p, as a decimal; no answer if it does not end, or p is 0."""

    says = "divides_by_rate"

    def number(self, *numbers: Rational) -> Rational:
        rate, base = numbers
        if rate == 0:
            raise NoAnswerError
        return base / rate


@bug("part_over_percent", cases=("answer",))
class PartOverPercent(PartOneLine):
    """For p% of B works out 100 x B divided by p, as a decimal; no answer if it does not end, or p is 0."""

    says = "hundred_times_over_rate"

    def number(self, *numbers: Rational) -> Rational:
        rate, base = numbers
        if rate == 0:
            raise NoAnswerError
        return 100 * base / rate


@bug("off_as_amount", cases=("answer",))
class OffAsAmount(OneLine):
    """B less p% is worked out as B - p, also where that is below 0; likewise, B plus p% as B + p.

    Several changes one after the other: no answer.
    """

    kinds = frozenset({"change"})

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if len(task.signs) != 1:
            raise NoAnswerError
        self.sign = task.signs[0]

    def work(self) -> None:
        base, rate = self.task.numbers
        if self.sign == "less":
            self.result("quotient", base - rate, "subtracts", first=base, second=rate)
        else:
            self.result("quotient", base + rate, "adds", first=base, second=rate)


@bug("up_down_cancel", cases=("answer",))
class UpDownCancel(OneLine):
    """B plus p% less the same p% is answered B, in either order; other changes: no answer."""

    kinds = frozenset({"change"})
    says = "cancels"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if sorted(task.signs) != ["less", "plus"] or task.numbers[1] != task.numbers[2]:
            raise NoAnswerError

    def number(self, *numbers: Rational) -> Rational:
        return numbers[0]
