"""Second writing of the bugs with ratios and percentages, from their definitions alone.

What the definitions leave open, and what is chosen here:

- Numbers are worked out in decimals; one whose decimal does not end is a fraction in lowest terms.
- "The two given numbers": a percentage problem of one of the three kinds, with one number unknown.
  A ratio gives three numbers, and `80 less 20%` has nothing unknown: no answer.
- `B - p` is worked out rightly, also below 0.
- Up and down cancel when the percentages are the same; with different ones there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from tests.second_writing.written import as_decimal, as_fraction, plain

NUMBER = r"(\d+(?:\.\d+)?)"


def numbers_of(problem: str, form: str) -> list[Fraction] | None:
    found = re.fullmatch(form, plain(problem))
    return None if found is None else [Fraction(part) for part in found.groups()]


def ratio(problem: str) -> list[Fraction] | None:
    """The three terms of `2:3 = 4:x`."""
    return numbers_of(problem, rf"{NUMBER}:{NUMBER} = {NUMBER}:x")


def percent_of(problem: str) -> list[Fraction] | None:
    """Percentage and base of `25% of 80`."""
    return numbers_of(problem, rf"{NUMBER}% of {NUMBER}")


def base_unknown(problem: str) -> list[Fraction] | None:
    """Percentage and part of `15% of ? = 240`."""
    return numbers_of(problem, rf"{NUMBER}% of \? = {NUMBER}")


def percentage_unknown(problem: str) -> list[Fraction] | None:
    """Base and part of `?% of 40 = 28`."""
    return numbers_of(problem, rf"\?% of {NUMBER} = {NUMBER}")


def less(problem: str) -> list[Fraction] | None:
    """Base and percentage of `80 less 20%`."""
    return numbers_of(problem, rf"{NUMBER} less {NUMBER}%")


def plus_then_less(problem: str) -> list[Fraction] | None:
    """Base and both percentages of `100 plus 50% less 50%`."""
    return numbers_of(problem, rf"{NUMBER} plus {NUMBER}% less {NUMBER}%")


def decimal_or_fraction(value: Fraction) -> str:
    return as_decimal(value) or as_fraction(value)


def right(problem: str) -> str | None:
    if (terms := ratio(problem)) is not None:
        a, b, c = terms
        return None if a == 0 else decimal_or_fraction(b * c / a)
    if (given := percent_of(problem)) is not None:
        return as_decimal(given[0] * given[1] / 100)
    if (given := base_unknown(problem)) is not None:
        return None if given[0] == 0 else decimal_or_fraction(given[1] * 100 / given[0])
    if (given := percentage_unknown(problem)) is not None:
        return None if given[0] == 0 else decimal_or_fraction(given[1] * 100 / given[0]) + "%"
    if (given := less(problem)) is not None:
        return as_decimal(given[0] * (100 - given[1]) / 100)
    if (given := plus_then_less(problem)) is not None:
        return as_decimal(given[0] * (100 + given[1]) * (100 - given[2]) / 10000)
    return None


def additive(problem: str) -> str | None:
    terms = ratio(problem)
    if terms is None:
        return None
    a, b, c = terms
    answer = c + (b - a)
    return as_fraction(answer) if answer > 0 else None


def always_multiplies(problem: str) -> str | None:
    given = percent_of(problem) or base_unknown(problem) or percentage_unknown(problem)
    return None if given is None else as_decimal(given[0] * given[1] / 100)


def decimal_shift(problem: str) -> str | None:
    given = percent_of(problem)
    return None if given is None else as_decimal(given[0] * given[1] / 10)


def divides_by_rate(problem: str) -> str | None:
    given = percent_of(problem)
    if given is None or given[0] == 0:
        return None
    rate, base = given
    return as_decimal(base / rate)


def inverted(problem: str) -> str | None:
    terms = ratio(problem)
    if terms is None or terms[1] == 0:
        return None
    a, b, c = terms
    return decimal_or_fraction(a * c / b)


def off_as_amount(problem: str) -> str | None:
    given = less(problem)
    return None if given is None else as_decimal(given[0] - given[1])


def part_over_percent(problem: str) -> str | None:
    given = percent_of(problem)
    if given is None or given[0] == 0:
        return None
    rate, base = given
    return as_decimal(100 * base / rate)


def up_down_cancel(problem: str) -> str | None:
    given = plus_then_less(problem)
    if given is None or given[1] != given[2]:
        return None
    return as_decimal(given[0])


BUGS: dict[str, Callable[[str], str | None]] = {
    f"ratio.{procedure.__name__}": procedure
    for procedure in (
        additive,
        always_multiplies,
        decimal_shift,
        divides_by_rate,
        inverted,
        off_as_amount,
        part_over_percent,
        up_down_cancel,
    )
}
