"""Which exercises staff set where they name none: chosen for a class, or for each student in it.

Those of a skill that promise most at what the students are able to (`learning/selection.py`), nothing that
was answered lately as long as there is other. What is missing is made.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import fsum
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.learning import irt, selection
from chalicelib.services import exercises, generation
from chalicelib.services.practice_state import LATELY
from chalicelib.store.database import database
from chalicelib.store.models.assignments import AssignmentExercise
from chalicelib.store.models.base import now
from chalicelib.store.models.work import Exercise, ExerciseSkill, Skill

MOST_CANDIDATES = 500  # exercises that are compared, the newest

# Of each student and exercise of the skill whether the first answer was right, and when the last one came.
ANSWERED = """
    SELECT t.student_id::text, t.exercise_id::text, (array_agg(k.is_correct ORDER BY k.seq))[1],
        max(t.answered_at)
    FROM attempt_skills k JOIN attempts t ON t.id = k.attempt_id
    WHERE k.student_id = ANY(%(students)s::uuid[]) AND k.skill_id = %(skill)s
        AND k.is_correct IS NOT NULL AND t.exercise_id = ANY(%(exercises)s::uuid[])
    GROUP BY t.student_id, t.exercise_id
"""


class Needs(NamedTuple):
    """What a student's choice depends on: the ability in the skill, and the exercises answered lately."""

    ability: irt.Ability
    seen: frozenset[UUID]


def for_class(caller: Caller, skill: Skill, students: Sequence[UUID], count: int) -> list[UUID]:
    """`count` exercises of `skill`, the same for all: those that promise most to all together; stored."""
    items = _candidates(caller, skill, count)
    return _best(items, list(_needs(skill, items, students).values()), count)


def for_each(
    caller: Caller, skill: Skill, students: Sequence[UUID], count: int
) -> dict[UUID | None, list[UUID]]:
    """`count` exercises of `skill` for each student; under None those for who joins later.

    As many statements for many students as for one.
    """
    items = _candidates(caller, skill, count)
    needs = _needs(skill, items, students)
    sets: dict[UUID | None, list[UUID]] = {None: _best(items, list(needs.values()), count)}
    return sets | {student: _best(items, [need], count) for student, need in needs.items()}


def set_exercises(school_id: UUID, assignment_id: UUID, sets: Mapping[UUID | None, Sequence[UUID]]) -> None:
    """Store what an assignment is made of: by student, or under None for all who have none of their own."""
    rows = [
        {
            "assignment_id": assignment_id,
            "school": school_id,
            "student_id": student_id,
            "exercise": exercise_id,
            "position": position,
        }
        for student_id, exercise_ids in sets.items()
        for position, exercise_id in enumerate(exercise_ids)
    ]
    AssignmentExercise.insert_many(rows).execute()


def _candidates(caller: Caller, skill: Skill, count: int) -> dict[UUID, irt.Item]:
    """The exercises of a skill that may be set, by id; where there are too few, some are made."""
    practising = ExerciseSkill.select(ExerciseSkill.exercise).where(ExerciseSkill.skill == skill.id)
    usable = exercises.visible(caller).where(Exercise.archived_at.is_null(), Exercise.id.in_(practising))
    found = list(usable.order_by(Exercise.id.desc()).limit(MOST_CANDIDATES))
    items = {each.id: irt.Item(each.difficulty, each.discrimination) for each in found}
    if len(items) < count:
        items |= _made(caller, skill, count - len(items), {each.problem for each in found})
    return items


def _made(caller: Caller, skill: Skill, missing: int, known: set[str]) -> dict[UUID, irt.Item]:
    """New exercises of a skill, stored."""
    from chalicelib import diagnosis

    seed = secrets.randbelow(generation.SEEDS)
    problems = diagnosis.generate(skill.topic, seed=seed, count=missing + len(known), skill=skill.slug)
    fresh = [problem for problem in problems if problem not in known][:missing]
    if not fresh:
        return {}
    return dict.fromkeys(exercises.add(caller, fresh, skill, generation.MIXED), irt.Item(generation.MIXED))


def _needs(skill: Skill, items: Mapping[UUID, irt.Item], students: Sequence[UUID]) -> dict[UUID, Needs]:
    """What each student's choice depends on; in one statement."""
    values = {
        "students": list(map(str, students)),
        "skill": str(skill.id),
        "exercises": list(map(str, items)),
    }
    rows: list[tuple[str, str, bool, datetime]] = list(database.execute_sql(ANSWERED, values).fetchall())
    since = now() - LATELY
    answers: dict[UUID, list[tuple[irt.Item, bool]]] = {student: [] for student in students}
    seen: dict[UUID, set[UUID]] = {student: set() for student in students}
    for student, exercise, right, answered_at in rows:
        answers[UUID(student)].append((items[UUID(exercise)], right))
        if answered_at > since:
            seen[UUID(student)].add(UUID(exercise))
    return {each: Needs(irt.ability(answers[each]), frozenset(seen[each])) for each in students}


def _best(items: Mapping[UUID, irt.Item], needs: Sequence[Needs], count: int) -> list[UUID]:
    """The `count` exercises that promise most to these students; what few have seen lately comes first."""

    def merit(exercise_id: UUID) -> tuple[float, float, Any]:
        seen = sum(exercise_id in need.seen for need in needs)
        promise = fsum(selection.merit(items[exercise_id], need.ability) for need in needs)
        return seen, -round(promise, 9), exercise_id

    return sorted(items, key=merit)[:count]
