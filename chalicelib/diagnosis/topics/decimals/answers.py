"""The verdict on an answer about decimals."""

from __future__ import annotations

from fractions import Fraction as Rational
from typing import TYPE_CHECKING

from ...grammar import parse_answer_tree
from ...grammar.tree import Decimal, Negative, Tree, Whole
from ...grammar.values import value
from ..answers import bare, is_number, judge_comparison
from .task import Task, rounded

if TYPE_CHECKING:
    from ...results import Verdict


def judge(task: Task, answer: Tree, expected: str) -> Verdict:
    """Right is what is worth the right answer, in whatever form; `decimal` and `round` ask for one.

    Where a quotient does not end, it is right when rightly rounded to two places or more, too.
    """
    if task.kind == "compare":
        return judge_comparison([parse_answer_tree(str(figure)) for figure in task.figures], answer)
    number = bare(answer)
    if not is_number(number):
        return "unreadable"
    right = {value(parse_answer_tree(expected)), *_quotients(task, number, expected)}
    if value(number) not in right:
        return "incorrect"
    return "correct" if _in_form(task, number, expected) else "not_simplified"


def _quotients(task: Task, number: Tree, expected: str) -> set[Rational]:
    """A quotient exactly, and where it does not end, rightly rounded to as many places as `number` has.

    These are as many as in the usual answer or more.
    """
    if task.kind == "÷":
        quotient = task.figures[0].value / task.figures[1].value
    elif task.fraction:
        quotient = value(task.fraction)
    else:
        return set()
    places = len(number.places) if isinstance(number, Decimal) else 0
    if quotient == value(parse_answer_tree(expected)) or places < len(expected.partition(".")[2]):
        return {quotient}
    return {quotient, Rational(rounded(quotient, places), 10**places)}


def _in_form(task: Task, number: Tree, expected: str) -> bool:
    """Whether the answer has the form that the problem asks for."""
    if task.kind == "decimal":
        return isinstance(number, Decimal | Whole)
    if task.kind != "round":
        return True
    if isinstance(number, Negative):
        return False
    places = len(number.places) if isinstance(number, Decimal) else 0
    written = isinstance(number, Decimal | Whole)
    return written and places in {max(task.keep, 0), len(expected.partition(".")[2])}
