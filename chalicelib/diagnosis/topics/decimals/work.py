"""Right work with decimals, a class for each kind of problem, cut into the decisions where bugs depart.

Sums, differences and products are worked with whole numbers first; then the point is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational
from math import prod
from typing import ClassVar

from ...grammar.tree import Mixed
from ...procedure import NoAnswerError, Register
from ..answers import largest
from ..lines import Lines
from .task import Figure, Task, in_decimals, plain, pointed, rounded

bug = Register("decimals")


class Work(Lines):
    """Work on decimals."""

    task: Task


class WholeFirst(Work):
    """Numbers are worked as whole numbers, then the point is set."""

    sign: ClassVar[str]
    says: str
    sets_point: ClassVar[str] = "sets_point"
    all_places: bool = False
    """Whether zeros at the end of the result are kept."""

    def work(self) -> None:
        numbers = self.numbers(self.task.figures)
        result = self.noted(self.joined(numbers))
        self.write("digits", str(result), self.says, sum=f" {self.sign} ".join(map(str, numbers)))
        places = self.places([len(figure.places) for figure in self.task.figures])
        self.write("point", self.marked(result, places), self.sets_point, places=places)

    # What bugs override

    def numbers(self, figures: Sequence[Figure]) -> list[int]:
        """The whole numbers that are worked with."""
        raise NotImplementedError

    def joined(self, numbers: Sequence[int]) -> int:
        """What comes out of the whole numbers."""
        raise NotImplementedError

    def places(self, places: Sequence[int]) -> int:
        """The decimal places of the result, from those of the numbers."""
        return max(places)

    def noted(self, result: int) -> int:
        """What is put down of a whole number just worked out."""
        return result

    def marked(self, result: int, places: int) -> str:
        """The result with its point."""
        return pointed(result, places) if self.all_places else plain(pointed(result, places))


class Sum(WholeFirst):
    """The numbers are lined up on the point; empty places are 0."""

    kinds = frozenset({"+"})
    sign = "+"
    says = "adds"

    def numbers(self, figures: Sequence[Figure]) -> list[int]:
        places = max(len(figure.places) for figure in figures)
        return [figure.scaled(places) for figure in figures]

    def joined(self, numbers: Sequence[int]) -> int:
        return sum(numbers)


class Difference(Sum):
    """The same as for a sum; a result below 0 has its sign."""

    kinds = frozenset({"-"})
    sign = "-"
    says = "subtracts"

    def joined(self, numbers: Sequence[int]) -> int:
        first, second = numbers
        return first - second


class Product(WholeFirst):
    """The digits are multiplied without their points; the product has the places of both numbers."""

    kinds = frozenset({"×"})
    sign = "×"
    says = "multiplies"

    def numbers(self, figures: Sequence[Figure]) -> list[int]:
        return [figure.number for figure in figures]

    def joined(self, numbers: Sequence[int]) -> int:
        return prod(numbers)

    def places(self, places: Sequence[int]) -> int:
        return sum(places)


class Quotient(Work):
    """The divisor is made a whole number; a quotient that does not end is rounded to hundredths."""

    kinds = frozenset({"÷"})
    says: ClassVar[str] = "makes_divisor_whole"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.dividend, self.divisor = task.figures

    def work(self) -> None:
        dividend, divisor = self.numbers()
        if (dividend, divisor) != (str(self.dividend), str(self.divisor)):
            self.write("division", f"{dividend} ÷ {divisor}", self.says)
        result = self.noted(self.quotient(Rational(dividend) / Rational(divisor)))
        self.write("point", result, "divides", dividend=dividend, divisor=divisor)

    # What bugs override

    def numbers(self) -> tuple[str, str]:
        """The division that is worked: both numbers times 10, 100 ... until the divisor is whole."""
        shift = len(self.divisor.places)
        moved = self.dividend.scaled(max(shift, len(self.dividend.places)))
        left = max(0, len(self.dividend.places) - shift)
        return pointed(moved, left), str(self.divisor.number)

    def quotient(self, quotient: Rational) -> str:
        """What is written of the quotient."""
        return in_decimals(quotient)

    def noted(self, result: str) -> str:
        """What is put down of the quotient just worked out."""
        return result


class Round(Work):
    """A number with no more places than asked for stays as it is written; a half goes up."""

    kinds = frozenset({"round"})
    says: ClassVar[str] = "rounds"

    def work(self) -> None:
        figure, keep = self.task.figures[0], self.task.keep
        drop = len(figure.places) - keep
        text = self.rounded(figure, drop) if drop > 0 else str(figure)
        self.write("point", text, self.says if drop > 0 else "is_rounded", number=figure)

    def rounded(self, figure: Figure, drop: int) -> str:
        """The number without its last `drop` digits, rounded."""
        return self.kept(rounded(Rational(figure.number, 10**drop), 0))

    def kept(self, number: int) -> str:
        """`number` of the asked place, written with zeros up to the ones."""
        keep = self.task.keep
        return pointed(number, keep) if keep >= 0 else str(number * 10**-keep)


class AsDecimal(Work):
    """Numerator divided by denominator; a mixed number keeps its whole part."""

    kinds = frozenset({"decimal"})
    says: ClassVar[str] = "divides"

    def work(self) -> None:
        fraction = self.task.fraction
        if fraction is None:
            raise NoAnswerError
        whole = fraction.whole if isinstance(fraction, Mixed) else 0
        top, bottom = fraction[-2:]
        self.write("point", self.decimal(whole, top, bottom), self.says, dividend=top, divisor=bottom)

    def decimal(self, whole: int, top: int, bottom: int) -> str:
        return in_decimals(whole + Rational(top, bottom))


class Comparison(Work):
    """The larger number as it is written in the problem, or `equal`."""

    kinds = frozenset({"compare"})
    says: ClassVar[str] = "compares_values"

    def work(self) -> None:
        figures = self.task.figures
        winner = str(largest(figures, self.order) or "equal")
        numbers, measures = (", ".join(map(write, figures)) for write in (str, self.measure))
        self.write("point", winner, self.says, numbers=numbers, measures=measures)

    # What bugs override

    def order(self, first: Figure, second: Figure) -> int:
        """Above 0 where the first is larger, 0 where the two are equal."""
        return (first.value > second.value) - (first.value < second.value)

    def measure(self, figure: Figure) -> str:
        """What is looked at in a number: all its places, with zeros to the same length."""
        places = max(len(each.places) for each in self.task.figures)
        return pointed(figure.scaled(places), places)


Work.right = {
    kind: work
    for work in (Sum, Difference, Product, Quotient, Round, AsDecimal, Comparison)
    for kind in work.kinds
}
