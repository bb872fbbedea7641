"""Powers with whole exponents, and square roots: the topic's light part, without its procedures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...grammar.tree import Negative, Tree
from ..base import Slip
from ..exact import ExactTopic
from .task import Task, claim

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure
    from ...results import Verdict


class Powers(ExactTopic[Task]):
    """The usual answer is a whole number, or a fraction in lowest terms."""

    name = "powers"
    order = 80
    modules = ("work", "exponents", "laws", "whole_work")

    def claim(self, tree: Tree) -> Task | None:
        return claim(tree)

    def at_home(self, task: Task) -> bool:
        """The opposite of a power, -3^2, belongs to the integers first."""
        return not isinstance(task.tree, Negative)

    def judge(self, task: Task, answer: Tree) -> Verdict:
        """A right power, as 2^5 for 2^3 × 2^2, is not worked out."""
        from ...grammar.values import value
        from ..exact import judge_number

        return judge_number(answer, value(task.tree))

    def right(self) -> type[Procedure]:
        from .work import Work

        return Work

    def slips(self, task: Task) -> Iterable[Slip]:
        from ..reckoning import fact_slips

        return fact_slips(self.right(), task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Powers()
