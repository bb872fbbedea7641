"""Subtraction: the bugs in how a column borrows from a 0. Each function is what the student does to borrow.

`column` is the column that is too small. A top digit is 0 if it is so at this moment, printed or left by a
borrow. A definition that speaks of the next digit speaks of that one only.
"""

from __future__ import annotations

from tests.second_writing.subtraction_paper import Paper, by_borrowing, right_borrow
from tests.second_writing.whole_numbers import Bug


def borrow_across_zero(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    paper.take_one(column + 1 + len(zeros))
    paper.add(column)


def borrow_across_zero_over_blank(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    for zero in zeros:
        if not paper.is_blank(zero):
            paper.change(zero, 9)
    paper.take_one(column + 1 + len(zeros))
    paper.add(column)


def borrow_across_zero_over_zero(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    for zero in zeros:
        if paper.bottom[zero] != 0:
            paper.change(zero, 9)
    paper.take_one(column + 1 + len(zeros))
    paper.add(column)


def borrow_add_decrement_instead_of_zero(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1):
        paper.change(column + 1, 1)
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_decrementing_to_by_extras(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    paper.take_one(column + 1)
    paper.add(column, 10 - len(zeros))


def borrow_from_all_zero(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    for zero in zeros:
        paper.change(zero, 9)
    if not zeros:
        paper.take_one(column + 1)
    paper.add(column)


def borrow_from_zero(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1):
        paper.change(column + 1, 9)
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_from_zero_is_ten(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1):
        paper.change(column + 1, 10)
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_from_zero_left_ten_ok(paper: Paper, column: int) -> None:
    is_left_ten = column + 2 == paper.leftmost and paper.top[paper.leftmost] == 1
    if is_left_ten:
        right_borrow(paper, column)
    else:
        borrow_from_zero(paper, column)


def decrement_all_on_multiple_zero(paper: Paper, column: int) -> None:
    over_zeros = paper.top[column] == 0 and paper.is_zero(column + 1)
    paper.take_one(column + 1)
    paper.add(column, 9 if over_zeros else 10)


def decrement_by_one_plus_zeros(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    for zero in zeros:
        paper.change(zero, 9)
    first = column + 1 + len(zeros)
    paper.change(first, paper.top[first] - 1 - len(zeros))
    paper.add(column)


def decrement_leftmost_zero_only(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    if len(zeros) >= 2:
        for zero in zeros:
            paper.change(zero, 9 if zero == zeros[-1] else 10)
        paper.add(column)
    else:
        right_borrow(paper, column)


def decrement_multiple_zeros_by_number_to_left(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    paper.take_one(column + 1)
    for count, zero in enumerate(reversed(zeros)):
        paper.change(zero, 9 - count)
    paper.add(column)


def decrement_multiple_zeros_by_number_to_right(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    paper.take_one(column + 1)
    for count, zero in enumerate(zeros):
        paper.change(zero, 9 - count)
    paper.add(column)


def dont_decrement_second_zero(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    paper.take_one(column + 1)
    for zero in zeros:
        paper.change(zero, 10 if paper.top[column] == 0 else 9)
    paper.add(column)


def dont_decrement_zero_over_blank(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1) and paper.is_blank(column + 1):
        paper.only_add_ten(column)
    else:
        right_borrow(paper, column)


def dont_decrement_zero_over_zero(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1) and paper.bottom[column + 1] == 0:
        paper.only_add_ten(column)
    else:
        right_borrow(paper, column)


def forget_borrow_over_blanks(paper: Paper, column: int) -> None:
    source = column + 1
    while paper.now(source) == 0 and not paper.is_blank(source):
        paper.change(source, 9)
        source += 1
    if not paper.is_blank(source):
        paper.take_one(source)
    paper.add(column)


def increment_zero_over_blank(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1) and paper.is_blank(column + 1):
        paper.change(column + 1, 1)
        paper.add(column)
    else:
        right_borrow(paper, column)


def stops_borrow_at_second_zero(paper: Paper, column: int) -> None:
    source = column + 1
    if paper.now(source) == 0:
        paper.change(source, 9)
        source += 1
    if paper.now(source) != 0:
        paper.take_one(source)
    paper.add(column)


def stops_borrow_at_zero(paper: Paper, column: int) -> None:
    if paper.is_zero(column + 1):
        paper.only_add_ten(column)
    else:
        right_borrow(paper, column)


BUGS: dict[str, Bug] = {
    f"subtraction.{borrow.__name__}": by_borrowing(borrow)
    for borrow in (
        borrow_across_zero,
        borrow_across_zero_over_blank,
        borrow_across_zero_over_zero,
        borrow_add_decrement_instead_of_zero,
        borrow_decrementing_to_by_extras,
        borrow_from_all_zero,
        borrow_from_zero,
        borrow_from_zero_is_ten,
        borrow_from_zero_left_ten_ok,
        decrement_all_on_multiple_zero,
        decrement_by_one_plus_zeros,
        decrement_leftmost_zero_only,
        decrement_multiple_zeros_by_number_to_left,
        decrement_multiple_zeros_by_number_to_right,
        dont_decrement_second_zero,
        dont_decrement_zero_over_blank,
        dont_decrement_zero_over_zero,
        forget_borrow_over_blanks,
        increment_zero_over_blank,
        stops_borrow_at_second_zero,
        stops_borrow_at_zero,
    )
}
