"""Right work with powers and roots: a line for each step, cut into the decisions where bugs depart.

Powers of the same base are joined by the laws of exponents; anything else is worked out from the inside.
"""

from __future__ import annotations

from fractions import Fraction as Rational
from math import isqrt
from typing import TYPE_CHECKING, cast

from ...grammar.tree import Binary, Negative, Power, Root, Tree, Whole, show
from ...grammar.values import value
from ...procedure import NoAnswerError, Register
from ..answers import is_number
from ..reckoning import NumberLines
from .task import MAX_DIGITS, PRODUCTS, Task, exponent_of, operands, writable

if TYPE_CHECKING:
    from ..expressions import Number

bug = Register("powers")

KINDS = frozenset(
    {"power", "power of power", "power of sum", "root", "root of sum", "product", "quotient", "sum", "other"}
)
LISTED_FACTORS = 6
"""Up to this exponent the trace lists the factors."""


class Work(NumberLines):
    """Right work on a problem of any kind."""

    task: Task
    kinds = KINDS

    # The run

    def work(self) -> None:
        tree = self.task.tree
        while not is_number(tree):
            tree = self.rewritten(tree)
            if self.told or is_number(tree):
                values = {name: _in_words(each) for name, each in self.values.items()}
                self.write(f"line {len(self.lines) + 1}", show(tree), self.key, **values)

    def rewritten(self, tree: Tree) -> Tree:
        """The tree after one step, told by `key` and `values`."""
        match tree:
            case Power(base, exponent):
                return self._power(base, exponent_of(exponent), tree)
            case Root(radicand):
                return self._root(radicand)
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Negative(operand) if not is_number(operand):
                opposite = self.rewritten(operand)
                return Negative(opposite) if opposite != Whole(0) else opposite
            case _:
                return self.worked_out(tree)

    def _power(self, base: Tree, exponent: int, tree: Power) -> Tree:
        joined = None
        if isinstance(base, Power) and is_number(base.base):
            joined = self.power_of_power(base.base, exponent_of(base.exponent), exponent)
        elif isinstance(base, Binary):
            joined = self.power_of_sum(base, exponent)
        if joined is not None:
            return joined
        if not is_number(base):
            return tree._replace(base=self.rewritten(base))
        return self.number(self.power(value(base), exponent))

    def _root(self, radicand: Tree) -> Tree:
        split = self.root_of_sum(radicand)
        if split is not None:
            return split
        if not is_number(radicand):
            return Root(self.rewritten(radicand))
        return self.number(self.root(value(radicand)))

    def _binary(self, operator: str, left: Tree, right: Tree) -> Tree:
        tree = Binary(operator, left, right)
        joined = self.joined(tree)
        if joined is not None:
            return joined
        if not is_number(left):
            return tree._replace(left=self.rewritten(left))
        if not is_number(right):
            return tree._replace(right=self.rewritten(right))
        return self.worked_out(tree)

    def worked_out(self, tree: Tree) -> Tree:
        """The number that an operation on two numbers gives."""
        if isinstance(tree, Binary) and tree.operator == "÷" and value(tree.right) == 0:
            raise NoAnswerError
        result = self.number(value(tree))
        self.tell("works_out", sum=tree, result=result)
        return result

    def number(self, number: Number) -> Tree:
        """The tree of a number just worked out. Raises NoAnswerError where it is too long to write."""
        noted = Rational(self.noted(number))
        if not writable(noted):
            raise NoAnswerError
        return self.form(noted)

    def tell(self, key: str, **values: object) -> None:
        """The sentence about the step in hand; its values may be trees."""
        self.key, self.values = key, values

    def joined(self, tree: Binary) -> Tree | None:
        """One power for several of the same base; None where there is no law for them."""
        if tree.operator in PRODUCTS:
            base, exponents = same_base(operands(tree, PRODUCTS))
            return self.product(base, exponents) if base else None
        if tree.operator == "÷":
            base, exponents = same_base([tree.left, tree.right])
            return self.quotient(base, *exponents) if base else None
        addends = operands(tree, frozenset("+"))
        base, exponents = same_base(addends)
        all_powers = all(isinstance(each, Power) for each in addends)
        return self.sum_of_powers(base, exponents) if base and all_powers else None

    # What bugs override

    def power(self, base: Rational, exponent: int) -> Number:
        """The value of a power."""
        result = raised(base, exponent)
        written = power_of(tree_of(base), exponent)
        if exponent < 0:
            positive = power_of(tree_of(base), -exponent)
            self.tell("negative_exponent", power=written, positive=positive, result=result)
        elif exponent == 0:
            self.tell("zero_exponent", power=written, result=result)
        elif 1 < exponent <= LISTED_FACTORS:
            factor = str(base) if base >= 0 and base.denominator == 1 else f"({base})"
            factors = " × ".join([factor] * exponent)
            self.tell("repeated_factor", power=written, factors=factors, result=result)
        else:
            self.tell("works_out", sum=written, result=result)
        return result

    def product(self, base: Tree, exponents: list[int]) -> Tree | None:
        """a^m × a^n ... as one power."""
        self.tell("adds_exponents", exponents=listed(exponents, " + "))
        return power_of(base, sum(exponents))

    def quotient(self, base: Tree, over: int, under: int) -> Tree | None:
        """a^m ÷ a^n as one power."""
        self.tell("subtracts_exponents", exponents=listed([over, under], " - "))
        return power_of(base, over - under)

    def sum_of_powers(self, base: Tree, exponents: list[int]) -> Tree | None:  # noqa: ARG002 (for bugs)
        """a^m + a^n ...: there is no law for a sum."""
        return None

    def power_of_power(self, base: Tree, inner: int, outer: int) -> Tree | None:
        """(a^m)^n as one power."""
        self.tell("multiplies_exponents", exponents=listed([inner, outer], " × "))
        return power_of(base, inner * outer)

    def power_of_sum(self, base: Binary, exponent: int) -> Tree | None:  # noqa: ARG002 (for bugs)
        """The power of a sum or difference: what is in the parentheses comes first."""
        return None

    def root_of_sum(self, radicand: Tree) -> Tree | None:  # noqa: ARG002 (for bugs)
        """The root of a sum or difference: its value comes first."""
        return None

    def root(self, radicand: Rational) -> Number:
        """The root of a number. Raises NoAnswerError where it is not rational."""
        if radicand < 0:
            raise NoAnswerError
        root = Rational(isqrt(radicand.numerator), isqrt(radicand.denominator))
        if root * root != radicand:
            raise NoAnswerError
        self.tell("root", radicand=radicand, result=root)
        return root

    def form(self, number: Rational) -> Tree:
        """How a number is written."""
        return tree_of(number)


Work.right = dict.fromkeys(KINDS, Work)


def _in_words(value: object) -> object:
    return show(cast("Tree", value)) if isinstance(value, tuple) else value


def raised(base: Rational, exponent: int) -> Rational:
    """The value of a power. Raises NoAnswerError where it has none, or too many digits to be written."""
    if base == 0:
        if exponent <= 0:
            raise NoAnswerError
        return base
    bits = max(abs(base.numerator), base.denominator).bit_length() - 1
    if bits * abs(exponent) > 4 * MAX_DIGITS:
        raise NoAnswerError
    # Of 1 and -1 only the parity of the exponent counts, which may be huge.
    return Rational(base ** (exponent if bits else exponent % 2))


def same_base(trees: list[Tree]) -> tuple[Tree | None, list[int]]:
    """The common base of powers (a itself is a^1) and their exponents; None where there is none."""
    if not any(isinstance(tree, Power) for tree in trees):
        return None, []
    bases = {tree.base if isinstance(tree, Power) else tree for tree in trees}
    if len(bases) > 1:
        return None, []
    (base,) = bases
    exponents = [exponent_of(tree.exponent) if isinstance(tree, Power) else 1 for tree in trees]
    return (base, exponents) if is_number(base) else (None, [])


def power_of(base: Tree, exponent: int) -> Power:
    return Power(base, Negative(Whole(-exponent)) if exponent < 0 else Whole(exponent))


def tree_of(number: Rational) -> Tree:
    """The number in lowest terms."""
    from ...grammar.tree import Fraction

    if number < 0:
        return Negative(tree_of(-number))
    return Whole(number.numerator) if number.denominator == 1 else Fraction(*number.as_integer_ratio())


def listed(exponents: list[int], sign: str) -> str:
    """The exponents joined by a sign, negative ones behind it in parentheses."""
    first, *others = exponents
    return sign.join([str(first), *(str(each) if each >= 0 else f"({each})" for each in others)])
