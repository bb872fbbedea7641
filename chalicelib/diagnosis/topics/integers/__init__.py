"""Whole numbers with a sign: sums, differences, products, powers, comparison. The topic's light part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...grammar.tree import Tree
from ..base import Part, Slip
from ..exact import ExactTopic
from .task import Task, below_zero, claim, has_sign

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure
    from ...results import Verdict


class Integers(ExactTopic[Task]):
    name = "integers"
    order = 70
    modules = ("work", "sums", "differences", "products", "whole_work")

    def claim(self, tree: Tree) -> Task | None:
        return claim(tree)

    def at_home(self, task: Task) -> bool:
        """Sums without signs and mixed expressions belong to other topics first."""
        if task.kind in {"sum", "difference"}:
            return has_sign(task) or below_zero(task)
        return task.kind != "mixed"

    def judge(self, task: Task, answer: Tree) -> Verdict:
        from fractions import Fraction as Rational

        from ..answers import judge_comparison
        from ..exact import judge_number
        from .work import whole

        if task.kind == "compare":
            return judge_comparison([whole(number) for number in task.numbers], answer)
        return judge_number(answer, Rational(self.expected(task)))

    def key(self, answer: Tree) -> str:
        from ..answers import larger_one

        return super().key(larger_one(answer))

    def right(self) -> type[Procedure]:
        from .work import Work

        return Work

    def slips(self, task: Task) -> Iterable[Slip]:
        from ..reckoning import fact_slips

        return fact_slips(self.right(), task)

    def parts(self, task: Task) -> Sequence[Part]:
        from ..reckoning import operations
        from .work import Calculation

        if not task.expression.operators:
            return ()
        return operations(Calculation(task), alone=task.kind == "chain")

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Integers()
