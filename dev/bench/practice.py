"""How many exercises students need until they know a course, by how each next exercise is chosen.

    python -m dev.bench.practice [--students 500] [--seeds 20]

The students are those of `docs/simulator.md`, which also says what is abstracted. Every way of choosing has
the same students. It prints, for each seed, the mean number of exercises until expected mastery is reached,
and after the last one where `next` loses.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from random import Random
from statistics import fmean
from typing import NamedTuple, Protocol

from chalicelib.diagnosis import diagnose
from chalicelib.learning import bkt, irt, selection, suspicion
from dev.simulator.course import SKILLS, Course, Exercise, course
from dev.simulator.students import MOST_EXERCISES, REACHED, Student

STUDENTS, SEEDS = 500, 20
RESPONSES = 6  # the last ones of a skill: a learner is no longer as able as they were
READY = 0.70  # proficient
FAINT = 0.02  # what a bug counts that was not suspected before


class Chooser(Protocol):
    """A way of choosing, at work with one student."""

    def choose(self) -> Exercise: ...

    def learn_of(self, exercise: Exercise, answer: str) -> None: ...


class AtRandom:
    """Any exercise that the student has not had."""

    def __init__(self, plan: Course, seed: str) -> None:
        self._plan = plan
        self._rng = Random(seed)  # noqa: S311 (reproducible)
        self._left: list[Exercise] = []

    def choose(self) -> Exercise:
        if not self._left:
            self._left = self._rng.sample(self._plan.exercises, len(self._plan.exercises))
        return self._left.pop()

    def learn_of(self, exercise: Exercise, answer: str) -> None:
        pass


class LowestFirst:
    """A random exercise of the skill that is believed to be known least."""

    def __init__(self, plan: Course, seed: str) -> None:
        self._of_skill = {s: [e for e in plan.exercises if e.skill == s] for s in SKILLS}
        self._rng = Random(seed)  # noqa: S311 (reproducible)
        self._left: dict[str, list[Exercise]] = {skill: [] for skill in SKILLS}
        self._known = dict.fromkeys(SKILLS, bkt.Parameters().p_init)

    def choose(self) -> Exercise:
        return self._of(SKILLS)

    def _of(self, skills: Collection[str]) -> Exercise:
        skill = min(skills, key=lambda each: self._known[each])
        if not self._left[skill]:
            self._left[skill] = self._rng.sample(self._of_skill[skill], len(self._of_skill[skill]))
        return self._left[skill].pop()

    def learn_of(self, exercise: Exercise, answer: str) -> None:
        right = answer == exercise.right
        self._known[exercise.skill] = bkt.update(self._known[exercise.skill], right, bkt.Parameters())


class LowestReady(LowestFirst):
    """The same, of the skills whose prerequisites are believed to be known well enough."""

    def choose(self) -> Exercise:
        return self._of(
            [s for s, (_, before) in SKILLS.items() if all(self._known[b] >= READY for b in before)]
        )


class Next:
    """The selector, told what the platform would have stored."""

    def __init__(self, plan: Course, seed: str) -> None:
        self._of_skill = {s: [e for e in plan.exercises if e.skill == s] for s in SKILLS}
        self._of_topic = {
            topic: [e for e in plan.exercises if SKILLS[e.skill][0] == topic] for topic, _ in SKILLS.values()
        }
        self._plain = {
            e.number: selection.Candidate(e.number, irt.Item(e.difficulty)) for e in plan.exercises
        }
        self._seed = seed
        self._parameters = bkt.Parameters()
        self._known = dict.fromkeys(SKILLS, self._parameters.p_init)
        self._responses: dict[str, list[tuple[irt.Item, bool]]] = {skill: [] for skill in SKILLS}
        self._abilities = dict.fromkeys(SKILLS, irt.Ability(0.0, 1.0))
        self._suspected: dict[str, suspicion.Suspicion] = {}
        self._seen: set[int] = set()
        self._for_bug: list[str | None] = []
        self.reasons: dict[str, int] = {}

    def choose(self) -> Exercise:
        skills = [
            selection.Skill(slug, self._known[slug], self._parameters.p_transit, len(answers), before, place)
            for place, (slug, (_, before)) in enumerate(SKILLS.items())
            for answers in (self._responses[slug],)
        ]
        for aim in selection.aims(skills, self._suspected.values(), tired_of=self._tired_of()):
            found = self._picked(aim)
            if found is not None:
                self._for_bug.append(aim.bug if aim.reason == "bug" else None)
                self.reasons[aim.reason] = self.reasons.get(aim.reason, 0) + 1
                return found
        raise AssertionError("a course has exercises")

    def learn_of(self, exercise: Exercise, answer: str) -> None:
        skill, right = exercise.skill, answer == exercise.right
        self._seen.add(exercise.number)
        self._known[skill] = bkt.update(self._known[skill], right, self._parameters)
        self._responses[skill].append((irt.Item(exercise.difficulty), right))
        self._abilities[skill] = _ability(tuple(sorted(self._responses[skill][-RESPONSES:])))
        shows = frozenset(self._suspected.keys() & exercise.wrong.keys())
        found = {} if right else self._found(exercise, answer)
        seen = [suspicion.Suspicion(bug, skill, share) for bug, share in found.items()]
        told = suspicion.Answer(right, seen, shows)
        self._suspected = suspicion.after(self._suspected, told)

    def _tired_of(self) -> frozenset[str]:
        last = self._for_bug[-selection.MOST_FOR_A_BUG :]
        same = len(last) == selection.MOST_FOR_A_BUG and len(set(last)) == 1
        return frozenset(bug for bug in last if same and bug)

    def _picked(self, aim: selection.Aim) -> Exercise | None:
        topic = SKILLS[str(aim.skill)][0]
        exercises = self._of_topic[topic] if aim.bug else self._of_skill[str(aim.skill)]
        fresh = [each for each in exercises if each.number not in self._seen]
        ability = self._abilities[str(aim.skill)]
        shares = {each.bug: each.probability for each in self._suspected.values()}
        could = suspicion.entropy([*shares.values(), max(0.0, 1 - sum(shares.values()))])
        candidates = [self._plain[each.number] for each in fresh]
        if aim.bug:
            candidates = [
                self._plain[each.number]._replace(shows=aim.bug in each.wrong, tells=_bits(shares, each))
                for each in fresh
            ]
        found = selection.pick(aim, candidates, ability, self._seed, could_tell=could)
        if found is None and aim.bug is None:
            self._seen -= {each.number for each in exercises}
            return self._picked(aim)
        return next((each for each in fresh if found and each.number == found.key), None)

    def _found(self, exercise: Exercise, answer: str) -> dict[str, float]:
        """The engine's diagnosis, multiplied with what was suspected before (in place of a history)."""
        said, left = _diagnosed(exercise.problem, answer)
        before = {bug: self._suspected[bug].probability if bug in self._suspected else FAINT for bug in said}
        weighed = {bug: share * before[bug] for bug, share in said.items()}
        total = sum(weighed.values()) + left * FAINT
        return {bug: share / total for bug, share in weighed.items()} if total else {}


@cache
def _ability(responses: tuple[tuple[irt.Item, bool], ...]) -> irt.Ability:
    return irt.ability(responses)


def _bits(shares: Mapping[str, float], exercise: Exercise) -> float:
    answers = {bug: exercise.wrong.get(bug, exercise.right) for bug in shares}
    return suspicion.bits(shares, answers, exercise.right)


@cache
def _diagnosed(problem: str, answer: str) -> tuple[dict[str, float], float]:
    """The bugs that the engine finds in a wrong answer by probability, and what is left over."""
    found: dict[str, float] = {}
    for candidate in diagnose(problem, answer).candidates:
        for bug in candidate.bug.split("+"):
            if not bug.startswith("slip."):
                found[bug] = found.get(bug, 0.0) + candidate.probability
    return found, max(0.0, 1 - sum(found.values()))


WAYS: Mapping[str, Callable[[Course, str], Chooser]] = {
    "random": AtRandom,
    "lowest": LowestFirst,
    "ready": LowestReady,
    "next": Next,
}


OTHERS = [way for way in WAYS if way != "next"]


class Count(NamedTuple):
    """How many exercises one student needed by each way; with how many bugs and what mastery they began."""

    needed: Mapping[str, int]
    bugs: int
    began: float


def simulated(way: str, seed: str) -> int:
    """How many exercises the student of that seed needs until expected mastery is reached."""
    plan = course()
    student = Student(plan, seed)
    chooser = WAYS[way](plan, seed)
    for number in range(MOST_EXERCISES):
        if student.expected_mastery() >= REACHED:
            return number
        exercise = chooser.choose()
        chooser.learn_of(exercise, student.answer(exercise))
    return MOST_EXERCISES


def counted(students: int, seed: int, ways: Collection[str] = tuple(WAYS)) -> list[Count]:
    """Every student of a seed, by every way."""
    counts = []
    for number in range(students):
        name = f"{seed} {number}"
        student = Student(course(), name)
        needed = {way: simulated(way, name) for way in ways}
        counts.append(Count(needed, len(student.bugs), student.expected_mastery()))
    return counts


def means(counts: Sequence[Count]) -> dict[str, float]:
    """The mean number of exercises of each way."""
    return {way: fmean(each.needed[way] for each in counts) for way in counts[0].needed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=STUDENTS)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    asked = parser.parse_args()
    print("seed" + "".join(f"{way:>9}" for way in WAYS), end="")
    print("".join(f"{'next/' + way:>14}" for way in OTHERS), " not reached")
    everybody: list[Count] = []
    for seed in range(1, asked.seeds + 1):
        counts = counted(asked.students, seed)
        everybody += counts
        _print_line(str(seed), counts)
    _print_line("all", everybody)
    _print_losses(everybody)


def _print_line(name: str, counts: Sequence[Count]) -> None:
    mean = means(counts)
    short = [sum(each.needed[way] == MOST_EXERCISES for each in counts) for way in WAYS]
    print(f"{name:>4}" + "".join(f"{mean[way]:9.1f}" for way in WAYS), end="")
    print("".join(f"{mean['next'] / mean[way]:14.3f}" for way in OTHERS), "", *short, flush=True)


def _print_losses(counts: Sequence[Count]) -> None:
    for other in OTHERS:
        worse = [each for each in counts if each.needed["next"] > each.needed[other]]
        print(f"next needs more than {other} with {len(worse)} of {len(counts)} students", end="")
        if worse:
            more = fmean(each.needed["next"] - each.needed[other] for each in worse)
            bugs, began = fmean(each.bugs for each in worse), fmean(each.began for each in worse)
            print(
                f", by {more:.1f} on average; they began with {bugs:.2f} bugs and mastery {began:.2f}", end=""
            )
        print()
    bugs, began = fmean(each.bugs for each in counts), fmean(each.began for each in counts)
    print(f"all students began with {bugs:.2f} bugs and mastery {began:.2f}")


if __name__ == "__main__":
    main()
