"""Addition of two or more whole numbers in columns: the topic's light part, without its procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..base import Part, Slip
from ..whole import Operands, WholeNumbers

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure


class Addition(WholeNumbers):
    name = "addition"
    order = 10
    operator = "+"
    most_operands = 20
    modules = ("columns", "carries", "whole_work")

    def expected(self, task: Operands) -> str:
        return str(sum(task.numbers))

    def right(self) -> type[Procedure]:
        from .columns import Columns

        return Columns

    def slips(self, task: Operands) -> Iterable[Slip]:
        from .slips import slips

        return slips(task)

    def parts(self, task: Operands) -> Sequence[Part]:
        from .columns import column_parts

        return column_parts(task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Addition()
