"""Work on an expression, one operation after the other, and single slips in such work."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as Rational
from typing import TYPE_CHECKING, Any, ClassVar, cast

from ..grammar.scanner import MAX_PROBLEM_DIGITS
from ..grammar.tree import OPERATOR_LEVEL
from ..procedure import NoAnswerError, Procedure, slipping, together
from .base import Part, Slip
from .expressions import Expression, text
from .lines import Lines, TaskOfKind

if TYPE_CHECKING:
    from .expressions import Number

OFF_BY = (-2, -1, 1, 2)
TOO_LONG = 10**MAX_PROBLEM_DIGITS


class NumberLines(Lines):
    """Lines of work in which every number that is worked out passes through `noted`."""

    def __init__(self, task: TaskOfKind) -> None:
        super().__init__(task)
        self.results: list[Number] = []
        """The numbers worked out so far."""

    def noted(self, number: Number) -> Number:
        """What is put down of a number just worked out."""
        self.results.append(number)
        return number


class FactSlip(NumberLines):
    """Number `at` of those worked out, counted from 0, is off by `amount`."""

    at: ClassVar[int]
    amount: ClassVar[int]

    def noted(self, number: Number) -> Number:
        return super().noted(number + self.amount if len(self.results) == self.at else number)


def fact_slips(right: type[Procedure], task: Any) -> Iterator[Slip]:
    """Each slip in a number that is worked out in right work on `task`."""
    work = right(task)
    if not isinstance(work, NumberLines):
        return
    work.answer()
    slip = together(FactSlip, type(work))
    for at in range(len(work.results)):
        for amount in OFF_BY:
            yield Slip("fact", slipping(slip, at, amount))


class Reckoning(NumberLines):
    """Right work: parentheses first, then × and ÷, then + and -, each from the left; a line for each."""

    expression: Expression
    """What is worked out."""
    key: str
    """The sentence that tells of the operation in hand."""

    def work(self) -> None:
        expression = self.expression
        while expression.operators:
            self.key = "works_out"
            expression = self.advanced(expression)
            if self.told or not expression.operators:
                values = {"sum": text(self.in_hand), "result": self.results[-1]}
                self.write(f"line {len(self.lines) + 1}", text(expression), self.key, **values)

    def advanced(self, expression: Expression) -> Expression:
        """The expression after one operation."""
        for i, operand in enumerate(expression.operands):
            if isinstance(operand, Expression):
                inner = self.advanced(operand)
                return _with(expression, i, i, inner if inner.operators else inner.operands[0])
        at = self.next_operation(expression.operators)
        first, second = cast("tuple[Number, Number]", expression.operands[at : at + 2])
        operator = expression.operators[at]
        self.in_hand = Expression((first, second), (operator,))
        return _with(expression, at, at + 1, self.noted(self.operated(operator, first, second)))

    def operated(self, operator: str, first: Number, second: Number) -> Number:
        if operator == "+":
            return self.added(first, second)
        if operator == "-":
            return self.subtracted(first, second)
        return self.multiplied(first, second) if operator == "×" else self.divided(first, second)

    # What bugs override

    def next_operation(self, operators: tuple[str, ...]) -> int:
        """Which of the operators, none of them in parentheses, is next."""
        levels = [OPERATOR_LEVEL[operator] for operator in operators]
        return levels.index(max(levels))

    def added(self, first: Number, second: Number) -> Number:
        return first + second

    def subtracted(self, first: Number, second: Number) -> Number:
        return first - second

    def multiplied(self, first: Number, second: Number) -> Number:
        return first * second

    def divided(self, first: Number, second: Number) -> Number:
        if second == 0:
            raise NoAnswerError
        return Rational(first) / second


def _with(expression: Expression, first: int, last: int, operand: Number | Expression) -> Expression:
    """The expression with `operand` in place of the operands from `first` to `last`."""
    operands = (*expression.operands[:first], operand, *expression.operands[last + 1 :])
    return Expression(operands, (*expression.operators[:first], *expression.operators[last:]))


def operations(work: Reckoning, *, alone: bool) -> list[Part]:
    """The operations that the work consists of, as smaller problems; none where it is one operation.

    None either where a number on the way is too long for a problem.
    """
    expression, parts = work.expression, []
    while expression.operators:
        expression = work.advanced(expression)
        parts.append(Part(text(work.in_hand), (str(work.results[-1]),), alone))
        if abs(work.results[-1]) >= TOO_LONG:
            return []
    return parts if len(parts) > 1 else []
