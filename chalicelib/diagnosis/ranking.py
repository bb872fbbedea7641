"""Which explanation is how probable: Bayes' rule over this answer and the history.

The posterior of an explanation is its prior, times the likelihood of this answer, times the likelihood of
each earlier answer, divided by the sum of the same over all explanations, known and unknown. All numbers
that this rests on stand here, each with its reason. They are judgements, as there is no open data set of
worked errors large enough to fit them: what they must achieve (a bug found after a few answers, a student
who only slips not accused of one) is tested in `tests/unit/diagnosis`.

Before the answers, a student who has given a wrong answer is thought to be one of four kinds:
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, log
from typing import NamedTuple

# One known bug. Studies of subtraction explain a third to a half of erring students by bugs in the
# catalogue (Brown & Burton 1978; VanLehn 1990), and most of these by a single one.
ONE_BUG = 0.55
# Two known bugs together: VanLehn reports compounds at well under half the number of single bugs.
TWO_BUGS = 0.10
# No bug: works rightly and slips now and then.
SLIPS_ONLY = 0.20
# A procedure that is not in the catalogue, or none that is kept to.
UNKNOWN = 0.15

# How much more often a common bug is seen than a rare one. The catalogue's classes are judgements; a factor
# of three to four from class to class keeps one rare bug below one common bug that fits as well, while two
# or three answers of evidence can still turn the order round.
CLASS_WEIGHT = {"common": 12.0, "uncommon": 4.0, "rare": 1.0}
# How much less often a bug is seen on a problem that is mainly of another topic. Where two bugs do the same
# to all that was seen, as 3 - 5 = 2 in integers and in column work, the problem's own topic is the likelier.
SECOND_TOPIC = 0.5
# Classes of bugs that are tried in pairs: a pair with a rare bug is too improbable to be worth its time.
PAIRED_CLASSES = frozenset({"common", "uncommon"})

# A student with a bug shows it nine times out of ten, else slips on top of it, or now and then works
# rightly (bugs come and go: VanLehn calls it instability). The last is kept rare, as a right answer that
# the bug would have spoilt is the strongest evidence against it.
BUG_SHOWS = 0.92
BUG_LAPSES = 0.03
BUG_SLIPS = 0.05
# From one answer to the next a student may have changed: learnt the right way, or taken up another bug (bug
# migration: VanLehn 1990). Then the history says nothing of them. Without this, ten answers that show one
# bug would leave another, shown clearly by the eleventh, no chance at all.
CHANGES = 0.003
# A student without a bug slips in one answer out of twelve.
SLIP_RATE = 0.08
# A student with an unknown procedure is right as often as not: bugs of any kind leave many problems alone.
UNKNOWN_RIGHT = 0.50

# The share of one particular wrong answer among the wrong ones. A slip mostly hits one place by one or two:
# about 24 answers of a problem of usual size are that near, and they have three quarters of the slips. All
# else is spread thinly over a few hundred answers of the right size.
NEAR_SHARE = 0.75 / 24
FAR_SHARE = 0.25 / 200
UNKNOWN_SHARE = 1 / 200


class Seen(NamedTuple):
    """One answer of a student, as a topic compares answers.

    `key` is the answer and `expected` the right one (the same where the answer is right in another form);
    `neighbours` are the answers that a small slip makes of the student's, or the student's of them.
    """

    key: str
    expected: str
    neighbours: frozenset[str]

    @property
    def right(self) -> bool:
        return self.key == self.expected


def careful(seen: Seen) -> float:
    """How likely an answer is from a student who only slips."""
    if seen.right:
        return 1 - SLIP_RATE
    return SLIP_RATE * (NEAR_SHARE if seen.expected in seen.neighbours else FAR_SHARE)


def unknown(seen: Seen) -> float:
    """How likely an answer is from a student with an unknown procedure."""
    return UNKNOWN_RIGHT if seen.right else (1 - UNKNOWN_RIGHT) * UNKNOWN_SHARE


def with_bug(seen: Seen, predicted: str | None) -> float:
    """How likely an answer is from a student with a bug that predicts `predicted`.

    Where the bug gives no answer, it says as little about the student's as an unknown procedure does.
    """
    if predicted is None:
        return unknown(seen)
    right = seen.key == seen.expected
    if predicted == seen.key:
        return BUG_SHOWS + BUG_LAPSES if right else BUG_SHOWS
    if right:
        return BUG_LAPSES
    return BUG_SLIPS * (NEAR_SHARE if predicted in seen.neighbours else FAR_SHARE)


def after_history(
    kinds: Sequence[tuple[float, Sequence[float]]],
) -> tuple[list[float], float]:
    """How likely the history is from each kind of student, who may have changed on the way; and from any.

    `kinds` are the prior of each and the likelihoods of the answers, oldest first. This is the forward
    recursion of a hidden Markov model in which a student keeps to what they do with probability 1 - CHANGES
    and else is drawn anew by the priors. All that is given back are logarithms.
    """
    count = len(kinds[0][1]) if kinds else 0
    total = fsum(prior for prior, _ in kinds)
    states = [prior / total for prior, _ in kinds]
    scale = 0.0
    for answer in range(count):
        states = [state * seen[answer] for state, (_, seen) in zip(states, kinds, strict=True)]
        sum_of_states = fsum(states)
        scale += log(sum_of_states)
        states = [
            (1 - CHANGES) * state / sum_of_states + CHANGES * prior / total
            for state, (prior, _) in zip(states, kinds, strict=True)
        ]
    likelihoods = [
        scale + log(state * total / prior) for state, (prior, _) in zip(states, kinds, strict=True)
    ]
    return likelihoods, scale


def after_change(steady: float, any_kind: float) -> float:
    """The likelihood of the history from a student not among the kinds of `after_history`.

    `steady` is that from a student who never changed, `any_kind` what `after_history` gave. Logarithms.
    """
    return log_sum(steady + log(1 - CHANGES), any_kind + log(CHANGES))


def log_sum(first: float, second: float) -> float:
    """The logarithm of the sum of two numbers that are given by theirs."""
    highest = max(first, second)
    return highest + log(exp(first - highest) + exp(second - highest))


def normalise(listed: Sequence[float], others: Sequence[float]) -> tuple[list[float], float]:
    """The probability of each listed explanation, in their order, and that of all others together.

    Both are given by the logarithms of prior times likelihood, so that long histories do not underflow.
    """
    highest = max([*listed, *others])
    shares = [exp(weight - highest) for weight in listed]
    total = fsum([*shares, *(exp(weight - highest) for weight in others)])
    probabilities = [share / total for share in shares]
    return probabilities, max(0.0, 1.0 - fsum(probabilities))
