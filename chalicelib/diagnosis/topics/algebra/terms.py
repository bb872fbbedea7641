"""Right work on a sum of terms: brackets are multiplied out, then like terms put together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational
from typing import TYPE_CHECKING

from ..reckoning import NumberLines
from .polynomials import Term
from .sides import ONE, Brackets, Side

if TYPE_CHECKING:
    from .polynomials import Monomial


class Terms(NumberLines):
    """Work with terms. Where a bug departs it names the sentence that tells of it in `key`."""

    key: str

    def without_brackets(self, side: Side) -> list[Term]:
        """The terms of a side once its brackets are multiplied out."""
        terms: list[Term] = []
        for item in side:
            terms += [item] if isinstance(item, Term) else self._multiplied_out(item)
        return terms

    def _multiplied_out(self, brackets: Brackets) -> list[Term]:
        if brackets.exponent > 1:
            terms = self.power(brackets.pairs[0], brackets.exponent)
        else:
            terms = product(brackets.pairs)
        if brackets.factor != ONE:
            terms = [self._noted(term) for term in self.distributed(brackets.factor, terms)]
        return self.negated(terms) if brackets.minus else terms

    def _noted(self, term: Term) -> Term:
        return term._replace(coefficient=Rational(self.noted(term.coefficient)))

    def collected(self, terms: Sequence[Term]) -> list[Term]:
        """One term for each set of like terms, in the order in which they first appear."""
        found = []
        for letters in dict.fromkeys(term.letters for term in terms):
            like = [term.coefficient for term in terms if term.letters == letters]
            total = Rational(self.noted(self.total(letters, like))) if len(like) > 1 else like[0]
            found += [Term(total, letters)] if total else []
        return found

    # What bugs override

    def power(self, terms: Sequence[Term], exponent: int) -> list[Term]:
        """The terms of a bracket raised to a power."""
        return product([terms] * exponent)

    def distributed(self, factor: Term, terms: Sequence[Term]) -> list[Term]:
        """The terms in a bracket, multiplied by what stands before it."""
        return [factor.times(term) for term in terms]

    def negated(self, terms: Sequence[Term]) -> list[Term]:
        """The terms in a bracket that is taken away."""
        return [term.negated() for term in terms]

    def total(self, letters: Monomial, like: Sequence[Rational]) -> Rational:  # noqa: ARG002 (for bugs)
        """The coefficient of like terms put together."""
        return sum(like, Rational(0))

    def merged(self, terms: list[Term]) -> list[Term]:
        """What is made of a sum that has one term of each kind: it stays so."""
        return terms


def product(pairs: Sequence[Sequence[Term]]) -> list[Term]:
    """Each term of the first bracket times each of the second, and so on; nothing is put together."""
    terms = [ONE]
    for pair in pairs:
        terms = [one.times(other) for one in terms for other in pair]
    return terms
