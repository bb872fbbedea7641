"""The smaller problems in right work, which a student may write as lines of their own."""

from __future__ import annotations

from fractions import Fraction as Rational

from ..base import Part
from ..expressions import Expression, text
from ..reckoning import TOO_LONG, operations
from .task import Task
from .work import Calculation, Letters


def parts(task: Task) -> list[Part]:
    """Of an expression its operations; of an equation `11 - 3` and `8 ÷ 2`, where all numbers are whole."""
    if task.kind == "calculation":
        return operations(Calculation(task), alone=False)
    if task.kind == "expand":
        return []
    work = _Solving(task)
    work.solve()
    return work.parts


class _Solving(Letters):
    """Right work that keeps what is worked out on the right side."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.parts: list[Part] = []

    def moved(self, number: Rational, result: Rational) -> Rational:
        self._keep(result, "-" if number > 0 else "+", abs(number))
        return super().moved(number, result)

    def divided(self, coefficient: Rational, result: Rational) -> Rational:
        self._keep(result, "÷", coefficient)
        return super().divided(coefficient, result)

    def _keep(self, first: Rational, operator: str, second: Rational) -> None:
        results = {"-": first - second, "+": first + second, "÷": first / second}
        numbers = (first, second, results[operator])
        if all(number.denominator == 1 and abs(number) < TOO_LONG for number in numbers):
            problem = text(Expression((first, second), (operator,)))
            self.parts.append(Part(problem, (str(results[operator]),)))
