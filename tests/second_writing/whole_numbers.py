"""What the four whole-number topics share: reading a problem, columns, and writing an answer down."""

from __future__ import annotations

from collections.abc import Callable

Bug = Callable[[str], str | None]

TIMES = "\N{MULTIPLICATION SIGN}"
DIVIDED_BY = "\N{DIVISION SIGN}"


class Stuck(Exception):
    """The student cannot go on, and there is no answer."""


def read(problem: str, sign: str) -> list[str]:
    """The numbers of the problem as they are printed, from left to right."""
    return problem.split(f" {sign} ")


def digits_from_ones(number: str) -> list[int]:
    """The digits of the number, the ones first: '503' gives [3, 0, 5]."""
    return [int(digit) for digit in reversed(number)]


def ones_and_carry(total: int) -> tuple[int, int]:
    """What is written below a column and what is carried: 23 gives (3, 2)."""
    return total % 10, total // 10


def written(pieces_from_ones: list[int]) -> str:
    """The answer whose columns hold these numbers, the ones first. Leading zeros are not written."""
    return without_leading_zeros("".join(str(piece) for piece in reversed(pieces_from_ones)))


def without_leading_zeros(digits: str) -> str:
    """'0079' gives '79', '000' gives '0'."""
    return digits.lstrip("0") or "0"
