"""Random problems with signed numbers, one function for each form."""

from __future__ import annotations

from random import Random

from tests.second_writing.problems_whole import number
from tests.second_writing.written import TIMES


def magnitude(random: Random) -> int:
    """Mostly one or two digits, up to five; seldom 0."""
    return int(number(random, random.choice((1, 1, 1, 2, 2, 3, 5))))


def integer(random: Random) -> int:
    return magnitude(random) * random.choice((1, -1))


def second(value: int) -> str:
    """A number after a sign: a negative one in brackets."""
    return f"({value})" if value < 0 else str(value)


def pair(random: Random) -> tuple[int, int]:
    """Two integers, sometimes of one magnitude."""
    first, other = integer(random), integer(random)
    if random.random() < 0.06:
        other = random.choice((first, -first))
    return first, other


def addition(random: Random) -> str:
    """At least one number is negative."""
    first, other = pair(random)
    if first >= 0 and other >= 0:
        first, other = random.choice(((-first - 1, other), (first, -other - 1), (-first - 1, -other - 1)))
    return f"{first} + {second(other)}"


def subtraction(random: Random) -> str:
    """At least one number is negative."""
    first, other = pair(random)
    if first >= 0 and other >= 0:
        first, other = random.choice(((-first - 1, other), (first, -other - 1)))
    return f"{first} - {second(other)}"


def unsigned_subtraction(random: Random) -> str:
    """Mostly the larger number below; otherwise numbers up to 20, as larger ones are column work."""
    if random.random() < 0.15:
        other, first = sorted((random.randint(0, 20), random.randint(0, 20)))
        return f"{first} - {other}"
    first, other = sorted((magnitude(random), magnitude(random)))
    if first == other:
        other += 1
    return f"{first} - {other}"


def multiplication(random: Random) -> str:
    """At least one number is negative."""
    first, other = pair(random)
    if first >= 0 and other >= 0:
        first = -first - 1
    text = f"({first})" if first < 0 and random.random() < 0.7 else str(first)
    return f"{text} {TIMES} {second(other)}"


def chain(random: Random) -> str:
    """Three or four numbers, the first sometimes negative, the others seldom; never without any minus."""
    text = str(random.choice((magnitude(random), magnitude(random), integer(random))))
    for _ in range(random.choice((2, 2, 3))):
        other = integer(random) if random.random() < 0.2 else magnitude(random)
        text += f" {random.choice('+--')} {second(other)}"
    return text if "-" in text else chain(random)


def minus_power(random: Random) -> str:
    base = random.choice((random.randint(1, 20), random.randint(1, 200)))
    return f"-{base}^{random.choice((2, 2, 2, 3, 4, 5))}"


def compare(random: Random) -> str:
    first, other = pair(random)
    if random.random() < 0.5:
        first, other = -abs(first), -abs(other)
    return f"compare {first}, {other}"


FORMS = (addition, subtraction, unsigned_subtraction, multiplication, chain, minus_power, compare)
