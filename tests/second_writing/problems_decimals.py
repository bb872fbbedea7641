"""Random decimal problems, one function for each form."""

from __future__ import annotations

from random import Random

from tests.second_writing.problems_whole import number
from tests.second_writing.written import TIMES

POWERS_OF_TEN = ("10", "100", "1000")


def before(random: Random) -> str:
    """The digits before the point: often 0, up to four digits."""
    return "0" if random.random() < 0.25 else number(random, random.choice((1, 1, 2, 3, 4)))


def after(random: Random, places: int | None = None) -> str:
    """The digits after the point: one to four, with zeros before, inside and at the end."""
    places = places or random.choice((1, 1, 2, 2, 3, 4))
    digits = random.choice(("0123456789", "0123456789", "0012345", "0005", "4599"))
    return "".join(random.choices(digits, k=places))


def decimal(random: Random, places: int | None = None) -> str:
    return f"{before(random)}.{after(random, places)}"


def any_number(random: Random) -> str:
    return before(random) if random.random() < 0.15 else decimal(random)


def two_numbers(random: Random) -> tuple[str, str]:
    """At least one decimal; sometimes as many places in both, seldom equal."""
    if random.random() < 0.3:
        places = random.randint(1, 3)
        return decimal(random, places), decimal(random, places)
    first, second = decimal(random), any_number(random)
    if random.random() < 0.03:
        second = first
    return (first, second) if random.random() < 0.5 else (second, first)


def divisor(random: Random) -> str:
    """A divisor other than 0: a small whole number or a short decimal."""
    whole = str(random.choice((random.randint(2, 9), random.randint(2, 9), random.randint(1, 125))))
    text = whole if random.random() < 0.5 else decimal(random, random.choice((1, 1, 2)))
    return text if text.strip("0.") else divisor(random)


def addition(random: Random) -> str:
    return " + ".join(two_numbers(random))


def subtraction(random: Random) -> str:
    first, second = two_numbers(random)
    if smaller(first, second) and random.random() < 0.9:
        first, second = second, first
    return f"{first} - {second}"


def smaller(first: str, second: str) -> bool:
    """Whether the first number is smaller, found from the digits."""
    (first_whole, _, first_part), (second_whole, _, second_part) = first.partition("."), second.partition(".")
    return (int(first_whole), first_part.ljust(9, "0")) < (int(second_whole), second_part.ljust(9, "0"))


def multiplication(random: Random) -> str:
    first, second = two_numbers(random)
    if random.random() < 0.5:
        first, second = decimal(random, 1), decimal(random, random.choice((1, 2)))
    return f"{first} {TIMES} {second}"


def times_whole(random: Random) -> str:
    numbers = [decimal(random), number(random, random.choice((1, 1, 2)))]
    random.shuffle(numbers)
    return f"{numbers[0]} {TIMES} {numbers[1]}"


def times_power_of_ten(random: Random) -> str:
    numbers = [decimal(random), random.choice(POWERS_OF_TEN)]
    if random.random() < 0.2:
        numbers.reverse()
    return f"{numbers[0]} {TIMES} {numbers[1]}"


def over_power_of_ten(random: Random) -> str:
    return f"{decimal(random)} ÷ {random.choice(POWERS_OF_TEN)}"


def division(random: Random) -> str:
    """Any decimal, or a whole number, over any divisor."""
    under = divisor(random)
    over = decimal(random) if "." not in under else any_number(random)
    return f"{over} ÷ {under}"


def exact_division(random: Random) -> str:
    """A short quotient times a decimal divisor, written out as the dividend."""
    under, quotient = random.randint(2, 99), random.randint(1, 250)
    tenths = str(under * quotient)
    over = f"{tenths[:-1] or '0'}.{tenths[-1]}"
    return f"{over} ÷ {under // 10}.{under % 10}"


def division_below_one(random: Random) -> str:
    """A small dividend over a larger divisor."""
    over = f"{random.randint(0, 6)}.{after(random, random.choice((1, 1, 2)))}"
    return f"{over} ÷ {random.randint(7, 30)}"


def rounding(random: Random) -> str:
    """Two to four places rounded to fewer, often with 4 and 9 in the way; seldom nothing to cut."""
    places = random.choice((2, 2, 3, 3, 4))
    kept = random.choice(("ones", "tenths", "tenths", "hundredths"))
    return f"round {before(random)}.{after(random, places)} to {kept}"


def rounding_in_a_row(random: Random) -> str:
    """Digits after the asked place that round up one after the other."""
    kept, places = random.choice((("ones", 0), ("tenths", 1), ("hundredths", 2)))
    row = "4" * random.randint(1, 2) + random.choice("56789")
    return f"round {before(random)}.{after(random, places) if places else ''}{row} to {kept}"


def rounding_nine(random: Random) -> str:
    """A 9 in the asked place, mostly rounded up."""
    kept, places = random.choice((("ones", 0), ("tenths", 1), ("hundredths", 2)))
    beyond = random.choice("3456789") + random.choice(("", "0", "7"))
    whole = before(random)
    if places == 0:
        return f"round {whole[:-1]}9.{beyond} to {kept}"
    return f"round {whole}.{after(random, 1) if places == 2 else ''}9{beyond} to {kept}"


def fraction_to_decimal(random: Random) -> str:
    """A fraction that ends as a decimal, below 1 or above."""
    bottom = random.choice((2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 100, 125, 200, 1000))
    top = random.choice((random.randint(1, bottom), random.randint(1, 3 * bottom)))
    return f"decimal {top}/{bottom}"


def compare(random: Random) -> str:
    """Two decimals, mostly with one whole part, often with the same first places, seldom equal."""
    first = decimal(random)
    whole, _, part = first.partition(".")
    kind = random.randrange(10)
    if kind < 5:
        second = f"{whole}.{after(random)}"
    elif kind < 8:
        second = f"{first}{after(random)}" if len(part) < 3 else f"{whole}.{part[:2]}{after(random)}"
    else:
        second = random.choice((decimal(random), any_number(random), first, first + "0", whole))
    numbers = [first, second]
    random.shuffle(numbers)
    return "compare " + ", ".join(numbers)


FORMS = (
    addition,
    subtraction,
    multiplication,
    times_whole,
    times_power_of_ten,
    over_power_of_ten,
    division,
    exact_division,
    division_below_one,
    rounding,
    rounding_in_a_row,
    rounding_nine,
    fraction_to_decimal,
    compare,
)
