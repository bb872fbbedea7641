"""Bugs in differences of numbers with a sign. In a longer expression they show in each subtraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...procedure import NoAnswerError
from .task import Task, has_sign
from .work import Calculation, bug

if TYPE_CHECKING:
    from ..expressions import Number


class Subtracting(Calculation):
    """A bug that shows where something is subtracted."""

    kinds = frozenset({"difference", "chain", "mixed"})


@bug("double_negative_ignored", cases=("negative_subtrahend",))
class DoubleNegativeIgnored(Subtracting):
    """a - (-b) is worked out as a - b."""

    def subtracted(self, first: Number, second: Number) -> Number:
        if second >= 0:
            return super().subtracted(first, second)
        self.key = "drops_one_minus"
        return first + second


@bug("sub_becomes_add", cases=("positive_subtrahend",))
class SubBecomesAdd(Subtracting):
    """a - b, b positive, is worked out as a + b with the sign of a kept: -3 - 5 as -3 + 5."""

    def subtracted(self, first: Number, second: Number) -> Number:
        if second <= 0:
            return super().subtracted(first, second)
        self.key = "adds_instead"
        return first + second


class WithoutSign(Subtracting):
    """A bug with numbers without sign.

    A difference of two numbers with a negative one: no answer. In a chain such a step is right.
    """

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if task.kind == "difference" and has_sign(task):
            raise NoAnswerError


@bug("sub_absolute_difference", cases=("positive_subtrahend",))
class SubAbsoluteDifference(WithoutSign):
    """Subtracting two numbers without sign, takes the smaller from the larger; with a sign: no answer."""

    def subtracted(self, first: Number, second: Number) -> Number:
        if not 0 <= first < second:
            return super().subtracted(first, second)
        self.key = "smaller_from_larger"
        return second - first


@bug("sub_floors_at_zero", cases=("positive_subtrahend",))
class SubFloorsAtZero(WithoutSign):
    """Subtracting a larger from a smaller number (both without sign), answers 0.

    A smaller number is subtracted rightly; with a sign: no answer.
    """

    def subtracted(self, first: Number, second: Number) -> Number:
        if not 0 <= first < second:
            return super().subtracted(first, second)
        self.key = "nothing_left"
        return 0
