"""The answers that count towards a skill, read school by school in short transactions, under the policies.

Memory is bounded: of a student a byte for each answer and an integer for each exercise are kept, and of a
skill with very many answers those of some of the students, chosen by the random last bits of their ids.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib import deadline
from chalicelib.learning.irt import Item
from chalicelib.services.rounds import RESERVE_SECONDS
from chalicelib.store import entering
from chalicelib.store.database import database, transaction

PAGE = 5_000  # answers that are read at a time
MOST_ANSWERS = 200_000  # that one fit looks at
SLOTS = 1 << 16
EVERY_FIFTH = 5  # of the students is held out of the fits, to judge them by

# An exercise is calibrated with the last to be taught of the skills that it practises.
EXERCISES = """
    SELECT e.id, e.school_id, e.difficulty, e.discrimination FROM exercises e
    WHERE e.id IN (
            SELECT p.exercise_id FROM exercise_skills p
            WHERE p.skill_id = %(skill)s AND (p.school_id IS NULL OR p.school_id = %(school)s)
        )
        AND %(skill)s = (
            SELECT s.id FROM exercise_skills p JOIN skills s ON s.id = p.skill_id
            WHERE p.exercise_id = e.id AND s.retired_at IS NULL
            ORDER BY s.position DESC, s.id DESC LIMIT 1
        )
    ORDER BY e.id
"""
# In the order of an index, as far as the page goes. Which exercise an answer was to is looked up one by one,
# lest a join read all attempts of the school. An answer that counts no more is null.
ANSWERS = """
    SELECT given.student_id, count(*),
        string_agg(CASE WHEN given.is_correct THEN '\\x01'::bytea ELSE '\\x00'::bytea END, ''::bytea
            ORDER BY given.seq) FILTER (WHERE given.is_correct IS NOT NULL),
        array_agg(e.number ORDER BY given.seq) FILTER (WHERE given.is_correct IS NOT NULL)
    FROM (
        SELECT s.student_id, s.seq, s.is_correct,
            CASE WHEN %(exercises)s::uuid[] <> '{}'
                THEN (SELECT a.exercise_id FROM attempts a WHERE a.id = s.attempt_id) END AS exercise_id
        FROM attempt_skills s
        WHERE s.skill_id = %(skill)s AND s.school_id = %(school)s AND s.student_id > %(after)s
            AND %(below)s >
                get_byte(uuid_send(s.student_id), 14) * 256 + get_byte(uuid_send(s.student_id), 15)
        ORDER BY s.student_id, s.seq LIMIT %(page)s
    ) AS given
    LEFT JOIN unnest(%(exercises)s::uuid[]) WITH ORDINALITY AS e (id, number) ON e.id = given.exercise_id
    GROUP BY given.student_id ORDER BY given.student_id
"""
NOBODY = UUID(int=0)


class OutOfTimeError(Exception):
    """There is no time to read on; nothing was changed."""


class Exercise(NamedTuple):
    """An exercise as it stands. Without a school it is the platform's."""

    id: UUID
    school_id: UUID | None
    item: Item


class Student(NamedTuple):
    """One student's answers, in their order.

    `sequence`: 1 for right, 0 for wrong. `responses`: the first answer to each exercise, twice the exercise's
    place in the list, and one more where it was right.
    """

    slot: int
    sequence: bytes
    responses: array[int]


class Answers:
    """The answers of a skill, and the exercises that are calibrated with it and were answered."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self.exercises: list[Exercise] = []
        self.students: list[Student] = []
        self.below = SLOTS  # students in slots below that are looked at
        self._most = most
        self._places: dict[UUID, int] = {}
        self._count = 0

    @property
    def total(self) -> int:
        """About how many answers there are, those of students who are not looked at included."""
        return self._count * SLOTS // self.below

    def halves(self) -> tuple[list[Student], list[Student]]:
        """The students to fit to, and those to judge by; a student is the same kind every night."""
        fitted = [each for each in self.students if each.slot % EVERY_FIFTH]
        held_out = [each for each in self.students if each.slot % EVERY_FIFTH == 0]
        return fitted, held_out

    def add(self, student_id: UUID, sequence: bytes, exercises: Sequence[Exercise | None]) -> None:
        """Add a student's answers, in their order, and to which exercise each was, if to any of the skill's.

        Where that makes too many, half of the students go: the same ones, whatever the order.
        """
        slot = student_id.int % SLOTS
        if slot >= self.below or not sequence:
            return
        responses: dict[int, int] = {}
        for exercise, correct in zip(exercises, sequence, strict=True):
            if exercise is not None:
                place = self._place(exercise)
                responses.setdefault(place, 2 * place + correct)
        self.students.append(Student(slot, sequence, array("L", responses.values())))
        self._count += len(sequence)
        while self._count > self._most and self.below > 1:
            self.below //= 2
            self.students = [each for each in self.students if each.slot < self.below]
            self._count = sum(len(each.sequence) for each in self.students)

    def _place(self, exercise: Exercise) -> int:
        """The place of an exercise in the list, to which it is added if it is new."""
        if exercise.id not in self._places:
            self._places[exercise.id] = len(self.exercises)
            self.exercises.append(exercise)
        return self._places[exercise.id]


def of_skill(skill_id: UUID) -> Answers:
    """All answers that count towards a skill. Raises `OutOfTimeError`."""
    answers = Answers()
    with transaction() as db:
        rows = db.execute_sql("SELECT schools_practising(%s)", (str(skill_id),)).fetchall()
    for (school_id,) in rows:
        after: UUID | None = NOBODY
        while after is not None:
            if deadline.left() < RESERVE_SECONDS:
                raise OutOfTimeError()
            with transaction():
                after = _page(answers, skill_id, school_id, after)
    return answers


def _page(answers: Answers, skill_id: UUID, school_id: UUID, after: UUID) -> UUID | None:
    """Read a page of students after one; the student after whom to go on, or None at the end."""
    if not entering.as_worker(school_id):
        return None
    values: dict[str, Any] = {"skill": str(skill_id), "school": str(school_id)}
    exercises = _exercises(values)
    values |= {"after": str(after), "below": answers.below, "page": PAGE}
    values["exercises"] = [str(each.id) for each in exercises]
    rows = database.execute_sql(ANSWERS, values).fetchall()
    is_full = sum(row[1] for row in rows) == PAGE
    # The last one of a full page may be cut off. Alone on it, they have more answers than anybody needs.
    whole = rows[:-1] if is_full and len(rows) > 1 else rows
    for student_id, _, sequence, numbers in whole:
        if sequence is not None:
            given = [exercises[number - 1] if number is not None else None for number in numbers]
            answers.add(student_id, bytes(sequence), given)
    return whole[-1][0] if is_full else None


def _exercises(values: dict[str, Any]) -> list[Exercise]:
    """The exercises of the platform and of the entered school that are calibrated with the skill."""
    rows = database.execute_sql(EXERCISES, values).fetchall()
    return [Exercise(key, school_id, Item(*item)) for key, school_id, *item in rows]
