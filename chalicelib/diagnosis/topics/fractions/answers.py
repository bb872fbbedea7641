"""The verdict on an answer about fractions."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from ...grammar import parse_answer_tree
from ...grammar.tree import Fraction, Mixed, Relation, Tree, Whole
from ...grammar.values import value
from ..answers import bare, is_number, judge_comparison
from .task import Task, as_fraction

if TYPE_CHECKING:
    from ...results import Verdict


def judge(task: Task, answer: Tree, expected: str) -> Verdict:
    """Right is what is worth the right answer, in whatever form; `simplify` and `improper` ask for one."""
    if task.kind == "compare":
        return judge_comparison(task.operands, answer)
    number = bare(answer)
    if task.kind in {"numerator", "denominator"} and _is_completed(task, number):
        return "correct"
    if not is_number(number):
        return "unreadable"
    if value(number) != value(parse_answer_tree(expected)):
        return "incorrect"
    return "correct" if _in_form(task, number) else "not_simplified"


def _in_form(task: Task, number: Tree) -> bool:
    """Whether the answer has the form that the problem asks for."""
    match task.kind, number:
        case "simplify", Fraction(top, bottom):
            return bottom > 1 and gcd(top, bottom) == 1
        case "simplify", Mixed(_, top, bottom):
            return 0 < top < bottom and gcd(top, bottom) == 1
        case "improper", Fraction():
            return True
        case "simplify" | "improper", _:
            return isinstance(number, Whole)
        case _:
            return True


def _is_completed(task: Task, answer: Tree) -> bool:
    """Whether the answer to `2/3 = ?/6` is the whole fraction, 4/6, or the whole equation."""
    known, given = as_fraction(task.operands[0]), as_fraction(task.operands[1]).numerator
    if isinstance(answer, Relation) and answer.sign == "=":
        sides = [answer.left, answer.right]
        if known not in sides:
            return False
        sides.remove(known)
        answer = sides[0]
    if not isinstance(answer, Fraction) or value(answer) != value(known):
        return False
    return given == (answer.denominator if task.kind == "numerator" else answer.numerator)
