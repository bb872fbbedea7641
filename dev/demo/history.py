"""Two weeks of answers: each student has bugs of their own, and all published wrong answers occur.

The same for the same day and number of students: the only chance in it is a seeded one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from chalicelib.diagnosis import bugs, expected_answer, parse_problem, simulate

SEED = 1978  # the year of Brown and Burton's "Diagnostic models for procedural bugs"
DAYS = 14
SCHOOL_HOURS = range(8, 14)  # UTC
SATURDAY = 5
# Well-known bugs, dealt in turn: so several students share each. Every third student has a second one.
PERSISTENT = (
    "subtraction.smaller_from_larger",
    "addition.no_carry",
    "subtraction.borrow_no_decrement",
    "multiplication.partial_not_shifted",
    "subtraction.borrow_across_zero",
    "addition.write_both_digits",
    "division.quotient_zero_omitted",
    "subtraction.diff_0_n_n",
)
SHOWINGS = 5  # answers that show a persistent bug
RIGHT_ANSWERS = (4, 18)  # the fewest and the most of a student


class Planned(NamedTuple):
    """An answer to be submitted: by whom (their place in the class), when, to what."""

    pupil: int
    answered_at: datetime
    problem: str
    answer: str
    is_exercise: bool


class Answer(NamedTuple):
    """A problem and what somebody answers."""

    problem: str
    answer: str
    is_exercise: bool = False


def planned(pupils: int, exercises: Sequence[str], end: datetime, *, published: bool) -> list[Planned]:
    """The answers of a class of `pupils` in the `DAYS` before `end`, oldest first.

    `published`: the wrong answers of the whole catalogue are among them, each given by a student whose own
    bugs are of another topic, as far as that goes.
    """
    rng = Random(SEED)  # noqa: S311 (demo data)
    held = [_held(pupil) for pupil in range(pupils)]
    work: list[list[Answer]] = [
        [*_showings(own, exercises, rng), *_right_answers(own, exercises, rng)] for own in held
    ]
    for bug in bugs() if published else ():
        topic_is_theirs = [any(own.startswith(f"{bug.topic}.") for own in each) for each in held]
        pupil = min(range(pupils), key=lambda each: (topic_is_theirs[each], len(work[each])))
        work[pupil].append(Answer(bug.problem, bug.wrong))
    answers = []
    for pupil, own_work in enumerate(work):
        rng.shuffle(own_work)
        moments = sorted(_moment(end, rng) for _ in own_work)
        answers += [Planned(pupil, when, *answer) for when, answer in zip(moments, own_work, strict=True)]
    return sorted(answers, key=lambda answer: answer.answered_at)


def _held(pupil: int) -> tuple[str, ...]:
    """The bugs that a student keeps to."""
    first = PERSISTENT[pupil % len(PERSISTENT)]
    return (first, PERSISTENT[(pupil + 3) % len(PERSISTENT)]) if pupil % 3 == 2 else (first,)


def _showings(held: Sequence[str], exercises: Sequence[str], rng: Random) -> list[Answer]:
    """Wrong answers that come from following each of the bugs."""
    answers = []
    for bug in held:
        topic = bug.partition(".")[0]
        published = [each.problem for each in bugs(topic)]
        problems = [problem for problem in dict.fromkeys([*exercises, *published]) if _shows(bug, problem)]
        for problem in rng.sample(problems, min(SHOWINGS, len(problems))):
            answers.append(Answer(problem, simulate(bug, problem) or "", problem in exercises))
    return answers


def _right_answers(held: Sequence[str], exercises: Sequence[str], rng: Random) -> list[Answer]:
    """Right answers, to exercises where the student's bugs do no harm."""
    safe = [problem for problem in exercises if not any(_shows(bug, problem) for bug in held)]
    chosen = rng.choices(safe, k=rng.randint(*RIGHT_ANSWERS))
    return [Answer(problem, expected_answer(problem), True) for problem in chosen]


def _shows(bug: str, problem: str) -> bool:
    """Whether the bug makes a difference on that problem."""
    if parse_problem(problem).topic != bug.partition(".")[0]:
        return False
    wrong = simulate(bug, problem)
    return wrong is not None and wrong != expected_answer(problem)


def _moment(end: datetime, rng: Random) -> datetime:
    """A moment of school on a weekday of the days before `end`."""
    days = [end - timedelta(days=ago) for ago in range(1, DAYS + 1)]
    day = rng.choice([day for day in days if day.weekday() < SATURDAY])
    return day.replace(
        hour=rng.choice(SCHOOL_HOURS), minute=rng.randrange(60), second=rng.randrange(60), microsecond=0
    )
