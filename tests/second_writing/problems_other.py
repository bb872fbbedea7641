"""Random problems of the six topics beside whole-number columns, and a choice for each bug."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import chain
from random import Random

from tests.second_writing import (
    problems_algebra,
    problems_decimals,
    problems_fractions,
    problems_integers,
    problems_powers,
    problems_ratio,
)

Form = Callable[[Random], str]
Answering = Callable[[str], str | None]

FORMS: dict[str, tuple[Form, ...]] = {
    "fractions": problems_fractions.FORMS,
    "decimals": problems_decimals.FORMS,
    "integers": problems_integers.FORMS,
    "powers": problems_powers.FORMS,
    "ratio": problems_ratio.FORMS,
    "algebra": problems_algebra.FORMS,
}
PROBLEMS = 200
CHANGED = 60
FROM_ANY_FORM = 40
DRAWS = 20_000


def problems(topic: str, seed: str, count: int) -> list[str]:
    """So many different problems over all forms of the topic; the same seed gives the same ones."""
    random = Random(seed)  # noqa: S311 - reproducible problems, no secrets
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[random.choice(FORMS[topic])(random)] = None
    return list(drawn)


def value(answer: str | None) -> Fraction | str | None:
    """The value of an answer, so that `2/4`, `0.50` and `1/2` are one; any other answer as it is."""
    try:
        return sum((Fraction(part) for part in answer.split(" ")), Fraction(0)) if answer else answer
    except ValueError:
        return answer


def forms_of(bug: Answering, topic: str, random: Random) -> list[Form]:
    """The forms to which the bug gives an answer, at least now and then."""
    return [form for form in FORMS[topic] if any(bug(form(random)) is not None for _ in range(80))]


def problems_for(name: str, bug: Answering, right: Answering) -> tuple[list[str], list[str]]:
    """Different problems that exercise the bug: those where it changes the answer, and others.

    At least PROBLEMS together and CHANGED of the first kind, as far as DRAWS random problems have them;
    most are of the forms that the bug is about, and FROM_ANY_FORM are from the whole topic.
    """
    topic = name.partition(".")[0]
    random = Random(name)  # noqa: S311 - reproducible problems, no secrets
    forms = forms_of(bug, topic, random)
    near = (random.choice(forms)(random) for _ in range(DRAWS))
    changed: dict[str, None] = {}
    others: dict[str, None] = {}
    for problem in chain(problems(topic, name, FROM_ANY_FORM), near):
        answer = bug(problem)
        if answer is not None and value(answer) != value(right(problem)):
            changed[problem] = None
        elif len(others) < PROBLEMS - CHANGED:
            others[problem] = None
        if len(changed) >= CHANGED and len(changed) + len(others) >= PROBLEMS:
            break
    return list(changed), list(others)
