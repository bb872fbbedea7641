"""The problems of the topic: proportions, the three questions about a percentage, and changes by percent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...grammar.tree import (
    Binary,
    Decimal,
    Fraction,
    Mixed,
    Percent,
    Relation,
    Tree,
    Unknown,
    Variable,
    Whole,
)

if TYPE_CHECKING:
    from fractions import Fraction as Rational

MAX_DIGITS = 7
MAX_CHANGES = 3
"""So that no answer is longer than an answer may be."""


class Task(NamedTuple):
    """A problem of the topic, by `kind`.

    - `proportion`: `a:b = c:x`, as (a, b, c); with x in another place it is turned round so.
    - `part`: p% of B, as (p, B); `whole`: p% of ? = P, as (p, P); `rate`: ?% of B = P, as (B, P).
    - `change`: B plus or less p%, perhaps several times, as (B, p, ...) with the signs in `signs`.
    """

    kind: str
    numbers: tuple[Rational, ...]
    signs: tuple[str, ...] = ()


def claim(tree: Tree) -> Task | None:
    """The task in `tree`; None where it is not of this topic, has no answer, or a number is too long."""
    match tree:
        case Relation("=", Binary(":", _, _) as left, Binary(":", _, _) as right):
            return _proportion(left, right)
        case Binary("of", Percent(rate), base):
            return _task("part", rate, base)
        case Relation("=", Binary("of", Percent(rate), base), part) | Relation(
            "=", part, Binary("of", Percent(rate), base)
        ):
            return _question(rate, base, part)
        case Binary("plus" | "less", _, Percent(_)):
            return _change(tree)
        case _:
            return None


def _question(rate: Tree, base: Tree, part: Tree) -> Task | None:
    match rate, base, part:
        case Unknown(), _, _:
            task = _task("rate", base, part)
        case _, Unknown() | Variable(), _:
            task = _task("whole", rate, part)
        case _, _, Unknown() | Variable():
            return _task("part", rate, base)
        case _:
            return None
    return task if task and task.numbers[0] else None


def _proportion(left: Binary, right: Binary) -> Task | None:
    """With x anywhere: `a:b = x:d` is `b:a = d:x`, `a:x = c:d` is `c:d = a:x`, `x:b = c:d` is `d:c = b:x`."""
    terms = (left.left, left.right, right.left, right.right)
    turned = ((3, 2, 1), (2, 3, 0), (1, 0, 3), (0, 1, 2))
    places = [i for i, term in enumerate(terms) if isinstance(term, Variable | Unknown)]
    if len(places) != 1:
        return None
    task = _task("proportion", *(terms[i] for i in turned[places[0]]))
    return task if task and all(task.numbers) else None


def _change(tree: Tree) -> Task | None:
    signs: list[str] = []
    rates: list[Tree] = []
    while isinstance(tree, Binary) and tree.operator in {"plus", "less"} and isinstance(tree.right, Percent):
        signs.append(tree.operator)
        rates.append(tree.right.number)
        tree = tree.left
    if len(rates) > MAX_CHANGES:
        return None
    task = _task("change", tree, *reversed(rates))
    return task._replace(signs=tuple(reversed(signs))) if task else None


def _task(kind: str, *terms: Tree) -> Task | None:
    """The task with these numbers, each written as one; None where a term is no number, or too long."""
    from ...grammar.values import value

    if not all(isinstance(term, Whole | Decimal | Fraction | Mixed) for term in terms):
        return None
    numbers = tuple(map(value, terms))
    if any(max(number.numerator, number.denominator) >= 10**MAX_DIGITS for number in numbers):
        return None
    return Task(kind, numbers)


def ends(number: Rational) -> bool:
    """Whether the decimals of `number` end."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def written(number: Rational) -> str:
    """A number as a whole number or decimal, or where that does not end, as a fraction in lowest terms."""
    if not ends(number):
        return str(number)
    sign, number, places = "-" if number < 0 else "", abs(number), 0
    while number.denominator > 1:
        number, places = number * 10, places + 1
    digits = str(number.numerator).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
