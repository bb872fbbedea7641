"""Topics whose answers count by what they are worth, in whatever form: 8/2 is 4, and 0.04 is 1/25."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..grammar.tree import Tree, show
from .lines import LineTopic, Task

if TYPE_CHECKING:
    from fractions import Fraction as Rational

    from ..results import Verdict

_FIGURES = re.compile(r"[0-9]+")


class ExactTopic(LineTopic[Task]):
    """A topic in which two answers are the same if they are worth the same."""

    def key(self, answer: Tree) -> str:
        """What the answer is worth, a fraction in lowest terms; a word as it is."""
        worth = number_of(answer)
        return show(answer) if worth is None else str(worth)

    def output_key(self, output: str) -> str:
        if "." not in output:
            return output
        from fractions import Fraction as Rational

        return str(Rational(output))

    def neighbours(self, key: str) -> frozenset[str]:
        """One digit of one of the numbers in it is off by one or two."""
        found: set[str] = set()
        for match in _FIGURES.finditer(key):
            before, figures, after = key[: match.start()], match.group(), key[match.end() :]
            steps = [by * 10**i for i in range(len(figures)) for by in (-2, -1, 1, 2)]
            found.update(f"{before}{int(figures) + by}{after}" for by in steps if int(figures) + by >= 0)
        return frozenset(found)


def number_of(answer: Tree) -> Rational | None:
    """What a numerical answer is worth (`x = 4` too); None where it is worth no number."""
    from ..grammar.values import NoValueError, value
    from .answers import bare

    try:
        return value(bare(answer))
    except NoValueError:
        return None


def judge_number(answer: Tree, right: Rational) -> Verdict:
    """The verdict where a number is asked for; one that is still to be worked out has not the asked form."""
    from .answers import bare, is_number

    worth = number_of(answer)
    if worth is None:
        return "unreadable"
    if worth != right:
        return "incorrect"
    return "correct" if is_number(bare(answer)) else "not_simplified"
