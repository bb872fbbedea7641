"""Which bugs a student is suspected of, answer by answer, and what an exercise would tell about them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import log2
from typing import Final, NamedTuple

HAS_BUG: Final = 0.8  # from here on a student is said to have it: no longer to be settled but practised
SUSPECTED: Final = 0.2  # below this a bug is no reason for anything

# As in `diagnosis/ranking.py`: how often a student with a bug is right where it shows, and wrong in another
# way; and how often one without it is right.
_LAPSES, _SLIPS, _RIGHT_WITHOUT = 0.03, 0.05, 0.92


class Suspicion(NamedTuple):
    """How probable it is that the student has a bug, and the skill in whose exercises it was seen."""

    bug: str
    skill: Hashable
    probability: float


class Answer(NamedTuple):
    """One answer. `found`: the bugs found in it. `shows`: those suspected before that change its problem."""

    right: bool
    found: Sequence[Suspicion]
    shows: frozenset[str]


def after(before: Mapping[str, Suspicion], answer: Answer) -> dict[str, Suspicion]:
    """The suspicions after one more answer, by bug; those that have come to nothing are gone.

    A diagnosis has weighed what was known before it, so what it finds replaces what was thought. Any other
    answer to a problem that would bring a bug out speaks against it, by Bayes' rule.
    """
    now: dict[str, Suspicion] = {}
    for bug, old in before.items():
        if bug not in answer.shows:
            now[bug] = old
            continue
        if_had, if_not = (_LAPSES, _RIGHT_WITHOUT) if answer.right else (_SLIPS, 1.0)
        had = old.probability * if_had
        probability = had / (had + (1 - old.probability) * if_not)
        if probability >= SUSPECTED / 2:
            now[bug] = old._replace(probability=probability)
    return now | {each.bug: each for each in answer.found}


def bits(shares: Mapping[str, float], answers: Mapping[str, str | None], right: str) -> float:
    """What the answer to a problem is expected to tell about the suspected bugs, in bits.

    `shares` are their probabilities, what is left is a student without any; `answers` are what each gives to
    the problem, None for none: such a student may write anything and is not told apart from the others.
    """
    groups = {right: max(0.0, 1.0 - sum(shares.values()))}
    for bug, share in shares.items():
        answer = answers.get(bug)
        if answer is not None:
            groups[answer] = groups.get(answer, 0.0) + share
    return entropy(groups.values())


def entropy(shares: Iterable[float]) -> float:
    """The entropy of a distribution in bits; the shares need not add up to 1."""
    positive = [share for share in shares if share > 0]
    total = sum(positive)
    return -sum(share / total * log2(share / total) for share in positive)
