"""Bugs in brackets and like terms."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational
from typing import TYPE_CHECKING

from ...procedure import NoAnswerError
from .polynomials import Term
from .sides import Brackets
from .work import Letters, bug

if TYPE_CHECKING:
    from .polynomials import Monomial


@bug("partial_distribution")
class PartialDistribution(Letters):
    """a(x + b) is expanded as ax + b, and a(x - b) as ax - b; the rest is right.

    Only the first term is multiplied, whatever it is; a minus before the product is carried out rightly.
    """

    def distributed(self, factor: Term, terms: Sequence[Term]) -> list[Term]:
        self.key = "multiplies_first_only"
        return [factor.times(terms[0]), *terms[1:]]


@bug("negative_bracket")
class NegativeBracket(Letters):
    """a - (x - b) is expanded as a - x - b, so x = a - b - c.

    A minus before a bracket (also with a number between them) changes the sign of the first term alone:
    a - (x + b) becomes a - x + b.
    """

    def negated(self, terms: Sequence[Term]) -> list[Term]:
        self.key = "negates_first_only"
        return [terms[0].negated(), *terms[1:]]


@bug("square_of_binomial")
class SquareOfBinomial(Letters):
    """(x + b)^2 is expanded as x^2 + b^2, and (x - b)^2 as x^2 - b^2; a cube in the same way."""

    kinds = frozenset({"expand"})

    def power(self, terms: Sequence[Term], exponent: int) -> list[Term]:
        self.key = "power_of_each_term"
        powers = []
        for term in terms:
            size = abs(term.coefficient) ** exponent
            letters = tuple(sorted(term.letters * exponent))
            powers.append(Term(size if term.coefficient > 0 else -size, letters))
        return powers


@bug("product_sign_expand")
class ProductSignExpand(Letters):
    """Expands both brackets rightly but adds two negative constants to a positive one (-12 - 6 as + 18).

    Other signs are right, and so is a sum of more than two negative constants, or of one bracket.
    """

    def total(self, letters: Monomial, like: Sequence[Rational]) -> Rational:
        brackets = [item for side in self.task.sides for item in side if isinstance(item, Brackets)]
        if letters or len(brackets) < 2 or len(like) != 2 or max(like) > 0:
            return super().total(letters, like)
        self.key = "negatives_to_positive"
        return abs(like[0]) + abs(like[1])


@bug("conjoin")
class Conjoin(Letters):
    """ax + b is merged into (a + b)x, and ax - b into (a - b)x, then divided.

    No answer if that coefficient is not positive. Brackets are expanded and like terms collected first;
    an expression to expand is merged in the same way. A fraction before the letter is left alone.
    """

    def merged(self, terms: list[Term]) -> list[Term]:
        if len(terms) != 2 or sorted(len(term.letters) for term in terms) != [0, 1]:
            return super().merged(terms)
        if any(term.coefficient.denominator > 1 for term in terms):
            return super().merged(terms)
        total = terms[0].coefficient + terms[1].coefficient
        if total <= 0:
            raise NoAnswerError
        self.key = "conjoins"
        return [Term(total, terms[0].letters or terms[1].letters)]
