"""Simulated students: one bug and a few slips, or slips alone. Seeded, so the outcome is always the same."""

from __future__ import annotations

from random import Random

import pytest

from chalicelib.diagnosis import bugs, diagnose, expected_answer, generate, simulate
from chalicelib.diagnosis.topics import topics

pytestmark = pytest.mark.no_cover  # many thousand runs of what the other tests count

TOPICS = [topic.name for topic in topics()]
SLIPS = 0.05
PROBLEMS = 12
MANY = 40  # of more bugs than these only some are tried


def slip(answer: str, rng: Random) -> str:
    """One digit off by one or two."""
    place = rng.randrange(len(answer))
    if not answer[place].isdigit():
        return answer
    digit = str((int(answer[place]) + rng.choice((-2, -1, 1, 2))) % 10)
    return answer[:place] + digit + answer[place + 1 :]


def work(bug: str | None, problems: tuple[str, ...], rng: Random) -> list[tuple[str, str]]:
    """What a student with `bug` answers; works rightly where the bug gives no answer."""
    answers = []
    for problem in problems:
        answer = (bug and simulate(bug, problem)) or expected_answer(problem)
        answers.append((problem, slip(answer, rng) if rng.random() < SLIPS else answer))
    return answers


def can_be_told_apart(bug: str, topic: str, problems: tuple[str, ...]) -> bool:
    """Whether the bug shows on these problems, and no other bug answers all of them alike."""

    def answers(other: str) -> list[str]:
        return [simulate(other, problem) or expected_answer(problem) for problem in problems]

    own = answers(bug)
    if own == [expected_answer(problem) for problem in problems]:
        return False
    return all(own != answers(other.id) for other in bugs(topic) if other.id != bug)


@pytest.mark.parametrize("topic", TOPICS)
def test_bug_with_slips_is_ranked_first_after_twelve_problems(topic: str) -> None:
    first = told = 0
    known = bugs(topic)
    for bug in known[:: len(known) // MANY + 1]:
        problems = generate(topic, seed=bug.id, count=PROBLEMS)
        if not can_be_told_apart(bug.id, topic, problems):
            continue
        answers = work(bug.id, problems, Random(bug.id))  # noqa: S311 (reproducible)
        shown = [i for i, (problem, answer) in enumerate(answers) if simulate(bug.id, problem) == answer]
        wrong = [i for i in shown if answers[i][1] != expected_answer(answers[i][0])]
        if not wrong:
            continue  # a slip fell on the only problem where the bug shows
        last = wrong[-1]
        found = diagnose(*answers[last], history=answers[:last] + answers[last + 1 :])
        told += 1
        first += bool(found.candidates) and found.candidates[0].bug == bug.id
    assert told >= 6
    assert first >= 0.95 * told


@pytest.mark.parametrize("topic", TOPICS)
def test_student_who_only_slips_is_seldom_given_a_bug(topic: str) -> None:
    students, accused = 60, 0
    for student in range(students):
        problems = generate(topic, seed=f"slips {student}", count=PROBLEMS)
        answers = work(None, problems, Random(f"{topic} {student}"))  # noqa: S311 (reproducible)
        found = [diagnose(*answers[i], history=answers[:i]) for i in range(PROBLEMS)]
        accused += any(
            candidate.probability >= 0.8 and not candidate.bug.startswith("slip.")
            for diagnosis in found
            for candidate in diagnosis.candidates[:1]
        )
    assert accused <= 0.05 * students
