"""Problems that are one operation on plain numbers: which it is, on which, and whether two are the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .grammar import Tree, show
from .grammar.tree import Binary, Decimal, Fraction, Mixed, Whole
from .grammar.values import value
from .problem import Problem, parse_problem

NUMBERS = (Whole, Decimal, Fraction, Mixed)
ANY_ORDER = frozenset({"+", "×"})


class Operation(NamedTuple):
    """One sign of `+ - × ÷`, and the numbers as the grammar writes them, two or more, from left to right."""

    sign: str
    numbers: tuple[str, ...]


def operation_of(problem: Problem | str) -> Operation | None:
    """The one operation that a problem is made of; None where there are several, or other things to do.

    `of` multiplies. Raises ProblemSyntaxError for a text outside the grammar.
    """
    found = _operation(problem)
    return None if found is None else Operation(found[0], tuple(map(show, found[1])))


def is_same_operation(problem: Problem | str, other: Problem | str) -> bool:
    """Whether two problems are one operation on the same values, in any order where that does not matter.

    Raises ProblemSyntaxError for a text outside the grammar.
    """
    first, second = _operation(problem), _operation(other)
    if first is None or second is None or first[0] != second[0]:
        return False
    values, others = ([value(number) for number in numbers] for _, numbers in (first, second))
    return sorted(values) == sorted(others) if first[0] in ANY_ORDER else values == others


def _operation(problem: Problem | str) -> tuple[str, list[Tree]] | None:
    tree = (parse_problem(problem) if isinstance(problem, str) else problem).tree
    if not isinstance(tree, Binary):
        return None
    sign = _sign(tree)
    numbers = list(_operands(tree, sign))
    if sign not in {"+", "-", "×", "÷"} or not all(isinstance(number, NUMBERS) for number in numbers):
        return None
    return sign, numbers


def _operands(tree: Tree, sign: str) -> Iterator[Tree]:
    """What a chain of the same sign is made of; it is read from the left."""
    if isinstance(tree, Binary) and _sign(tree) == sign:
        yield from _operands(tree.left, sign)
        yield tree.right
    else:
        yield tree


def _sign(tree: Binary) -> str:
    return {"of": "×"}.get(tree.operator, tree.operator)
