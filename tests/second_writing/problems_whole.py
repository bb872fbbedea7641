"""Random problems of the four whole-number topics, over the whole domain, and a choice for each bug."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

from tests.second_writing.whole_numbers import DIVIDED_BY, TIMES, Bug

DIGITS = ("0123456789", "0123456789", "0000123459", "0112", "0011289", "5678999")
PROBLEMS = 200
CHANGED = 60
DRAWS = 40_000


def number(random: Random, length: int) -> str:
    """A number of so many digits: any digits, or many zeros, ones, twos or nines. A lone digit may be 0."""
    digits = "".join(random.choices(random.choice(DIGITS), k=length))
    if length == 1 or digits[0] != "0":
        return digits
    return random.choice("1123456789") + digits[1:]


def addition(random: Random) -> str:
    addends = random.choice((2, 2, 2, 2, 2, 3, 3, 4))
    length = random.choice((1, 2, 2, 3, 3, 4, 5))
    lengths = [length if random.random() < 0.5 else random.randint(1, length) for _ in range(addends - 1)]
    numbers = [number(random, length), *(number(random, each) for each in lengths)]
    random.shuffle(numbers)
    return " + ".join(numbers)


def subtraction(random: Random) -> str:
    """Often with equal columns, zeros below, or a blank; seldom with the larger or longer number below."""
    length = random.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, 5))
    top = number(random, length)
    bottom = number(random, random.choice((length, length, random.randint(1, length))))
    if random.random() < 0.4:
        beside = top[-len(bottom) :]
        below = [random.choice((under, above)) for under, above in zip(bottom, beside, strict=True)]
        bottom = str(int("".join(below)))
    if random.random() < 0.05:
        bottom = top
    if int(bottom) > int(top) and random.random() < 0.95:
        top, bottom = bottom, top
    return f"{bottom} - {top}" if random.random() < 0.02 else f"{top} - {bottom}"


def multiplication(random: Random) -> str:
    kind = random.choice(("one digit", "one digit", "two by two", "any", "any", "power", "fact", "head"))
    if kind == "one digit":
        lengths = (random.randint(1, 5), 1)
    elif kind == "two by two":
        lengths = (2, 2)
    elif kind == "fact":
        lengths = (1, 1)
    elif kind == "head":
        lengths = (1, 2)
    else:
        lengths = (random.randint(1, 5), random.randint(1, 4))
    first, second = (number(random, length) for length in lengths)
    if kind == "power":
        second = random.choice(("10", "100", "1000"))
    return f"{first} {TIMES} {second}"


def division(random: Random) -> str:
    """Mostly a quotient, often with zeros, times a divisor, with a remainder or none; else any numbers."""
    divisor = int(number(random, random.choice((1, 1, 1, 2, 3)))) or random.randint(1, 9)
    kind = random.choice(("exact", "remainder", "remainder", "zeros", "equal", "any", "same length"))
    if kind in ("exact", "remainder", "zeros"):
        quotient = number(random, random.randint(1, 4))
        if kind == "zeros":
            quotient = quotient.replace(random.choice("123456789"), "0") + random.choice(("", "0"))
        remainder = 0 if kind == "exact" else random.choice((0, random.randrange(divisor)))
        dividend = int(quotient) * divisor + remainder
    elif kind == "equal":
        dividend = divisor
    elif kind == "same length":
        length = random.randint(2, 4)
        dividend, divisor = int(number(random, length)), int(number(random, length))
    else:
        dividend = int(number(random, random.randint(1, 5)))
    return f"{dividend} {DIVIDED_BY} {divisor}"


TOPICS: dict[str, Callable[[Random], str]] = {
    "addition": addition,
    "subtraction": subtraction,
    "multiplication": multiplication,
    "division": division,
}


def stream(topic: str, seed: str) -> Iterator[str]:
    """Problems of the topic without end; the same seed gives the same ones."""
    random = Random(seed)  # noqa: S311 - reproducible problems, no secrets
    while True:
        yield TOPICS[topic](random)


def problems(topic: str, seed: str, count: int) -> list[str]:
    """So many problems of the topic."""
    return list(islice(stream(topic, seed), count))


def problems_for(name: str, bug: Bug, right: Callable[[str], str]) -> tuple[list[str], list[str]]:
    """Different problems that exercise the bug: those where it changes the answer, and others.

    At least PROBLEMS together and CHANGED of the first kind, where DRAWS random problems have so many. The
    others are those with the right answer and, fewer, those with none.
    """
    topic = name.partition(".")[0]
    changed: dict[str, None] = {}
    unchanged: dict[str, None] = {}
    unanswered: dict[str, None] = {}
    for problem in islice(stream(topic, name), DRAWS):
        answer = bug(problem)
        if answer is None:
            unanswered[problem] = None
        elif answer == right(problem):
            unchanged[problem] = None
        else:
            changed[problem] = None
        others = min(len(unchanged), PROBLEMS // 2) + min(len(unanswered), PROBLEMS // 5)
        if len(changed) >= CHANGED and len(changed) + others >= PROBLEMS:
            break
    kept = [*list(unchanged)[: PROBLEMS // 2], *list(unanswered)[: PROBLEMS // 5]]
    spare = [*list(unanswered)[PROBLEMS // 5 :], *list(unchanged)[PROBLEMS // 2 :]]
    missing = max(0, PROBLEMS - len(changed) - len(kept))
    return list(changed), [*kept, *spare[:missing]]
