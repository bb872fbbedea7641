"""Bugs in sums and differences of decimals: lining up, borrowing, and the point."""

from __future__ import annotations

from collections.abc import Sequence

from ...procedure import NoAnswerError
from .task import Figure, pointed
from .work import Difference, Sum, bug


@bug("add_parts_separately", cases=("answer",))
class AddPartsSeparately(Sum):
    """Adds the whole parts, and the decimal parts as whole numbers (05 is 5).

    The second sum is written after the point, whatever its length. A whole number has no decimal part.
    """

    def work(self) -> None:
        wholes = [int(figure.digits) for figure in self.task.figures]
        parts = [int(figure.places or "0") for figure in self.task.figures]
        self.write("wholes", str(sum(wholes)), self.says, sum=" + ".join(map(str, wholes)))
        self.write("decimals", str(sum(parts)), self.says, sum=" + ".join(map(str, parts)))
        self.write("point", f"{sum(wholes)}.{sum(parts)}", "puts_together")


@bug("add_right_aligned")
class AddRightAligned(Sum):
    """Adds the digits flush right as whole numbers; the sum gets the larger number of places, all written."""

    all_places = True

    def numbers(self, figures: Sequence[Figure]) -> list[int]:
        return [figure.number for figure in figures]


@bug("sum_point_lost")
class SumPointLost(Sum):
    """Adds rightly, with as many places as the longer number has, and writes no point.

    Zeros in front are not written.
    """

    sets_point = "sets_no_point"

    def marked(self, result: int, places: int) -> str:  # noqa: ARG002 (no point, whatever the places)
        return str(result)


@bug("sub_right_aligned")
class SubRightAligned(Difference):
    """Subtracts the digits flush right as whole numbers; the larger number of places, all written.

    No answer where the second number's digits are the larger whole number.
    """

    all_places = True

    def numbers(self, figures: Sequence[Figure]) -> list[int]:
        first, second = (figure.number for figure in figures)
        if first < second:
            raise NoAnswerError
        return [first, second]


@bug("sub_smaller_from_larger")
class SubSmallerFromLarger(Difference):
    """Aligns on the point (empty places are 0) and writes the difference of the digits in every column.

    All places are written. It never borrows, so it has an answer also where the second number is larger.
    """

    all_places = True

    says = "smaller_digit_from_larger"

    def joined(self, numbers: Sequence[int]) -> int:
        width = len(str(max(numbers)))
        top, bottom = (str(number).rjust(width, "0") for number in numbers)
        return int("".join(str(abs(int(a) - int(b))) for a, b in zip(top, bottom, strict=True)))


@bug("sub_borrow_no_decrement", cases=("answer",))
class SubBorrowNoDecrement(Difference):
    """Subtracts the decimal parts rightly, borrowing a whole if needed, and does not reduce the whole part.

    As many places as the longer number has. A whole part that comes below 0: no answer.
    """

    def work(self) -> None:
        first, second = self.task.figures
        places = max(len(first.places), len(second.places))
        one = 10**places
        (w1, p1), (w2, p2) = (divmod(figure.scaled(places), one) for figure in (first, second))
        if w1 < w2:
            raise NoAnswerError
        if p1 < p2:
            self.write("decimals", str(one + p1 - p2), "borrows_a_whole", first=one + p1, second=p2)
        else:
            self.write("decimals", str(p1 - p2), "subtracts", sum=f"{p1} - {p2}")
        self.write("wholes", str(w1 - w2), "subtracts", sum=f"{w1} - {w2}")
        self.write("point", pointed((w1 - w2) * one + (p1 - p2) % one, places), "puts_together")


@bug("sub_copy_extra_digits", cases=("answer",))
class SubCopyExtraDigits(Difference):
    """When the second number has more decimals, subtracts without these digits and copies them at the end.

    No answer where the second number is the larger even without them. Else the work is right.
    """

    def work(self) -> None:
        first, second = self.task.figures
        places = len(first.places)
        copied = second.places[places:]
        if not copied:
            super().work()
            return
        number, taken = first.number, int(second.digits + second.places[:places])
        if number < taken:
            raise NoAnswerError
        self.write("digits", str(number - taken), "subtracts", sum=f"{number} - {taken}")
        line = pointed(int(f"{number - taken}{copied}"), places + len(copied))
        self.write("point", line, "copies_digits", copied=copied)
