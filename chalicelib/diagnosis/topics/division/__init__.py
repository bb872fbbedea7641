"""Division of one whole number by another: the topic's light part, without its procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...grammar.tree import Remainder, Tree
from ..base import Part, Slip
from ..whole import Operands, WholeNumbers

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure


class Division(WholeNumbers):
    """The divisor is not 0: the grammar sees to that."""

    name = "division"
    order = 40
    operator = "÷"
    modules = ("long", "quotients", "whole_work")

    def expected(self, task: Operands) -> str:
        from .long import LongDivision

        return LongDivision(task).answer()

    def is_right(self, task: Operands, answer: Tree) -> bool:
        """A quotient with its remainder, or a number that is worth the exact quotient."""
        from fractions import Fraction

        from ...grammar.values import value

        dividend, divisor = task.numbers
        if isinstance(answer, Remainder):
            return divmod(dividend, divisor) == (answer.quotient, answer.remainder)
        return value(answer) == Fraction(dividend, divisor)

    def neighbours(self, key: str) -> frozenset[str]:
        """One place of the quotient, or the remainder, is off by one or two."""
        quotient, _, remainder = key.partition(" r ")
        quotients = super().neighbours(quotient)
        remainders = super().neighbours(remainder or "0")
        ending = f" r {remainder}" if remainder else ""
        return frozenset({other + ending for other in quotients} | {f"{quotient} r {o}" for o in remainders})

    def right(self) -> type[Procedure]:
        from .long import LongDivision

        return LongDivision

    def slips(self, task: Operands) -> Iterable[Slip]:
        from .slips import slips

        return slips(task)

    def parts(self, task: Operands) -> Sequence[Part]:
        from .long import division_parts

        return division_parts(task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Division()
