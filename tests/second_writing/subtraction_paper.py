"""Column subtraction with pencil and paper: the two rows, the right borrow, and working from the ones on.

A bug is then either another way to borrow or another way to answer a column. A blank of either row counts as
0; a blank of the top row is no printed 0, and nothing can be borrowed from it.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.second_writing.whole_numbers import Bug, Stuck, digits_from_ones, read, without_leading_zeros

EMPTY = ""


class Finished(Exception):
    """The student stops here; what is written is the answer."""


class Paper:
    """One subtraction being worked. Columns are counted from the ones on, which are column 0."""

    def __init__(self, problem: str) -> None:
        top, bottom = (digits_from_ones(number) for number in read(problem, "-"))
        self.columns = max(len(top), len(bottom))
        self.leftmost = len(top) - 1
        self.printed: list[int | None] = [*top, *[None] * (self.columns - len(top))]
        self.bottom: list[int | None] = [*bottom, *[None] * (self.columns - len(bottom))]
        self.top = [digit or 0 for digit in self.printed]
        self.changed: set[int] = set()
        self.borrows = 0

    def under(self, column: int) -> int:
        """The bottom digit, where a blank counts as 0."""
        return self.bottom[column] or 0

    def is_blank(self, column: int) -> bool:
        return self.bottom[column] is None

    def has(self, column: int) -> bool:
        """Whether there is a top digit to borrow from in this column."""
        return column <= self.leftmost

    def now(self, column: int) -> int:
        """The top digit at this moment, to borrow from. Stuck where the borrow runs off the left end."""
        if not self.has(column):
            raise Stuck
        return self.top[column]

    def is_zero(self, column: int) -> bool:
        """Whether the top digit is 0 at this moment, printed or left by a borrow."""
        return self.has(column) and self.top[column] == 0

    def is_unchanged(self, column: int, digit: int) -> bool:
        """Whether the top digit is printed so, and no borrow has changed it."""
        return self.has(column) and self.printed[column] == digit and column not in self.changed

    def too_small(self, column: int) -> bool:
        return self.top[column] < self.under(column)

    def change(self, column: int, digit: int) -> None:
        """Cross out the top digit and write this one above it."""
        if digit < 0:
            raise Stuck
        self.top[column] = digit
        self.changed.add(column)

    def add(self, column: int, amount: int = 10) -> None:
        """Give the amount to the column that is being answered."""
        self.top[column] += amount

    def only_add_ten(self, column: int) -> None:
        """Add ten and reduce nothing. Stuck in the leftmost column, which has nothing to borrow from."""
        if column >= self.leftmost:
            raise Stuck
        self.add(column)

    def take_one(self, column: int) -> None:
        """Take one from this column, rightly: a 0 takes one from its left first and is then 9."""
        if self.now(column) == 0:
            self.take_one(column + 1)
            self.change(column, 9)
        else:
            self.change(column, self.top[column] - 1)

    def zeros_from(self, column: int) -> list[int]:
        """The columns with a top 0 that lie side by side from this one on, from right to left."""
        zeros = []
        while self.now(column) == 0:
            zeros.append(column)
            column += 1
        return zeros


Borrow = Callable[[Paper, int], None]
Answer = Callable[[Paper, int], int | str]


def right_borrow(paper: Paper, column: int) -> None:
    paper.take_one(column + 1)
    paper.add(column)


def difference(paper: Paper, column: int) -> int:
    """The column's answer as it stands now. Stuck below 0 and above 9."""
    digit = paper.top[column] - paper.under(column)
    if not 0 <= digit <= 9:
        raise Stuck
    return digit


def rightly(paper: Paper, column: int, borrow: Borrow = right_borrow) -> int:
    """Answer the column, after a borrow if it needs one."""
    if paper.too_small(column):
        borrow(paper, column)
        paper.borrows += 1
    return difference(paper, column)


def larger_less_smaller(paper: Paper, column: int) -> int:
    """The difference of the column's two digits, whichever is on top."""
    return abs(paper.top[column] - paper.under(column))


def work(problem: str, answer: Answer) -> str | None:
    """Work the problem column by column from the ones on, with this way to answer a column.

    A column that is left empty is written as EMPTY; the written digits close up.
    """
    paper = Paper(problem)
    answered = ""
    try:
        for column in range(paper.columns):
            answered = f"{answer(paper, column)}{answered}"
    except Stuck:
        return None
    except Finished:
        pass
    return without_leading_zeros(answered) if answered else None


def by_columns(answer: Answer) -> Bug:
    """The bug whose student answers each column in this way."""
    return lambda problem: work(problem, answer)


def by_borrowing(borrow: Borrow) -> Bug:
    """The bug whose student borrows in this way, and answers the columns rightly."""
    return lambda problem: work(problem, lambda paper, column: rightly(paper, column, borrow))
