"""The sides of an equation, and expressions to expand: terms and brackets in the order they stand in."""

from __future__ import annotations

from fractions import Fraction as Rational
from math import prod
from typing import NamedTuple, TypeAlias

from ...grammar.tree import Binary, Negative, Power, Tree, Whole
from ...grammar.values import NoValueError
from .polynomials import Term, polynomial

ONE = Term(Rational(1))
MAX_FACTORS = 3
MAX_EXPONENT = 3
MAX_PRODUCTS = 64
"""The terms that multiplying out one product of brackets may give."""


class Brackets(NamedTuple):
    """`factor(...)(...)`, taken away where `minus`; one pair may be raised to `exponent`.

    A minus before a number at the very start belongs to the factor: -2(x - 3) is -2 times the bracket.
    """

    minus: bool
    factor: Term
    pairs: tuple[tuple[Term, ...], ...]
    exponent: int = 1


Side: TypeAlias = tuple[Term | Brackets, ...]


def read_side(tree: Tree) -> Side | None:
    """The terms and brackets of a sum; None where there is something else, as brackets in brackets."""
    try:
        return tuple(_items(tree, minus=False))
    except NoValueError:
        return None


def linear(side: Side) -> bool:
    """Whether no letter is multiplied by a letter."""
    return all(
        len(item.letters) < 2
        if isinstance(item, Term)
        else not item.factor.letters and len(item.pairs) == item.exponent == 1 and linear(item.pairs[0])
        for item in side
    )


def _items(tree: Tree, *, minus: bool) -> list[Term | Brackets]:
    match tree:
        case Binary("+" | "-" as operator, left, right) if not minus:
            return [*_items(left, minus=False), *_addend(right, minus=operator == "-")]
        case _:
            return _addend(tree, minus=minus)


def _addend(tree: Tree, *, minus: bool) -> list[Term | Brackets]:
    """One addend: a sum in it stands in brackets."""
    if isinstance(tree, Negative) and _in_brackets(tree.operand):
        return _addend(tree.operand, minus=not minus)
    factor, pairs, exponent = ONE, [], 1
    for part in _factors(tree):
        if _in_brackets(part):
            pairs.append(_terms(part))
        elif isinstance(part, Power) and _in_brackets(part.base):
            exponent = _small(part.exponent)
            pairs.append(_terms(part.base))
        else:
            factor = factor.times(_term(part))
    if not pairs:
        return [factor.negated() if minus else factor]
    if len(pairs) > MAX_FACTORS or (exponent > 1 and len(pairs) > 1):
        raise NoValueError("too many brackets")
    if prod(map(len, pairs)) ** exponent > MAX_PRODUCTS:
        raise NoValueError("too many terms")
    return [Brackets(minus, factor, tuple(pairs), exponent)]


def _factors(tree: Tree) -> list[Tree]:
    """The factors of a product from left to right; a minus before it is a factor -1."""
    match tree:
        case Binary("×" | "", left, right):
            return [*_factors(left), right]
        case Negative(operand):
            return [Negative(Whole(1)), *_factors(operand)]
        case _:
            return [tree]


def _in_brackets(tree: Tree) -> bool:
    return isinstance(tree, Binary) and tree.operator in {"+", "-"}


def _terms(tree: Tree) -> tuple[Term, ...]:
    """The terms inside brackets."""
    items = _items(tree, minus=False)
    terms = tuple(item for item in items if isinstance(item, Term))
    if len(terms) < len(items):
        raise NoValueError("brackets in brackets")
    return terms


def _term(tree: Tree) -> Term:
    """A number, a letter, a power, a product or a quotient of these by a number."""
    found = polynomial(tree)
    if not found:
        return Term(Rational(0))
    if len(found) > 1:
        raise NoValueError("not one term")
    ((letters, coefficient),) = found.items()
    return Term(coefficient, letters)


def _small(exponent: Tree) -> int:
    if isinstance(exponent, Whole) and 2 <= exponent.value <= MAX_EXPONENT:
        return exponent.value
    raise NoValueError("no small exponent")
