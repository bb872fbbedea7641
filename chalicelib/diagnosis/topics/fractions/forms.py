"""Bugs in the form of a fraction: simplifying, improper and equal fractions, comparing, turned results."""

from __future__ import annotations

from math import gcd, isqrt

from ...grammar.tree import Fraction, Whole, show
from ...procedure import NoAnswerError, Step
from ..lines import number_in
from .task import Number, Task, as_fraction, in_lowest_terms, parts, put_together
from .work import Comparison, Equivalent, Improper, Simplify, Work, bug


@bug("result_inverted", cases=("answer",))
class ResultInverted(Work):
    """Finds the right result in lowest terms and writes it upside down (1/n becomes n).

    Also where the task is to simplify. A problem with mixed numbers or a result of 0: no answer.
    """

    kinds = frozenset({"+", "-", "×", "÷", "of", "simplify"})

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if task.mixed:
            raise NoAnswerError

    def work(self) -> None:
        right = Work(self.task)
        self.lines = right.steps()
        result = number_in(self.lines[-1].wrote)
        if not result:
            raise NoAnswerError
        turned = 1 / result
        line = show(in_lowest_terms(turned.numerator, turned.denominator, mixed=False))
        self.write("inverted", line, "inverts_result")

    def steps(self) -> list[Step]:
        self.work()
        return self.lines


@bug("simplify_one_part")
class SimplifyOnePart(Simplify):
    """Divides only the numerator, by the smallest common factor above 1; the denominator stays.

    One step only. Where there is no such factor, the fraction is left as it is, which is right. The whole
    part of a mixed number stays.
    """

    def work(self) -> None:
        whole, (top, bottom) = parts(self.task.operands[0])
        common = gcd(top, bottom)
        factor = next((i for i in range(2, isqrt(common) + 1) if common % i == 0), common)
        result = put_together(whole, Fraction(top // factor, bottom))
        self.write("fractions", show(result), "divides_top" if factor > 1 else "is_simple", factor=factor)


@bug("simplify_square_roots")
class SimplifySquareRoots(Simplify):
    """When both parts are perfect squares, takes the square root of each; else simplifies rightly.

    The whole part of a mixed number stays.
    """

    def work(self) -> None:
        whole, (top, bottom) = parts(self.task.operands[0])
        roots = Fraction(isqrt(top), isqrt(bottom))
        if roots.numerator**2 != top or roots.denominator**2 != bottom:
            super().work()
            return
        result = put_together(whole, roots)
        self.write("fractions", show(result), "takes_roots", top=top, bottom=bottom)


@bug("improper_sum")
class ImproperSum(Improper):
    """Mixed to improper: adds whole and numerator over the denominator."""

    says = "whole_plus_numerator"

    def top(self, whole: int, fraction: Fraction) -> int:
        return whole + fraction.numerator


@bug("improper_whole_times_denominator_only")
class ImproperWholeTimesDenominatorOnly(Improper):
    """Mixed to improper: whole times denominator, the numerator is not added."""

    says = "whole_times_denominator"

    def top(self, whole: int, fraction: Fraction) -> int:
        return whole * fraction.denominator


@bug("equiv_add_same")
class EquivAddSame(Equivalent):
    """Finds the missing numerator by adding to the known one what was added to the denominator.

    A smaller denominator takes as much away; below 0: no answer. A missing denominator: no answer.
    """

    kinds = frozenset({"numerator"})

    def work(self) -> None:
        top, bottom = as_fraction(self.task.operands[0])
        added = as_fraction(self.task.operands[1]).numerator - bottom
        if top + added < 0:
            raise NoAnswerError
        result = Whole(top + added)
        sign = "+" if added >= 0 else "-"
        change = f"{sign} {abs(added)}"
        self.write("fractions", show(result), "adds_same", bottom=bottom, top=top, change=change)


class PartsCompared(Comparison):
    """Compares by whole parts where a number is mixed or whole; then a bug compares the fractions."""

    def order(self, first: Number, second: Number) -> int:
        if isinstance(first, Fraction) and isinstance(second, Fraction):
            return self.order_of_fractions(first, second)
        (w1, f1), (w2, f2) = parts(first), parts(second)
        if w1 != w2 or isinstance(first, Whole) or isinstance(second, Whole):
            return super().order(first, second)
        return self.order_of_fractions(f1, f2)

    def order_of_fractions(self, first: Fraction, second: Fraction) -> int:
        """Above 0 where the first is larger, 0 where the two are equal."""
        raise NotImplementedError


@bug("compare_larger_denominator", cases=("order",))
class CompareLargerDenominator(PartsCompared):
    """Takes the fraction with the larger denominator as the larger; equal denominators compared rightly.

    Mixed and whole numbers are compared by their whole parts first; these decide, if they differ.
    """

    says = "compares_denominators"

    def order_of_fractions(self, first: Fraction, second: Fraction) -> int:
        difference = first.denominator - second.denominator
        return difference or first.numerator - second.numerator

    def measure(self, number: Number) -> str:
        return str(as_fraction(number).denominator)


@bug("compare_gap", cases=("order",))
class CompareGap(PartsCompared):
    """Judges by the gap, denominator minus numerator: the smaller gap is larger, equal gaps are equal.

    A fraction above 1 has a gap below 0. Mixed and whole numbers are compared by their whole parts first.
    """

    says = "compares_gaps"

    def order_of_fractions(self, first: Fraction, second: Fraction) -> int:
        return self.gap(second) - self.gap(first)

    def gap(self, fraction: Fraction) -> int:
        return fraction.denominator - fraction.numerator

    def measure(self, number: Number) -> str:
        return str(self.gap(parts(number)[1]))
