"""The explanations of a wrong answer: single bugs that give it, else pairs of bugs and slips."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from math import fsum, log
from typing import Any, NamedTuple

from . import ranking
from .catalogue import bugs
from .evidence import Evidence, History, outcomes, priors, seen_by
from .grammar import Tree
from .problem import Problem
from .procedure import WHOLE, Procedure, compatible, is_compound, together
from .topics import topic_named
from .topics.base import Topic

MAX_PAIRS = 8
"""Pairs of bugs that are listed at most, the most probable ones."""
MAX_SLIPS = 300
"""Slips that are tried at most, those of the first places of the work; a problem of usual size has fewer."""


class Explanation(NamedTuple):
    """A procedure that gives exactly the student's answer, and the logarithm of its prior x likelihood."""

    bug: str
    topic: Topic[Any]
    procedure: type[Procedure]
    weight: float


def explanations(
    problem: Problem, answer: Tree, evidence: Sequence[Evidence], without: Collection[str] = ()
) -> tuple[list[tuple[Explanation, float]], float]:
    """The explanations of a wrong `answer`, most probable first, and what is left unexplained.

    The bugs `without` are none of them: what they would have explained is left to the others.
    """
    case = _Case(problem, answer, evidence, without)
    singles = case.single_bugs()
    listed = singles or [*case.pairs(), *case.slips()]
    others = case.others({each.bug for each in singles}, slips_listed=not singles)
    probabilities, unexplained = ranking.normalise([each.weight for each in listed], others)
    return sorted(zip(listed, probabilities, strict=True), key=_rank), unexplained


def _rank(found: tuple[Explanation, float]) -> tuple[float, bool, str]:
    """The more probable first; of equally probable ones those that are one bug before compounds."""
    explanation, probability = found
    return -probability, is_compound(explanation.procedure), explanation.bug


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """The pairs of bugs of a topic that one student may hold and that are tried."""
    procedures = topic_named(name).procedures()
    tried = [bug.id for bug in bugs(name) if bug.prior in ranking.PAIRED_CLASSES and bug.id in procedures]
    return tuple(
        (first, second)
        for i, first in enumerate(tried)
        for second in tried[i + 1 :]
        if compatible(procedures[first], procedures[second])
    )


@cache
def _sum_of_pairs(name: str, names: tuple[str, ...]) -> float:
    """The sum of the products of priors over all pairs of a topic, so that the pairs' priors sum to 1."""
    share = priors(names)
    return fsum(share[first] * share[second] for first, second in pairs(name))


def _suspects(topic: Topic[Any], without: Collection[str]) -> Mapping[str, type[Procedure]]:
    """The bugs of `topic` that a student may have."""
    procedures = topic.procedures()
    return {bug: each for bug, each in procedures.items() if bug not in without} if without else procedures


class _Case:
    """One wrong answer with its history, seen by each topic that the problem is in."""

    def __init__(
        self, problem: Problem, answer: Tree, evidence: Sequence[Evidence], without: Collection[str]
    ) -> None:
        self.problem = problem
        self.topics = [topic_named(name) for name in problem.tasks]
        self.procedures = {topic.name: _suspects(topic, without) for topic in self.topics}
        self.now = {topic.name: seen_by(topic, problem, answer, right=False) for topic in self.topics}
        self.history = History(self.topics, evidence)
        self.priors = priors(problem.topics)
        self._agreements: dict[str, dict[str, int]] = {}

    # What is listed

    def single_bugs(self) -> list[Explanation]:
        """The bugs that give the student's answer."""
        found = []
        for topic in self.topics:
            procedures = self.procedures[topic.name]
            for bug, agreement in self.agreements(topic).items():
                if agreement == WHOLE:
                    weight = self.before_now(topic, bug) + log(ranking.BUG_SHOWS)
                    found.append(Explanation(bug, topic, procedures[bug], weight))
        return found

    def pairs(self) -> list[Explanation]:
        """The best of the pairs of bugs that give the student's answer.

        One of the two must account for the first wrong place on its own: it agrees with the answer further
        than right work does. The other then accounts for what is wrong beyond it.
        """
        found: list[Explanation] = []
        for topic in self.topics:
            agreements, procedures = self.agreements(topic), self.procedures[topic.name]
            (right,) = self._compare(topic, [topic.right()])
            further = {bug for bug, agreement in agreements.items() if agreement > right}
            tried = [
                (first, second)
                for first, second in pairs(topic.name)
                if (first in further or second in further) and first in procedures and second in procedures
            ]
            both = [together(procedures[first], procedures[second]) for first, second in tried]
            for pair, procedure, agreement in zip(tried, both, self._compare(topic, both), strict=True):
                if agreement == WHOLE:
                    weight = self._weight_of_pair(topic, pair, procedure)
                    found.append(Explanation("+".join(pair), topic, procedure, weight))
        return sorted(found, key=lambda each: -each.weight)[:MAX_PAIRS]

    def slips(self) -> Iterator[Explanation]:
        """One slip of each kind that gives the student's answer: in right work, else in that of a bug.

        The bug is the one that the history speaks for most, and more than for a student without bugs. A kind
        of slip that several topics see is listed once, as the first of them tells it.
        """
        carrier = self._bug_of_history()
        found: set[str] = set()
        for topic in self.topics:
            weight = log(ranking.SLIPS_ONLY * ranking.SLIP_RATE * ranking.NEAR_SHARE)
            for kind, procedure in dict(self._slips_in(topic, topic.right())).items():
                if kind not in found:
                    found.add(kind)
                    yield Explanation(f"slip.{kind}", topic, procedure, weight + self.history.careful(topic))
            if carrier and carrier[0] in self.procedures[topic.name] and not found:
                bug, weight = carrier
                weight += log(ranking.BUG_SLIPS * ranking.NEAR_SHARE)
                for kind, procedure in dict(self._slips_in(topic, self.procedures[topic.name][bug])).items():
                    yield Explanation(f"{bug}+slip.{kind}", topic, procedure, weight)

    def _slips_in(self, topic: Topic[Any], work: type[Procedure]) -> Iterator[tuple[str, type[Procedure]]]:
        """The slips that turn the outcome of `work` into the student's answer."""
        right = topic.right()
        slips = list(islice(topic.slips(self.problem.tasks[topic.name]), MAX_SLIPS))
        if work is not right:
            slips = [
                slip._replace(procedure=together(slip.procedure, work))
                for slip in slips
                if issubclass(slip.procedure, right) and issubclass(work, right)
            ]
        agreements = self._compare(topic, [slip.procedure for slip in slips])
        for slip, agreement in zip(slips, agreements, strict=True):
            if agreement == WHOLE:
                yield slip.kind, slip.procedure

    def agreements(self, topic: Topic[Any]) -> dict[str, int]:
        """How far each bug of `topic` agrees with the student's answer."""
        found = self._agreements.get(topic.name)
        if found is None:
            procedures = self.procedures[topic.name]
            found = dict(zip(procedures, self._compare(topic, list(procedures.values())), strict=True))
            self._agreements[topic.name] = found
        return found

    def _compare(self, topic: Topic[Any], procedures: Sequence[type[Procedure]]) -> list[int]:
        return topic.agreements(procedures, self.problem.tasks[topic.name], self.now[topic.name].key)

    # What it weighs: logarithms of prior x likelihood

    def before_now(self, topic: Topic[Any], bug: str) -> float:
        """The prior of a single bug x the likelihood of the history."""
        return log(ranking.ONE_BUG * self.priors[bug]) + self.history.of_bug(topic, bug)

    def _weight_of_pair(self, topic: Topic[Any], pair: tuple[str, str], procedure: type[Procedure]) -> float:
        share = self.priors[pair[0]] * self.priors[pair[1]] / _sum_of_pairs(topic.name, self.problem.topics)
        return log(ranking.TWO_BUGS * share * ranking.BUG_SHOWS) + self.history.of_procedure(topic, procedure)

    def _bug_of_history(self) -> tuple[str, float] | None:
        suspects = [(topic, bug) for topic in self.topics for bug in self.procedures[topic.name]]
        if not self.history or not suspects:
            return None
        weights = {bug: self.before_now(topic, bug) for topic, bug in suspects}
        bug = max(weights, key=lambda each: weights[each])
        careful = log(ranking.SLIPS_ONLY) + self.history.careful(self.topics[0])
        return (bug, weights[bug]) if weights[bug] > careful else None

    def others(self, listed: set[str], *, slips_listed: bool) -> list[float]:
        """The weights of what is not listed: other slips, an unknown procedure, a bug's slip."""
        topic = self.topics[0]
        seen = self.now[topic.name]
        slip = ranking.SLIP_RATE * ranking.FAR_SHARE if slips_listed else ranking.careful(seen)
        weights = [
            log(ranking.SLIPS_ONLY * slip) + self.history.careful(topic),
            log(ranking.UNKNOWN * ranking.unknown(seen)) + self.history.unknown(topic),
        ]
        for each in self.topics:
            weights.extend(self._slipping_bugs(each, listed))
        return weights

    def _slipping_bugs(self, topic: Topic[Any], listed: set[str]) -> list[float]:
        """The weights of the bugs that do not give this answer, but could with a slip on top.

        Without a history they weigh next to nothing, so they are taken together as slips of any size.
        """
        others = self.procedures[topic.name].keys() - listed
        if not self.history:
            share = fsum(self.priors[bug] for bug in others)
            return [log(ranking.ONE_BUG * share * ranking.BUG_SLIPS * ranking.FAR_SHARE)] if share else []
        seen = self.now[topic.name]
        return [
            self.before_now(topic, bug) + log(ranking.with_bug(seen, predicted))
            for bug, predicted in outcomes(self.problem, topic.name).items()
            if bug in others
        ]
