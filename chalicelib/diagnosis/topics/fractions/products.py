"""Bugs in products and quotients of fractions."""

from __future__ import annotations

from ...grammar.tree import Fraction, Mixed, Whole, show
from ...procedure import NoAnswerError
from .task import Task, as_fraction, parts
from .work import Product, Quotient, Unsimplified, bug, upside_down


class FractionProduct(Unsimplified, Product):
    """A product left unsimplified. Mixed numbers are made improper first; a whole number n is n/1."""


@bug("mul_cross")
class MulCross(FractionProduct):
    """Multiplies crosswise: first numerator times second denominator, over the other two.

    Not simplified; no answer where the second numerator, and so the new denominator, is 0.
    """

    joins = "multiplies_crosswise"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if as_fraction(task.operands[1]).numerator == 0:
            raise NoAnswerError

    def joined(self, first: Fraction, second: Fraction) -> Fraction:
        return Fraction(first.numerator * second.denominator, first.denominator * second.numerator)


@bug("mul_cross_concatenate", cases=("answer",))
class MulCrossConcatenate(Product):
    """Answers a whole number: the cross products as tens and ones.

    That is ten times (first denominator x second numerator) plus (first numerator x second denominator).
    Mixed numbers are made improper first; a whole number n is n/1.
    """

    def work(self) -> None:
        (n1, d1), (n2, d2) = self.improper()
        result = Whole(10 * d1 * n2 + n1 * d2)
        self.write("fractions", show(result), "cross_products_as_digits", n1=n1, d1=d1, n2=n2, d2=d2)


@bug("mul_keeps_common_denominator")
class MulKeepsCommonDenominator(FractionProduct):
    """Equal denominators: multiplies the numerators and keeps the denominator; not simplified.

    Denominators that differ: the bug does not apply, no answer.
    """

    joins = "keeps_denominator"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        first, second = map(as_fraction, task.operands)
        if first.denominator != second.denominator:
            raise NoAnswerError

    def joined(self, first: Fraction, second: Fraction) -> Fraction:
        return Fraction(first.numerator * second.numerator, first.denominator)


@bug("of_as_subtraction")
class OfAsSubtraction(FractionProduct):
    """Fraction of a fraction with equal denominators: takes the smaller from the larger; not simplified.

    Other denominators, or a whole or mixed number: no answer. Equal fractions leave 0.
    """

    kinds = frozenset({"of"})
    joins = "takes_smaller_numerator"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        bottoms = {each.denominator for each in task.operands if isinstance(each, Fraction)}
        if task.mixed or len(bottoms) != 1 or any(isinstance(each, Whole) for each in task.operands):
            raise NoAnswerError

    def joined(self, first: Fraction, second: Fraction) -> Fraction:
        return Fraction(abs(first.numerator - second.numerator), first.denominator)


@bug("whole_times_both")
class WholeTimesBoth(FractionProduct):
    """Fraction times whole number, in either order: multiplies both parts by the whole number.

    Not simplified. Other factors, or 0 as the whole number (0 below the bar): no answer.
    """

    joins = "multiplies_both_parts"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if task.mixed or not any(isinstance(each, Whole) and each.value for each in task.operands):
            raise NoAnswerError

    def joined(self, first: Fraction, second: Fraction) -> Fraction:
        whole = (first if isinstance(self.task.operands[0], Whole) else second).numerator
        top, bottom = second if isinstance(self.task.operands[0], Whole) else first
        return Fraction(top * whole, bottom * whole)


@bug("mixed_mult_parts")
class MixedMultParts(Unsimplified, Product):
    """Two mixed numbers: multiplies whole by whole and fraction by fraction; not simplified."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if not all(isinstance(each, Mixed) for each in task.operands):
            raise NoAnswerError

    def work(self) -> None:
        (w1, (n1, d1)), (w2, (n2, d2)) = map(parts, self.task.operands)
        fraction = Fraction(n1 * n2, d1 * d2)
        self.write("wholes", str(w1 * w2), "multiplies_wholes", first=w1, second=w2)
        self.write("fractions", show(fraction), "multiplies_across", n1=n1, d1=d1, n2=n2, d2=d2)
        self.finish(w1 * w2, fraction)


class FractionQuotient(Unsimplified, Quotient):
    """A quotient left unsimplified. Mixed numbers are made improper first; a whole number n is n/1."""


@bug("div_no_invert")
class DivNoInvert(FractionQuotient):
    """Divides fractions by multiplying straight across; not simplified."""

    turns = "inverts_none"

    def inverted(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        return first, second


@bug("div_invert_first")
class DivInvertFirst(FractionQuotient):
    """Inverts the first fraction instead of the second, then multiplies; not simplified.

    No answer where the first numerator is 0.
    """

    turns = "inverts_first"

    def inverted(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        return upside_down(first), second


@bug("div_invert_both")
class DivInvertBoth(FractionQuotient):
    """Inverts both fractions, then multiplies; not simplified. No answer where the first numerator is 0."""

    turns = "inverts_both"

    def inverted(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        return upside_down(first), upside_down(second)


@bug("div_across_drop_remainder")
class DivAcrossDropRemainder(FractionQuotient):
    """Divides numerator by numerator and denominator by denominator, whole parts only; not simplified.

    A denominator of 0: no answer.
    """

    joins = "divides_across"

    def turned(self, first: Fraction, second: Fraction) -> tuple[Fraction, Fraction]:
        return first, second

    def joined(self, first: Fraction, second: Fraction) -> Fraction:
        if first.denominator < second.denominator:
            raise NoAnswerError
        return Fraction(first.numerator // second.numerator, first.denominator // second.denominator)
