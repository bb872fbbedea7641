"""Subtraction: the bugs in how a column borrows. Each function is what the student does to borrow.

`column` is the column that is too small; "the next column" is the one to its left. A definition that speaks
of the next digit speaks of that one only: what lies beyond is borrowed from rightly.
"""

from __future__ import annotations

from tests.second_writing.subtraction_paper import Paper, by_borrowing, right_borrow
from tests.second_writing.whole_numbers import Bug, Stuck


def add_borrow_decrement(paper: Paper, column: int) -> None:
    paper.change(column + 1, paper.now(column + 1) + 1)
    paper.add(column)


def always_borrow_left(paper: Paper, column: int) -> None:
    if column >= paper.leftmost:
        raise Stuck
    paper.change(paper.leftmost, paper.top[paper.leftmost] - 1)
    paper.add(column)


def borrow_across_top_smaller_decrementing_to(paper: Paper, column: int) -> None:
    if paper.has(column + 2) and paper.too_small(column + 1):
        paper.take_one(column + 2)
        paper.change(column + 1, paper.top[column + 1] + 10)
        paper.add(column, 9)
    else:
        right_borrow(paper, column)


def borrow_dont_decrement_top_smaller(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    for zero in zeros:
        paper.change(zero, 9)
    first = column + 1 + len(zeros)
    if not paper.too_small(first):
        paper.take_one(first)
    paper.add(column)


def borrow_dont_decrement_unless_bottom_smaller(paper: Paper, column: int) -> None:
    zeros = paper.zeros_from(column + 1)
    for zero in zeros:
        paper.change(zero, 9)
    first = column + 1 + len(zeros)
    if paper.under(first) < paper.top[first]:
        paper.take_one(first)
    paper.add(column)


def borrow_from_larger(paper: Paper, column: int) -> None:
    source = column + 1
    if paper.has(source) and paper.too_small(source):
        paper.bottom[source] = paper.under(source) - 1
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_from_one_is_nine(paper: Paper, column: int) -> None:
    if paper.is_unchanged(column + 1, 1):
        paper.change(column + 1, 9)
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_from_one_is_ten(paper: Paper, column: int) -> None:
    if paper.is_unchanged(column + 1, 1):
        paper.change(column + 1, 10)
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_into_one_is_ten(paper: Paper, column: int) -> None:
    was_one = paper.top[column] == 1
    paper.take_one(column + 1)
    paper.add(column, 9 if was_one else 10)


def borrow_no_decrement(paper: Paper, column: int) -> None:
    paper.only_add_ten(column)


def borrow_no_decrement_except_last(paper: Paper, column: int) -> None:
    if column + 1 == paper.leftmost:
        right_borrow(paper, column)
    else:
        paper.only_add_ten(column)


def borrow_once_without_recurse(paper: Paper, column: int) -> None:
    if paper.borrows == 0:
        source = column + 1
        paper.change(source, 9 if paper.now(source) == 0 else paper.now(source) - 1)
    paper.only_add_ten(column)


def borrow_only_from_top_smaller(paper: Paper, column: int) -> None:
    # A 0 that is smaller than its bottom digit is borrowed from as a 0 is rightly.
    to_the_left = range(column + 1, paper.leftmost + 1)
    smaller = [source for source in to_the_left if paper.too_small(source)]
    paper.take_one(smaller[0] if smaller else column + 1)
    paper.add(column)


def borrow_skip_equal(paper: Paper, column: int) -> None:
    source = column + 1
    while paper.now(source) == paper.bottom[source]:
        source += 1
    paper.take_one(source)
    paper.add(column)


def borrow_ten_plus_next_digit_into_zero(paper: Paper, column: int) -> None:
    next_digit = paper.now(column + 1)
    into_zero = paper.top[column] == 0
    paper.take_one(column + 1)
    paper.add(column, 10 + next_digit if into_zero else 10)


def borrow_treat_one_as_zero(paper: Paper, column: int) -> None:
    if paper.is_unchanged(column + 1, 1):
        paper.take_one(column + 2)
        paper.change(column + 1, 9)
        paper.add(column)
    else:
        right_borrow(paper, column)


def borrow_unit_diff(paper: Paper, column: int) -> None:
    missing = paper.under(column) - paper.top[column]
    paper.change(column + 1, paper.now(column + 1) - missing)
    paper.add(column, missing)


def borrowed_from_dont_borrow(paper: Paper, column: int) -> None:
    if column in paper.changed:
        paper.only_add_ten(column)
    else:
        right_borrow(paper, column)


def decrement_by_two_over_two(paper: Paper, column: int) -> None:
    source = column + 1
    paper.take_one(source)
    if paper.bottom[source] == 2:
        paper.change(source, paper.top[source] - 1)
    paper.add(column)


def decrement_on_first_borrow(paper: Paper, column: int) -> None:
    paper.take_one(column + 1)
    paper.add(column, 9 if paper.borrows == 0 else 10)


BUGS: dict[str, Bug] = {
    f"subtraction.{borrow.__name__}": by_borrowing(borrow)
    for borrow in (
        add_borrow_decrement,
        always_borrow_left,
        borrow_across_top_smaller_decrementing_to,
        borrow_dont_decrement_top_smaller,
        borrow_dont_decrement_unless_bottom_smaller,
        borrow_from_larger,
        borrow_from_one_is_nine,
        borrow_from_one_is_ten,
        borrow_into_one_is_ten,
        borrow_no_decrement,
        borrow_no_decrement_except_last,
        borrow_once_without_recurse,
        borrow_only_from_top_smaller,
        borrow_skip_equal,
        borrow_ten_plus_next_digit_into_zero,
        borrow_treat_one_as_zero,
        borrow_unit_diff,
        borrowed_from_dont_borrow,
        decrement_by_two_over_two,
        decrement_on_first_borrow,
    )
}
