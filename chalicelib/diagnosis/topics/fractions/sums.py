"""Bugs in sums of fractions: what is done to the tops and what to the bottoms."""

from __future__ import annotations

from math import lcm, prod

from ...grammar.tree import Fraction, show
from ...procedure import NoAnswerError
from .task import Task, put_together
from .work import Sum, Unsimplified, bug


class FractionSum(Unsimplified, Sum):
    """A sum, left unsimplified, in which a bug changes how the fractions are joined.

    Whole parts of mixed numbers are added rightly. With a whole number among the addends the bug does not
    apply, no answer: there are no two fractions to join.
    """

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if len(self.fractions) < len(task.operands):
            raise NoAnswerError

    def rewritten(self, fractions: list[Fraction]) -> list[Fraction]:
        return fractions


@bug("add_tops_and_bottoms")
class AddTopsAndBottoms(FractionSum):
    """Adds the numerators and adds the denominators; not simplified. Pure fractions only, else no answer."""

    joins = "adds_tops_and_bottoms"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if task.mixed:
            raise NoAnswerError

    def joined(self, fractions: list[Fraction]) -> Fraction:
        tops, bottoms = zip(*fractions, strict=True)
        return Fraction(sum(tops), sum(bottoms))


@bug("add_denominators_keep_numerator", cases=("joined",))
class AddDenominatorsKeepNumerator(Sum):
    """When all numerators are equal (as in unit fractions), keeps the numerator and adds the denominators.

    Not simplified; whole parts of mixed numbers are added rightly. Numerators that differ, or a whole number
    among the addends: the sum is right.
    """

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        numerators = {fraction.numerator for fraction in self.fractions}
        self.alike = len(numerators) == 1 and len(self.fractions) == len(task.operands)
        if self.alike:
            self.joins = "keeps_numerator"

    def rewritten(self, fractions: list[Fraction]) -> list[Fraction]:
        return fractions if self.alike else super().rewritten(fractions)

    def joined(self, fractions: list[Fraction]) -> Fraction:
        if not self.alike:
            return super().joined(fractions)
        return Fraction(fractions[0].numerator, sum(bottom for _, bottom in fractions))

    def finish(self, whole: int, fraction: Fraction) -> None:
        if not self.alike:
            super().finish(whole, fraction)
            return
        self.last_line(put_together(whole, fraction), "puts_together")


@bug("add_numerators_average_denominators")
class AddNumeratorsAverageDenominators(FractionSum):
    """Adds the numerators over the mean of the denominators, rounded down; not simplified."""

    joins = "averages_denominators"

    def joined(self, fractions: list[Fraction]) -> Fraction:
        tops, bottoms = zip(*fractions, strict=True)
        return Fraction(sum(tops), sum(bottoms) // len(bottoms))


@bug("multiply_numerators_add_denominators")
class MultiplyNumeratorsAddDenominators(FractionSum):
    """In an addition multiplies the numerators and adds the denominators; not simplified."""

    joins = "multiplies_tops_adds_bottoms"

    def joined(self, fractions: list[Fraction]) -> Fraction:
        tops, bottoms = zip(*fractions, strict=True)
        return Fraction(prod(tops), sum(bottoms))


@bug("lcd_numerators_unchanged")
class LcdNumeratorsUnchanged(FractionSum):
    """Finds the least common denominator but adds the numerators as they were; not simplified."""

    rewrites = "only_denominators"

    def rewritten(self, fractions: list[Fraction]) -> list[Fraction]:
        common = lcm(*(bottom for _, bottom in fractions))
        return [Fraction(top, common) for top, _ in fractions]


@bug("whole_added_to_numerator")
class WholeAddedToNumerator(Unsimplified, Sum):
    """Whole number plus fraction, in either order: adds the whole number to the numerator.

    Not simplified. Other addends (mixed numbers, three addends): no answer.
    """

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if task.mixed or len(task.operands) != 2 or len(self.fractions) != 1:
            raise NoAnswerError

    def work(self) -> None:
        (top, bottom), whole = self.fractions[0], sum(self.wholes)
        result = Fraction(top + whole, bottom)
        self.write("fractions", show(result), "adds_whole_to_top", whole=whole, top=top)


@bug("mixed_whole_lost")
class MixedWholeLost(Unsimplified, Sum):
    """Adding where at least one number is mixed, equal denominators: loses all whole parts; not simplified.

    Pure fractions, a whole number among the addends, denominators that differ: no answer.
    """

    adds_wholes = "loses_wholes"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        bottoms = {bottom for _, bottom in self.fractions}
        if not task.mixed or len(bottoms) > 1 or len(self.fractions) < len(task.operands):
            raise NoAnswerError

    def whole(self, wholes: list[int]) -> int:  # noqa: ARG002 (whatever they are)
        return 0
