"""Which problems practise a skill that is narrower than its topic.

A skill is named by its slug, such as `subtraction.borrowing`. What is said here about a slug is read off the
problem. Where nothing is said about a slug, every problem of its topic is good practice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from .grammar.tree import Binary, Command, Negative, Power, Relation, Tree, Whole, show
from .problem import Problem

Numbers = tuple[int, ...]


def practises(skill: str, problem: Problem) -> bool:
    """Whether `problem`, of the topic of `skill`, needs it."""
    if skill in _BY_NUMBERS:
        numbers: Numbers = problem.tasks[skill.partition(".")[0]].numbers
        return _BY_NUMBERS[skill](numbers)
    needed = _BY_FORM.get(skill)
    return needed is None or needed(problem.tree)


def _carries(numbers: Numbers) -> bool:
    """Some column adds up to ten or more."""
    return any(sum(map(int, column)) > 9 for column in _columns(numbers))


def _borrows(numbers: Numbers) -> bool:
    """Some column has the larger digit below."""
    return any(top < bottom for top, bottom in _columns(numbers))


def _borrows_from_zero(numbers: Numbers) -> bool:
    """A column borrows, and the next one has a 0 on top."""
    columns = [(int(top), int(bottom)) for top, bottom in _columns(numbers)]
    lent = False
    for (top, bottom), (next_top, _) in pairwise(columns):
        lent = top - lent < bottom
        if lent and next_top == 0:
            return True
    return False


def _columns(numbers: Numbers) -> list[tuple[str, ...]]:
    """The digits of each column, ones first; a blank is 0."""
    width = max(len(str(number)) for number in numbers)
    return list(zip(*(str(number).zfill(width)[::-1] for number in numbers), strict=True))


def _several_digits(numbers: Numbers) -> bool:
    return min(numbers) > 9


def _quotient_of_several_digits(numbers: Numbers) -> bool:
    dividend, divisor = numbers
    return dividend // divisor > 9


def _is(*operators: str) -> Callable[[Tree], bool]:
    return lambda tree: isinstance(tree, Binary) and tree.operator in operators


def _command(name: str) -> Callable[[Tree], bool]:
    return lambda tree: isinstance(tree, Command) and tree.name == name


def _equivalent(tree: Tree) -> bool:
    """`simplify 4/8` or `2/3 = ?/6`."""
    return isinstance(tree, Relation) or _command("simplify")(tree)


def _rule_of_powers(tree: Tree) -> bool:
    """A product, quotient or power of powers, or an exponent that is 0 or negative."""
    if isinstance(tree, Power):
        is_special = isinstance(tree.exponent, Negative) or tree.exponent == Whole(0)
        return is_special or isinstance(tree.base, Power)
    return _is("×", "÷")(tree)


def _percentages(tree: Tree) -> bool:
    return "%" in show(tree)


def _inequality(tree: Tree) -> bool:
    return isinstance(tree, Relation) and tree.sign != "="


_multiplies = _is("×", "÷", ":", "of")

_BY_NUMBERS: Mapping[str, Callable[[Numbers], bool]] = {
    "addition.carrying": _carries,
    "subtraction.borrowing": _borrows,
    "subtraction.zeros": _borrows_from_zero,
    "multiplication.long": _several_digits,
    "division.long": _quotient_of_several_digits,
}
_BY_FORM: Mapping[str, Callable[[Tree], bool]] = {
    "fractions.equivalence": _equivalent,
    "fractions.addition": _is("+", "-"),
    "fractions.multiplication": _multiplies,
    "decimals.comparison": _command("compare"),
    "decimals.multiplication": _multiplies,
    "integers.multiplication": _multiplies,
    "powers.rules": _rule_of_powers,
    "ratio.percent": _percentages,
    "algebra.expressions": _command("expand"),
    "algebra.inequalities": _inequality,
}
