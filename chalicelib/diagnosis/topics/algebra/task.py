"""The problems of the topic: equations, inequalities, brackets to expand, and the order of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...grammar.tree import (
    PRODUCT,
    Binary,
    Command,
    Decimal,
    Fraction,
    Negative,
    Power,
    Relation,
    Tree,
    Variable,
    Whole,
)
from ..expressions import Expression, flat, levels, numbers_in, read_expression

if TYPE_CHECKING:
    from .sides import Side

MAX_NODES = 40
MAX_FIGURES = 36
"""The digits of all numbers together, those of a power as often as its exponent says, so that every result
is short enough to write."""


class Task(NamedTuple):
    """A problem of the topic.

    `kind` is `equation`, `inequality` (both have two `sides`, a `sign` and a `letter`), `expand` (one side)
    or `calculation` (an `expression` of numbers).
    """

    kind: str
    tree: Tree
    sides: tuple[Side, ...] = ()
    sign: str = ""
    letter: str = ""
    expression: Expression = Expression((), ())


def claim(tree: Tree) -> Task | None:
    """The task in `tree`; None where it is not of this topic."""
    match tree:
        case Relation(sign, left, right):
            return _relation(tree, sign, left, right)
        case Command("expand", (operand,)):
            return _expand(tree, operand)
        case Binary():
            return _calculation(tree)
        case _:
            return None


def _relation(tree: Relation, sign: str, left: Tree, right: Tree) -> Task | None:
    """A linear equation or inequality in one letter that is not solved as it stands."""
    names = letters_in(tree)
    if names is None or len(names) != 1 or _solved(left, right) or _solved(right, left):
        return None
    from .polynomials import solution
    from .sides import linear, read_side

    sides = tuple(side for each in (left, right) if (side := read_side(each)) is not None)
    if len(sides) < 2 or not all(map(linear, sides)) or solution(tree) is None:
        return None
    return Task("equation" if sign == "=" else "inequality", tree, sides, sign, names.pop())


def _solved(left: Tree, right: Tree) -> bool:
    number = right.operand if isinstance(right, Negative) else right
    return isinstance(left, Variable) and isinstance(number, Whole | Decimal | Fraction)


def _expand(tree: Tree, operand: Tree) -> Task | None:
    """A sum with at least one pair of brackets in it, in one or two letters."""
    names = letters_in(operand)
    if names is None or not 1 <= len(names) <= 2:
        return None
    from .sides import Brackets, read_side

    side = read_side(operand)
    if side is None or not any(isinstance(item, Brackets) for item in side):
        return None
    return Task("expand", tree, (side,))


def _calculation(tree: Tree) -> Task | None:
    """An expression of numbers in which the order of operations matters, or products of three and more."""
    expression = read_expression(tree)
    if expression is None or len(expression.operators) + (not flat(expression)) < 2:
        return None
    ordered = len(levels(expression)) > 1 or not flat(expression)
    if not ordered and (levels(expression) != {PRODUCT} or min(numbers_in(expression)) < 0):
        return None
    from ..exact import number_of

    return Task("calculation", tree, expression=expression) if number_of(tree) is not None else None


def letters_in(tree: Tree) -> set[str] | None:
    """The letters in a tree of numbers, sums, products and powers; None for any other or too large a tree."""
    found: set[str] = set()
    waiting, figures, seen = [(tree, 1)], 0, 0
    while waiting and seen < MAX_NODES and figures <= MAX_FIGURES:
        node, times = waiting.pop()
        seen += 1
        match node:
            case Variable(name):
                found.add(name)
            case Whole(number):
                figures += len(str(number)) * times
            case Fraction(numerator, denominator):
                figures += len(f"{numerator}{denominator}") * times
            case Decimal(whole, places):
                figures += len(whole + places) * times
            case Negative(operand):
                waiting.append((operand, times))
            case Power(base, Whole(exponent)):
                waiting.append((base, times * exponent))
            case Binary("+" | "-" | "×" | "" | "÷" | "/", left, right) | Relation(_, left, right):
                waiting += [(left, times), (right, times)]
            case _:
                return None
    return None if waiting or figures > MAX_FIGURES else found
