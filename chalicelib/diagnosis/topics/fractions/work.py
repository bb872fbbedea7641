"""Right work with fractions, a class for each kind of problem, cut into the decisions where bugs depart.

Sums are worked in parts (wholes, then fractions), differences and products in improper fractions. A line of
work is a number or an expression, and the last line is the answer.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import ClassVar

from ...grammar.tree import Fraction, Mixed, Tree, Whole, show
from ...procedure import NoAnswerError, Register
from ..answers import EQUAL, by_value, largest
from ..lines import Lines
from .task import Number, Task, as_fraction, in_lowest_terms, parts, put_together

bug = Register("fractions")


class Work(Lines):
    """Work on fractions."""

    task: Task

    # What bugs override

    def noted(self, fraction: Fraction) -> Fraction:
        """What is put down of a fraction just worked out."""
        return fraction

    def finish(self, whole: int, fraction: Fraction) -> None:
        """Bring the result into its usual form."""
        top, bottom = as_fraction(Mixed(whole, *fraction))
        self.last_line(in_lowest_terms(top, bottom, mixed=self.task.mixed), "in_usual_form")

    def last_line(self, result: Tree, key: str) -> None:
        """Write the result, unless it stands there already."""
        if not self.lines or show(result) != self.lines[-1].wrote:
            self.write("result", show(result), key)


class Unsimplified(Work):
    """Work that leaves its result as it comes out."""

    def finish(self, whole: int, fraction: Fraction) -> None:
        self.last_line(put_together(whole, fraction), "puts_together")


class Sum(Work):
    """Wholes are added to wholes, fractions over their least common denominator."""

    kinds = frozenset({"+"})
    adds_wholes: ClassVar[str] = "adds_wholes"
    rewrites: ClassVar[str] = "common_denominator"
    joins: str = "adds_numerators"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.wholes = [whole for whole, _ in map(parts, task.operands) if whole]
        self.fractions = [parts(each)[1] for each in task.operands if not isinstance(each, Whole)]

    def work(self) -> None:
        whole = self.whole(self.wholes)
        if len(self.wholes) > 1 or whole != sum(self.wholes):
            wholes = " + ".join(map(str, self.wholes))
            self.write("wholes", str(whole or ""), self.adds_wholes, wholes=wholes)
        rewritten = self.rewritten(self.fractions)
        if rewritten != self.fractions:
            line = " + ".join(map(show, rewritten))
            self.write("common_denominator", line, self.rewrites, denominator=rewritten[0].denominator)
        if len(rewritten) == 1:
            self.finish(whole, rewritten[0])
            return
        joined = self.noted(self.joined(rewritten))
        tops = " + ".join(str(fraction.numerator) for fraction in rewritten)
        bottoms = " + ".join(str(fraction.denominator) for fraction in rewritten)
        self.write("fractions", show(joined), self.joins, tops=tops, bottoms=bottoms)
        self.finish(whole, joined)

    # What bugs override

    def whole(self, wholes: list[int]) -> int:
        """The sum of the whole parts."""
        return sum(wholes)

    def rewritten(self, fractions: list[Fraction]) -> list[Fraction]:
        """The fractions over a common denominator."""
        common = lcm(*(bottom for _, bottom in fractions))
        return [Fraction(top * (common // bottom), common) for top, bottom in fractions]

    def joined(self, fractions: list[Fraction]) -> Fraction:
        """The sum of the fractions."""
        return Fraction(sum(top for top, _ in fractions), fractions[0].denominator)


class Difference(Work):
    """Both numbers are written as fractions over their least common denominator."""

    kinds = frozenset({"-"})

    def work(self) -> None:
        first, second = map(as_fraction, self.task.operands)
        common = lcm(first.denominator, second.denominator)
        tops = [top * (common // bottom) for top, bottom in (first, second)]
        line = " - ".join(show(Fraction(top, common)) for top in tops)
        if line != " - ".join(map(show, self.task.operands)):
            self.write("common_denominator", line, "common_denominator", denominator=common)
        joined = self.noted(Fraction(tops[0] - tops[1], common))
        values = {"tops": f"{tops[0]} - {tops[1]}", "bottoms": common}
        self.write("fractions", show(joined), "subtracts_numerators", **values)
        self.finish(0, joined)


class Product(Work):
    """Mixed numbers are made improper, then numerators and denominators are multiplied."""

    kinds = frozenset({"×", "of"})
    joins: ClassVar[str] = "multiplies_across"

    def work(self) -> None:
        first, second = self.turned(*self.improper())
        joined = self.noted(self.joined(first, second))
        values = {"n1": first.numerator, "d1": first.denominator}
        values |= {"n2": second.numerator, "d2": second.denominator}
        self.write("fractions", show(joined), self.joins, **values)
        self.finish(0, joined)

    def improper(self) -> list[Fraction]:
        """Both numbers as fractions; that is a line of its own where one was mixed."""
        if self.task.mixed:
            numbers = [as_fraction(each) if isinstance(each, Mixed) else each for each in self.task.operands]
            sign = "÷" if self.task.kind == "÷" else "×"
            self.write("improper", f" {sign} ".join(map(show, numbers)), "makes_improper")
        return [as_fraction(operand) for operand in self.task.operands]

    # What bugs override

    def turned(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        """The factors that are multiplied."""
        return first, second

    def joined(self, first: Fraction, second: Fraction) -> Fraction:
        """The product of the factors."""
        return Fraction(first.numerator * second.numerator, first.denominator * second.denominator)


class Quotient(Product):
    """The divisor is inverted, then it is a product."""

    kinds = frozenset({"÷"})
    turns: ClassVar[str] = "inverts_second"

    def turned(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        factors = self.inverted(first, second)
        self.write("product", " × ".join(map(show, factors)), self.turns)
        return factors

    def inverted(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        """The product that is worked instead of the quotient."""
        return first, upside_down(second)


def upside_down(fraction: Fraction) -> Fraction:
    """The fraction turned over. Raises NoAnswerError where that would put a 0 below."""
    if fraction.numerator == 0:
        raise NoAnswerError
    return Fraction(fraction.denominator, fraction.numerator)


class Simplify(Work):
    """Both parts are divided by their greatest common factor."""

    kinds = frozenset({"simplify"})

    def work(self) -> None:
        whole, fraction = parts(self.task.operands[0])
        factor = gcd(*fraction)
        lowest = self.noted(Fraction(fraction.numerator // factor, fraction.denominator // factor))
        line = show(put_together(whole, lowest))
        self.write("fractions", line, "divides_both" if factor > 1 else "is_simple", factor=factor)
        self.finish(whole, lowest)


class Improper(Work):
    """Whole times denominator, and the numerator added, over the denominator."""

    kinds = frozenset({"improper"})
    says: ClassVar[str] = "whole_times_denominator_plus_numerator"

    def work(self) -> None:
        whole, fraction = parts(self.task.operands[0])
        result = self.noted(Fraction(self.top(whole, fraction), fraction.denominator))
        values = {"whole": whole, "top": fraction.numerator, "bottom": fraction.denominator}
        self.write("fractions", show(result), self.says, **values)

    def top(self, whole: int, fraction: Fraction) -> int:
        """The new numerator."""
        return whole * fraction.denominator + fraction.numerator


class Equivalent(Work):
    """`2/3 = ?/6` or `2/3 = 4/?`: the missing number by the rule of three, whole or a fraction."""

    kinds = frozenset({"numerator", "denominator"})

    def work(self) -> None:
        top, bottom = as_fraction(self.task.operands[0])
        given = as_fraction(self.task.operands[1]).numerator
        over, under = (top, bottom) if self.task.kind == "numerator" else (bottom, top)
        missing = self.noted(Fraction(over * given, under))
        line = show(in_lowest_terms(*missing, mixed=False))
        self.write("fractions", line, "multiplies_and_divides", first=over, second=given, under=under)
        self.finish(0, missing)


class Comparison(Work):
    """The larger number as it is written in the problem, or `equal`."""

    kinds = frozenset({"compare"})
    says: ClassVar[str] = "compares_values"

    def work(self) -> None:
        winner = largest(self.task.operands, self.order) or EQUAL
        numbers = ", ".join(map(show, self.task.operands))
        measures = ", ".join(map(self.measure, self.task.operands))
        self.write("fractions", show(winner), self.says, numbers=numbers, measures=measures)

    # What bugs override

    def order(self, first: Number, second: Number) -> int:
        """Above 0 where the first is larger, 0 where the two are equal."""
        return by_value(first, second)

    def measure(self, number: Number) -> str:
        """What is looked at in a number, in the words of the problem."""
        top, bottom = as_fraction(number)
        common = lcm(*(as_fraction(each).denominator for each in self.task.operands))
        return show(Fraction(top * (common // bottom), common))


Work.right = {
    kind: work
    for work in (Sum, Difference, Product, Quotient, Simplify, Improper, Equivalent, Comparison)
    for kind in work.kinds
}
