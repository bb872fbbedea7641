"""Second writing of the fraction bugs, from their definitions alone.

What the definitions leave open, and what is chosen here:

- Sums of "numerators" and "denominators" are of two numbers with a fraction; whole parts of mixed numbers
  are added rightly beside them. With a whole number, or with a mixed one in a difference, there is no
  answer, unless the definition names them.
- "When both ...": where it is not so the work is right, and so it is where nothing can be simplified.
- In products and quotients a student writes a whole number over 1 and a mixed number as an improper
  fraction first, as taught, and the bug comes after that.
- `of` is a product, so the bugs of products apply to it.
- A result is left as the procedure gives it (`0/6`, `5/1`); a bottom of 0 is no answer.
- A whole part that would fall below 0 is no answer; a part 0 of a mixed result is not written.
- A number that shrinks in `4/6 = ?/3` had something taken away, so the same is taken from the top.
- `result_inverted` is about results of the four operations, of `of` and of `simplify`; a result 0 cannot be
  inverted.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, isqrt

from tests.second_writing.fraction_forms import (
    as_fractions,
    beside,
    compared,
    larger,
    missing_top,
    mixed,
    one_fraction,
    one_mixed,
    over,
    pure,
    result,
    right,
    task,
    top_and_bottom_alike,
    whole_and_fraction,
    with_fractions,
)
from tests.second_writing.written import as_fraction


def add_denominators_keep_numerator(problem: str) -> str | None:
    addends, found = task(problem), with_fractions(problem)
    if addends is None or addends.sign != "+":
        return None
    if found is None or found[1] != found[3]:
        return right(problem)
    whole, a, b, _, d = found
    return beside(whole, a, b + d)


def add_numerators_average_denominators(problem: str) -> str | None:
    found = with_fractions(problem)
    if found is None:
        return None
    whole, a, b, c, d = found
    return beside(whole, a + c, (b + d) // 2)


def add_tops_and_bottoms(problem: str) -> str | None:
    parts = pure(problem, "+")
    if parts is None:
        return None
    a, b, c, d = parts
    return over(a + c, b + d)


def multiply_numerators_add_denominators(problem: str) -> str | None:
    found = with_fractions(problem)
    if found is None:
        return None
    whole, a, b, c, d = found
    return beside(whole, a * c, b + d)


def lcd_numerators_unchanged(problem: str) -> str | None:
    found = with_fractions(problem)
    if found is None:
        return None
    whole, a, b, c, d = found
    return beside(whole, a + c, b * d // gcd(b, d))


def compare_gap(problem: str) -> str | None:
    both = compared(problem)
    if both is None:
        return None
    first, second, (a, b, c, d) = both
    first_gap, second_gap = b - a, d - c
    return larger(first, second, second_gap - first_gap)


def compare_larger_denominator(problem: str) -> str | None:
    both = compared(problem)
    if both is None:
        return None
    first, second, (a, b, c, d) = both
    if b == d:
        return larger(first, second, a - c)
    return larger(first, second, b - d)


def div_across_drop_remainder(problem: str) -> str | None:
    parts = as_fractions(problem, "÷")
    if parts is None:
        return None
    a, b, c, d = parts
    return None if c == 0 else over(a // c, b // d)


def div_invert_both(problem: str) -> str | None:
    parts = as_fractions(problem, "÷")
    if parts is None:
        return None
    a, b, c, d = parts
    return over(b * d, a * c)


def div_invert_first(problem: str) -> str | None:
    parts = as_fractions(problem, "÷")
    if parts is None:
        return None
    a, b, c, d = parts
    return over(b * c, a * d)


def div_no_invert(problem: str) -> str | None:
    parts = as_fractions(problem, "÷")
    if parts is None:
        return None
    a, b, c, d = parts
    return over(a * c, b * d)


def equiv_add_same(problem: str) -> str | None:
    known = missing_top(problem)
    if known is None:
        return None
    top, bottom, new_bottom = known
    answer = top + (new_bottom - bottom)
    return str(answer) if answer >= 0 else None


def improper_sum(problem: str) -> str | None:
    numbers = one_mixed(problem)
    if numbers is None:
        return None
    whole, top, bottom = numbers
    return over(whole + top, bottom)


def improper_whole_times_denominator_only(problem: str) -> str | None:
    numbers = one_mixed(problem)
    if numbers is None:
        return None
    whole, _, bottom = numbers
    return over(whole * bottom, bottom)


def mixed_mult_parts(problem: str) -> str | None:
    found = task(problem)
    if found is None or found.sign not in ("*", "of"):
        return None
    first, _, second = found
    if first.kind != "mixed" or second.kind != "mixed":
        return None
    return mixed(first.whole * second.whole, first.top * second.top, first.bottom * second.bottom)


def mixed_sub_bring_down(problem: str) -> str | None:
    found = task(problem)
    if found is None or found.sign != "-":
        return None
    first, _, second = found
    if first.kind != "whole" or second.kind == "whole":
        return None
    return mixed(first.whole - second.whole, second.top, second.bottom)


def mixed_sub_parts(problem: str) -> str | None:
    found = task(problem)
    if found is None or found.sign != "-":
        return None
    first, _, second = found
    if first.kind != "mixed" or second.kind != "mixed" or first.bottom == second.bottom:
        return None
    top = abs(first.top - second.top)
    bottom = abs(first.bottom - second.bottom)
    return mixed(first.whole - second.whole, top, bottom)


def mixed_sub_smaller_from_larger(problem: str) -> str | None:
    found = task(problem)
    if found is None or found.sign != "-":
        return None
    first, _, second = found
    if first.kind != "mixed" or second.kind == "whole" or first.bottom != second.bottom:
        return None
    return mixed(first.whole - second.whole, abs(first.top - second.top), first.bottom)


def mixed_whole_lost(problem: str) -> str | None:
    found = task(problem)
    if found is None or found.sign != "+":
        return None
    first, _, second = found
    kinds = {first.kind, second.kind}
    if "mixed" not in kinds or "whole" in kinds or first.bottom != second.bottom:
        return None
    return over(first.top + second.top, first.bottom)


def mul_cross(problem: str) -> str | None:
    parts = as_fractions(problem, "*", "of")
    if parts is None:
        return None
    a, b, c, d = parts
    return over(a * d, b * c)


def mul_cross_concatenate(problem: str) -> str | None:
    parts = as_fractions(problem, "*", "of")
    if parts is None:
        return None
    a, b, c, d = parts
    return str(10 * (b * c) + a * d)


def mul_keeps_common_denominator(problem: str) -> str | None:
    parts = as_fractions(problem, "*", "of")
    if parts is None or parts[1] != parts[3]:
        return None
    a, b, c, _ = parts
    return over(a * c, b)


def of_as_subtraction(problem: str) -> str | None:
    parts = pure(problem, "of")
    if parts is None or parts[1] != parts[3]:
        return None
    a, b, c, _ = parts
    return over(abs(a - c), b)


def result_inverted(problem: str) -> str | None:
    found, alone = task(problem), one_fraction(problem, "simplify")
    if alone is not None:
        return None if alone[0] == 0 else as_fraction(Fraction(alone[1], alone[0]))
    if found is None or "mixed" in (found.first.kind, found.second.kind):
        return None
    if found.first.kind == found.second.kind == "whole":
        return None
    value = result(problem)
    return None if not value else as_fraction(1 / value)


def simplify_one_part(problem: str) -> str | None:
    parts = one_fraction(problem, "simplify")
    if parts is None:
        return None
    top, bottom = parts
    for factor in range(2, bottom + 1):
        if top % factor == 0 and bottom % factor == 0:
            return over(top // factor, bottom)
    return over(top, bottom)


def simplify_square_roots(problem: str) -> str | None:
    parts = one_fraction(problem, "simplify")
    if parts is None:
        return None
    top, bottom = parts
    if isqrt(top) ** 2 != top or isqrt(bottom) ** 2 != bottom:
        return right(problem)
    return over(isqrt(top), isqrt(bottom))


def sub_tops_and_bottoms(problem: str) -> str | None:
    found = task(problem)
    if found is None or found.sign != "-" or "mixed" in (found.first.kind, found.second.kind):
        return None
    if found.first.kind == found.second.kind == "whole":
        return None
    a, b = top_and_bottom_alike(found.first)
    c, d = top_and_bottom_alike(found.second)
    if a == c or b == d:
        return None
    return over(abs(a - c), abs(b - d))


def whole_added_to_numerator(problem: str) -> str | None:
    parts = whole_and_fraction(problem, "+")
    if parts is None:
        return None
    whole, top, bottom = parts
    return over(whole + top, bottom)


def whole_times_both(problem: str) -> str | None:
    parts = whole_and_fraction(problem, "*", "of")
    if parts is None:
        return None
    whole, top, bottom = parts
    return over(whole * top, whole * bottom)


BUGS: dict[str, Callable[[str], str | None]] = {
    f"fractions.{procedure.__name__}": procedure
    for procedure in (
        add_denominators_keep_numerator,
        add_numerators_average_denominators,
        add_tops_and_bottoms,
        compare_gap,
        compare_larger_denominator,
        div_across_drop_remainder,
        div_invert_both,
        div_invert_first,
        div_no_invert,
        equiv_add_same,
        improper_sum,
        improper_whole_times_denominator_only,
        lcd_numerators_unchanged,
        mixed_mult_parts,
        mixed_sub_bring_down,
        mixed_sub_parts,
        mixed_sub_smaller_from_larger,
        mixed_whole_lost,
        mul_cross,
        mul_cross_concatenate,
        mul_keeps_common_denominator,
        multiply_numerators_add_denominators,
        of_as_subtraction,
        result_inverted,
        simplify_one_part,
        simplify_square_roots,
        sub_tops_and_bottoms,
        whole_added_to_numerator,
        whole_times_both,
    )
}
