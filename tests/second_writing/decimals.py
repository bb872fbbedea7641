"""Second writing of the decimal bugs, from their definitions alone.

What the definitions leave open, and what is chosen here:

- "Of two decimals with equal whole parts": with unequal whole parts the bug does not apply, no answer.
  A whole number has no decimal digits and is compared like the rest.
- A quotient that does not end is rounded to hundredths where the definition does not say how it is cut.
- "When ...": where it is not so, the student has nothing to do wrongly, and the work is right; so with a
  divisor that has no point to ignore.
- "Divides to the dividend's number of places": all these places are written (`12.1 ÷ 6` cut is `2.0`);
  with no remainder nothing is appended.
- "Rounded to hundredths": both places are written (`1.50`), but a quotient that ends has no zeros at its end.
- A dividend of 0 cannot divide the divisor: no answer.
- A product of the digits with no zero at its end, and the product 0, lose nothing and are right;
  after the drop all marked places are written.
- The power of ten may stand first in a product; it is 10, 100 or 1000 and nothing else.
- Rounding to a place that the number does not have leaves it as it is.
- A difference below 0, or whose whole part would be below 0, is no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.second_writing.decimal_forms import (
    aligned,
    compared,
    fraction,
    keep_places,
    larger,
    operation,
    quotient_in_decimals,
    right,
    round_half_up,
    rounded,
    shifted,
    with_power_of_ten,
)
from tests.second_writing.written import as_decimal, put_point


def add_parts_separately(problem: str) -> str | None:
    found = operation(problem, "+")
    if found is None:
        return None
    first, _, second = found
    wholes = int(first.before) + int(second.before)
    parts = first.after_as_whole + second.after_as_whole
    return f"{wholes}.{parts}"


def add_right_aligned(problem: str) -> str | None:
    found = operation(problem, "+")
    if found is None:
        return None
    first, _, second = found
    return put_point(first.digits + second.digits, max(first.places, second.places))


def compare_longer_is_larger(problem: str) -> str | None:
    both = compared(problem)
    if both is None or int(both[0].before) != int(both[1].before):
        return None
    first, second = both
    if first.places == second.places:
        return larger(first, second, first.value - second.value)
    return larger(first, second, first.places - second.places)


def compare_shorter_is_larger(problem: str) -> str | None:
    both = compared(problem)
    if both is None or int(both[0].before) != int(both[1].before):
        return None
    first, second = both
    if first.places == second.places:
        return larger(first, second, first.value - second.value)
    return larger(first, second, second.places - first.places)


def compare_money(problem: str) -> str | None:
    both = compared(problem)
    if both is None:
        return None
    first, second = both
    first_cents = int(first.before + (first.after + "00")[:2])
    second_cents = int(second.before + (second.after + "00")[:2])
    return larger(first, second, first_cents - second_cents)


def div_divisor_point_ignored(problem: str) -> str | None:
    found = operation(problem, "÷")
    if found is None:
        return None
    dividend, _, divisor = found
    return None if divisor.digits == 0 else quotient_in_decimals(dividend.value / divisor.digits)


def div_remainder_appended(problem: str) -> str | None:
    found = operation(problem, "÷")
    if found is None:
        return None
    dividend, _, divisor = found
    if divisor.after or len(divisor.before) != 1 or divisor.digits == 0:
        return None
    quotient, remainder = divmod(dividend.digits, divisor.digits)
    cut = put_point(quotient, dividend.places)
    return cut if remainder == 0 else cut + str(remainder)


def div_reversed(problem: str) -> str | None:
    found = operation(problem, "÷")
    if found is None:
        return None
    dividend, _, divisor = found
    if dividend.value >= divisor.value:
        return right(problem)
    if dividend.value == 0:
        return None
    quotient = divisor.value / dividend.value
    if (quotient * 100).denominator == 1:
        return as_decimal(quotient)
    return put_point(round_half_up(quotient, 2), 2)


def div_truncated(problem: str) -> str | None:
    found = operation(problem, "÷")
    if found is None:
        return None
    dividend, _, divisor = found
    if divisor.after or divisor.digits == 0:
        return None
    return put_point(dividend.digits // divisor.digits, dividend.places)


def double_rounding(problem: str) -> str | None:
    asked = rounded(problem)
    if asked is None:
        return None
    number, places = asked
    if places >= number.places:
        return number.text
    digits = number.digits
    for _ in range(number.places - places):
        last = digits % 10
        digits = digits // 10 + (1 if last >= 5 else 0)
    return keep_places(digits, places)


def fraction_as_numerator_point_denominator(problem: str) -> str | None:
    parts = fraction(problem)
    return None if parts is None else f"{parts[0]}.{parts[1]}"


def fraction_as_zero_point_denominator(problem: str) -> str | None:
    parts = fraction(problem)
    return None if parts is None else f"0.{parts[1]}"


def mul_parts_separately(problem: str) -> str | None:
    found = operation(problem, "*")
    if found is None:
        return None
    first, _, second = found
    wholes = int(first.before) * int(second.before)
    if not first.after:
        parts = int(first.before) * second.after_as_whole
    elif not second.after:
        parts = first.after_as_whole * int(second.before)
    else:
        parts = first.after_as_whole * second.after_as_whole
    return f"{wholes}.{parts}"


def mul_places_max(problem: str) -> str | None:
    found = operation(problem, "*")
    if found is None:
        return None
    first, _, second = found
    return put_point(first.digits * second.digits, max(first.places, second.places))


def mul_point_counted_from_left(problem: str) -> str | None:
    found = operation(problem, "*")
    if found is None:
        return None
    first, _, second = found
    digits = str(first.digits * second.digits)
    places = first.places + second.places
    if len(digits) <= places:
        return digits
    return f"{digits[:places]}.{digits[places:]}"


def mul_trailing_zero_dropped(problem: str) -> str | None:
    found = operation(problem, "*")
    if found is None:
        return None
    first, _, second = found
    product = first.digits * second.digits
    if product == 0 or product % 10 != 0:
        return right(problem)
    return put_point(product // 10, first.places + second.places)


def pow10_append_zero(problem: str) -> str | None:
    found = with_power_of_ten(problem, "*")
    if found is None:
        return None
    number, zeros = found
    return number.text + "0" * zeros


def pow10_one_place_short(problem: str) -> str | None:
    found = with_power_of_ten(problem, "*", "÷")
    if found is None:
        return None
    number, moves = found
    return shifted(number.value, moves - 1 if moves > 0 else moves + 1)


def pow10_wrong_direction(problem: str) -> str | None:
    found = with_power_of_ten(problem, "*", "÷")
    if found is None:
        return None
    number, moves = found
    return shifted(number.value, -moves)


def round_carry_not_propagated(problem: str) -> str | None:
    asked = rounded(problem)
    if asked is None:
        return None
    number, places = asked
    if places >= number.places:
        return number.text
    kept, beyond = divmod(number.value * Fraction(10) ** places, 1)
    if beyond < Fraction(1, 2) or kept % 10 != 9:
        return right(problem)
    if places >= 0:
        return put_point(kept, places)[:-1] + "10"
    return str(kept)[:-1] + "10" + "0" * -places


def round_truncates(problem: str) -> str | None:
    asked = rounded(problem)
    if asked is None:
        return None
    number, places = asked
    if places >= number.places:
        return number.text
    return keep_places(int(number.value * Fraction(10) ** places), places)


def sub_borrow_no_decrement(problem: str) -> str | None:
    found, lined_up = operation(problem, "-"), aligned(problem, "-")
    if found is None or lined_up is None:
        return None
    whole = int(found[0].before) - int(found[2].before)
    first, second, places = lined_up
    one = 10**places
    part = first % one - second % one
    if part < 0:
        part += one
    return None if whole < 0 else put_point(whole * one + part, places)


def sub_copy_extra_digits(problem: str) -> str | None:
    found = operation(problem, "-")
    if found is None:
        return None
    first, _, second = found
    if second.places <= first.places:
        return right(problem)
    extra = second.after[first.places :]
    difference = first.digits - int(second.before + second.after[: first.places])
    if difference < 0:
        return None
    short = put_point(difference, first.places)
    return short + extra if first.after else f"{short}.{extra}"


def sub_right_aligned(problem: str) -> str | None:
    found = operation(problem, "-")
    if found is None:
        return None
    first, _, second = found
    difference = first.digits - second.digits
    return None if difference < 0 else put_point(difference, max(first.places, second.places))


def sub_smaller_from_larger(problem: str) -> str | None:
    lined_up = aligned(problem, "-")
    if lined_up is None:
        return None
    first, second, places = lined_up
    columns = max(len(str(first)), len(str(second)))
    top, bottom = str(first).rjust(columns, "0"), str(second).rjust(columns, "0")
    digits = [str(abs(int(upper) - int(lower))) for upper, lower in zip(top, bottom, strict=True)]
    return put_point(int("".join(digits)), places)


def sum_point_lost(problem: str) -> str | None:
    lined_up = aligned(problem, "+")
    return None if lined_up is None else str(lined_up[0] + lined_up[1])


BUGS: dict[str, Callable[[str], str | None]] = {
    f"decimals.{procedure.__name__}": procedure
    for procedure in (
        add_parts_separately,
        add_right_aligned,
        compare_longer_is_larger,
        compare_money,
        compare_shorter_is_larger,
        div_divisor_point_ignored,
        div_remainder_appended,
        div_reversed,
        div_truncated,
        double_rounding,
        fraction_as_numerator_point_denominator,
        fraction_as_zero_point_denominator,
        mul_parts_separately,
        mul_places_max,
        mul_point_counted_from_left,
        mul_trailing_zero_dropped,
        pow10_append_zero,
        pow10_one_place_short,
        pow10_wrong_direction,
        round_carry_not_propagated,
        round_truncates,
        sub_borrow_no_decrement,
        sub_copy_extra_digits,
        sub_right_aligned,
        sub_smaller_from_larger,
        sum_point_lost,
    )
}
