"""Random problems with ratios and percentages, one function for each form."""

from __future__ import annotations

from random import Random

from tests.second_writing.problems_whole import number

PERCENTAGES = (1, 2, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 60, 75, 80, 90, 100, 120, 150, 200)


def percentage(random: Random) -> int:
    return random.choice(PERCENTAGES) if random.random() < 0.8 else random.randint(1, 130)


def amount(random: Random) -> int:
    """One to five digits, often round."""
    return (
        random.choice(
            (
                random.randint(1, 40) * 10,
                random.randint(1, 200),
                int(number(random, 3)),
                int(number(random, 5)),
            )
        )
        or 7
    )


def ratio(random: Random) -> str:
    """Whole multiples of the first pair, or any third term."""
    first, second = random.choice((random.randint(1, 12), random.randint(1, 60))), random.randint(1, 20)
    third = random.choice(
        (first * random.randint(1, 12), second * random.randint(1, 9), random.randint(1, 99))
    )
    return f"{first}:{second} = {third}:x"


def percent_of(random: Random) -> str:
    return f"{percentage(random)}% of {amount(random)}"


def base_unknown(random: Random) -> str:
    rate = percentage(random)
    part = rate * random.randint(1, 40) if random.random() < 0.7 else amount(random)
    return f"{rate}% of ? = {part}"


def percentage_unknown(random: Random) -> str:
    base = random.choice((20, 25, 40, 50, 80, 100, 200, 250, 400, 500, 1000)) * random.randint(1, 3)
    return f"?% of {base} = {random.randint(1, base + base // 5)}"


def less(random: Random) -> str:
    return f"{amount(random)} less {min(percentage(random), 100)}%"


def plus_then_less(random: Random) -> str:
    """Mostly the same percentage both times."""
    rate = min(percentage(random), 100)
    back = rate if random.random() < 0.9 else min(percentage(random), 100)
    return f"{amount(random)} plus {rate}% less {back}%"


FORMS = (ratio, percent_of, base_unknown, percentage_unknown, less, plus_then_less)
