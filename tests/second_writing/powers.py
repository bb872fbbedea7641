"""Second writing of the bugs with powers and roots, from their definitions alone.

What the definitions leave open, and what is chosen here:

- "Other powers are right": a product or a quotient of two powers of one base, and a power of a power, is
  written as one power first, as taught, and that power is worked out in the student's way; so are the
  powers of a sum, of two bases and of a bracket. But a student who takes every power for a product has
  no use for a law: each power is worked out on its own. A root has no power in it: no answer.
- A product, a quotient and a sum of `a^m` and `a^n` want one base; with two the work is right.
- A value that is no whole number is a fraction in lowest terms, but for the bug that writes decimals:
  that one has no answer where its decimal would not end.
- 0 to a power that is not positive, and a division by 0, are no answer.
- `(a + b)^2`: a higher exponent is taken to each term too; with 0 and 1 the work is right.
- A root of a difference is a root of a number (halved from its value), but no root of a sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from tests.second_writing.written import as_decimal, as_fraction, plain

POWER = r"(\d+)\^\(?(-?\d+)\)?"
PowerRule = Callable[[Fraction, int], Fraction | None]


class Pair(NamedTuple):
    """Two powers, and the sign between them."""

    base: int
    exponent: int
    sign: str
    second_base: int
    second_exponent: int


def single(problem: str) -> tuple[int, int] | None:
    """Base and exponent of `2^3`."""
    found = re.fullmatch(POWER, plain(problem))
    return None if found is None else (int(found[1]), int(found[2]))


def pair(problem: str) -> Pair | None:
    """`2^3 + 2^2` taken apart."""
    found = re.fullmatch(rf"{POWER} ([-+*÷]) {POWER}", plain(problem))
    if found is None:
        return None
    return Pair(int(found[1]), int(found[2]), found[3], int(found[4]), int(found[5]))


def same_base(problem: str, sign: str) -> tuple[int, int, int] | None:
    """Base and both exponents, if this sign stands between two powers of one base."""
    found = pair(problem)
    if found is None or found.sign != sign or found.base != found.second_base:
        return None
    return found.base, found.exponent, found.second_exponent


def power_of_power(problem: str) -> tuple[int, int, int] | None:
    """Base, inner and outer exponent of `(2^3)^2`."""
    found = re.fullmatch(rf"\({POWER}\)\^\(?(-?\d+)\)?", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def power_of_bracket(problem: str) -> tuple[int, str, int, int] | None:
    """Both terms, the sign between them and the exponent of `(3 + 4)^2`."""
    found = re.fullmatch(r"\((\d+) ([-+]) (\d+)\)\^\(?(-?\d+)\)?", plain(problem))
    return None if found is None else (int(found[1]), found[2], int(found[3]), int(found[4]))


def root(problem: str) -> list[int] | None:
    """The terms under the root, those that are subtracted with their minus."""
    found = re.fullmatch(r"sqrt\((\d+(?: [-+] \d+)*)\)", plain(problem))
    if found is None:
        return None
    return [int(term) for term in re.findall(r"-?\d+", found[1].replace("- ", "-"))]


def right_power(base: Fraction, exponent: int) -> Fraction | None:
    if base == 0 and exponent <= 0:
        return None
    return base**exponent


def by_law(problem: str) -> tuple[int, int] | None:
    """Base and exponent of the one power that a product, a quotient or a power of powers is."""
    if (times := same_base(problem, "*")) is not None:
        return times[0], times[1] + times[2]
    if (over := same_base(problem, "÷")) is not None:
        return over[0], over[1] - over[2]
    if (nested := power_of_power(problem)) is not None:
        return nested[0], nested[1] * nested[2]
    return None


def worked_by_law(problem: str, power: PowerRule) -> Fraction | None:
    """As `worked_with`, after the laws of exponents."""
    one = by_law(problem)
    return worked_with(problem, power) if one is None else power(Fraction(one[0]), one[1])


def worked_with(problem: str, power: PowerRule) -> Fraction | None:
    """The value of a problem, every power in it worked out by this rule and the rest rightly."""
    if (one := single(problem)) is not None:
        return power(Fraction(one[0]), one[1])
    if (found := pair(problem)) is not None:
        first = power(Fraction(found.base), found.exponent)
        second = power(Fraction(found.second_base), found.second_exponent)
        return joined(first, found.sign, second)
    if (nested := power_of_power(problem)) is not None:
        inner = power(Fraction(nested[0]), nested[1])
        return None if inner is None else power(inner, nested[2])
    if (bracket := power_of_bracket(problem)) is not None:
        first_term, sign, second_term, exponent = bracket
        inside = first_term + second_term if sign == "+" else first_term - second_term
        return power(Fraction(inside), exponent)
    return None


def joined(first: Fraction | None, sign: str, second: Fraction | None) -> Fraction | None:
    if first is None or second is None or (sign == "÷" and second == 0):
        return None
    if sign == "+":
        return first + second
    if sign == "-":
        return first - second
    return first * second if sign == "*" else first / second


def right(problem: str) -> str | None:
    if (terms := root(problem)) is not None:
        value = sum(terms)
        return str(isqrt(value)) if value >= 0 and isqrt(value) ** 2 == value else None
    return written(worked_with(problem, right_power))


def written(value: Fraction | None) -> str | None:
    return None if value is None else as_fraction(value)


def right_if(problem: str, sign: str) -> str | None:
    """The right answer to two powers with this sign between them; None for any other problem."""
    found = pair(problem)
    return right(problem) if found is not None and found.sign == sign else None


def base_times_exponent(problem: str) -> str | None:
    def power(base: Fraction, exponent: int) -> Fraction | None:
        return None if exponent < 0 else base * exponent

    return written(worked_with(problem, power))


def negative_exponent_negative(problem: str) -> str | None:
    def power(base: Fraction, exponent: int) -> Fraction | None:
        return -(base**-exponent) if exponent < 0 else right_power(base, exponent)

    return written(worked_by_law(problem, power))


def negative_exponent_scientific(problem: str) -> str | None:
    shifts = []

    def power(base: Fraction, exponent: int) -> Fraction | None:
        if exponent >= 0:
            return right_power(base, exponent)
        shifts.append(exponent)
        return base * Fraction(10) ** exponent

    value = worked_by_law(problem, power)
    if value is None or not shifts:
        return written(value)
    return as_decimal(value)


def power_of_power_adds(problem: str) -> str | None:
    parts = power_of_power(problem)
    if parts is None:
        return None
    base, inner, outer = parts
    return written(right_power(Fraction(base), inner + outer))


def product_multiplies_bases(problem: str) -> str | None:
    parts = same_base(problem, "*")
    if parts is None:
        return right_if(problem, "*")
    base, first, second = parts
    return written(right_power(Fraction(base * base), first + second))


def product_multiplies_exponents(problem: str) -> str | None:
    parts = same_base(problem, "*")
    if parts is None:
        return right_if(problem, "*")
    base, first, second = parts
    return written(right_power(Fraction(base), first * second))


def quotient_divides_exponents(problem: str) -> str | None:
    parts = same_base(problem, "÷")
    if parts is None:
        return right_if(problem, "÷")
    base, first, second = parts
    if second == 0 or first % second != 0:
        return None
    return written(right_power(Fraction(base), first // second))


def sqrt_halves(problem: str) -> str | None:
    terms = root(problem)
    if terms is None:
        return None
    value = sum(terms)
    return None if value % 2 != 0 or value < 0 else str(value // 2)


def sqrt_of_sum_distributes(problem: str) -> str | None:
    terms = root(problem)
    if terms is None or len(terms) < 2:
        return None
    if any(term < 0 or isqrt(term) ** 2 != term for term in terms):
        return None
    return str(sum(isqrt(term) for term in terms))


def square_of_sum(problem: str) -> str | None:
    parts = power_of_bracket(problem)
    if parts is None:
        return None
    first, sign, second, exponent = parts
    if exponent < 2:
        return right(problem)
    terms = first**exponent, second**exponent
    return str(terms[0] + terms[1]) if sign == "+" else str(terms[0] - terms[1])


def sum_adds_exponents(problem: str) -> str | None:
    parts = same_base(problem, "+")
    if parts is None:
        return right_if(problem, "+")
    base, first, second = parts
    return written(right_power(Fraction(base), first + second))


def zero_exponent_base(problem: str) -> str | None:
    def power(base: Fraction, exponent: int) -> Fraction | None:
        return base if exponent == 0 else right_power(base, exponent)

    return written(worked_by_law(problem, power))


def zero_exponent_zero(problem: str) -> str | None:
    def power(base: Fraction, exponent: int) -> Fraction | None:
        return Fraction(0) if exponent == 0 else right_power(base, exponent)

    return written(worked_by_law(problem, power))


BUGS: dict[str, Callable[[str], str | None]] = {
    f"powers.{procedure.__name__}": procedure
    for procedure in (
        base_times_exponent,
        negative_exponent_negative,
        negative_exponent_scientific,
        power_of_power_adds,
        product_multiplies_bases,
        product_multiplies_exponents,
        quotient_divides_exponents,
        sqrt_halves,
        sqrt_of_sum_distributes,
        square_of_sum,
        sum_adds_exponents,
        zero_exponent_base,
        zero_exponent_zero,
    )
}
