"""Expressions of whole numbers with and without a sign, as they are written: `8 - 3 + 2`, `5 - (-3)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ..grammar.tree import OPERATOR_LEVEL, PRODUCT, SUM, Binary, Negative, Tree, Whole

if TYPE_CHECKING:
    from fractions import Fraction as Rational

    Number: TypeAlias = int | Rational

MAX_DIGITS = 36
"""The digits of all numbers of an expression together, so that every result is short enough to write."""
_SIGNS = {"+": "+", "-": "-", "×": "×", "": "×", "÷": "÷"}


class Expression(NamedTuple):
    """Operands joined by operators `+ - × ÷`, one fewer; an operand in parentheses is an expression."""

    operands: tuple[Number | Expression, ...]
    operators: tuple[str, ...]


def read_expression(tree: Tree) -> Expression | None:
    """The expression in `tree`; None where it is none of whole numbers, or too long."""
    found = _read(tree)
    return found if found and sum(map(len, _figures(found))) <= MAX_DIGITS else None


def _read(tree: Tree) -> Expression | None:
    number = signed(tree)
    if number is not None:
        return Expression((number,), ())
    if not isinstance(tree, Binary) or tree.operator not in _SIGNS:
        return None
    left, right = _read(tree.left), _read(tree.right)
    if left is None or right is None:
        return None
    sign = _SIGNS[tree.operator]
    before = left if _level(left) >= OPERATOR_LEVEL[sign] else Expression((left,), ())
    after = right if _level(right) > OPERATOR_LEVEL[sign] else Expression((right,), ())
    return Expression((*before.operands, *after.operands), (*before.operators, sign, *after.operators))


def signed(tree: Tree) -> int | None:
    """The whole number in `tree`, with a minus at most; None where it is something else."""
    match tree:
        case Whole(number):
            return number
        case Negative(Whole(number)):
            return -number
        case _:
            return None


def magnitude(number: Number) -> Number:
    """The number without its sign."""
    return -number if number < 0 else number


def _level(expression: Expression) -> int:
    """How tightly the operators bind that stand outside parentheses."""
    return min((OPERATOR_LEVEL[operator] for operator in expression.operators), default=PRODUCT + 1)


def _figures(expression: Expression) -> list[str]:
    found = []
    for operand in expression.operands:
        found += _figures(operand) if isinstance(operand, Expression) else [str(operand)]
    return found


def flat(expression: Expression) -> bool:
    """Whether there are no parentheses round anything but a number."""
    return not any(isinstance(operand, Expression) for operand in expression.operands)


def numbers_in(expression: Expression) -> list[Number]:
    """All numbers from left to right."""
    found: list[Number] = []
    for operand in expression.operands:
        found += numbers_in(operand) if isinstance(operand, Expression) else [operand]
    return found


def levels(expression: Expression) -> frozenset[int]:
    """SUM where numbers are added or taken away outside parentheses, PRODUCT where multiplied or divided."""
    return frozenset(OPERATOR_LEVEL[operator] for operator in expression.operators)


def text(expression: Expression) -> str:
    """The expression as it is written, a negative number in parentheses except at the start of a sum."""
    bare_start = not expression.operators or OPERATOR_LEVEL[expression.operators[0]] == SUM
    written = [_operand(expression.operands[0], bare=bare_start)]
    for operator, operand in zip(expression.operators, expression.operands[1:], strict=True):
        written += [operator, _operand(operand, bare=False)]
    return " ".join(written)


def _operand(operand: Number | Expression, *, bare: bool) -> str:
    if isinstance(operand, Expression):
        return f"({text(operand)})"
    return str(operand) if bare or operand >= 0 else f"({operand})"
