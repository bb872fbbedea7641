"""Bugs in products of decimals: the places of the point, and multiplying or dividing by 10, 100, 1000."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ...procedure import NoAnswerError
from .task import Task, plain, pointed
from .work import Product, Work, bug


@bug("mul_places_max")
class MulPlacesMax(Product):
    """Gives the product of the digits the larger number of places of the two; all places are written."""

    all_places = True

    def places(self, places: Sequence[int]) -> int:
        return max(places)


@bug("mul_point_counted_from_left")
class MulPointCountedFromLeft(Product):
    """Counts the total of decimal places from the left end of the product of the digits.

    No point if there are no more digits than places.
    """

    sets_point = "sets_point_from_left"

    def marked(self, result: int, places: int) -> str:
        digits = str(result)
        return f"{digits[:places]}.{digits[places:]}" if len(digits) > places else digits


@bug("mul_trailing_zero_dropped")
class MulTrailingZeroDropped(Product):
    """Drops one final zero of the product of the digits, then marks off the right number of places.

    All places are then written. A product of 0, or one that does not end in 0, is worked rightly.
    """

    def joined(self, numbers: Sequence[int]) -> int:
        product = super().joined(numbers)
        if product == 0 or product % 10:
            return product
        self.says, self.all_places = "multiplies_and_drops_zero", True
        return product // 10


@bug("mul_parts_separately", cases=("answer",))
class MulPartsSeparately(Product):
    """Multiplies whole part by whole part and decimals by decimals.

    A whole number multiplies both parts. The second product is written as it is after the point.
    """

    def work(self) -> None:
        first, second = self.task.figures
        wholes = [int(first.digits), int(second.digits)]
        parts = [int(figure.digits if figure.whole else figure.places) for figure in (first, second)]
        whole, part = wholes[0] * wholes[1], parts[0] * parts[1]
        self.write("wholes", str(whole), self.says, sum=" × ".join(map(str, wholes)))
        self.write("decimals", str(part), self.says, sum=" × ".join(map(str, parts)))
        self.write("point", f"{whole}.{part}", "puts_together")


class PowerOfTen(Work):
    """Decimal times (in either order) or over 10, 100, 1000 ...; other numbers: no answer."""

    kinds = frozenset({"×", "÷"})
    cases = frozenset({"answer"})
    says: ClassVar[str]

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        figure, power = task.figures
        if task.kind == "×" and figure.whole:
            figure, power = power, figure
        self.figure, self.power = figure, power
        self.zeros = len(power.digits) - 1
        if figure.whole or not power.whole or self.zeros < 1 or power.number != 10**self.zeros:
            raise NoAnswerError

    def work(self) -> None:
        self.write("point", self.result(), self.says, number=self.figure, places=self.zeros)

    def result(self) -> str:
        """What is written of the number."""
        raise NotImplementedError

    def moved(self, by: int) -> str:
        """The number with its point moved `by` places to the right, or to the left if below 0."""
        if self.task.kind == "÷":
            by = -by
        places = len(self.figure.places) - by
        if places <= 0:
            return str(self.figure.number * 10**-places)
        return plain(pointed(self.figure.number, places))


@bug("pow10_append_zero", cases=("answer",))
class Pow10AppendZero(PowerOfTen):
    """Decimal times 10, 100, 1000 ...: appends that many zeros to the number as written."""

    kinds = frozenset({"×"})
    says = "appends_zeros"

    def result(self) -> str:
        return str(self.figure) + "0" * self.zeros


@bug("pow10_one_place_short", cases=("answer",))
class Pow10OnePlaceShort(PowerOfTen):
    """Moves the point one place too few; no zeros kept at the end."""

    says = "moves_point_short"

    def result(self) -> str:
        return self.moved(self.zeros - 1)


@bug("pow10_wrong_direction", cases=("answer",))
class Pow10WrongDirection(PowerOfTen):
    """Moves the point the right number of places the wrong way; no zeros kept at the end."""

    says = "moves_point_wrong_way"

    def result(self) -> str:
        return self.moved(-self.zeros)
