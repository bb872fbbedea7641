"""What the four operations on whole numbers share: digits, the problem's shape, answers and lines of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from ..grammar.tree import Binary, Decimal, Fraction, Mixed, Negative, Remainder, Tree, Whole, show
from .base import Topic

if TYPE_CHECKING:
    from ..results import Verdict


class Operands(NamedTuple):
    """The numbers of a problem as written from left to right.

    `digits` are those of each number, ones first; in `rows` they are filled up with None (blanks) to the
    length of the longest, as they stand under one another, and in `filled` with zeros.
    """

    numbers: tuple[int, ...]
    digits: tuple[tuple[int, ...], ...]
    rows: tuple[tuple[int | None, ...], ...]
    filled: tuple[tuple[int, ...], ...]


def digits_of(number: int) -> tuple[int, ...]:
    """The digits of `number`, ones first."""
    return tuple(map(int, reversed(str(number))))


def operands(*numbers: int) -> Operands:
    """The operands of a problem with these numbers."""
    digits = tuple(map(digits_of, numbers))
    width = max(map(len, digits))
    rows = tuple((*own, *[None] * (width - len(own))) for own in digits)
    filled = tuple((*own, *[0] * (width - len(own))) for own in digits)
    return Operands(numbers, digits, rows, filled)


PLACES = ("ones", "tens", "hundreds", "thousands", "ten_thousands", "hundred_thousands", "millions")


def place(i: int) -> str:
    """The key of the name of column i, ones = 0."""
    return PLACES[i] if i < len(PLACES) else f"column {i + 1}"


class WholeNumbers(Topic[Operands]):
    """A topic whose problems are whole numbers joined by one operator."""

    whole_numbers = True
    operator: ClassVar[str]
    most_operands: ClassVar[int] = 2

    def claim(self, tree: Tree) -> Operands | None:
        """The numbers of `a operator b [operator c ...]`."""
        numbers: list[int] = []
        while isinstance(tree, Binary) and tree.operator == self.operator and isinstance(tree.right, Whole):
            numbers.append(tree.right.value)
            tree = tree.left
        if not isinstance(tree, Whole) or not 1 <= len(numbers) < self.most_operands:
            return None
        return operands(tree.value, *reversed(numbers))

    def judge(self, task: Operands, answer: Tree) -> Verdict:
        """Right is what is worth the right answer, in whatever form."""
        if not is_number(answer):
            return "unreadable"
        return "correct" if self.is_right(task, answer) else "incorrect"

    def is_right(self, task: Operands, answer: Tree) -> bool:
        return whole_key(answer) == self.expected(task)

    def key(self, answer: Tree) -> str:
        return whole_key(answer)

    def neighbours(self, key: str) -> frozenset[str]:
        """One place is off by one or two."""
        if not key.isdigit():
            return frozenset()
        number = int(key)
        steps = [step * 10**i for i in range(len(key)) for step in (-2, -1, 1, 2)]
        return frozenset(str(number + step) for step in steps)


def is_number(tree: Tree) -> bool:
    """Whether `tree` is a number with a sign at most, or a quotient with a remainder."""
    if isinstance(tree, Negative):
        tree = tree.operand
        return isinstance(tree, Whole | Decimal | Fraction | Mixed)
    return isinstance(tree, Whole | Decimal | Fraction | Mixed | Remainder)


def whole_key(answer: Tree) -> str:
    """The answer's number where it is a whole one (`225.0` and `450/2` too), else the answer as written."""
    if isinstance(answer, Whole):
        return str(answer.value)
    if isinstance(answer, Remainder):
        return show(answer) if answer.remainder else str(answer.quotient)
    from ..grammar.values import NoValueError, value

    try:
        number = value(answer)
    except NoValueError:  # of a form that only another topic of the problem reads
        return show(answer)
    return str(number) if number.denominator == 1 else show(answer)
