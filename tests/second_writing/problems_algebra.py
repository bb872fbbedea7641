"""Random algebra problems, one function for each form."""

from __future__ import annotations

from random import Random

from tests.second_writing.written import TIMES


def letter(random: Random) -> str:
    return random.choice("xxxxynza")


def small(random: Random) -> int:
    return random.choice((random.randint(1, 9), random.randint(1, 12), random.randint(10, 99)))


def coefficient(random: Random) -> str:
    """Mostly 2 to 9; nothing for a bare letter; sometimes negative or of two digits."""
    return random.choice(
        ("", *(str(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, random.randint(10, 25), -random.randint(2, 6))))
    )


def value_of(shown: str) -> int:
    return int(shown) if shown else 1


def with_constant(random: Random) -> str:
    """`ax + b = c` or `ax - b = c`, mostly with a whole solution, sometimes a negative one."""
    shown, constant = coefficient(random), small(random) * random.choice((1, 1, -1))
    total = value_of(shown) * random.randint(-9, 30) + constant
    if random.random() < 0.2:
        total += random.randint(1, 5)
    sign = "-" if constant < 0 else "+"
    return f"{shown}{letter(random)} {sign} {abs(constant)} = {total}"


def without_constant(random: Random) -> str:
    shown = str(random.choice((random.randint(2, 12), random.randint(2, 25), -random.randint(2, 6))))
    total = int(shown) * random.randint(-9, 30) + random.choice((0, 0, 0, 1))
    return f"{shown}{letter(random)} = {total}"


def constant_first(random: Random) -> str:
    """`a - bx = c`."""
    shown = random.choice(("", *"2345678"))
    right = random.randint(-10, 30)
    return f"{right + value_of(shown) * random.randint(-4, 12)} - {shown}{letter(random)} = {right}"


def both_sides(random: Random) -> str:
    """`ax = bx + c` or `ax = bx - c`; the letter does not vanish."""
    first, second = random.sample(range(1, 13), 2)
    name = letter(random)
    constant = random.choice(
        ((first - second) * random.choice((-3, -2, -1, 1, 2, 3, 5)), random.randint(1, 40))
    )
    sign = "-" if constant < 0 else "+"
    shown = ["" if each == 1 else str(each) for each in (first, second)]
    return f"{shown[0]}{name} = {shown[1]}{name} {sign} {abs(constant)}"


def like_terms(random: Random) -> str:
    """A sum that comes true with a digit read as such, or for the right solution, or neither."""
    shown = [random.choice(("", *"23456789", "12")), random.choice(("", *"23456789"))]
    name = letter(random)
    tens = sum(10 * int(each) for each in shown if each)
    totals = (
        tens + 2 * random.randint(0, 9),
        tens + random.randint(0, 25),
        sum(map(value_of, shown)) * random.randint(1, 20),
    )
    return f"{shown[0]}{name} + {shown[1]}{name} = {random.choice(totals)}"


def quotient(random: Random) -> str:
    return f"{letter(random)}/{random.randint(2, 15)} = {random.randint(-12, 60)}"


def bracket_equation(random: Random) -> str:
    """`a(x + b) = c`, sometimes with a coefficient inside."""
    outer, constant = random.randint(2, 12), random.randint(1, 15)
    inner = random.choice(("", "", "", "2", "3"))
    total = outer * random.randint(-5, 25) + random.choice((0, 0, 0, 1))
    return f"{outer}({inner}{letter(random)} {random.choice('+-')} {constant}) = {total}"


def subtracted_bracket(random: Random) -> str:
    sign = "-" if random.random() < 0.85 else "+"
    bracket = f"({letter(random)} {sign} {random.randint(1, 15)})"
    return f"{random.randint(1, 40)} - {bracket} = {random.randint(-8, 30)}"


def inequality(random: Random) -> str:
    shown = str(random.choice((-random.randint(2, 12), -random.randint(2, 12), random.randint(2, 12))))
    if random.random() < 0.08:
        shown = "-"
    return f"{shown}{letter(random)} {random.choice('<>')} {random.randint(-60, 60)}"


def product(random: Random, name: str) -> str:
    inner = random.choice(("", *"23456789"))
    return f"{random.randint(2, 9)}({inner}{name} {random.choice('+---')} {random.randint(1, 12)})"


def expand_one(random: Random) -> str:
    return f"expand {product(random, letter(random))}"


def expand_two(random: Random) -> str:
    name = letter(random)
    return f"expand {product(random, name)} {random.choice('+++-')} {product(random, name)}"


def expand_square(random: Random) -> str:
    inner = random.choice(("", "", "", "", "2", "3"))
    return f"expand ({inner}{letter(random)} {random.choice('+-')} {random.randint(1, 40)})^2"


def order_of_operations(random: Random) -> str:
    """Three or four numbers with at least one product, mostly not in the first place."""
    signs = [random.choice("+-"), TIMES]
    if random.random() < 0.4:
        signs.append(random.choice(("+", "-", TIMES)))
    if random.random() < 0.25:
        random.shuffle(signs)
    text = str(small(random))
    for sign in signs:
        text += f" {sign} {random.choice((random.randint(0, 12), random.randint(1, 12)))}"
    return text


FORMS = (
    with_constant,
    without_constant,
    constant_first,
    both_sides,
    like_terms,
    quotient,
    bracket_equation,
    subtracted_bracket,
    inequality,
    expand_one,
    expand_two,
    expand_square,
    order_of_operations,
)
