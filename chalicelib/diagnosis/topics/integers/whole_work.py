"""Bugs in how a whole problem is taken: the order of a chain, its minus signs, what is compared."""

from __future__ import annotations

from ...procedure import NoAnswerError
from ..expressions import text
from .task import Task
from .work import Calculation, Comparison, bug


@bug("right_to_left_chain")
class RightToLeftChain(Calculation):
    """Works a chain of + and - from the right: a - b + c as a - (b + c), a - b - c as a - (b - c)."""

    kinds = frozenset({"chain"})

    def next_operation(self, operators: tuple[str, ...]) -> int:
        self.key = "from_the_right" if len(operators) > 1 else self.key
        return len(operators) - 1


@bug("two_minuses_make_plus", cases=("answer",))
class TwoMinusesMakePlus(Calculation):
    """In a sum or difference with exactly two minus signs in sight adds the magnitudes, answers positive.

    The signs of numbers and of operations count alike, also in a chain of three numbers or more; another
    count of minus signs: no answer.
    """

    kinds = frozenset({"sum", "difference", "chain"})

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        if self.expression.operators.count("-") + sum(number < 0 for number in task.numbers) != 2:
            raise NoAnswerError

    def work(self) -> None:
        magnitudes = [abs(number) for number in self.task.numbers]
        total = self.noted(sum(magnitudes))
        values = {"sum": text(self.expression), "magnitudes": " + ".join(map(str, magnitudes))}
        self.write("line 1", str(total), "two_minuses", **values)


@bug("compare_by_magnitude")
class CompareByMagnitude(Comparison):
    """Takes the number with the larger absolute value as the larger (all of the same magnitude: equal)."""

    says = "larger_magnitude"

    def size(self, number: int) -> int:
        return abs(number)
