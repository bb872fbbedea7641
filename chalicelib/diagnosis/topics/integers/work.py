"""Right work with whole numbers that have a sign, a class for each sort of problem."""

from __future__ import annotations

from ...grammar.tree import Negative, Tree, Whole
from ...procedure import Register
from ..answers import EQUAL, largest
from ..lines import Lines
from ..reckoning import NumberLines, Reckoning
from .task import Task

bug = Register("integers")


class Work(Lines):
    """Work on whole numbers with a sign."""

    task: Task


class Calculation(Reckoning, Work):
    """Work on an expression, one operation after the other."""

    kinds = frozenset({"sum", "difference", "chain", "product", "mixed"})

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.expression = task.expression


class NegativePower(NumberLines, Work):
    """-a^n is the opposite of a^n."""

    kinds = frozenset({"power"})

    def work(self) -> None:
        base, exponent = self.task.numbers
        power = self.noted(base**exponent)
        self.write("line 1", str(-power), "opposite_of_power", power=f"{base}^{exponent}", worth=power)


class Comparison(Work):
    """The larger number is the one further right on the number line."""

    kinds = frozenset({"compare"})
    says = "further_right"

    def work(self) -> None:
        best = largest(self.task.numbers, lambda first, second: self.size(first) - self.size(second))
        numbers = ", ".join(map(str, self.task.numbers))
        if best is None:
            self.write("line 1", EQUAL.text, "all_equal", numbers=numbers)
        else:
            self.write("line 1", str(best), self.says, numbers=numbers)

    # What bugs override

    def size(self, number: int) -> int:
        """What is compared of a number."""
        return number


Work.right = {
    **dict.fromkeys(Calculation.kinds, Calculation),
    "power": NegativePower,
    "compare": Comparison,
}


def whole(number: int) -> Tree:
    """The tree of a whole number with a sign."""
    return Negative(Whole(-number)) if number < 0 else Whole(number)
