"""Multiplication of two whole numbers: the topic's light part, without its procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..base import Part, Slip
from ..whole import Operands, WholeNumbers

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure


class Multiplication(WholeNumbers):
    name = "multiplication"
    order = 30
    operator = "×"
    modules = ("rows", "one_digit", "long", "whole_work")

    def expected(self, task: Operands) -> str:
        first, second = task.numbers
        return str(first * second)

    def right(self) -> type[Procedure]:
        from .rows import Rows

        return Rows

    def slips(self, task: Operands) -> Iterable[Slip]:
        from .slips import slips

        return slips(task)

    def parts(self, task: Operands) -> Sequence[Part]:
        from .rows import row_parts

        return row_parts(task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Multiplication()
