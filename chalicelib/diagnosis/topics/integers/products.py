"""Bugs in products and powers of numbers with a sign. Quotients follow the rule for products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .work import Calculation, NegativePower, bug

if TYPE_CHECKING:
    from ..expressions import Number


class Multiplying(Calculation):
    """A bug that shows where numbers are multiplied or divided."""

    kinds = frozenset({"product", "mixed"})

    def multiplied(self, first: Number, second: Number) -> Number:
        return self.with_sign(super().multiplied(first, second), first, second)

    def divided(self, first: Number, second: Number) -> Number:
        return self.with_sign(super().divided(first, second), first, second)

    def with_sign(self, result: Number, first: Number, second: Number) -> Number:  # noqa: ARG002
        """The product or quotient of the two numbers, with the sign that it is given."""
        return result


@bug("neg_times_neg_negative", cases=("negative_factors",))
class NegTimesNegNegative(Multiplying):
    """The product of two negative numbers is written negative; other products are right."""

    def with_sign(self, result: Number, first: Number, second: Number) -> Number:
        if not first < 0 > second:
            return super().with_sign(result, first, second)
        self.key = "negative_of_two_negatives"
        return -result


@bug("opposite_signs_product_positive", cases=("opposite_factors",))
class OppositeSignsProductPositive(Multiplying):
    """The product of numbers with opposite signs is written positive; other products are right."""

    def with_sign(self, result: Number, first: Number, second: Number) -> Number:
        if result >= 0:
            return super().with_sign(result, first, second)
        self.key = "positive_of_opposites"
        return -result


@bug("exponent_sign")
class ExponentSign(NegativePower):
    """-a^n is read as (-a)^n."""

    def work(self) -> None:
        base, exponent = self.task.numbers
        power = self.noted((-base) ** exponent)
        self.write("line 1", str(power), "sign_into_power", base=base, exponent=exponent)
