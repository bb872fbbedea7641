"""Subtraction: the bugs that never borrow. Each function answers one column of the paper."""

from __future__ import annotations

from tests.second_writing.subtraction_columns import is_zero_over_number
from tests.second_writing.subtraction_paper import (
    EMPTY,
    Finished,
    Paper,
    by_columns,
    difference,
    larger_less_smaller,
)
from tests.second_writing.whole_numbers import Bug, Stuck


def blank_instead_of_borrow(paper: Paper, column: int) -> int | str:
    return EMPTY if paper.too_small(column) else difference(paper, column)


def doesnt_borrow(paper: Paper, column: int) -> int:
    if paper.too_small(column):
        raise Finished
    return difference(paper, column)


def no_borrow_0nn_small_large_0(paper: Paper, column: int) -> int:
    if is_zero_over_number(paper, column):
        return paper.under(column)
    return 0 if paper.too_small(column) else difference(paper, column)


def sfl_and_diff_0_n_0(paper: Paper, column: int) -> int:
    return 0 if is_zero_over_number(paper, column) else larger_less_smaller(paper, column)


def sfl_and_sub_one_over_blank(paper: Paper, column: int) -> int:
    if paper.is_blank(column):
        paper.bottom[column] = 1
    return larger_less_smaller(paper, column)


def smaller_from_larger(paper: Paper, column: int) -> int:
    return larger_less_smaller(paper, column)


def sub_copy_least_bottom_most_top(paper: Paper, column: int) -> int:
    # With a top number that is too short, there is no leftmost top digit to copy in the leftmost column.
    if not paper.has(column):
        raise Stuck
    copies_top = column == paper.leftmost or paper.is_blank(column)
    return paper.top[column] if copies_top else paper.under(column)


def zero_instead_of_borrow(paper: Paper, column: int) -> int:
    return 0 if paper.too_small(column) else difference(paper, column)


BUGS: dict[str, Bug] = {
    f"subtraction.{answer.__name__}": by_columns(answer)
    for answer in (
        blank_instead_of_borrow,
        doesnt_borrow,
        no_borrow_0nn_small_large_0,
        sfl_and_diff_0_n_0,
        sfl_and_sub_one_over_blank,
        smaller_from_larger,
        sub_copy_least_bottom_most_top,
        zero_instead_of_borrow,
    )
}
