"""Simulated students: what they answer, and how soon and how surely the engine sees through them.

For `dev/bench/recognition.py`, which measures at full size, and for the tests, which do so at a smaller one.
All is seeded: the same call gives the same count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from random import Random
from typing import NamedTuple

from chalicelib.diagnosis import (
    Candidate,
    Diagnosis,
    bugs,
    diagnose,
    expected_answer,
    generate,
    next_probe,
    simulate,
)

SLIPS = 0.05
PROBLEMS = 12
SURE = 0.95
ACCUSED = 0.8
LISTED_FIRST = 3
MOST_PROBLEMS = 40
"""Problems that a student is given at most before the engine is held not to become sure."""

Answers = list[tuple[str, str]]
"""(problem, answer) pairs of one student, oldest first."""


def slipped(answer: str, rng: Random) -> str:
    """The answer with one digit off by one or two."""
    place = rng.randrange(len(answer))
    if not answer[place].isdigit():
        return answer
    digit = str((int(answer[place]) + rng.choice((-2, -1, 1, 2))) % 10)
    return answer[:place] + digit + answer[place + 1 :]


def answered(bug: str | None, problem: str, rng: Random) -> str:
    """What a student with `bug` (None: with none) answers; works rightly where the bug gives no answer."""
    answer = (bug and simulate(bug, problem)) or expected_answer(problem)
    return slipped(answer, rng) if rng.random() < SLIPS else answer


def worked(bug: str | None, problems: Sequence[str], rng: Random) -> Answers:
    return [(problem, answered(bug, problem, rng)) for problem in problems]


def told_apart(bug: str, topic: str, problems: Sequence[str]) -> bool:
    """Whether the bug shows on these problems, and no other bug answers all of them alike."""
    right = [expected_answer(problem) for problem in problems]

    def answers(other: str) -> list[str]:
        found = (simulate(other, problem) for problem in problems)
        return [answer or usual for answer, usual in zip(found, right, strict=True)]

    own = answers(bug)
    return own != right and all(own != answers(other.id) for other in bugs(topic) if other.id != bug)


# Problems that the engine has not seen


class Unseen(NamedTuple):
    """Wrong answers of one bug, and how many of them were recognised: counts, or sums of shares."""

    cases: int = 0
    listed: int = 0
    first_three: int = 0
    by_class: float = 0.0
    """Expected in the first three where only the catalogue's classes order the bugs that coincide."""
    alike: float = 0.0
    """The most that any order can have in the first three where all bugs that coincide are as frequent."""

    def plus(self, other: Unseen) -> Unseen:
        return Unseen(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def unseen(bug: str, topic: str, count: int, *, earlier: int = 0) -> Unseen:
    """How `count` wrong answers of `bug` are recognised, each after `earlier` answers of the same student."""
    (example,) = (each.problem for each in bugs(topic) if each.id == bug)
    asked = generate(topic, seed=f"unseen {bug}", count=count + 1, provoke=[bug])
    problems = [problem for problem in asked if problem != example][:count]
    total = Unseen()
    for number, problem in enumerate(problems):
        before = generate(topic, seed=f"earlier {bug} {number}", count=earlier) if earlier else ()
        history = worked(bug, before, Random(f"{bug} {number}"))  # noqa: S311 (reproducible)
        answer = simulate(bug, problem) or ""
        total = total.plus(_recognised(bug, diagnose(problem, answer, history=history)))
    return total


def _recognised(bug: str, found: Diagnosis) -> Unseen:
    names = [candidate.bug for candidate in found.candidates]
    if bug not in names:
        return Unseen(cases=1)
    own = found.candidates[names.index(bug)].probability
    above = sum(each.probability > own * (1 + 1e-9) for each in found.candidates)
    tied = sum(abs(each.probability - own) <= own * 1e-9 for each in found.candidates)
    by_class = min(1.0, max(0.0, (LISTED_FIRST - above) / tied))
    first = names.index(bug) < LISTED_FIRST
    return Unseen(1, 1, int(first), by_class, min(1.0, LISTED_FIRST / len(names)))


# Students with one bug


def ranked_first(bug: str, topic: str, student: int | str = "") -> bool | None:
    """Whether `bug` is ranked first after the twelfth problem of a student who has it and slips.

    None where it cannot be told from the others by these problems, or a slip fell on the only one that
    shows it.
    """
    seed = f"{bug}{student}"
    problems = generate(topic, seed=seed, count=PROBLEMS)
    if not told_apart(bug, topic, problems):
        return None
    answers = worked(bug, problems, Random(seed))  # noqa: S311 (reproducible)
    shown = [i for i, (problem, answer) in enumerate(answers) if simulate(bug, problem) == answer]
    wrong = next((i for i in reversed(shown) if diagnose(*answers[i]).verdict == "incorrect"), None)
    if wrong is None:
        return None
    found = _looking_back(answers, wrong)
    return bool(found.candidates) and found.candidates[0].bug == bug


def _looking_back(answers: Answers, at: int) -> Diagnosis:
    """The diagnosis of one answer in the light of all others."""
    return diagnose(*answers[at], history=answers[:at] + answers[at + 1 :])


# How many problems it takes

Choose = Callable[[Answers, Sequence[Candidate]], str]
"""What to ask next after these answers, the last of which has these candidates."""


def random_problems(topic: str, seed: str) -> Choose:
    problems = generate(topic, seed=seed, count=MOST_PROBLEMS)
    return lambda answers, _: problems[len(answers) % len(problems)]


def probes(topic: str, seed: str, *, with_history: bool = True) -> Choose:
    """The first problem is the random one, as there is nothing to go by; the others are chosen."""
    first = generate(topic, seed=seed, count=1)[0]

    def choose(answers: Answers, candidates: Sequence[Candidate]) -> str:
        if not answers:
            return first
        told = answers if with_history else ()
        return next_probe(candidates, topic=topic, seed=f"{seed} {len(answers)}", history=told)

    return choose


def problems_until_sure(bug: str, choose: Choose, rng: Random) -> int:
    """How many problems it takes until a student's bug is `SURE`; MOST_PROBLEMS + 1 where more."""
    answers: Answers = []
    candidates: Sequence[Candidate] = ()
    while len(answers) < MOST_PROBLEMS:
        problem = choose(answers, candidates)
        answer = answered(bug, problem, rng)
        candidates = diagnose(problem, answer, history=answers).candidates
        answers.append((problem, answer))
        if any(each.bug == bug and each.probability >= SURE for each in candidates):
            return len(answers)
    return MOST_PROBLEMS + 1


class Effort(NamedTuple):
    """The mean number of problems until a bug is sure, with random problems and with probes."""

    at_random: float
    probing: float


def effort(bug: str, topic: str, students: int) -> Effort:
    """The mean over some students who have `bug`; both ways begin with the same problem."""
    counts = []
    for makers in (random_problems, probes):
        needed = [
            problems_until_sure(
                bug,
                makers(topic, f"{bug} {student}"),
                Random(f"{bug} {student}"),  # noqa: S311 (reproducible)
            )
            for student in range(students)
        ]
        counts.append(fsum(needed) / students)
    return Effort(*counts)


# Students who only slip


def falsely_accused(topic: str, student: int) -> bool:
    """Whether a student who only slips is ever given a bug with a probability of `ACCUSED` or more."""
    problems = generate(topic, seed=f"slips {student}", count=PROBLEMS)
    answers = worked(None, problems, Random(f"{topic} {student}"))  # noqa: S311 (reproducible)
    found = [diagnose(*answers[i], history=answers[:i]) for i in range(PROBLEMS)]
    return any(
        candidate.probability >= ACCUSED and not candidate.bug.startswith("slip.")
        for diagnosis in found
        for candidate in diagnosis.candidates[:1]
    )
