"""Subtraction: the bugs that treat the problem as a whole, or every column alike; and all bugs together."""

from __future__ import annotations

from tests.second_writing import (
    subtraction_borrowing,
    subtraction_columns,
    subtraction_unborrowed,
    subtraction_zeros,
)
from tests.second_writing.subtraction_paper import Paper
from tests.second_writing.whole_numbers import Bug, ones_and_carry, read, written


def right(problem: str) -> str:
    """The right answer; below 0 with a minus sign."""
    top, bottom = (int(number) for number in read(problem, "-"))
    return str(top - bottom)


def add_borrow_carry_sub(problem: str) -> str | None:
    paper = Paper(problem)
    answer = []
    carry = 0
    for column in range(paper.columns):
        total = paper.top[column] + paper.under(column) - carry
        if total < 0:
            return None
        digit, carry = ones_and_carry(total)
        answer.append(digit)
    return written([*answer, carry])


def add_instead_of_sub(problem: str) -> str | None:
    top, bottom = (int(number) for number in read(problem, "-"))
    return str(top + bottom)


def add_no_carry_instead_of_sub(problem: str) -> str | None:
    paper = Paper(problem)
    return written([(paper.top[column] + paper.under(column)) % 10 for column in range(paper.columns)])


def borrowing_in_every_column(paper: Paper, first: int) -> str | None:
    """The answer when every column from `first` on adds ten and reduces the next one by one, 0 too.

    A reduced 0 is one below 0 for a moment: its own ten makes it 9. There is no answer where the top row is
    the shorter one: nothing is there to be reduced.
    """
    if paper.leftmost + 1 < paper.columns:
        return None
    answer = [paper.top[column] - paper.under(column) for column in range(first)]
    reduced_by = 0
    for column in range(first, paper.columns):
        total = paper.top[column] - reduced_by + 10 - paper.under(column)
        is_leftmost = column == paper.columns - 1
        answer.append(total if is_leftmost else total % 10)
        reduced_by = 1
    return written(answer)


def always_borrow(problem: str) -> str | None:
    return borrowing_in_every_column(Paper(problem), 0)


def once_borrow_always_borrow(problem: str) -> str | None:
    paper = Paper(problem)
    needing = [column for column in range(paper.columns) if paper.too_small(column)]
    return borrowing_in_every_column(paper, needing[0] if needing else paper.columns)


def left_align_operands(problem: str) -> str | None:
    top, bottom = read(problem, "-")
    aligned = int(bottom.ljust(len(top), "0"))
    return str(int(top) - aligned) if aligned <= int(top) else None


BUGS: dict[str, Bug] = {
    f"subtraction.{bug.__name__}": bug
    for bug in (
        add_borrow_carry_sub,
        add_instead_of_sub,
        add_no_carry_instead_of_sub,
        always_borrow,
        left_align_operands,
        once_borrow_always_borrow,
    )
}
BUGS |= subtraction_borrowing.BUGS
BUGS |= subtraction_zeros.BUGS
BUGS |= subtraction_columns.BUGS
BUGS |= subtraction_unborrowed.BUGS
