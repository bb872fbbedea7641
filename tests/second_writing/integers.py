"""Second writing of the integer bugs, from their definitions alone.

What the definitions leave open, and what is chosen here:

- A chain is worked from the left, and the bugs of sums and differences show at each step that they are
  about; the other steps are right, and so is any difference that is not of the form described.
- A sum has nothing but +; a chain has three numbers or more and a - among its signs. What is no sum, and
  no chain either, is not what a bug of sums is about: no answer. So with the other kinds.
- "Two numbers without sign" are written without one: 0 and positive numbers. A difference of two numbers
  with a negative one has no answer; in a chain such a step is right.
- The opposite of 0, and 0 with the sign kept, is 0.
- Minus signs "in sight" are all that are printed, whether of a number or of the subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import add, sub
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


def stepwise(problem: str, sign: str, rule: Callable[[int, int], int]) -> str | None:
    """Worked from the left: this sign by the rule, the other one rightly. None for other problems."""
    found = chain(problem)
    if found is None or "*" in found.signs or found.signs == ["+" if sign == "-" else "-"]:
        return None
    if sign == "-" and "-" not in found.signs:
        return None
    total = found.numbers[0]
    for each, number in zip(found.signs, found.numbers[1:], strict=True):
        work = rule if each == sign else {"+": add, "-": sub}[each]
        total = work(total, number)
    return str(total)


def unsigned_stepwise(problem: str, rule: Callable[[int, int], int]) -> str | None:
    """As `stepwise` with -, the rule for steps without negative numbers only."""
    numbers = two(problem, "-")
    if numbers is not None and min(numbers) < 0:
        return None

    def subtract(first: int, second: int) -> int:
        return rule(first, second) if min(first, second) >= 0 else first - second

    return stepwise(problem, "-", subtract)


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
    return stepwise(problem, "+", lambda first, second: abs(first) + abs(second))


def add_same_sign_subtracts(problem: str) -> str | None:
    def added(first: int, second: int) -> int:
        return abs(abs(first) - abs(second)) if first < 0 and second < 0 else first + second

    return stepwise(problem, "+", added)


def add_same_sign_subtracts_keeps_sign(problem: str) -> str | None:
    def added(first: int, second: int) -> int:
        return -abs(abs(first) - abs(second)) if first < 0 and second < 0 else first + second

    return stepwise(problem, "+", added)


def add_wrong_sign(problem: str) -> str | None:
    found = chain(problem)
    return None if found is None or set(found.signs) != {"+"} else str(-sum(found.numbers))


def compare_by_magnitude(problem: str) -> str | None:
    both = compared(problem)
    if both is None:
        return None
    first, second = both
    if abs(first) == abs(second):
        return "equal"
    return str(first) if abs(first) > abs(second) else str(second)


def double_negative_ignored(problem: str) -> str | None:
    return stepwise(problem, "-", lambda first, second: first - abs(second))


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
    if found is None or len(found.numbers) < 3 or "*" in found.signs or "-" not in found.signs:
        return None
    total = found.numbers[-1]
    for sign, number in zip(reversed(found.signs), reversed(found.numbers[:-1]), strict=True):
        total = number + total if sign == "+" else number - total
    return str(total)


def sub_absolute_difference(problem: str) -> str | None:
    return unsigned_stepwise(problem, lambda first, second: abs(first - second))


def sub_becomes_add(problem: str) -> str | None:
    return stepwise(problem, "-", lambda first, second: first + second if second > 0 else first - second)


def sub_floors_at_zero(problem: str) -> str | None:
    return unsigned_stepwise(problem, lambda first, second: max(first - second, 0))


def two_minuses_make_plus(problem: str) -> str | None:
    found = chain(problem)
    if found is None or "*" in found.signs or plain(problem).count("-") != 2:
        return None
    return str(sum(map(abs, found.numbers)))


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
