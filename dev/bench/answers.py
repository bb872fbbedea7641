"""Fill a database with very many simulated answers: schools, students, exercises and attempts, by COPY.

A student has an ability in each skill, learns it on the way, and finds some exercises harder than others.
"""

from __future__ import annotations

import io
import json
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.store.ids import uuid7

SCHOOLS = "id, name, time_zone, holidays, age_of_consent, plan, languages, created_at, updated_at"
USERS = "id, school_id, role, status, name, locale, username, token_version, created_at, updated_at"
SKILLS = "id, slug, topic, name, position, parameter_version, created_at, updated_at"
PARAMETERS = "skill_id, version, p_init, p_transit, p_slip, p_guess, created_at"
EXERCISES = "id, school_id, topic, problem, expected, difficulty, discrimination, created_at, updated_at"
PRACTISED = "exercise_id, skill_id, school_id"
ATTEMPTS = (
    "id, school_id, student_id, exercise_id, topic, problem, answer, steps, verdict, status,"
    " answered_at, created_at, updated_at"
)
MOVES = "attempt_id, skill_id, school_id, student_id, seq, parameter_version, is_correct, p_known, created_at"
NULL = "\\N"
TOPIC = "subtraction"
LEARNS = 0.1  # the chance that an answer teaches the skill
LEARNT = 1.5  # the ability that is reached then


class Exercise(NamedTuple):
    """An exercise as the simulation has it: in force in the database are the defaults."""

    id: UUID
    difficulty: float
    discrimination: float


class Answered(NamedTuple):
    """One simulated answer."""

    school: UUID
    student: UUID
    skill: UUID
    seq: int
    exercise: UUID
    correct: bool


def people(cursor: Any, schools: int, students_each: int) -> list[tuple[UUID, UUID]]:
    """Schools with students; each student's school and id."""
    present = datetime.now(UTC)
    places = [uuid7() for _ in range(schools)]
    copy(cursor, "schools", SCHOOLS, (
        (place, "A school", "UTC", "[]", 14, "school", '["en"]', present, present) for place in places
    ))  # fmt: skip
    found = [(place, uuid7()) for place in places for _ in range(students_each)]
    copy(cursor, "users", USERS, (
        (student, place, "student", "active", "A student", "en", f"s{student.hex}", 1, present, present)
        for place, student in found
    ))  # fmt: skip
    return found


def skills(cursor: Any, count: int) -> list[UUID]:
    """New skills with the default parameters; their ids."""
    present = datetime.now(UTC)
    found = [uuid7() for _ in range(count)]
    name = json.dumps({"en": "A skill", "es": "Una destreza"})
    copy(cursor, "skills", SKILLS, (
        (skill, f"{TOPIC}.s{skill.hex}", TOPIC, name, 100 + place, 1, present, present)
        for place, skill in enumerate(found)
    ))  # fmt: skip
    copy(cursor, "skill_parameters", PARAMETERS, ((skill, 1, 0.3, 0.1, 0.1, 0.2, present) for skill in found))
    return found


def exercises(
    cursor: Any, draw: random.Random, skill: UUID, count: int, school: UUID | None = None
) -> list[Exercise]:
    """New exercises for a skill: a school's, or the platform's."""
    present = datetime.now(UTC)
    found = [Exercise(uuid7(), draw.gauss(0, 1), math.exp(draw.gauss(0.2, 0.3))) for _ in range(count)]
    copy(cursor, "exercises", EXERCISES, (
        (each.id, school, TOPIC, "503 - 278", "225", 0.0, 1.0, present, present) for each in found
    ))  # fmt: skip
    copy(cursor, "exercise_skills", PRACTISED, ((each.id, skill, school) for each in found))
    return found


def answers(
    draw: random.Random,
    students: Sequence[tuple[UUID, UUID]],
    skill: UUID,
    given: Sequence[Exercise],
    each: int,
) -> Iterator[Answered]:
    """`each` answers of every student to exercises of a skill: the first of all of them, then the second."""
    abilities = [draw.gauss(-0.5, 1) for _ in students]
    for seq in range(1, each + 1):
        for place, (school, student) in enumerate(students):
            exercise, ability = draw.choice(given), abilities[place]
            chance = 1 / (1 + math.exp(-exercise.discrimination * (ability - exercise.difficulty)))
            yield Answered(school, student, skill, seq, exercise.id, draw.random() < chance)
            if draw.random() < LEARNS:
                abilities[place] = max(ability, LEARNT)


def write(cursor: Any, given: Iterable[Answered], when: datetime | None = None) -> int:
    """Write answers as attempts with their steps; how many."""
    moment = str(when or datetime.now(UTC) - timedelta(hours=1))
    attempts, moves = io.StringIO(), io.StringIO()
    first = uuid7().int
    count = 0
    for count, one in enumerate(given, start=1):
        attempt, whose = UUID(int=first + count), f"{one.school}\t{one.student}"
        verdict, answer, flag = ("correct", "225", "t") if one.correct else ("incorrect", "375", "f")
        work = f"{one.exercise}\t{TOPIC}\t503 - 278\t{answer}\t[]\t{verdict}\tfinal"
        attempts.write(f"{attempt}\t{whose}\t{work}\t{moment}\t{moment}\t{moment}\n")
        moves.write(f"{attempt}\t{one.skill}\t{whose}\t{one.seq}\t1\t{flag}\t0.5\t{moment}\n")
    for table, columns, lines in (("attempts", ATTEMPTS, attempts), ("attempt_skills", MOVES, moves)):
        _copied(cursor, table, columns, lines)
    return count


def copy(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows into a table by COPY. The values hold no tab, line feed or backslash."""
    lines = io.StringIO()
    lines.writelines(map(_line, rows))
    _copied(cursor, table, columns, lines)


def _copied(cursor: Any, table: str, columns: str, lines: io.StringIO) -> None:
    lines.seek(0)
    cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines)


def _line(row: Sequence[Any]) -> str:
    return "\t".join(NULL if value is None else str(value) for value in row) + "\n"
