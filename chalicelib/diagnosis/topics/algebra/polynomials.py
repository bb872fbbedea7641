"""Exact sums of terms: what an expression or an equation with letters is worth, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction as Rational
from typing import NamedTuple, TypeAlias

from ...grammar.tree import Binary, Negative, Power, Relation, Tree, Variable, Whole
from ...grammar.values import MAX_BITS, NoValueError, value

MAX_TERMS = 60
MAX_POWER = 8

Monomial: TypeAlias = tuple[str, ...]
"""The letters that a term multiplies, in order: `a^2b` is ("a", "a", "b"), a number is ()."""
Polynomial: TypeAlias = dict[Monomial, Rational]
"""The coefficient of each monomial; none is 0."""

MIRRORED = {"=": "=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Term(NamedTuple):
    """A coefficient and the letters that it multiplies."""

    coefficient: Rational
    letters: Monomial = ()

    def times(self, other: Term) -> Term:
        return Term(self.coefficient * other.coefficient, tuple(sorted(self.letters + other.letters)))

    def negated(self) -> Term:
        return Term(-self.coefficient, self.letters)


def polynomial(tree: Tree) -> Polynomial:
    """What an expression is worth. Raises NoValueError where it is no polynomial, or too large a one."""
    found = _polynomial(tree)
    if len(found) > MAX_TERMS or any(map(_too_large, found.values())):
        raise NoValueError("too large")
    return found


def _too_large(number: Rational) -> bool:
    return number.numerator.bit_length() + number.denominator.bit_length() > MAX_BITS


def _polynomial(tree: Tree) -> Polynomial:
    match tree:
        case Variable(name):
            return {(name,): Rational(1)}
        case Negative(operand):
            return _scaled(polynomial(operand), Rational(-1))
        case Binary("+" | "-" as operator, left, right):
            second = _scaled(polynomial(right), Rational(1 if operator == "+" else -1))
            return collect([*_terms(polynomial(left)), *_terms(second)])
        case Binary("×" | "", left, right):
            return product(polynomial(left), polynomial(right))
        case Binary("÷" | "/", left, right):
            divisor = polynomial(right)
            if set(divisor) != {()}:
                raise NoValueError("no number to divide by")
            return _scaled(polynomial(left), 1 / divisor[()])
        case Power(base, Whole(exponent)) if exponent <= MAX_POWER:
            found: Polynomial = {(): Rational(1)}
            factor = polynomial(base)
            for _ in range(exponent):
                found = product(found, factor)
            return found
        case _:
            return {(): number} if (number := value(tree)) else {}


def product(first: Polynomial, second: Polynomial) -> Polynomial:
    """The product of two polynomials. Raises NoValueError where it has too many terms."""
    if len(first) * len(second) > MAX_TERMS or _degree(first) + _degree(second) > MAX_POWER:
        raise NoValueError("too large")
    return collect(one.times(other) for one in _terms(first) for other in _terms(second))


def collect(terms: Iterable[Term]) -> Polynomial:
    """Like terms put together, in the order in which they first appear."""
    found: Polynomial = {}
    for term in terms:
        found[term.letters] = found.get(term.letters, Rational(0)) + term.coefficient
    return {letters: coefficient for letters, coefficient in found.items() if coefficient}


def _terms(terms: Polynomial) -> list[Term]:
    return [Term(coefficient, letters) for letters, coefficient in terms.items()]


def _degree(terms: Polynomial) -> int:
    return max(map(len, terms), default=0)


def _scaled(terms: Polynomial, factor: Rational) -> Polynomial:
    return {letters: coefficient * factor for letters, coefficient in terms.items()}


def in_order(terms: Polynomial) -> list[Term]:
    """The terms as they are usually written: highest powers first, then by the alphabet."""
    return sorted(_terms(terms), key=lambda term: (-len(term.letters), term.letters))


class Solution(NamedTuple):
    """What an equation or inequality says of its letter: `x = 4`, `x < -3`."""

    sign: str
    letter: str
    number: Rational


def solution(relation: Relation) -> Solution | None:
    """The solution of a linear relation in one letter; None where it is none, or has no single solution."""
    try:
        left, right = polynomial(relation.left), polynomial(relation.right)
    except NoValueError:
        return None
    difference = collect([*_terms(left), *_terms(_scaled(right, Rational(-1)))])
    slope = {letters: coefficient for letters, coefficient in difference.items() if letters}
    if len(slope) != 1:
        return None
    ((letters, coefficient),) = slope.items()
    if len(letters) != 1:
        return None
    sign = relation.sign if coefficient > 0 else MIRRORED[relation.sign]
    return Solution(sign, letters[0], -difference.get((), Rational(0)) / coefficient)


def text(terms: Sequence[Term]) -> str:
    """The sum of terms as it is written: `2x - 3`, `-x/4 + 1`."""
    if not terms:
        return "0"
    first, *others = terms
    written = [_term(first)]
    for term in others:
        negative = term.coefficient < 0
        written += ["-" if negative else "+", _term(term.negated() if negative else term)]
    return " ".join(written)


def _term(term: Term) -> str:
    number, letters = term.coefficient, _letters(term.letters)
    if not letters:
        return str(number)
    above = {1: "", -1: "-"}.get(number.numerator, str(number.numerator))
    return f"{above}{letters}" if number.denominator == 1 else f"{above}{letters}/{number.denominator}"


def _letters(letters: Monomial) -> str:
    powers = [(letter, letters.count(letter)) for letter in sorted(set(letters))]
    return "".join(letter if count == 1 else f"{letter}^{count}" for letter, count in powers)
