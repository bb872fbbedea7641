"""Random problems with powers and roots, one function for each form."""

from __future__ import annotations

from random import Random

from tests.second_writing.written import TIMES


def base(random: Random) -> int:
    return random.choice(
        (random.randint(2, 10), random.randint(2, 10), random.randint(1, 12), random.randint(11, 99))
    )


def exponent(random: Random, of: int = 1) -> int:
    """An exponent for this base: small for a large base, so that no result is too long to write."""
    if of > 9:
        return random.choice((0, 1, 2, 2, 3, 3))
    return random.choice((2, 3, 2, 3, 4, 5, 6, 1, 0))


def power(random: Random) -> str:
    return f"{base(random)}^{exponent(random)}"


def power_of_anything(random: Random) -> str:
    """Large bases with the small exponents."""
    return f"{random.randint(2, 99999)}^{random.choice((0, 0, 1, 2))}"


def negative_power(random: Random) -> str:
    return f"{random.choice((base(random), random.randint(2, 999)))}^-{random.choice((1, 2, 2, 3, 3, 4))}"


def joined(random: Random, sign: str) -> str:
    """Two powers of one base; seldom of two."""
    first = base(random)
    other = first if random.random() < 0.9 else base(random)
    largest = max(first, other)
    return f"{first}^{exponent(random, largest)} {sign} {other}^{exponent(random, largest)}"


def product(random: Random) -> str:
    return joined(random, TIMES)


def addition(random: Random) -> str:
    return joined(random, "+")


def quotient(random: Random) -> str:
    """The larger exponent mostly first, often a multiple of the smaller."""
    if random.random() < 0.3:
        return joined(random, "÷")
    under = random.randint(1, 4)
    over = under * random.randint(1, 4) + random.choice((0, 0, 0, 1))
    both = base(random)
    return f"{both}^{over} ÷ {both}^{under}"


def power_of_power(random: Random) -> str:
    first = base(random)
    inner = random.choice((0, 1, 2, 2, 3, 3, 4, 5))
    outer = random.choice((0, 1, 2, 2, 3, 4) if first < 13 else (0, 1, 2, 2, 3))
    return f"({first}^{inner})^{outer}"


def square_of_bracket(random: Random) -> str:
    """A sum or a difference of two numbers, mostly squared."""
    first, second = random.randint(1, 30), random.randint(0, 12)
    sign = random.choice(("+", "+", "-"))
    if sign == "-" and first < second:
        first, second = second, first
    power = 2 if first == second else random.choice((2, 2, 2, 2, 3, 0))
    return f"({first} {sign} {second})^{power}"


def root(random: Random) -> str:
    return f"sqrt({random.choice((random.randint(1, 40), random.randint(41, 300))) ** 2})"


def root_of_sum(random: Random) -> str:
    """Squares whose sum is a square: the sides of a right triangle; or a square and 0."""
    long, short = random.randint(2, 7), random.randint(1, 6)
    if long <= short:
        long = short + 1
    scale = random.randint(1, 5)
    legs = [scale * (long * long - short * short), scale * 2 * long * short]
    if random.random() < 0.05:
        legs[1] = 0
    random.shuffle(legs)
    return f"sqrt({legs[0] ** 2} + {legs[1] ** 2})"


def root_of_any_sum(random: Random) -> str:
    """Two numbers whose sum is a square, mostly no squares themselves."""
    total = random.randint(2, 30) ** 2
    first = random.randint(1, total - 1)
    return f"sqrt({first} + {total - first})"


FORMS = (
    power,
    power_of_anything,
    negative_power,
    product,
    addition,
    quotient,
    power_of_power,
    square_of_bracket,
    root,
    root_of_sum,
    root_of_any_sum,
)
