"""Exercises made to order: of a topic and difficulty, to provoke given bugs, to tell bugs apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from .engine import procedure_of
from .problem import Problem, parse_problem
from .procedure import Procedure
from .skills import practises
from .topics import topic_named
from .topics.base import Topic

MAX_COUNT = 100
DIFFICULTIES = range(1, 6)
DRAWS_PER_EXERCISE = 25
MAX_ROUNDS = 12
"""Rounds of draws before `generate` hands back fewer exercises than were asked for."""


class _Merit(NamedTuple):
    """What a problem is good for: how many answers the bugs to tell apart give; which wanted bugs show."""

    answers: int
    shown: list[bool]


def generate(
    topic: str,
    *,
    seed: int | str,
    difficulty: int | None = None,
    count: int = 5,
    skill: str | None = None,
    provoke: Sequence[str] = (),
    separate: Sequence[str] = (),
) -> tuple[str, ...]:
    """Up to `count` (1 to 100) different problems of `topic`, in canonical form.

    `difficulty` is 1 (easiest) to 5, or None for any. With `skill` (see `skills.py`), each problem practises
    it. With `provoke`, each problem is answered wrongly by
    at least one of these bugs, and the bugs take turns; with `separate`, no two of these bugs that answer
    a problem give the same answer, as far as that can be had: the problems are those that come closest.
    Fewer problems, or none, come back where no more are found in a fixed number of draws: a bug may not
    show at a difficulty at all. The same arguments give the same problems. Raises UnknownTopicError,
    UnknownBugError, and ValueError for a number out of range or a bug of another topic.
    """
    if not 1 <= count <= MAX_COUNT:
        raise ValueError(f"count must be 1 to {MAX_COUNT}")
    if difficulty is not None and difficulty not in DIFFICULTIES:
        raise ValueError("difficulty must be 1 to 5")
    chosen = topic_named(topic)
    wanted = [_procedure(chosen, bug) for bug in provoke]
    apart = [_procedure(chosen, bug) for bug in separate]
    rng = Random(f"generate {topic} {seed}")  # noqa: S311 (reproducible, not secret)
    drawn: dict[Problem, _Merit | None] = {}
    fit: list[Problem] = []
    for _ in range(MAX_ROUNDS):
        for problem in _draw(chosen, rng, difficulty, count * DRAWS_PER_EXERCISE):
            if problem not in drawn:
                suits = skill is None or practises(skill, problem)
                drawn[problem] = _merit(chosen, problem, wanted, apart) if suits else None
        fit = _best(drawn, len(wanted), least_answers=min(2, len(apart)))
        if len(fit) >= count:
            break
    return tuple(str(problem) for problem in fit[:count])


def _procedure(topic: Topic[Any], bug: str) -> type[Procedure]:
    owner, procedure = procedure_of(bug)
    if owner is not topic or procedure is None:
        raise ValueError(f"{bug} is not a bug of {topic.name}")
    return procedure


def _draw(topic: Topic[Any], rng: Random, difficulty: int | None, draws: int) -> list[Problem]:
    levels = DIFFICULTIES if difficulty is None else (difficulty,)
    return [parse_problem(topic.draw(rng, rng.choice(levels))) for _ in range(draws)]


def _merit(
    topic: Topic[Any],
    problem: Problem,
    wanted: Sequence[type[Procedure]],
    apart: Sequence[type[Procedure]],
) -> _Merit:
    answers = {topic.predicts(each, problem.tasks[topic.name]) for each in apart}
    return _Merit(len(answers - {None}), [shows(topic, problem, each) for each in wanted])


def _best(drawn: Mapping[Problem, _Merit | None], wanted: int, *, least_answers: int) -> list[Problem]:
    """The problems that give most different answers first; where bugs are wanted, these take turns."""
    told = [(problem, merit) for problem, merit in drawn.items() if merit and merit.answers >= least_answers]
    told.sort(key=lambda pair: -pair[1].answers)
    if not wanted:
        return [problem for problem, _ in told]
    queues = [[problem for problem, merit in told if merit.shown[bug]] for bug in range(wanted)]
    found: dict[Problem, None] = {}
    for turn in range(max(map(len, queues))):
        for queue in queues:
            if turn < len(queue):
                found.setdefault(queue[turn])
    return list(found)


def shows(topic: Topic[Any], problem: Problem, bug: type[Procedure]) -> bool:
    """Whether `bug` gives a wrong answer to `problem`."""
    task = problem.tasks[topic.name]
    return topic.predicts(bug, task) not in {None, topic.output_key(topic.expected(task))}
