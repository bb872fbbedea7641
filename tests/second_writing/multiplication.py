"""Multiplication: the bugs, written from their definitions.

The second factor is the multiplier, also when it is the longer one; but if only the first has one digit, the
first is: the student writes it below the other.
"""

from __future__ import annotations

from tests.second_writing.whole_numbers import (
    TIMES,
    Bug,
    digits_from_ones,
    ones_and_carry,
    read,
    without_leading_zeros,
    written,
)


def right(problem: str) -> str:
    """The right answer."""
    first, second = factors(problem)
    return str(int(first) * int(second))


def factors(problem: str) -> tuple[str, str]:
    first, second = read(problem, TIMES)
    return first, second


def as_written_below(problem: str) -> tuple[str, str]:
    """The number above and the multiplier below it."""
    first, second = factors(problem)
    return (second, first) if len(first) == 1 else (first, second)


def lengths(problem: str) -> tuple[int, int]:
    """How many digits the number above and the multiplier have."""
    above, multiplier = as_written_below(problem)
    return len(above), len(multiplier)


def number_and_one_digit(problem: str) -> tuple[list[int], int] | None:
    """The digits of the number above from the ones on, and the multiplier if it has one digit."""
    above, multiplier = as_written_below(problem)
    return (digits_from_ones(above), int(multiplier)) if len(multiplier) == 1 else None


def number_and_digits(problem: str) -> tuple[int, str] | None:
    """The number above, and the multiplier if it has two or more digits."""
    above, multiplier = as_written_below(problem)
    return (int(above), multiplier) if len(multiplier) > 1 else None


def add_instead(problem: str) -> str | None:
    first, second = factors(problem)
    return str(int(first) + int(second))


def carry_added_before(problem: str) -> str | None:
    if (case := number_and_one_digit(problem)) is None:
        return None
    (*others, leftmost), multiplier = case
    answer = []
    carry = 0
    for digit in others:
        ones, carry = ones_and_carry((digit + carry) * multiplier)
        answer.append(ones)
    return written([*answer, (leftmost + carry) * multiplier])


def carry_omitted(problem: str) -> str | None:
    if (case := number_and_one_digit(problem)) is None:
        return None
    (*others, leftmost), multiplier = case
    return written([*(digit * multiplier % 10 for digit in others), leftmost * multiplier])


def column_by_column(problem: str) -> str | None:
    first, second = (digits_from_ones(factor) for factor in factors(problem))
    if len(second) < 2 or len(second) > len(first):
        return None
    answer = []
    carry = 0
    for column, digit in enumerate(first):
        multiplier = second[column] if column < len(second) else second[-1]
        ones, carry = ones_and_carry(digit * multiplier + carry)
        answer.append(ones)
    return written([*answer, carry])


def last_partial_only(problem: str) -> str | None:
    if (case := number_and_digits(problem)) is None:
        return None
    above, multiplier = case
    return str(above * int(multiplier[0]) * 10 ** (len(multiplier) - 1))


def multiplies_by_carry(problem: str) -> str | None:
    if lengths(problem) != (2, 1):
        return None
    above, multiplier = as_written_below(problem)
    ones, carry = ones_and_carry(int(above[1]) * int(multiplier))
    tens = int(above[0]) * int(multiplier)
    return written([ones, tens * carry if carry else tens])


def only_corresponding_digits(problem: str) -> str | None:
    if lengths(problem) != (2, 2):
        return None
    first, second = factors(problem)
    return str(100 * int(first[0]) * int(second[0]) + int(first[1]) * int(second[1]))


def partial_distribution(problem: str) -> str | None:
    if lengths(problem) != (2, 1):
        return None
    two_digits, one_digit = as_written_below(problem)
    tens, ones = 10 * int(two_digits[0]), int(two_digits[1])
    return str(int(one_digit) * tens + ones)


def partial_not_shifted(problem: str) -> str | None:
    if (case := number_and_digits(problem)) is None:
        return None
    above, multiplier = case
    return str(sum(above * int(digit) for digit in multiplier))


def zeros_of_power_of_ten(factor: str) -> int:
    """How many zeros the power of ten has; 0 for any other number, and for 1."""
    return len(factor) - 1 if factor == "1" + "0" * (len(factor) - 1) else 0


def power_of_ten_one_zero_short(problem: str) -> str | None:
    first, second = factors(problem)
    zeros = zeros_of_power_of_ten(second)
    return without_leading_zeros(first + "0" * (zeros - 1)) if zeros else None


def power_of_ten_zeros_omitted(problem: str) -> str | None:
    first, second = factors(problem)
    return first if zeros_of_power_of_ten(second) else None


def record_tens_carry_ones(problem: str) -> str | None:
    if (case := number_and_one_digit(problem)) is None:
        return None
    (*others, leftmost), multiplier = case
    answer = []
    carry = 0
    for digit in others:
        product = digit * multiplier + carry
        if product >= 10:
            carry, digit_written = ones_and_carry(product)
        else:
            carry, digit_written = 0, product
        answer.append(digit_written)
    return written([*answer, leftmost * multiplier + carry])


def reuses_old_carry(problem: str) -> str | None:
    if lengths(problem) != (2, 2):
        return None
    first, second = factors(problem)
    ones, tens = int(first[1]), int(first[0])
    first_row = int(first) * int(second[1])
    old_carry = ones * int(second[1]) // 10
    second_row = (tens * int(second[0]) + old_carry) * 10 + ones * int(second[0]) % 10
    return str(first_row + second_row * 10)


def skips_zero_in_multiplier(problem: str) -> str | None:
    if (case := number_and_digits(problem)) is None:
        return None
    above, multiplier = case
    return str(above * int(multiplier.replace("0", "")))


def are_table_facts(problem: str) -> bool:
    return all(len(factor) == 1 and int(factor) >= 2 for factor in factors(problem))


def table_entry_after(problem: str) -> str | None:
    first, second = factors(problem)
    return str((int(first) + 1) * int(second)) if are_table_facts(problem) else None


def table_entry_before(problem: str) -> str | None:
    first, second = factors(problem)
    return str(int(first) * (int(second) - 1)) if are_table_facts(problem) else None


def write_both_digits(problem: str) -> str | None:
    if (case := number_and_one_digit(problem)) is None:
        return None
    digits, multiplier = case
    return written([digit * multiplier for digit in digits])


def zero_times_n_is_n(problem: str) -> str | None:
    if (case := number_and_one_digit(problem)) is None:
        return None
    digits, multiplier = case
    answer = []
    carry = 0
    for digit in digits:
        product = digit + multiplier if 0 in (digit, multiplier) else digit * multiplier
        ones, carry = ones_and_carry(product + carry)
        answer.append(ones)
    return written([*answer, carry])


BUGS: dict[str, Bug] = {
    f"multiplication.{bug.__name__}": bug
    for bug in (
        add_instead,
        carry_added_before,
        carry_omitted,
        column_by_column,
        last_partial_only,
        multiplies_by_carry,
        only_corresponding_digits,
        partial_distribution,
        partial_not_shifted,
        power_of_ten_one_zero_short,
        power_of_ten_zeros_omitted,
        record_tens_carry_ones,
        reuses_old_carry,
        skips_zero_in_multiplier,
        table_entry_after,
        table_entry_before,
        write_both_digits,
        zero_times_n_is_n,
    )
}
