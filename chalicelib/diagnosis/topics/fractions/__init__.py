"""Fractions and mixed numbers: operations, forms and comparison. The light part, without the procedures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...grammar.tree import Fraction, Mixed, Negative, Tree, Whole, show
from ..base import Slip
from ..lines import LineTopic
from .task import Task, claim

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure
    from ...results import Verdict

_FRACTION = re.compile(r"(-?(?:\d+ )?)(\d+)/(\d+)")


class Fractions(LineTopic[Task]):
    """The usual answer is in lowest terms, and mixed where a number of the problem is."""

    name = "fractions"
    order = 50
    modules = ("work", "sums", "differences", "products", "forms")

    def claim(self, tree: Tree) -> Task | None:
        return claim(tree)

    def judge(self, task: Task, answer: Tree) -> Verdict:
        from .answers import judge

        return judge(task, answer, self.expected(task))

    def key(self, answer: Tree) -> str:
        """The form as written, as most bugs leave theirs unsimplified; but 4/1 is 4, and 0/3 is 0."""
        from ..answers import bare, larger_one

        return show(_without_empty_parts(larger_one(bare(answer))))

    def output_key(self, output: str) -> str:
        if output.endswith("/1") or output.startswith("0/") or " 0/" in output:
            from ...grammar import parse_answer_tree

            return self.key(parse_answer_tree(output))
        return output

    def neighbours(self, key: str) -> frozenset[str]:
        """The numerator, the denominator or the whole number is off by one or two."""
        found = _FRACTION.fullmatch(key)
        off = (-2, -1, 1, 2)
        if found is None:
            return frozenset(str(int(key) + by) for by in off) if key.isdigit() else frozenset()
        whole, top, bottom = found[1], int(found[2]), int(found[3])
        tops = [f"{whole}{top + by}/{bottom}" for by in off]
        return frozenset([*tops, *(f"{whole}{top}/{bottom + by}" for by in off)])

    def right(self) -> type[Procedure]:
        from .work import Work

        return Work

    def slips(self, task: Task) -> Iterable[Slip]:
        from .slips import slips

        return slips(task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


def _without_empty_parts(number: Tree) -> Tree:
    match number:
        case Negative(operand):
            return Negative(_without_empty_parts(operand))
        case Fraction(numerator, 1):
            return Whole(numerator)
        case Fraction(0, _):
            return Whole(0)
        case Mixed(whole, 0, _):
            return Whole(whole)
        case _:
            return number


TOPIC = Fractions()
