"""Bugs in what a single power is worth."""

from __future__ import annotations

from fractions import Fraction as Rational
from typing import TYPE_CHECKING

from ...grammar.tree import Binary, Decimal, Negative, Tree
from ...procedure import NoAnswerError
from .task import MAX_DIGITS
from .work import KINDS, Work, bug, power_of, tree_of

if TYPE_CHECKING:
    from ..expressions import Number


class SinglePower(Work):
    """A bug that shows in powers of all sorts. Powers of the same base are first joined by the right law."""

    kinds = KINDS - {"root", "root of sum"}


@bug("base_times_exponent")
class BaseTimesExponent(SinglePower):
    """Every power a^n (exponent not negative) is worked out as a × n, also inside a sum of two powers.

    No law of exponents is used: each power of a product, a quotient or a power is worked out on its own.
    An exponent below 0: no answer.
    """

    def power(self, base: Rational, exponent: int) -> Number:
        if exponent < 0:
            raise NoAnswerError
        self.tell("base_times_exponent", power=_written(base, exponent), base=base, exponent=exponent)
        return base * exponent

    def joined(self, tree: Binary) -> Tree | None:  # noqa: ARG002 (no law)
        return None

    def power_of_power(self, base: Tree, inner: int, outer: int) -> Tree | None:  # noqa: ARG002 (no law)
        return None


@bug("zero_exponent_zero", cases=("zero_exponent",))
class ZeroExponentZero(SinglePower):
    """a^0 is answered 0; other powers are right."""

    def power(self, base: Rational, exponent: int) -> Number:
        if exponent:
            return super().power(base, exponent)
        self.tell("zero_gives_zero", power=_written(base, 0))
        return 0


@bug("zero_exponent_base", cases=("zero_exponent",))
class ZeroExponentBase(SinglePower):
    """a^0 is answered a; other powers are right."""

    def power(self, base: Rational, exponent: int) -> Number:
        if exponent:
            return super().power(base, exponent)
        self.tell("zero_gives_base", power=_written(base, 0), base=base)
        return base


@bug("negative_exponent_negative", cases=("negative_exponent",))
class NegativeExponentNegative(SinglePower):
    """a^-n is answered -(a^n); other powers are right."""

    def power(self, base: Rational, exponent: int) -> Number:
        positive = super().power(base, abs(exponent))
        if exponent >= 0:
            return positive
        self.tell("minus_to_the_front", power=_written(base, exponent), positive=_written(base, -exponent))
        return -positive


@bug("negative_exponent_scientific", cases=("negative_exponent", "form"))
class NegativeExponentScientific(SinglePower):
    """a^-n is read as a × 10^-n and written as a decimal; other powers are right.

    What is worked out with such a decimal is a decimal too, where it ends.
    """

    decimal = False

    def power(self, base: Rational, exponent: int) -> Number:
        if exponent >= 0:
            return super().power(base, exponent)
        self.decimal = True
        self.tell("power_of_ten", power=_written(base, exponent), base=base, exponent=exponent)
        return base * Rational(10) ** exponent

    def form(self, number: Rational) -> Tree:
        return decimal(number) if self.decimal else super().form(number)


def decimal(number: Rational) -> Tree:
    """The number as a decimal; as a fraction, where the decimal does not end soon."""
    if number < 0:
        return Negative(decimal(-number))
    for places in range(1, MAX_DIGITS):
        scaled = number * 10**places
        figures = str(scaled.numerator).zfill(places + 1)
        if scaled.denominator == 1 < number.denominator and len(figures) <= MAX_DIGITS:
            return Decimal(figures[:-places], figures[-places:])
    return tree_of(number)


def _written(base: Rational, exponent: int) -> Tree:
    return power_of(tree_of(base), exponent)
