"""Random fraction problems, one function for each form."""

from __future__ import annotations

from random import Random

from tests.second_writing.written import TIMES

PRODUCTS = (TIMES, TIMES, "of")


def below(random: Random) -> int:
    """A denominator: mostly a small one, seldom one of three digits."""
    return random.choice(
        (random.randint(2, 12), random.randint(2, 12), random.randint(2, 40), random.randint(41, 400))
    )


def fraction(random: Random, bottom: int | None = None) -> str:
    """A fraction, mostly below 1, sometimes above, seldom over 1 or with a top of 0."""
    if bottom is None:
        bottom = 1 if random.random() < 0.02 else below(random)
    top = random.choice(
        (
            random.randint(1, max(1, bottom - 1)),
            random.randint(1, max(1, bottom - 1)),
            random.randint(1, 3 * bottom),
        )
    )
    if random.random() < 0.02:
        top = 0
    return f"{top}/{bottom}"


def positive(random: Random, bottom: int | None = None) -> str:
    """A fraction that can be divided by."""
    text = fraction(random, bottom)
    return positive(random, bottom) if text.startswith("0/") else text


def mixed(random: Random, bottom: int | None = None) -> str:
    """A whole part from 1 on, and a fraction below 1."""
    bottom = bottom or below(random)
    whole = random.choice((random.randint(1, 9), random.randint(1, 9), random.randint(10, 300)))
    return f"{whole} {random.randint(1, bottom - 1)}/{bottom}"


def whole(random: Random) -> str:
    return str(random.choice((random.randint(1, 12), random.randint(1, 12), random.randint(0, 500))))


def two_fractions(random: Random) -> tuple[str, str]:
    """Two fractions, often with one denominator or one numerator, seldom equal."""
    first = fraction(random)
    top, _, bottom = first.partition("/")
    kind = random.randrange(10)
    if kind < 4:
        return first, fraction(random, int(bottom))
    if kind < 6:
        return first, f"{top}/{below(random)}"
    if kind == 6 and random.random() < 0.3:
        return first, first
    return first, fraction(random)


def fraction_sum(random: Random) -> str:
    first, second = two_fractions(random)
    return f"{first} + {second}"


def fraction_difference(random: Random) -> str:
    first, second = two_fractions(random)
    return f"{first} - {second}"


def fraction_product(random: Random) -> str:
    first, second = two_fractions(random)
    return f"{first} {TIMES} {second}"


def fraction_of_fraction(random: Random) -> str:
    first, second = two_fractions(random)
    return f"{first} of {second}"


def fraction_quotient(random: Random) -> str:
    first, second = two_fractions(random)
    if second.startswith("0/"):
        second = positive(random)
    return f"{first} ÷ {second}"


def whole_with_fraction(random: Random) -> str:
    """Sum or product of a whole number and a fraction, in either order."""
    numbers = [whole(random), fraction(random)]
    random.shuffle(numbers)
    return f"{numbers[0]} {random.choice(('+', TIMES))} {numbers[1]}"


def whole_over_fraction(random: Random) -> str:
    """Quotient of a whole number and a fraction, in either order."""
    if random.random() < 0.5:
        return f"{whole(random)} ÷ {positive(random)}"
    return f"{fraction(random)} ÷ {random.randint(1, 30)}"


def fraction_less_whole(random: Random) -> str:
    """Difference of a fraction and a whole number, in either order."""
    numbers = [whole(random), fraction(random)]
    random.shuffle(numbers)
    return " - ".join(numbers)


def whole_less_mixed(random: Random) -> str:
    second = mixed(random)
    if random.random() < 0.8:
        first = int(second.split(" ", maxsplit=1)[0]) + random.randint(0, 12)
        return f"{first} - {second}"
    return f"{whole(random)} - {second}"


def mixed_difference(random: Random) -> str:
    """Two mixed numbers, mostly the larger whole first, often with one denominator or equal fractions."""
    bottom = below(random)
    first = mixed(random, bottom)
    same = random.random() < 0.6
    second = mixed(random, bottom if same else None)
    wholes = [int(each.split(" ")[0]) for each in (first, second)]
    if wholes[0] < wholes[1] and random.random() < 0.9:
        first, second = second, first
    if random.random() < 0.08:
        second = f"{second.split(' ')[0]} {first.split(' ')[1]}"
    return f"{first} - {second}"


def mixed_less_fraction(random: Random) -> str:
    bottom = below(random)
    return f"{mixed(random, bottom)} - {fraction(random, random.choice((bottom, bottom, bottom, None)))}"


def mixed_sum(random: Random) -> str:
    """A mixed number and another, a fraction, or seldom a whole number, in either order."""
    bottom = below(random)
    other = random.choice((mixed, mixed, fraction, fraction))
    second = other(random, bottom if random.random() < 0.8 else None)
    if random.random() < 0.08:
        second = whole(random)
    numbers = [mixed(random, bottom), second]
    random.shuffle(numbers)
    return " + ".join(numbers)


def mixed_product(random: Random) -> str:
    """Two mixed numbers, or a mixed number and a whole one or a fraction."""
    other = random.choice((mixed, mixed, mixed, fraction, whole))
    numbers = [mixed(random), other(random)]
    random.shuffle(numbers)
    return f"{numbers[0]} {TIMES} {numbers[1]}"


def mixed_quotient(random: Random) -> str:
    numbers = [mixed(random), random.choice((mixed, positive))(random)]
    random.shuffle(numbers)
    return f"{numbers[0]} ÷ {numbers[1]}"


def fraction_of_whole(random: Random) -> str:
    return f"{fraction(random)} of {whole(random)}"


def simplify(random: Random) -> str:
    """A fraction with a common factor, one of square numbers, or any."""
    kind = random.randrange(5)
    if kind == 0:
        return f"simplify {fraction(random)}"
    if kind < 3:
        return f"simplify {random.randint(1, 25) ** 2}/{random.randint(2, 25) ** 2}"
    top, _, bottom = fraction(random).partition("/")
    factor = random.randint(2, 12)
    return f"simplify {int(top) * factor}/{int(bottom) * factor}"


def improper(random: Random) -> str:
    return f"improper {mixed(random)}"


def equivalent(random: Random) -> str:
    """The known fraction is widened, or sometimes narrowed."""
    top, bottom = random.randint(1, 20), below(random)
    factor = random.randint(1, 12)
    if random.random() < 0.25:
        return f"{top * factor}/{bottom * factor} = ?/{bottom}"
    return f"{top}/{bottom} = ?/{bottom * factor}"


def compare(random: Random) -> str:
    """Two fractions, also with one gap to 1, one denominator, or one value."""
    first, second = two_fractions(random)
    kind = random.randrange(5)
    top, bottom = (int(part) for part in first.split("/"))
    if kind == 0 and top < bottom:
        below_second = random.randint(bottom - top + 1, bottom + 40)
        second = f"{below_second - (bottom - top)}/{below_second}"
    if kind == 1:
        factor = random.randint(2, 5)
        second = f"{top * factor}/{bottom * factor}"
    return f"compare {first}, {second}"


FORMS = (
    fraction_sum,
    fraction_difference,
    fraction_product,
    fraction_of_fraction,
    fraction_quotient,
    whole_with_fraction,
    whole_over_fraction,
    fraction_less_whole,
    whole_less_mixed,
    mixed_difference,
    mixed_less_fraction,
    mixed_sum,
    mixed_product,
    mixed_quotient,
    fraction_of_whole,
    simplify,
    improper,
    equivalent,
    compare,
)
