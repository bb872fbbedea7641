"""Bugs in the laws of exponents: what becomes of the exponents where powers of one base are joined."""

from __future__ import annotations

from math import prod

from ...grammar.tree import Tree
from ...grammar.values import value
from ...procedure import NoAnswerError
from .work import Work, bug, listed, power_of, raised, tree_of


@bug("product_multiplies_exponents")
class ProductMultipliesExponents(Work):
    """a^m × a^n is worked out as a^(m × n), and so with more factors; a itself is a^1."""

    kinds = frozenset({"product", "other"})

    def product(self, base: Tree, exponents: list[int]) -> Tree | None:
        self.tell("multiplies_exponents", exponents=listed(exponents, " × "))
        return power_of(base, prod(exponents))


@bug("product_multiplies_bases")
class ProductMultipliesBases(Work):
    """a^m × a^n is worked out as (a × a)^(m + n), and so with more factors; a itself is a^1."""

    kinds = frozenset({"product", "other"})

    def product(self, base: Tree, exponents: list[int]) -> Tree | None:
        number = value(base)
        factor = str(number) if number >= 0 and number.denominator == 1 else f"({number})"
        bases = " × ".join([factor] * len(exponents))
        self.tell("multiplies_bases", bases=bases, exponents=listed(exponents, " + "))
        return power_of(tree_of(raised(number, len(exponents))), sum(exponents))


@bug("quotient_divides_exponents")
class QuotientDividesExponents(Work):
    """a^m ÷ a^n is worked out as a^(m ÷ n); no answer unless n divides m."""

    kinds = frozenset({"quotient", "other"})

    def quotient(self, base: Tree, over: int, under: int) -> Tree | None:
        if under == 0 or over % under:
            raise NoAnswerError
        self.tell("divides_exponents", exponents=listed([over, under], " ÷ "))
        return power_of(base, over // under)


@bug("power_of_power_adds")
class PowerOfPowerAdds(Work):
    """(a^m)^n is worked out as a^(m + n)."""

    kinds = frozenset({"power of power", "other"})

    def power_of_power(self, base: Tree, inner: int, outer: int) -> Tree | None:
        self.tell("adds_exponents_of_power", exponents=listed([inner, outer], " + "))
        return power_of(base, inner + outer)


@bug("sum_adds_exponents")
class SumAddsExponents(Work):
    """a^m + a^n (same base, also more of them) is worked out as a^(m + n); a sum of other powers is right."""

    kinds = frozenset({"sum", "other"})

    def sum_of_powers(self, base: Tree, exponents: list[int]) -> Tree | None:
        self.tell("adds_exponents_of_sum", exponents=listed(exponents, " + "))
        return power_of(base, sum(exponents))
