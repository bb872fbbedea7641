"""The next question: a problem that tells the candidate explanations apart best."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, log, log2
from random import Random
from typing import Any, TypeAlias

from . import ranking
from .engine import procedure_of
from .evidence import History, priors, read_history
from .exercises import shows
from .problem import Problem, parse_problem
from .procedure import Procedure
from .results import Candidate
from .topics import topic_named
from .topics.base import Topic

POOL = 120
"""Problems that are generated and compared for one probe."""
TRUSTED_ANSWER = 0.9
"""How often a student answers as their procedure does; the rest says nothing about it (see `ranking.py`)."""
NEGLIGIBLE = 1e-4
"""A bug less probable than this adds next to nothing to what a problem tells, and much to the time."""

Belief: TypeAlias = tuple[type[Procedure], float]
"""A procedure that the student may have, and how probable that is."""


def next_probe(
    candidates: Iterable[Candidate | str],
    *,
    topic: str,
    seed: int | str,
    history: Sequence[tuple[str, str]] = (),
) -> str:
    """The problem, among generated ones of `topic`, that is expected to tell most about `candidates`.

    Candidates are those of a diagnosis, with their probabilities, or bug ids, taken to be as probable as no
    bug. What is left to 1, and slips, are a student who works rightly or, with a `history` (the student's
    earlier (problem, answer) pairs), has one of the other bugs of the topic, each as probable as it is after
    that history. Where no bug is among the candidates, so are all; without a history either, all are alike,
    and the seed chooses one bug that the problem must bring out, so that a series of probes reaches them all.
    No problem of the history comes again.

    The measure is the expected information gain in bits; between equally good problems the shorter one is
    taken. The same arguments give the same problem. Raises UnknownTopicError and UnknownBugError.
    """
    chosen = topic_named(topic)
    asked = _bugs_among(chosen, candidates)
    rng = Random(f"probe {seed}")  # noqa: S311 (reproducible, not secret)
    pool = _without(_draw_pool(chosen, rng), history)
    if not asked and not history:
        procedures = chosen.procedures()
        pool = _bringing_out(chosen, rng.choice(list(procedures.values())), pool)
        asked = _alike(procedures)
    beliefs = _beliefs(chosen, asked, history)

    def merit(problem: Problem) -> tuple[float, int]:
        return round(_gain(chosen, problem, beliefs), 9), -len(str(problem))

    return str(max(pool, key=merit))


def _draw_pool(topic: Topic[Any], rng: Random) -> list[Problem]:
    """About `POOL` different problems of all difficulties, the harder ones more often."""
    levels = rng.choices(range(1, 6), weights=range(1, 6), k=POOL)
    texts = dict.fromkeys(topic.draw(rng, level) for level in levels)
    return [parse_problem(text) for text in texts]


def _without(pool: Sequence[Problem], history: Sequence[tuple[str, str]]) -> list[Problem]:
    """The problems of the pool that are not in the history; all of them, if all are."""
    asked = {str(each.problem) for each in read_history(history, "en")}
    return [problem for problem in pool if str(problem) not in asked] or list(pool)


def _bringing_out(topic: Topic[Any], bug: type[Procedure], pool: Sequence[Problem]) -> list[Problem]:
    """The problems that `bug` answers wrongly; all of them, if there are none."""
    return [problem for problem in pool if shows(topic, problem, bug)] or list(pool)


def _alike(bugs: Collection[str]) -> dict[str, float]:
    """The share of each of these bugs where each is as probable as no bug at all."""
    return dict.fromkeys(bugs, 1 / (len(bugs) + 1))


def _bugs_among(topic: Topic[Any], candidates: Iterable[Candidate | str]) -> dict[str, float]:
    """The topic's bugs among the candidates and their probabilities; a slip on top of a bug is that bug."""
    asked = tuple(candidates)
    shares = list(_alike([each for each in asked if isinstance(each, str)]).items())
    shares += [(each.bug, each.probability) for each in asked if not isinstance(each, str)]
    found: dict[str, float] = {}
    for bug, share in shares:
        name = "+".join(part for part in bug.split("+") if not part.startswith("slip."))
        if name and procedure_of(name)[0] is topic:
            found[name] = found.get(name, 0.0) + share
    return found


def _beliefs(
    topic: Topic[Any], asked: Mapping[str, float], history: Sequence[tuple[str, str]]
) -> list[Belief]:
    """The procedures in question; the right one stands for a student without a bug."""
    shares = dict(asked)
    if history:
        others = {bug: share for bug, share in _after(topic, history).items() if bug not in asked}
        left = max(0.0, 1.0 - fsum(asked.values()))
        shares.update((bug, left * share) for bug, share in others.items())
    beliefs: list[Belief] = []
    for bug, share in shares.items():
        _, procedure = procedure_of(bug)
        if procedure is not None and share > NEGLIGIBLE:
            beliefs.append((procedure, share))
    without = 1.0 - fsum(share for _, share in beliefs)
    return [*beliefs, (topic.right(), max(without, 0.0))]


def _after(topic: Topic[Any], history: Sequence[tuple[str, str]]) -> dict[str, float]:
    """How probable each bug of the topic is after `history`, and before any other answer."""
    told = History([topic], read_history(history, "en"))
    share = priors((topic.name,))
    bugs = list(topic.procedures())
    weights = [log(ranking.ONE_BUG * share[bug]) + told.of_bug(topic, bug) for bug in bugs]
    others = [
        log(ranking.SLIPS_ONLY) + told.careful(topic),
        log(ranking.UNKNOWN) + told.unknown(topic),
    ]
    return dict(zip(bugs, ranking.normalise(weights, others)[0], strict=True))


def _gain(topic: Topic[Any], problem: Problem, beliefs: Sequence[Belief]) -> float:
    """The expected information gain of the answer to `problem`, in bits.

    With probability `TRUSTED_ANSWER` the answer is the procedure's own, and then tells to which group of
    procedures with one and the same answer the student belongs: the entropy of the groups. Procedures
    without an answer form no group of their own: what such a student writes is not known.
    """
    task = problem.tasks[topic.name]
    groups: dict[str, float] = {}
    known = 0.0
    for procedure, share in beliefs:
        answer = topic.predicts(procedure, task)
        if answer is not None:
            groups[answer] = groups.get(answer, 0.0) + share
            known += share
    if not known:
        return 0.0
    shares = [share / known for share in groups.values() if share]
    return TRUSTED_ANSWER * known * -fsum(share * log2(share) for share in shares)
