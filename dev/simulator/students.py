"""A simulated student: how one answers, learns and forgets. Every number is from `docs/simulator.md`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from math import exp, log
from random import Random

from dev.simulator.course import SKILLS, Course, Exercise, depth

REACHED = 0.80
MOST_EXERCISES = 400

STEP_DOWN, OF_STUDENT, OF_SKILL = 0.6, 0.7, 0.5
PACE, PACE_SPREAD = 0.6, 0.35
HAS_BUG, HAS_SECOND = 0.6, 0.15
TRUE_DIFFICULTY_ERROR = 0.4
BUG_SHOWS, BUG_GOES = 0.9, 0.3
SLIP = 0.05
LOCKED, OPENS, OPEN = 0.05, 0.4, 0.7
BELOW, BREADTH = 0.7, 1.6
SPOILT = 0.25
FORGOTTEN = 0.0015


class Student:
    """One student. `answer` is the only thing about them that a way of choosing may know."""

    def __init__(self, course: Course, seed: str) -> None:
        self._course = course
        self._rng = Random(seed)  # noqa: S311 (reproducible)
        rng = self._rng
        own = rng.gauss(0, OF_STUDENT)
        self._start = {s: own - STEP_DOWN * depth(s) + rng.gauss(0, OF_SKILL) for s in SKILLS}
        self._competence = dict(self._start)
        self._pace = exp(rng.gauss(log(PACE), PACE_SPREAD))
        self._bugs = {bug for topic in course.bugs for bug in self._drawn_bugs(topic)}
        self._references = {s: [(_scale(each), 1.0) for each in course.references[s]] for s in SKILLS}
        self._mastery = self._weighed()

    @property
    def bugs(self) -> Collection[str]:
        """The bugs that they have now."""
        return self._bugs

    def answer(self, exercise: Exercise) -> str:
        """Work an exercise: what they write. They learn by it, and forget a little of all else."""
        skill = exercise.skill
        true = true_difficulty(exercise)
        given, shown = self._written(exercise, true)
        gain = self._pace * self._readiness(skill) * _fit(self._competence[skill] - true)
        self._competence[skill] += gain * (SPOILT if shown else 1.0)
        if shown and self._rng.random() < BUG_GOES:
            self._bugs.discard(shown)
            self._mastery = self._weighed()
        for other, start in self._start.items():
            if other != skill:
                self._competence[other] -= FORGOTTEN * (self._competence[other] - start)
        return given

    def expected_mastery(self) -> float:
        """The true probability to answer a reference exercise rightly, slips apart: a mean."""
        return sum(self._share(skill, self._mastery[skill]) for skill in SKILLS) / len(SKILLS)

    def _drawn_bugs(self, topic: str) -> list[str]:
        frequencies = self._course.bugs[topic]
        if self._rng.random() >= HAS_BUG:
            return []
        count = 2 if self._rng.random() < HAS_SECOND else 1
        return self._rng.choices(list(frequencies), weights=list(frequencies.values()), k=count)

    def _written(self, exercise: Exercise, true: float) -> tuple[str, str | None]:
        """The answer, and the bug that has shown in it."""
        showing = sorted(self._bugs & exercise.wrong.keys())
        if showing and self._rng.random() < BUG_SHOWS:
            bug = self._rng.choice(showing)
            return exercise.wrong[bug], bug
        knows = self._rng.random() < _logistic(self._competence[exercise.skill] - true)
        if knows and self._rng.random() >= SLIP:
            return exercise.right, None
        return self._changed(exercise.right), None

    def _changed(self, right: str) -> str:
        """The right answer with one digit changed."""
        place = self._rng.choice([place for place, sign in enumerate(right) if sign.isdigit()])
        digit = (int(right[place]) + self._rng.choice((-2, -1, 1, 2))) % 10
        return f"{right[:place]}{digit}{right[place + 1 :]}"

    def _readiness(self, skill: str) -> float:
        ready = 1.0
        for before in SKILLS[skill][1]:
            known = self._known(before)
            ready *= min(1.0, max(LOCKED, LOCKED + (1 - LOCKED) * (known - OPENS) / (OPEN - OPENS)))
        return ready

    def _known(self, skill: str) -> float:
        """How much of a skill is known, bugs apart."""
        return self._share(skill, self._references[skill])

    def _share(self, skill: str, references: Sequence[tuple[float, float]]) -> float:
        """The mean, over (exp of true difficulty, weight), of weight x probability to know how."""
        competence, total = exp(self._competence[skill]), 0.0
        for difficulty, weight in references:  # a loop, as this is where a simulation spends its time
            total += weight / (competence + difficulty)
        return competence * total / len(references)

    def _weighed(self) -> dict[str, list[tuple[float, float]]]:
        """The references of each skill, where those on which a bug shows weigh less."""
        weighed = {}
        for skill in SKILLS:
            shown = [not self._bugs.isdisjoint(each.wrong) for each in self._course.references[skill]]
            pairs = zip(self._references[skill], shown, strict=True)
            weighed[skill] = [(each, 1 - BUG_SHOWS if shows else 1.0) for (each, _), shows in pairs]
        return weighed


@cache
def _error_of(problem: str) -> float:
    return Random(f"difficulty {problem}").gauss(0, TRUE_DIFFICULTY_ERROR)  # noqa: S311 (reproducible)


def _scale(reference: Exercise) -> float:
    return exp(true_difficulty(reference))


def true_difficulty(exercise: Exercise) -> float:
    """How hard an exercise really is: no way of choosing is told."""
    return exercise.difficulty + _error_of(exercise.problem)


def _fit(above: float) -> float:
    """How well an exercise teaches whose difficulty lies so far below the competence."""
    return exp(-(((above - BELOW) / BREADTH) ** 2) / 2)


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))
