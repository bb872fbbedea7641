"""Subtraction: the bugs in how a column is answered. Each function answers one column of the paper.

A column that its definition leaves alone is answered rightly, after a right borrow if it needs one.
"""

from __future__ import annotations

from tests.second_writing.subtraction_paper import (
    EMPTY,
    Finished,
    Paper,
    by_columns,
    larger_less_smaller,
    rightly,
)
from tests.second_writing.subtraction_zeros import borrow_across_zero, borrow_from_zero, stops_borrow_at_zero
from tests.second_writing.whole_numbers import Bug, Stuck


def is_zero_over_number(paper: Paper, column: int) -> bool:
    """0 at this moment, printed or left by a borrow, over N > 0."""
    return paper.is_zero(column) and paper.under(column) > 0


def is_printed_zero_over_number(paper: Paper, column: int) -> bool:
    """A printed 0 that no borrow has changed, over N > 0."""
    return paper.is_unchanged(column, 0) and paper.under(column) > 0


def is_one_reduced_over_number(paper: Paper, column: int) -> bool:
    """A printed 1 that a borrow reduced to 0, over N > 0."""
    return paper.printed[column] == 1 and is_zero_over_number(paper, column)


def is_printed_equal_and_borrowed_from(paper: Paper, column: int) -> bool:
    return paper.printed[column] == paper.bottom[column] and column in paper.changed


def would_borrow_from_zero(paper: Paper, column: int) -> bool:
    return paper.too_small(column) and paper.is_zero(column + 1)


def borrow_from_zero_and_n_0_0(paper: Paper, column: int) -> int:
    return 0 if paper.bottom[column] == 0 else rightly(paper, column, borrow_from_zero)


def borrow_once_then_smaller_from_larger(paper: Paper, column: int) -> int:
    return larger_less_smaller(paper, column) if paper.borrows else rightly(paper, column)


def borrow_wont_recurse(paper: Paper, column: int) -> int:
    if would_borrow_from_zero(paper, column):
        raise Finished
    return rightly(paper, column)


def copy_top_in_last_column_if_borrow(paper: Paper, column: int) -> int:
    if column == paper.leftmost and column in paper.changed:
        return paper.top[column]
    return rightly(paper, column)


def diff_0_n_0(paper: Paper, column: int) -> int:
    return 0 if is_zero_over_number(paper, column) else rightly(paper, column)


def diff_0_n_0_and_move_over_zero(paper: Paper, column: int) -> int:
    return 0 if is_zero_over_number(paper, column) else rightly(paper, column, borrow_across_zero)


def diff_0_n_n(paper: Paper, column: int) -> int:
    return paper.under(column) if is_zero_over_number(paper, column) else rightly(paper, column)


def diff_0_n_n_and_move_over_zero(paper: Paper, column: int) -> int:
    if is_zero_over_number(paper, column):
        return paper.under(column)
    return rightly(paper, column, borrow_across_zero)


def diff_0_n_n_and_stops_at_zero(paper: Paper, column: int) -> int:
    if is_zero_over_number(paper, column):
        return paper.under(column)
    return rightly(paper, column, stops_borrow_at_zero)


def diff_0_n_n_when_borrow_from_zero(paper: Paper, column: int) -> int:
    if is_zero_over_number(paper, column) and paper.is_zero(column + 1):
        return paper.under(column)
    return rightly(paper, column)


def diff_1_n_1(paper: Paper, column: int) -> int:
    is_one_over_more = paper.top[column] == 1 and paper.under(column) > 1
    return 1 if is_one_over_more else rightly(paper, column)


def diff_n_0_0(paper: Paper, column: int) -> int:
    return 0 if paper.bottom[column] == 0 else rightly(paper, column)


def diff_n_n_n(paper: Paper, column: int) -> int:
    is_equal = paper.top[column] == paper.bottom[column]
    return paper.top[column] if is_equal else rightly(paper, column)


def dont_write_zero(paper: Paper, column: int) -> int | str:
    return rightly(paper, column) or EMPTY


def ignore_leftmost_one_over_blank(paper: Paper, column: int) -> int | str:
    answer = rightly(paper, column)
    is_leading_one = column == paper.leftmost and paper.printed[column] == 1
    return EMPTY if is_leading_one and paper.is_blank(column) else answer


def ignore_zero_over_blank(paper: Paper, column: int) -> int | str:
    answer = rightly(paper, column)
    return EMPTY if paper.printed[column] == 0 and paper.is_blank(column) else answer


def n_n_1_after_borrow(paper: Paper, column: int) -> int:
    return 1 if is_printed_equal_and_borrowed_from(paper, column) else rightly(paper, column)


def n_n_9_plus_decrement(paper: Paper, column: int) -> int:
    is_equal = paper.top[column] == paper.bottom[column]
    if is_equal and column != paper.leftmost:
        paper.change(column + 1, paper.now(column + 1) - 1)
        return 9
    return rightly(paper, column)


def one_one_0_after_borrow(paper: Paper, column: int) -> int:
    is_one_over_one = paper.printed[column] == 1 and is_printed_equal_and_borrowed_from(paper, column)
    return 0 if is_one_over_one else rightly(paper, column)


def one_one_1_after_borrow(paper: Paper, column: int) -> int:
    is_one_over_one = paper.printed[column] == 1 and is_printed_equal_and_borrowed_from(paper, column)
    return 1 if is_one_over_one else rightly(paper, column)


def quit_when_bottom_blank(paper: Paper, column: int) -> int:
    if paper.is_blank(column):
        raise Finished
    return rightly(paper, column)


def sfl_instead_of_borrow_from_zero(paper: Paper, column: int) -> int:
    if would_borrow_from_zero(paper, column):
        return larger_less_smaller(paper, column)
    return rightly(paper, column)


def sfl_with_borrow(paper: Paper, column: int) -> int:
    answer = larger_less_smaller(paper, column)
    rightly(paper, column)
    return answer


def simple_problem_stutter_subtract(paper: Paper, column: int) -> int:
    has_one_bottom_digit = paper.columns == 1 or paper.is_blank(1)
    return stutter_subtract(paper, column) if has_one_bottom_digit else rightly(paper, column)


def stutter_subtract(paper: Paper, column: int) -> int:
    if not paper.is_blank(column):
        return rightly(paper, column)
    leftmost_bottom = next(digit for digit in reversed(paper.bottom) if digit is not None)
    if paper.top[column] < leftmost_bottom:
        return paper.top[column]
    return paper.top[column] - leftmost_bottom


def sub_one_over_blank(paper: Paper, column: int) -> int:
    if not paper.is_blank(column):
        return rightly(paper, column)
    if paper.top[column] == 0:
        raise Stuck
    return paper.top[column] - 1


def treat_top_zero_as_nine(paper: Paper, column: int) -> int:
    if is_printed_zero_over_number(paper, column):
        return 9 - paper.under(column)
    return rightly(paper, column)


def treat_top_zero_as_ten(paper: Paper, column: int) -> int:
    if is_printed_zero_over_number(paper, column):
        return 10 - paper.under(column)
    return rightly(paper, column)


def zero_after_borrow(paper: Paper, column: int) -> int:
    needed_a_borrow = paper.too_small(column)
    answer = rightly(paper, column)
    return 0 if needed_a_borrow else answer


def zero_instead_of_borrow_from_zero(paper: Paper, column: int) -> int:
    return 0 if would_borrow_from_zero(paper, column) else rightly(paper, column)


def zero_n_0_after_borrow(paper: Paper, column: int) -> int:
    return 0 if is_one_reduced_over_number(paper, column) else rightly(paper, column)


def zero_n_0_except_after_borrow(paper: Paper, column: int) -> int:
    return 0 if is_printed_zero_over_number(paper, column) else rightly(paper, column)


def zero_n_n_after_borrow(paper: Paper, column: int) -> int:
    return paper.under(column) if is_one_reduced_over_number(paper, column) else rightly(paper, column)


def zero_n_n_except_after_borrow(paper: Paper, column: int) -> int:
    return paper.under(column) if is_printed_zero_over_number(paper, column) else rightly(paper, column)


BUGS: dict[str, Bug] = {
    f"subtraction.{answer.__name__}": by_columns(answer)
    for answer in (
        borrow_from_zero_and_n_0_0,
        borrow_once_then_smaller_from_larger,
        borrow_wont_recurse,
        copy_top_in_last_column_if_borrow,
        diff_0_n_0,
        diff_0_n_0_and_move_over_zero,
        diff_0_n_n,
        diff_0_n_n_and_move_over_zero,
        diff_0_n_n_and_stops_at_zero,
        diff_0_n_n_when_borrow_from_zero,
        diff_1_n_1,
        diff_n_0_0,
        diff_n_n_n,
        dont_write_zero,
        ignore_leftmost_one_over_blank,
        ignore_zero_over_blank,
        n_n_1_after_borrow,
        n_n_9_plus_decrement,
        one_one_0_after_borrow,
        one_one_1_after_borrow,
        quit_when_bottom_blank,
        sfl_instead_of_borrow_from_zero,
        sfl_with_borrow,
        simple_problem_stutter_subtract,
        stutter_subtract,
        sub_one_over_blank,
        treat_top_zero_as_nine,
        treat_top_zero_as_ten,
        zero_after_borrow,
        zero_instead_of_borrow_from_zero,
        zero_n_0_after_borrow,
        zero_n_0_except_after_borrow,
        zero_n_n_after_borrow,
        zero_n_n_except_after_borrow,
    )
}
