"""The same student's earlier answers, and how likely each kind of student makes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from math import fsum, log
from typing import Any, NamedTuple

from . import ranking
from .catalogue import bugs
from .errors import ProblemSyntaxError
from .grammar import Tree
from .problem import Problem, parse_problem, read_answer
from .procedure import Procedure
from .ranking import Seen
from .results import Verdict
from .topics import topic_named
from .topics.base import Topic

MAX_HISTORY = 40
"""Earlier answers that are looked at; older ones say little about what a student does now."""
_KINDEST_FIRST: tuple[Verdict, ...] = ("correct", "not_simplified", "incorrect", "unreadable")


class Evidence(NamedTuple):
    """One earlier answer of the same student."""

    problem: Problem
    answer: Tree
    right: bool


def read_history(history: Sequence[tuple[str, str]], locale: str) -> list[Evidence]:
    """The readable answers of the last `MAX_HISTORY` (problem, answer) pairs; the others are left out."""
    evidence = []
    for text, answer in history[-MAX_HISTORY:]:
        try:
            problem = parse_problem(text, locale)
        except ProblemSyntaxError:
            continue
        given = read_answer(problem, answer, locale)
        verdict = verdict_on(problem, given)
        if given is not None and verdict != "unreadable":
            evidence.append(Evidence(problem, given, right=verdict != "incorrect"))
    return evidence


def verdict_on(problem: Problem, answer: Tree | None) -> Verdict:
    """The kindest verdict of the topics that the problem is in; None is an unreadable answer."""
    if answer is None:
        return "unreadable"
    verdicts = {topic_named(name).judge(task, answer) for name, task in problem.tasks.items()}
    return next(verdict for verdict in _KINDEST_FIRST if verdict in verdicts)


def seen_by(topic: Topic[Any], problem: Problem, answer: Tree, *, right: bool) -> Seen:
    """The answer as `topic` compares answers; a right one in another form counts as the usual one."""
    expected = topic.output_key(topic.expected(problem.tasks[topic.name]))
    if right:
        return Seen(expected, expected, frozenset())
    key = topic.key(answer)
    return Seen(key, expected, topic.neighbours(key))


@lru_cache(maxsize=256)
def outcomes(problem: Problem, name: str) -> dict[str, str | None]:
    """What each bug of a topic answers to `problem`, as the topic compares answers; None: no answer."""
    topic = topic_named(name)
    task = problem.tasks[name]
    return {bug: topic.predicts(procedure, task) for bug, procedure in topic.procedures().items()}


@cache
def priors(names: tuple[str, ...]) -> dict[str, float]:
    """The prior of each bug of these topics, the main one first, given that the student has one of them."""
    weights = {
        bug.id: ranking.CLASS_WEIGHT[bug.prior] * (1 if name == names[0] else ranking.SECOND_TOPIC)
        for name in names
        for bug in bugs(name)
    }
    total = fsum(weights.values())
    return {bug: weight / total for bug, weight in weights.items()}


def _seen(topic: Topic[Any], each: Evidence) -> tuple[Problem | None, Seen]:
    """The answer as `topic` sees it; as the problem's own topic does, and without the problem, elsewhere."""
    of_topic = topic.name in each.problem.tasks
    own = topic if of_topic else topic_named(each.problem.topic)
    seen = seen_by(own, each.problem, each.answer, right=each.right)
    return (each.problem if of_topic else None), seen


class _Kinds(NamedTuple):
    """How likely the history is from each kind of student, as they are now, and from anybody."""

    careful: float
    unknown: float
    anybody: float
    bugs: dict[str, float]


class History:
    """The evidence as some topics see it. All likelihoods are logarithms.

    All hypotheses are held against the same answers: to an earlier problem that is not of a topic, the
    topic's bugs make no difference, so it is expected to be worked rightly. Without evidence everything is
    as likely: 0.
    """

    def __init__(self, topics: Collection[Topic[Any]], evidence: Sequence[Evidence]) -> None:
        names = {topic.name for topic in topics}
        self.evidence = [each for each in evidence if names & each.problem.tasks.keys()]
        self.seen = {topic.name: [_seen(topic, each) for each in self.evidence] for topic in topics}
        self.priors = priors(tuple(topic.name for topic in topics))
        self._kinds: dict[str, _Kinds] = {}

    def __bool__(self) -> bool:
        return bool(self.evidence)

    def of_bug(self, topic: Topic[Any], bug: str) -> float:
        """How likely it is from a student who now has a bug of the catalogue."""
        return self._of(topic).bugs[bug] if self.evidence else 0.0

    def of_procedure(self, topic: Topic[Any], procedure: type[Procedure]) -> float:
        """How likely it is from a student who now has any wrong procedure."""
        steady = 0.0
        for problem, seen in self.seen[topic.name]:
            predicted = topic.predicts(procedure, problem.tasks[topic.name]) if problem else seen.expected
            steady += log(ranking.with_bug(seen, predicted))
        return ranking.after_change(steady, self._of(topic).anybody) if self.seen[topic.name] else 0.0

    def careful(self, topic: Topic[Any]) -> float:
        """How likely it is from a student who now only slips."""
        return self._of(topic).careful if self.evidence else 0.0

    def unknown(self, topic: Topic[Any]) -> float:
        """How likely it is from a student who now has an unknown procedure."""
        return self._of(topic).unknown if self.evidence else 0.0

    def _of(self, topic: Topic[Any]) -> _Kinds:
        if topic.name not in self._kinds:
            self._kinds[topic.name] = self._likelihoods(topic)
        return self._kinds[topic.name]

    def _likelihoods(self, topic: Topic[Any]) -> _Kinds:
        """The likelihood of what `topic` has seen, from each kind of student."""
        seen = [each for _, each in self.seen[topic.name]]
        names = list(topic.procedures())
        predicted = [
            outcomes(problem, topic.name) if problem else dict.fromkeys(names, each.expected)
            for problem, each in self.seen[topic.name]
        ]
        kinds: list[tuple[float, list[float]]] = [
            (ranking.SLIPS_ONLY, [ranking.careful(each) for each in seen]),
            (ranking.UNKNOWN, [ranking.unknown(each) for each in seen]),
        ]
        # Most bugs answer alike, so each answer that is predicted is weighed once.
        likely = [
            {answer: ranking.with_bug(each, answer) for answer in set(said.values())}
            for each, said in zip(seen, predicted, strict=True)
        ]
        for bug in names:
            of_bug = [each[said[bug]] for each, said in zip(likely, predicted, strict=True)]
            kinds.append((ranking.ONE_BUG * self.priors[bug], of_bug))
        (careful, unknown, *of_bugs), anybody = ranking.after_history(kinds)
        return _Kinds(careful, unknown, anybody, dict(zip(names, of_bugs, strict=True)))
