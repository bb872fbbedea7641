"""Bugs in rounding and in comparing decimals."""

from __future__ import annotations

from ...procedure import NoAnswerError
from .task import Figure, Task, pointed
from .work import Comparison, Round, bug


@bug("round_truncates")
class RoundTruncates(Round):
    """Cuts the digits after the asked place (zeros stand for those left of the point)."""

    says = "cuts"

    def rounded(self, figure: Figure, drop: int) -> str:
        return self.kept(figure.number // 10**drop)


@bug("double_rounding")
class DoubleRounding(Round):
    """Rounds step by step, one place at a time, from the last digit to the asked place; 5 goes up."""

    says = "rounds_again"

    def rounded(self, figure: Figure, drop: int) -> str:
        number, before = figure.number, str(figure)
        for i in range(1, drop):
            number = (number + 5) // 10
            places = len(figure.places) - i
            line = pointed(number, places) if places >= 0 else str(number * 10**-places)
            self.write(f"rounding {i}", line, "rounds", number=before)
            before = line
        return self.kept((number + 5) // 10)


@bug("round_carry_not_propagated")
class RoundCarryNotPropagated(Round):
    """Rounds a 9 up by writing 10 in its place, with no carry; other digits are rounded rightly."""

    says = "writes_ten"

    def rounded(self, figure: Figure, drop: int) -> str:
        kept, cut = divmod(figure.number, 10**drop)
        if kept % 10 != 9 or 2 * cut < 10**drop:
            return super().rounded(figure, drop)
        zeros = "0" * max(0, -self.task.keep)
        return self.kept(kept)[: -1 - len(zeros)] + "10" + zeros


class ByLength(Comparison):
    """Judges decimals with equal whole parts by the number of their places; other numbers: no answer."""

    says = "compares_lengths"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if len({int(figure.digits) for figure in task.figures}) > 1:
            raise NoAnswerError

    def order(self, first: Figure, second: Figure) -> int:
        if len(first.places) != len(second.places):
            return self.by_length(len(first.places), len(second.places))
        return super().order(first, second)

    def by_length(self, first: int, second: int) -> int:
        """Above 0 where a number of `first` places is taken for the larger."""
        raise NotImplementedError

    def measure(self, figure: Figure) -> str:
        return str(len(figure.places))


@bug("compare_longer_is_larger", cases=("order",))
class CompareLongerIsLarger(ByLength):
    """Of two decimals with equal whole parts, takes the one with more decimal digits.

    Equal lengths are compared rightly. A whole number has no decimal digits. Whole parts that differ: no
    answer.
    """

    def by_length(self, first: int, second: int) -> int:
        return first - second


@bug("compare_shorter_is_larger", cases=("order",))
class CompareShorterIsLarger(ByLength):
    """Of two decimals with equal whole parts, takes the one with fewer decimal digits.

    Equal lengths are compared rightly. A whole number has no decimal digits. Whole parts that differ: no
    answer.
    """

    def by_length(self, first: int, second: int) -> int:
        return second - first


@bug("compare_money")
class CompareMoney(Comparison):
    """Compares only the first two decimals, so numbers that agree there are equal."""

    says = "compares_two_places"

    def order(self, first: Figure, second: Figure) -> int:
        return self.cents(first) - self.cents(second)

    def cents(self, figure: Figure) -> int:
        return int(figure.digits + figure.places[:2].ljust(2, "0"))

    def measure(self, figure: Figure) -> str:
        return pointed(self.cents(figure), 2)
