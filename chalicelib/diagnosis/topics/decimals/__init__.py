"""Decimals: operations, rounding, comparison, fractions as decimals. The light part, without procedures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...grammar.tree import Tree, show
from ..base import Slip
from ..lines import LineTopic
from .task import Task, claim

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure
    from ...results import Verdict


class Decimals(LineTopic[Task]):
    """The usual answer has no zeros at the end, but in rounding. A quotient that does not end is rounded."""

    name = "decimals"
    order = 60
    modules = ("work", "sums", "products", "quotients", "places")

    def claim(self, tree: Tree) -> Task | None:
        return claim(tree)

    def judge(self, task: Task, answer: Tree) -> Verdict:
        from .answers import judge

        return judge(task, answer, self.expected(task))

    def key(self, answer: Tree) -> str:
        """The form as written: zeros at the end tell one bug from another."""
        from ..answers import bare, larger_one

        return show(larger_one(bare(answer)))

    def neighbours(self, key: str) -> frozenset[str]:
        """One digit is off by one or two."""
        from .task import pointed

        digits, _, places = key.partition(".")
        if not digits.isdigit() or (places and not places.isdigit()):
            return frozenset()
        number, length = int(digits + places), len(digits + places)
        off = (by * 10**i for i in range(length) for by in (-2, -1, 1, 2))
        return frozenset(pointed(number + by, len(places)) for by in off)

    def right(self) -> type[Procedure]:
        from .work import Work

        return Work

    def slips(self, task: Task) -> Iterable[Slip]:
        from .slips import slips

        return slips(task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Decimals()
