"""The verdict on an answer, and what answers and lines of work are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...grammar.tree import (
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
    show,
)
from ...grammar.values import NoValueError, value
from ..answers import bare, is_number
from ..exact import judge_number, number_of
from .polynomials import Solution, Term, in_order, polynomial, solution, text
from .task import Task

if TYPE_CHECKING:
    from ...results import Verdict


def judge(task: Task, answer: Tree) -> Verdict:
    """Right in any form; one still to be solved or worked out (`2x = 8`, `6(4x - 3)`) is not simplified."""
    if task.kind == "calculation":
        return judge_number(answer, value(task.tree))
    return _judge_expanded(task.tree, answer) if task.kind == "expand" else _judge_solved(task, answer)


def _judge_solved(task: Task, answer: Tree) -> Verdict:
    """A number is the solution of an equation only; a relation must be about the letter of the problem."""
    right, number = _solution(task.tree), number_of(answer)
    if number is not None and task.kind == "equation":
        if right is None or number != right.number:
            return "incorrect"
        return "correct" if is_number(bare(answer)) else "not_simplified"
    given = _solution(answer)
    if given is None or right is None or given.letter != task.letter or (given.sign != "=" == right.sign):
        return "unreadable"
    if given != right:
        return "incorrect"
    return "correct" if _is_solved(answer) else "not_simplified"


def _solution(tree: Tree) -> Solution | None:
    return solution(tree) if isinstance(tree, Relation) else None


def _is_solved(answer: Tree) -> bool:
    """Whether a relation has its letter alone on one side and a number on the other."""
    match answer:
        case Relation(_, Variable(), number) | Relation(_, number, Variable()):
            return is_number(number)
        case _:
            return False


def _judge_expanded(problem: Tree, answer: Tree) -> Verdict:
    given = worth(answer)
    if given is None or isinstance(answer, Relation):
        return "unreadable"
    if given != worth(problem):
        return "incorrect"
    return "correct" if _is_expanded(answer) else "not_simplified"


def _is_expanded(tree: Tree) -> bool:
    """Whether a sum has no brackets and no like terms in it."""
    addends: list[Tree] = []
    while isinstance(tree, Binary) and tree.operator in {"+", "-"}:
        addends.append(tree.right)
        tree = tree.left
    addends.append(tree.operand if isinstance(tree, Negative) else tree)
    kinds = [tuple(polynomial(addend)) for addend in addends]
    return all(map(_is_term, addends)) and len(set(kinds)) == len(kinds)


def _is_term(tree: Tree) -> bool:
    """Whether the tree is a number, powers of different letters, or both, the number first."""
    if isinstance(tree, Binary) and tree.operator in {"/", "÷"} and isinstance(tree.right, Whole):
        tree = tree.left
    letters: list[Tree] = []
    while isinstance(tree, Binary) and tree.operator in {"", "×"}:
        letters.append(tree.right)
        tree = tree.left
    if not isinstance(tree, Whole | Decimal | Fraction):
        letters.append(tree)
    bases = [letter.base if isinstance(letter, Power) else letter for letter in letters]
    return all(isinstance(base, Variable) for base in bases) and len(set(bases)) == len(bases)


def worth(line: Tree) -> object | None:
    """A number, a sum of terms in order, or the solution of a relation; None where it is worth nothing.

    An equation is worth the number that solves it, so that `4` and `x = 4` are worth the same.
    """
    if isinstance(line, Relation):
        found = solution(line)
        return found.number if found and found.sign == "=" else found
    try:
        terms = _terms(line)
    except NoValueError:
        return None
    if not terms or not terms[0].letters:
        return terms[0].coefficient if terms else 0
    return tuple(terms)


def key(answer: Tree) -> str:
    """What an answer is worth, as text in the usual form."""
    number = number_of(answer)
    if number is not None:
        return str(number)
    if isinstance(answer, Relation):
        found = solution(answer)
        if found is None:
            return show(answer)
        return str(found.number) if found.sign == "=" else f"{found.letter} {found.sign} {found.number}"
    try:
        return text(_terms(answer))
    except NoValueError:
        return show(answer)


def _terms(tree: Tree) -> list[Term]:
    expression = tree.operands[0] if isinstance(tree, Command) and tree.name == "expand" else tree
    return in_order(polynomial(expression))
