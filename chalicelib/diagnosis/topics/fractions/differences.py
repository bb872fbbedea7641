"""Bugs in differences: tops and bottoms apart, and mixed numbers in parts without regrouping."""

from __future__ import annotations

from typing import ClassVar

from ...grammar.tree import Fraction, Mixed, Whole, show
from ...procedure import NoAnswerError
from .task import Task, parts
from .work import Difference, Unsimplified, bug


@bug("sub_tops_and_bottoms", cases=("answer",))
class SubTopsAndBottoms(Unsimplified, Difference):
    """Takes the difference (larger minus smaller) of the numerators and that of the denominators.

    A whole number stands in both places. Equal denominators or numerators, and mixed numbers: no answer.
    Not simplified.
    """

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        (n1, d1), (n2, d2) = self.pairs = [
            (each.value, each.value) if isinstance(each, Whole) else each[-2:] for each in task.operands
        ]
        if task.mixed or n1 == n2 or d1 == d2:
            raise NoAnswerError

    def work(self) -> None:
        (top, smaller_top), (bottom, smaller_bottom) = (
            sorted(both, reverse=True) for both in zip(*self.pairs, strict=True)
        )
        result = Fraction(top - smaller_top, bottom - smaller_bottom)
        tops, bottoms = f"{top} - {smaller_top}", f"{bottom} - {smaller_bottom}"
        self.write("fractions", show(result), "subtracts_tops_and_bottoms", tops=tops, bottoms=bottoms)


class InParts(Unsimplified, Difference):
    """Wholes from wholes, then something with the fractions; a whole part that comes below 0: no answer."""

    takes: ClassVar[str]

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        (self.w1, self.f1), (self.w2, self.f2) = map(parts, task.operands)
        if not self.applies() or self.w1 < self.w2:
            raise NoAnswerError

    def work(self) -> None:
        if self.w2:
            self.write("wholes", str(self.w1 - self.w2), "subtracts_wholes", first=self.w1, second=self.w2)
        fraction = self.fraction()
        self.write("fractions", show(fraction), self.takes, first=show(self.f1), second=show(self.f2))
        self.finish(self.w1 - self.w2, fraction)

    def applies(self) -> bool:
        """Whether the numbers are such as the bug is about."""
        raise NotImplementedError

    def fraction(self) -> Fraction:
        """What is made of the fractions."""
        raise NotImplementedError


@bug("mixed_sub_bring_down")
class MixedSubBringDown(InParts):
    """Whole number minus a mixed number or a fraction: subtracts the whole parts, copies the fraction.

    A whole part 0 is not written; below 0: no answer. Other numbers: no answer.
    """

    takes = "copies_fraction"

    def applies(self) -> bool:
        return isinstance(self.task.operands[0], Whole)

    def fraction(self) -> Fraction:
        return self.f2


@bug("mixed_sub_parts")
class MixedSubParts(InParts):
    """Two mixed numbers, different denominators: the wholes, the numerators and the denominators apart.

    Of numerators and denominators the smaller is taken from the larger. Not simplified; a part that comes
    to 0 is not written; a whole part below 0, and other numbers: no answer.
    """

    takes = "subtracts_tops_and_bottoms_apart"

    def applies(self) -> bool:
        both_mixed = all(isinstance(each, Mixed) for each in self.task.operands)
        return both_mixed and self.f1.denominator != self.f2.denominator

    def fraction(self) -> Fraction:
        (n1, d1), (n2, d2) = self.f1, self.f2
        return Fraction(abs(n1 - n2), abs(d1 - d2))


@bug("mixed_sub_smaller_from_larger")
class MixedSubSmallerFromLarger(InParts):
    """Mixed minus a mixed number or fraction of the same denominator: the smaller fraction from the larger.

    Nothing is regrouped. Not simplified; equal fractions leave the whole alone. A whole part below 0, and
    other numbers: no answer.
    """

    takes = "smaller_fraction_from_larger"

    def applies(self) -> bool:
        first, second = self.task.operands
        same = self.f1.denominator == self.f2.denominator
        return isinstance(first, Mixed) and not isinstance(second, Whole) and same

    def fraction(self) -> Fraction:
        return Fraction(abs(self.f1.numerator - self.f2.numerator), self.f1.denominator)
