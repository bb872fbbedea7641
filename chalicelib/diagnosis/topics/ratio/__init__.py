"""Ratios and percentages: the topic's light part, without its procedures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...grammar.tree import Percent, Tree, show
from ..base import Slip
from ..lines import LineTopic
from .task import Task, claim

if TYPE_CHECKING:
    from random import Random

    from ...procedure import Procedure
    from ...results import Verdict


class Ratio(LineTopic[Task]):
    """The usual answer is a whole number or decimal, or a fraction where that does not end."""

    name = "ratio"
    order = 90
    modules = ("work", "percentages")

    def claim(self, tree: Tree) -> Task | None:
        return claim(tree)

    def judge(self, task: Task, answer: Tree) -> Verdict:
        """Right is what is worth the right answer. A rate may leave out its percent sign: `70` for `70%`.

        As 0.7 or 7/10 it has not the asked form.
        """
        from ...grammar.values import value
        from ..answers import bare, is_number
        from ..lines import number_in

        number = bare(answer)
        if not is_number(number):
            return "unreadable"
        right, worth = number_in(self.expected(task)), value(number)
        if task.kind != "rate":
            return "correct" if worth == right else "incorrect"
        if isinstance(number, Percent):
            worth *= 100
        if worth == right:
            return "correct"
        return "not_simplified" if worth * 100 == right else "incorrect"

    def key(self, answer: Tree) -> str:
        """What the number is worth, as no bug asks for a form; a percent sign is kept apart."""
        from ...grammar.values import NoValueError, value
        from ..answers import bare

        number, sign = bare(answer), ""
        if isinstance(number, Percent):
            number, sign = number.number, "%"
        try:
            return f"{value(number)}{sign}"
        except NoValueError:
            return show(answer)

    def output_key(self, output: str) -> str:
        from fractions import Fraction as Rational

        number = output.removesuffix("%")
        return f"{Rational(number)}{output[len(number) :]}"

    def neighbours(self, key: str) -> frozenset[str]:
        """One digit, from hundredths to thousands, is off by one or two."""
        from fractions import Fraction as Rational

        number = key.removesuffix("%")
        if not number.replace("/", "").isdigit():
            return frozenset()
        off = [by * Rational(10) ** i for i in range(-2, 4) for by in (-2, -1, 1, 2)]
        return frozenset(f"{Rational(number) + by}{key[len(number) :]}" for by in off)

    def right(self) -> type[Procedure]:
        from .work import Work

        return Work

    def slips(self, task: Task) -> Iterable[Slip]:
        from .slips import slips

        return slips(task)

    def draw(self, rng: Random, difficulty: int) -> str:
        from .exercises import draw

        return draw(rng, difficulty)


TOPIC = Ratio()
