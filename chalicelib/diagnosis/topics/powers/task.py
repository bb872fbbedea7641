"""The problems of the topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ...grammar.tree import Binary, Fraction, Negative, Power, Root, Tree, Whole

if TYPE_CHECKING:
    from fractions import Fraction as Rational

MAX_NODES = 24
MAX_NUMBER = 10**6
MAX_EXPONENT = 30
MAX_DIGITS = 36
"""The digits that a number on the way to the answer may have, above and below the bar."""
SUMS, PRODUCTS = frozenset({"+", "-"}), frozenset({"×", ""})
OPERATORS = SUMS | PRODUCTS | {"÷"}


class Task(NamedTuple):
    """A problem of the topic.

    `kind` is `power`, `power of power`, `power of sum`, `root`, `root of sum`, `product`, `quotient` or `sum`
    (of powers), or `other` where these are parts of something larger.
    """

    kind: str
    tree: Tree


def claim(tree: Tree) -> Task | None:
    """The task in `tree`; None where it is not of this topic, or a number on the way is too long."""
    nodes = list(_nodes(tree))
    if None in nodes or len(nodes) > MAX_NODES:
        return None
    work = [node for node in nodes if isinstance(node, Binary | Power | Root)]
    if not any(isinstance(node, Power | Root) for node in work) or not all(map(_has_value, work)):
        return None
    return Task(_kind(tree), tree)


def _nodes(tree: Tree) -> Iterator[Tree | None]:
    """All parts of a tree; None among them for a part that the topic does not know."""
    known = True
    match tree:
        case Whole(number):
            known = number <= MAX_NUMBER
        case Fraction(numerator, denominator):
            known = max(numerator, denominator) <= MAX_NUMBER
        case Negative(operand) | Root(operand):
            yield from _nodes(operand)
        case Power(base, exponent):
            known = abs(exponent_of(exponent)) <= MAX_EXPONENT
            yield from _nodes(base)
        case Binary(operator, left, right):
            known = operator in OPERATORS
            yield from _nodes(left)
            yield from _nodes(right)
        case _:
            known = False
    yield tree if known else None


def exponent_of(tree: Tree) -> int:
    """The whole number, perhaps with a minus, that is an exponent; anything else is too large."""
    match tree:
        case Whole(number):
            return number
        case Negative(Whole(number)):
            return -number
        case _:
            return MAX_EXPONENT + 1


def _has_value(tree: Tree) -> bool:
    """Whether the value is a rational number that can be written down; 0^0 has none."""
    from ...grammar.values import NoValueError, value

    try:
        no_value = isinstance(tree, Power) and tree.exponent == Whole(0) and value(tree.base) == 0
        return not no_value and writable(value(tree))
    except NoValueError:
        return False


def writable(number: Rational) -> bool:
    """Whether a student can be expected to write down the number."""
    return bool(max(abs(number.numerator), number.denominator) < 10**MAX_DIGITS)


def operands(tree: Tree, operators: frozenset[str]) -> list[Tree]:
    """The operands of a chain of these operators from left to right; the tree itself where it is none."""
    found: list[Tree] = []
    while isinstance(tree, Binary) and tree.operator in operators:
        found.append(tree.right)
        tree = tree.left
    return [tree, *reversed(found)]


def _kind(tree: Tree) -> str:  # noqa: PLR0911 (one line for each kind)
    match tree:
        case Power(Power(), _):
            return "power of power"
        case Power(Binary("+" | "-"), _):
            return "power of sum"
        case Power():
            return "power"
        case Root(radicand) if not any(isinstance(part, Power) for part in _nodes(radicand)):
            return "root of sum" if isinstance(radicand, Binary) and radicand.operator in SUMS else "root"
        case Binary("÷", Power(), Power()):
            return "quotient"
        case Binary("×" | "") if any(isinstance(each, Power) for each in operands(tree, PRODUCTS)):
            return "product"
        case Binary("+") if all(isinstance(each, Power) for each in operands(tree, frozenset("+"))):
            return "sum"
        case _:
            return "other"
