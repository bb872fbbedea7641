"""Linear equations and inequalities, brackets, the order of operations: the topic's light part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...grammar.tree import Relation, Tree
from ..base import Part, Slip
from ..exact import ExactTopic
from .task import Task, claim

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure
    from ...results import Verdict


class Algebra(ExactTopic[Task]):
    """The usual answer to an equation is the number alone, to an inequality `x < -3`."""

    name = "algebra"
    order = 100
    modules = ("work", "expanding", "moving", "dividing", "whole_work")

    def claim(self, tree: Tree) -> Task | None:
        return claim(tree)

    def judge(self, task: Task, answer: Tree) -> Verdict:
        from .answers import judge

        return judge(task, answer)

    def key(self, answer: Tree) -> str:
        from .answers import key

        return key(answer)

    def worth(self, line: Tree) -> object | None:
        from .answers import worth

        return worth(line)

    def right(self) -> type[Procedure]:
        from .work import Work

        return Work

    def slips(self, task: Task) -> Iterable[Slip]:
        from ..reckoning import fact_slips

        return fact_slips(self.right(), task)

    def parts(self, task: Task) -> Sequence[Part]:
        from .parts import parts

        return parts(task)

    def right_line(self, before: Tree, wrong: Tree) -> str:
        from .parts import right_line

        return right_line(before, wrong) if isinstance(wrong, Relation) else ""

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Algebra()
