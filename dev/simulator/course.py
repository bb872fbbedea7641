"""What is learnt: the skills of whole numbers, and their exercises, made by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from chalicelib.diagnosis import bugs, expected_answer, generate, simulate

# Each skill with its topic and direct prerequisites, as the platform has them (migration 0004).
SKILLS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "addition": ("addition", ()),
    "addition.carrying": ("addition", ("addition",)),
    "subtraction": ("subtraction", ("addition",)),
    "subtraction.borrowing": ("subtraction", ("subtraction",)),
    "subtraction.zeros": ("subtraction", ("subtraction.borrowing",)),
    "multiplication": ("multiplication", ("addition",)),
    "multiplication.long": ("multiplication", ("multiplication", "addition.carrying")),
    "division": ("division", ("multiplication", "subtraction")),
    "division.long": ("division", ("division", "subtraction.borrowing")),
}
LEVELS = range(1, 6)
MIDDLE_LEVEL = 3  # its difficulty is 0
PRACTISED, REFERENCES = 6, 2  # exercises of each level
FREQUENCY = {"common": 3, "uncommon": 2, "rare": 1}


class Exercise(NamedTuple):
    """A problem; `difficulty` as stated. `wrong` has the answer of each bug that shows on it."""

    number: int
    skill: str
    problem: str
    difficulty: float
    right: str
    wrong: Mapping[str, str]


class Course(NamedTuple):
    """The exercises to practise on, numbered from 0, and by skill the references, which nobody practises on.

    `bugs` has, by topic, how frequent each bug is that shows on some exercise.
    """

    exercises: tuple[Exercise, ...]
    references: Mapping[str, tuple[Exercise, ...]]
    bugs: Mapping[str, Mapping[str, int]]


@cache
def course() -> Course:
    """The course: always the same one."""
    practised: list[Exercise] = []
    references: dict[str, tuple[Exercise, ...]] = {}
    for skill in SKILLS:
        of_skill: list[Exercise] = []
        for level in LEVELS:
            made = _made(skill, level)
            of_skill += made[:REFERENCES]
            practised += [
                each._replace(number=len(practised) + place) for place, each in enumerate(made[REFERENCES:])
            ]
        references[skill] = tuple(of_skill)
    shown = {bug for exercise in practised for bug in exercise.wrong}
    topics = dict.fromkeys(topic for topic, _ in SKILLS.values())
    frequencies = {
        topic: {bug.id: FREQUENCY[bug.prior] for bug in bugs(topic) if bug.id in shown} for topic in topics
    }
    return Course(tuple(practised), references, frequencies)


def depth(skill: str) -> int:
    """How many steps of prerequisites lie below a skill."""
    return max((1 + depth(before) for before in SKILLS[skill][1]), default=0)


def _made(skill: str, level: int) -> list[Exercise]:
    """The references and then the exercises of one skill and level; fewer where the engine makes fewer."""
    topic = SKILLS[skill][0]
    problems = generate(
        topic, seed=f"course {skill}", difficulty=level, count=PRACTISED + REFERENCES, skill=skill
    )
    return [_exercise(skill, problem, level) for problem in problems]


def _exercise(skill: str, problem: str, level: int) -> Exercise:
    right = expected_answer(problem)
    answers = {bug.id: simulate(bug.id, problem) for bug in bugs(SKILLS[skill][0])}
    wrong = {bug: answer for bug, answer in answers.items() if answer is not None and answer != right}
    return Exercise(-1, skill, problem, float(level - MIDDLE_LEVEL), right, wrong)
