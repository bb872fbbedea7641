"""What right work has for a student's lines: smaller problems on lines of their own, and whole lines."""

from __future__ import annotations

from fractions import Fraction as Rational

from ...grammar import parse_answer_tree
from ...grammar.tree import Relation, Tree
from ..base import Part
from ..expressions import Expression, text
from ..reckoning import TOO_LONG, operations
from .polynomials import polynomial, solution
from .task import Task, claim
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


def right_line(before: Tree, wrong: Relation) -> str:
    """What right work has after the line `before` where a student wrote the line `wrong`.

    It is the first line with the same left side, else with the same right side (the wrong one's sides may
    be swapped), else the solution. Empty where `before` is no equation or inequality.
    """
    if not isinstance(before, Relation):
        return ""
    task = claim(before)
    if task is None:  # as good as solved, such as x = 8/2
        found = solution(before)
        return f"{found.letter} {found.sign} {found.number}" if found else ""
    lines = [step.wrote for step in Letters(task).steps()]
    sides = polynomial(wrong.left), polynomial(wrong.right)
    for side in ("left", "right"):
        for line in lines:
            if polynomial(getattr(parse_answer_tree(line), side)) in sides:
                return line
    return lines[-1]


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
