"""Bugs that replace the whole work: another operation, and zeros appended for a power of ten."""

from __future__ import annotations

from typing import ClassVar

from ...procedure import NoAnswerError
from ..one_line import OneLine
from .rows import bug


@bug("add_instead")
class AddInstead(OneLine):
    """Adds the two factors."""

    key: ClassVar[str] = "adds"

    def result(self) -> int:
        return sum(self.pair())


@bug("power_of_ten_zeros_omitted")
class PowerOfTenZerosOmitted(OneLine):
    """Times 10, 100, 1000 ... (second factor): writes the first factor with no zeros appended."""

    key: ClassVar[str] = "appends_zeros"

    def zeros(self, right: int) -> int:  # noqa: ARG002 (none, whatever is right)
        """How many zeros are appended where `right` are right."""
        return 0

    def result(self) -> int:
        first, second = self.pair()
        power = len(str(second)) - 1
        if power < 1 or second != 10**power:
            raise NoAnswerError
        return int(first * 10 ** self.zeros(power))


@bug("power_of_ten_one_zero_short")
class PowerOfTenOneZeroShort(PowerOfTenZerosOmitted):
    """Times 10, 100, 1000 ... (second factor): appends one zero too few."""

    def zeros(self, right: int) -> int:
        return right - 1
