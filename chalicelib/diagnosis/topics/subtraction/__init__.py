"""Subtraction of two whole numbers in columns: the topic's light part, without its procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..base import Part, Slip
from ..whole import Operands, WholeNumbers

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure


class Subtraction(WholeNumbers):
    name = "subtraction"
    order = 20
    operator = "-"
    modules = ("columns", "whole_work", "answers", "zeros", "lending", "decrements", "endings", "compounds")

    def at_home(self, task: Operands) -> bool:
        """A difference below 0 belongs to the integers first."""
        top, bottom = task.numbers
        return top >= bottom

    def expected(self, task: Operands) -> str:
        top, bottom = task.numbers
        return str(top - bottom)

    def agreements(self, procedures: Sequence[type[Procedure]], task: Operands, key: str) -> list[int]:
        """The same as by default, but found without finishing work that has already departed."""
        if not key.isdigit():
            return super().agreements(procedures, task, key)
        from .columns import agreements

        return agreements(procedures, task, key)

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


TOPIC = Subtraction()
