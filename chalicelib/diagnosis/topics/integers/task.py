"""The problems of the topic."""

from __future__ import annotations

from typing import NamedTuple

from ...grammar.tree import PRODUCT, Binary, Command, Negative, Power, Tree, Whole
from ..expressions import Expression, flat, levels, numbers_in, read_expression, signed

MAX_EXPONENT = 12
MAX_BASE = 999
MAX_UNSIGNED = 20
"""The numbers of a sum or difference without signs, with an answer that has none: larger ones are met only
as column work."""


class Task(NamedTuple):
    """A problem of the topic.

    `kind` is `sum` (nothing but +), `difference` (of two numbers), `chain` (three numbers or more, with a
    -), `product` (× and ÷), `mixed` (sums and products, or parentheses), `power` (-a^n; the numbers are a
    and n) or `compare`.
    """

    kind: str
    numbers: tuple[int, ...]
    expression: Expression = Expression((), ())


def claim(tree: Tree) -> Task | None:
    """The task in `tree`; None where it is not of this topic."""
    match tree:
        case Command("compare", operands):
            numbers = tuple(number for operand in operands if (number := signed(operand)) is not None)
            return Task("compare", numbers) if len(numbers) == len(operands) else None
        case Negative(Power(Whole(base), Whole(exponent))):
            small = 0 < base <= MAX_BASE and exponent <= MAX_EXPONENT
            return Task("power", (base, exponent)) if small else None
        case Binary():
            return _expression(tree)
        case _:
            return None


def _expression(tree: Tree) -> Task | None:
    expression = read_expression(tree)
    if expression is None or not _has_value(tree, expression):
        return None
    task = Task(_kind(expression), tuple(map(int, numbers_in(expression))), expression)
    if has_sign(task) or task.kind == "chain":
        return task
    unsigned = task.kind in {"sum", "difference"}
    return task if unsigned and (max(task.numbers) <= MAX_UNSIGNED or below_zero(task)) else None


def _has_value(tree: Tree, expression: Expression) -> bool:
    """Whether nothing is divided by 0."""
    if flat(expression) and "÷" not in expression.operators:
        return True
    from ..exact import number_of

    return number_of(tree) is not None


def _kind(expression: Expression) -> str:
    if not flat(expression) or len(levels(expression)) > 1:
        return "mixed"
    if levels(expression) == {PRODUCT}:
        return "product"
    if "-" not in expression.operators:
        return "sum"
    return "difference" if len(expression.operators) == 1 else "chain"


def has_sign(task: Task) -> bool:
    """Whether a number of the problem is negative."""
    return min(task.numbers) < 0


def below_zero(task: Task) -> bool:
    """Whether the problem is `3 - 5`, a larger number taken from a smaller one."""
    return task.kind == "difference" and task.numbers[0] < task.numbers[1]
