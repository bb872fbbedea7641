"""Forms of an answer that several topics read alike: `x = 4` for 4, and what is said of numbers compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from ..grammar.tree import (
    Decimal,
    Fraction,
    Mixed,
    Negative,
    Percent,
    Relation,
    Tree,
    Unknown,
    Variable,
    Whole,
    Word,
)

if TYPE_CHECKING:
    from ..results import Verdict

EQUAL = Word("equal")

Operand = TypeVar("Operand")


def is_number(tree: Tree) -> bool:
    """Whether `tree` is one number in any form, with a sign or a percent sign at most."""
    if isinstance(tree, Negative):
        tree = tree.operand
    if isinstance(tree, Percent):
        tree = tree.number
    return isinstance(tree, Whole | Decimal | Fraction | Mixed)


def bare(answer: Tree) -> Tree:
    """The answer without its unknown: the 4 of `x = 4`, `4 = x` or `? = 4`."""
    match answer:
        case Relation("=", Variable() | Unknown(), number) | Relation("=", number, Variable() | Unknown()):
            return number
        case _:
            return answer


def larger_one(answer: Tree) -> Tree:
    """What an answer to `compare` names as the larger: of `1/2 < 2/3` the 2/3, of `1/2 = 2/4` `equal`."""
    match answer:
        case Relation("<", _, larger) | Relation(">", larger, _):
            return larger
        case Relation("=", left, right) if is_number(left) and is_number(right):
            return EQUAL
        case _:
            return answer


def largest(operands: Sequence[Operand], order: Callable[[Operand, Operand], int]) -> Operand | None:
    """What is left of `operands` when each is compared with the best so far; None if all were equal.

    `order` gives a number above 0 where its first argument is the larger, 0 where the two are equal.
    """
    best, ties = operands[0], 0
    for other in operands[1:]:
        sign = order(other, best)
        ties += sign == 0
        if sign > 0:
            best = other
    return None if ties == len(operands) - 1 else best


def by_value(first: Tree, second: Tree) -> int:
    """The right order of two numbers."""
    from ..grammar.values import value

    difference = value(first) - value(second)
    return (difference > 0) - (difference < 0)


def judge_comparison(operands: Sequence[Tree], answer: Tree) -> Verdict:
    """The verdict on an answer to `compare`: the largest number in any form, `equal`, or `1/2 < 2/3`."""
    from ..grammar.values import value

    if isinstance(answer, Relation) and not (is_number(answer.left) and is_number(answer.right)):
        return "unreadable"
    named, all_equal = larger_one(answer), largest(operands, by_value) is None
    if isinstance(named, Word):
        is_right = all_equal
    elif is_number(named):
        is_right = not all_equal and value(named) == max(map(value, operands))
    else:
        return "unreadable"
    if isinstance(answer, Relation):
        sides = sorted(map(value, (answer.left, answer.right)))
        is_right = is_right and sides == sorted(map(value, operands))
    return "correct" if is_right else "incorrect"
