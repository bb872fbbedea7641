"""Addition: the bugs, written from their definitions."""

from __future__ import annotations

from itertools import zip_longest

from tests.second_writing.whole_numbers import (
    Bug,
    digits_from_ones,
    ones_and_carry,
    read,
    without_leading_zeros,
    written,
)


def right(problem: str) -> str:
    """The right answer."""
    return str(sum(int(number) for number in read(problem, "+")))


def columns(problem: str) -> list[list[int | None]]:
    """The columns from the ones on; a number that is too short has None there."""
    numbers = [digits_from_ones(number) for number in read(problem, "+")]
    return [list(column) for column in zip_longest(*numbers)]


def sums(problem: str) -> list[int]:
    """The sum of each column from the ones on, with no carries."""
    return [sum(digit or 0 for digit in column) for column in columns(problem)]


def has_two_addends(problem: str) -> bool:
    return len(read(problem, "+")) == 2


def all_digits(problem: str) -> str | None:
    return str(sum(sums(problem)))


def carry_always_one(problem: str) -> str | None:
    answer = []
    carry = 0
    for column_sum in sums(problem):
        total = column_sum + carry
        answer.append(total % 10)
        carry = 1 if total >= 10 else 0
    return written([*answer, carry])


def carry_skips_column(problem: str) -> str | None:
    # Carries that go beyond the leftmost column land on empty columns, which count as 0.
    totals = sums(problem)
    column = 0
    while column < len(totals):
        totals[column], carry = ones_and_carry(totals[column])
        if carry:
            totals += [0] * (column + 3 - len(totals))
            totals[column + 2] += carry
        column += 1
    return written(totals)


def carry_when_not_needed(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    *others, leftmost = sums(problem)
    answer = []
    carry = 0
    for column_sum in others:
        answer.append((column_sum + carry) % 10)
        carry = 1
    return written([*answer, leftmost + carry])


def final_carry_dropped(problem: str) -> str | None:
    width = len(columns(problem))
    return without_leading_zeros(right(problem)[-width:])


def left_aligned(problem: str) -> str | None:
    numbers = read(problem, "+")
    width = max(len(number) for number in numbers)
    return str(sum(int(number.ljust(width, "0")) for number in numbers))


def left_to_right(problem: str) -> str | None:
    ones, *others = sums(problem)
    answer = ""
    carry = 0
    for column_sum in reversed(others):
        digit, carry = ones_and_carry(column_sum + carry)
        answer += str(digit)
    return without_leading_zeros(answer + str(ones + carry))


def multiply_instead(problem: str) -> str | None:
    # "The two numbers": with three addends there is nothing that the definition says.
    if not has_two_addends(problem):
        return None
    first, second = read(problem, "+")
    return str(int(first) * int(second))


def no_carry(problem: str) -> str | None:
    return written([column_sum % 10 for column_sum in sums(problem)])


def no_carry_over_blank(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    shorter, longer = sorted(read(problem, "+"), key=len)
    if len(shorter) == len(longer):
        return None
    copied, beside = longer[: -len(shorter)], longer[-len(shorter) :]
    total = str(int(beside) + int(shorter)).zfill(len(shorter))
    return without_leading_zeros(copied + total[-len(shorter) :])


def record_tens_carry_ones(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    answer = []
    carry = 0
    for column_sum in sums(problem):
        total = column_sum + carry
        if total >= 10:
            carry, digit = ones_and_carry(total)
        else:
            carry, digit = 0, total
        answer.append(digit)
    return written([*answer, carry])


def single_digit_to_every_column(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    shorter, longer = sorted(read(problem, "+"), key=len)
    if len(shorter) != 1 or len(longer) == 1:
        return None
    return str(int(longer) + int(shorter * len(longer)))


def subtract_carry(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    *others, leftmost = sums(problem)
    answer = []
    carry = 0
    for column_sum in others:
        total = column_sum - carry
        if total < 0:
            return None
        digit, carry = ones_and_carry(total)
        answer.append(digit)
    if leftmost < carry:
        return None
    return written([*answer, leftmost - carry])


def subtract_instead(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    first, second = (int(number) for number in read(problem, "+"))
    return str(abs(first - second))


def write_both_digits(problem: str) -> str | None:
    return written(sums(problem))


def zero_absorbs(problem: str) -> str | None:
    if not has_two_addends(problem):
        return None
    answer = []
    carry = 0
    for first, second in columns(problem):
        total = 0 if 0 in (first, second) else (first or 0) + (second or 0)
        digit, carry = ones_and_carry(total + carry)
        answer.append(digit)
    return written([*answer, carry])


BUGS: dict[str, Bug] = {
    f"addition.{bug.__name__}": bug
    for bug in (
        all_digits,
        carry_always_one,
        carry_skips_column,
        carry_when_not_needed,
        final_carry_dropped,
        left_aligned,
        left_to_right,
        multiply_instead,
        no_carry,
        no_carry_over_blank,
        record_tens_carry_ones,
        single_digit_to_every_column,
        subtract_carry,
        subtract_instead,
        write_both_digits,
        zero_absorbs,
    )
}
