"""Second writing of the integer bugs, from their definitions alone.

What the definitions leave open, and what is chosen here:

- A sum, a difference and a product have two numbers; with more numbers, or another sign between them,
  a bug of theirs does not apply. A chain has three numbers or more, joined by + and - only.
- "Two numbers without sign" are written without one: 0 and positive numbers.
- "Subtracting a larger from a smaller number": in any other order the bug does not apply, no answer.
- The opposite of 0, and 0 with the sign kept, is 0.
- Minus signs "in sight" are all that are printed, whether of a number or of the subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from tests.second_writing.written import plain


class Chain(NamedTuple):
    """Numbers, and the signs between them."""

    numbers: list[int]
    signs: list[str]


def chain(problem: str) -> Chain | None:
    """`-4 + (-3)` taken apart; None for any other form."""
    number = r"(?:\(-?\d+\)|-?\d+)"
    text = plain(problem)
    if not re.fullmatch(rf"{number}(?: [-+*] {number})+", text):
        return None
    parts = text.split(" ")
    numbers = [int(part.strip("()")) for part in parts[0::2]]
    return Chain(numbers, parts[1::2])


def two(problem: str, sign: str) -> tuple[int, int] | None:
    """The two numbers that this sign joins."""
    found = chain(problem)
    if found is None or found.signs != [sign]:
        return None
    return found.numbers[0], found.numbers[1]


def unsigned_difference(problem: str) -> tuple[int, int] | None:
    numbers = two(problem, "-")
    if numbers is None or min(numbers) < 0:
        return None
    return numbers


def power(problem: str) -> tuple[int, int] | None:
    """Base without its minus, and exponent, of `-3^2`."""
    found = re.fullmatch(r"-(\d+)\^(\d+)", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]))


def compared(problem: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"compare (-?\d+), (-?\d+)", plain(problem))
    return None if found is None else (int(found[1]), int(found[2]))


def worked_from_left(numbers: list[int], signs: list[str]) -> int:
    total = numbers[0]
    for sign, number in zip(signs, numbers[1:], strict=True):
        total = total + number if sign == "+" else total - number
    return total


def right(problem: str) -> str | None:
    if (parts := power(problem)) is not None:
        base, exponent = parts
        return str(-(base**exponent))
    if (both := compared(problem)) is not None:
        return "equal" if both[0] == both[1] else str(max(both))
    if (factors := two(problem, "*")) is not None:
        return str(factors[0] * factors[1])
    found = chain(problem)
    if found is None or "*" in found.signs:
        return None
    return str(worked_from_left(found.numbers, found.signs))


def add_ignores_signs(problem: str) -> str | None:
    numbers = two(problem, "+")
    return None if numbers is None else str(abs(numbers[0]) + abs(numbers[1]))


def add_same_sign_subtracts(problem: str) -> str | None:
    numbers = two(problem, "+")
    if numbers is None:
        return None
    first, second = numbers
    if first < 0 and second < 0:
        return str(abs(abs(first) - abs(second)))
    return str(first + second)


def add_same_sign_subtracts_keeps_sign(problem: str) -> str | None:
    numbers = two(problem, "+")
    if numbers is None:
        return None
    first, second = numbers
    if first < 0 and second < 0:
        return str(-abs(abs(first) - abs(second)))
    return str(first + second)


def add_wrong_sign(problem: str) -> str | None:
    numbers = two(problem, "+")
    return None if numbers is None else str(-(numbers[0] + numbers[1]))


def compare_by_magnitude(problem: str) -> str | None:
    both = compared(problem)
    if both is None:
        return None
    first, second = both
    if abs(first) == abs(second):
        return "equal"
    return str(first) if abs(first) > abs(second) else str(second)


def double_negative_ignored(problem: str) -> str | None:
    numbers = two(problem, "-")
    if numbers is None or numbers[1] >= 0:
        return None
    first, second = numbers
    return str(first - abs(second))


def exponent_sign(problem: str) -> str | None:
    parts = power(problem)
    if parts is None:
        return None
    base, exponent = parts
    return str((-base) ** exponent)


def neg_times_neg_negative(problem: str) -> str | None:
    numbers = two(problem, "*")
    if numbers is None:
        return None
    first, second = numbers
    product = first * second
    return str(-product) if first < 0 and second < 0 else str(product)


def opposite_signs_product_positive(problem: str) -> str | None:
    numbers = two(problem, "*")
    if numbers is None:
        return None
    product = numbers[0] * numbers[1]
    return str(-product) if product < 0 else str(product)


def right_to_left_chain(problem: str) -> str | None:
    found = chain(problem)
    if found is None or len(found.numbers) < 3 or "*" in found.signs:
        return None
    total = found.numbers[-1]
    for sign, number in zip(reversed(found.signs), reversed(found.numbers[:-1]), strict=True):
        total = number + total if sign == "+" else number - total
    return str(total)


def sub_absolute_difference(problem: str) -> str | None:
    numbers = unsigned_difference(problem)
    return None if numbers is None else str(max(numbers) - min(numbers))


def sub_becomes_add(problem: str) -> str | None:
    numbers = two(problem, "-")
    if numbers is None or numbers[1] <= 0:
        return None
    return str(numbers[0] + numbers[1])


def sub_floors_at_zero(problem: str) -> str | None:
    numbers = unsigned_difference(problem)
    if numbers is None or numbers[0] >= numbers[1]:
        return None
    return "0"


def two_minuses_make_plus(problem: str) -> str | None:
    numbers = two(problem, "+") or two(problem, "-")
    if numbers is None or plain(problem).count("-") != 2:
        return None
    return str(abs(numbers[0]) + abs(numbers[1]))


BUGS: dict[str, Callable[[str], str | None]] = {
    f"integers.{procedure.__name__}": procedure
    for procedure in (
        add_ignores_signs,
        add_same_sign_subtracts,
        add_same_sign_subtracts_keeps_sign,
        add_wrong_sign,
        compare_by_magnitude,
        double_negative_ignored,
        exponent_sign,
        neg_times_neg_negative,
        opposite_signs_product_positive,
        right_to_left_chain,
        sub_absolute_difference,
        sub_becomes_add,
        sub_floors_at_zero,
        two_minuses_make_plus,
    )
}
