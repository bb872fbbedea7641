"""Division: the bugs, written from their definitions.

A dividend smaller than the divisor is answered as a fraction when it is answered rightly. A bug whose
definition speaks of the whole quotient or the remainder takes them as they are even then: 3 and 5 have the
quotient 0 and the remainder 3.
"""

from __future__ import annotations

from math import gcd

from tests.second_writing.whole_numbers import DIVIDED_BY, Bug, read, without_leading_zeros


def right(problem: str) -> str:
    """The right answer in its usual form."""
    dividend, divisor = dividend_and_divisor(problem)
    if 0 < dividend < divisor:
        common = gcd(dividend, divisor)
        return f"{dividend // common}/{divisor // common}"
    quotient, remainder = divmod(dividend, divisor)
    return with_remainder(str(quotient), remainder)


def dividend_and_divisor(problem: str) -> tuple[int, int]:
    dividend, divisor = read(problem, DIVIDED_BY)
    return int(dividend), int(divisor)


def with_remainder(quotient: str, remainder: int) -> str:
    return f"{quotient} r {remainder}" if remainder else quotient


def is_answered_as_fraction(problem: str) -> bool:
    dividend, divisor = dividend_and_divisor(problem)
    return 0 < dividend < divisor


def bring_down_omitted(problem: str) -> str | None:
    # It stops there, so that no remainder is written either.
    if is_answered_as_fraction(problem):
        return None
    dividend, divisor = dividend_and_divisor(problem)
    return str(dividend // divisor)[0]


def digit_by_digit(problem: str) -> str | None:
    dividend, divisor = read(problem, DIVIDED_BY)
    if len(dividend) != len(divisor) or len(divisor) < 2 or "0" in divisor:
        return None
    pairs = zip(dividend, divisor, strict=True)
    return without_leading_zeros("".join(str(int(above) // int(below)) for above, below in pairs))


def final_zero_omitted(problem: str) -> str | None:
    # A quotient that is 0 has no digit beside it; leaving it out would leave nothing, so it stays.
    dividend, divisor = dividend_and_divisor(problem)
    quotient, remainder = divmod(dividend, divisor)
    if quotient == 0 or quotient % 10:
        return right(problem)
    return with_remainder(str(quotient)[:-1], remainder)


def multiply_instead(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    return str(dividend * divisor)


def n_by_n_is_zero(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    return "0" if dividend == divisor else right(problem)


def partial_remainder_ignored(problem: str) -> str | None:
    dividend, divisor = read(problem, DIVIDED_BY)
    if len(divisor) != 1:
        return None
    return without_leading_zeros("".join(str(int(digit) // int(divisor)) for digit in dividend))


def quotient_zero_omitted(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    if dividend < divisor:
        return right(problem)
    quotient, remainder = divmod(dividend, divisor)
    before_final_zeros = str(quotient).rstrip("0")
    final_zeros = str(quotient)[len(before_final_zeros) :]
    return with_remainder(before_final_zeros.replace("0", "") + final_zeros, remainder)


def remainder_as_decimal(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    quotient, remainder = divmod(dividend, divisor)
    return f"{quotient}.{remainder}" if remainder else right(problem)


def remainder_dropped(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    return str(dividend // divisor)


def remainder_ge_divisor(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    quotient, remainder = divmod(dividend, divisor)
    if quotient < 2 or quotient % 10 == 0:
        return None
    return with_remainder(str(quotient - 1), remainder + divisor)


def reverses_quotient(problem: str) -> str | None:
    if is_answered_as_fraction(problem):
        return right(problem)
    dividend, divisor = dividend_and_divisor(problem)
    quotient, remainder = divmod(dividend, divisor)
    return with_remainder(without_leading_zeros(str(quotient)[::-1]), remainder)


def subtract_instead(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    return str(abs(dividend - divisor))


def swapped(problem: str) -> str | None:
    dividend, divisor = dividend_and_divisor(problem)
    if dividend >= divisor:
        return right(problem)
    if dividend == 0:
        return None
    quotient, remainder = divmod(divisor, dividend)
    return with_remainder(str(quotient), remainder)


BUGS: dict[str, Bug] = {
    f"division.{bug.__name__}": bug
    for bug in (
        bring_down_omitted,
        digit_by_digit,
        final_zero_omitted,
        multiply_instead,
        n_by_n_is_zero,
        partial_remainder_ignored,
        quotient_zero_omitted,
        remainder_as_decimal,
        remainder_dropped,
        remainder_ge_divisor,
        reverses_quotient,
        subtract_instead,
        swapped,
    )
}
