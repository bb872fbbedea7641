"""What the six topics beside whole-number columns share: how a problem is read and a value is written.

A problem comes as text in its usual form, an answer goes out as text, and every value between the
two is an exact fraction. Nothing here comes from `chalicelib`: a second writing that shared code with
the first would share its mistakes.
"""

from __future__ import annotations

import re
from fractions import Fraction

TIMES = "\N{MULTIPLICATION SIGN}"
SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", TIMES: "*"})


def plain(problem: str) -> str:
    """The problem with `-` for every minus, `*` for every multiplication sign, and single spaces."""
    return re.sub(r"\s+", " ", problem.translate(SIGNS)).strip()


def as_fraction(value: Fraction) -> str:
    """A value as `4` or `-11/5`, in lowest terms."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator}"


def put_point(digits: int, places: int) -> str:
    """The digits with so many of them after the point, all of them written: 60 and 2 give `0.60`."""
    text = str(digits)
    if places == 0:
        return text
    while len(text) <= places:
        text = "0" + text
    return text[:-places] + "." + text[-places:]


def as_decimal(value: Fraction) -> str | None:
    """A value as a decimal with no zeros at its end; None where the decimal does not end."""
    rest, places = abs(value), 0
    denominator = rest.denominator
    while denominator % 2 == 0:
        denominator //= 2
    while denominator % 5 == 0:
        denominator //= 5
    if denominator != 1:
        return None
    while rest.denominator != 1:
        rest *= 10
        places += 1
    sign = "-" if value < 0 else ""
    return sign + put_point(rest.numerator, places)
