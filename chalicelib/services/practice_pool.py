"""The exercises that could be given for an aim: the stored ones, and one made to order where none will do."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.learning import irt, selection, suspicion
from chalicelib.learning.selection import Aim, Candidate
from chalicelib.services import findings
from chalicelib.services.generation import MIDDLE_LEVEL, MIXED, SEEDS
from chalicelib.services.practice_state import LATELY, State, is_shown
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.work import Exercise, ExerciseSkill

WEEK = timedelta(days=7)
MOST = 200  # exercises that are looked at, those nearest to the ability
MADE = 5  # problems made at once, as some may be there already
LEVELS = (1, 5)

EXERCISES = """
    WITH fit AS (
        SELECT DISTINCT x.exercise_id AS id FROM exercise_skills x
        WHERE x.skill_id = ANY(%(skills)s::uuid[]) AND (x.school_id = %(school)s OR x.school_id IS NULL)
    )
    SELECT e.id::text, e.problem, e.expected, e.difficulty, e.discrimination,
        ARRAY(SELECT x.skill_id::text FROM exercise_skills x WHERE x.exercise_id = e.id),
        EXISTS (SELECT 1 FROM attempts a
            WHERE a.student_id = %(student)s AND a.exercise_id = e.id AND a.answered_at >= %(since)s)
        OR e.id IN (SELECT g.exercise_id FROM practice_given g
            WHERE g.student_id = %(student)s AND g.given_at >= %(since)s)
    FROM fit JOIN exercises e ON e.id = fit.id
    WHERE e.archived_at IS NULL
    ORDER BY abs(e.difficulty - %(ability)s), e.id LIMIT %(most)s
"""
# What as many students of one of the classes as may have it were given this week, without the student.
SPENT = """
    WITH classes AS (
        SELECT m.classroom_id, count(*) AS size FROM memberships own
        JOIN classrooms c ON c.id = own.classroom_id AND c.archived_at IS NULL
        JOIN memberships m ON m.classroom_id = own.classroom_id AND m.role = 'student'
        WHERE own.user_id = %(student)s AND own.role = 'student'
        GROUP BY m.classroom_id
    )
    SELECT DISTINCT g.exercise_id::text FROM classes c
    JOIN memberships m ON m.classroom_id = c.classroom_id AND m.role = 'student'
    JOIN practice_given g ON g.student_id = m.user_id AND g.given_at >= %(since)s
    WHERE m.user_id <> %(student)s
    GROUP BY c.classroom_id, c.size, g.exercise_id
    HAVING count(DISTINCT m.user_id) >= greatest(1, c.size / %(share)s)
"""
# In one order, so that two students of the same classes never wait for each other.
LOCK_CLASSES = """
    SELECT pg_advisory_xact_lock(hashtextextended('practice ' || own.id, 0)) FROM (
        SELECT classroom_id::text AS id FROM memberships
        WHERE user_id = %(student)s AND role = 'student' ORDER BY 1
    ) own
"""
LOCK_SCHOOL = "SELECT pg_advisory_xact_lock(hashtextextended('exercises ' || %(school)s, 0))"
STORED = """
    SELECT problem FROM exercises
    WHERE problem = ANY(%(problems)s) AND (school_id = %(school)s OR school_id IS NULL)
"""


class Offer(NamedTuple):
    """What there is for one aim: candidates by exercise, and what a made one would be good for."""

    aim: Aim
    candidates: Mapping[UUID, Candidate]
    ability: irt.Ability
    could_tell: float


def offer(state: State, aim: Aim) -> Offer:
    """The stored exercises for an aim, in one statement. For a bug those of its whole topic."""
    skill = state.known[_key(aim)]
    wanted = [each.id for each in state.known.values() if each.topic == skill.topic and aim.bug]
    target = selection.best_difficulty(skill.ability)
    values = {
        "skills": [str(each) for each in wanted or [skill.id]],
        "school": str(state.school_id),
        "student": str(state.student_id),
        "since": now() - LATELY,
        "ability": target,
        "most": MOST,
    }
    rows = database.execute_sql(EXERCISES, values).fetchall()
    shares = state.shares(skill.topic) if aim.reason == "probe" else {}
    left = max(0.0, 1.0 - sum(shares.values()))
    return Offer(
        aim=aim,
        candidates=dict(_candidates(state, aim, shares, rows)),
        ability=skill.ability,
        could_tell=suspicion.entropy([*shares.values(), left]) if shares else 0.0,
    )


def lock_classes(student_id: UUID) -> None:
    """From here to the end of the transaction nobody else of the student's classes is given anything."""
    database.execute_sql(LOCK_CLASSES, {"student": str(student_id)})


def spent(student_id: UUID) -> set[UUID]:
    """The exercises that enough others of one of the student's classes have had this week."""
    values = {"student": str(student_id), "since": now() - WEEK, "share": selection.CLASS_SHARE}
    return {UUID(row[0]) for row in database.execute_sql(SPENT, values).fetchall()}


def made(state: State, offered: Offer) -> UUID | None:
    """A new exercise for the aim, stored in the school; its id, or None where nothing new can be made.

    A problem that the school, or the platform, has already is not stored again.
    """
    aim, skill = offered.aim, state.known[_key(offered.aim)]
    if aim.reason == "probe":
        problems, difficulty = [_probe(state, skill.topic)], MIXED
    else:
        level = min(max(round(selection.best_difficulty(skill.ability)) + MIDDLE_LEVEL, LEVELS[0]), LEVELS[1])
        problems, difficulty = _problems(skill.topic, skill.slug, level, aim.bug)
    values = {"school": str(state.school_id), "problems": problems}
    database.execute_sql(LOCK_SCHOOL, values)
    stored = {row[0] for row in database.execute_sql(STORED, values).fetchall()} | state.lately()
    fresh = next((problem for problem in problems if problem not in stored), None)
    return None if fresh is None else _stored(state, aim, fresh, difficulty)


def _candidates(
    state: State, aim: Aim, shares: Mapping[str, float], rows: Iterable[Any]
) -> Iterable[tuple[UUID, Candidate]]:
    """Each exercise with what it is good for."""
    answered, due = state.lately(), selection.due(state.skills) | {aim.skill}
    for exercise_id, problem, expected, difficulty, discrimination, skill_ids, is_seen in rows:
        needed = {UUID(each) for each in skill_ids} & state.known.keys()
        key = UUID(exercise_id)
        yield (
            key,
            Candidate(
                key,
                irt.Item(difficulty, discrimination),
                seen=is_seen or problem in answered,
                beyond=not needed <= due,
                shows=aim.bug is not None and is_shown(aim.bug, problem),
                tells=_bits(shares, problem, expected) if shares else 0.0,
            ),
        )


def _bits(shares: Mapping[str, float], problem: str, expected: str) -> float:
    from chalicelib.diagnosis import simulate

    answers = {bug: simulate(bug, problem) for bug in shares}
    return suspicion.bits(shares, answers, expected)


def _probe(state: State, topic: str) -> str:
    """The problem that would settle the suspicions best, after the student's history."""
    from chalicelib import diagnosis

    shares = state.shares(topic)
    total = max(1.0, sum(shares.values()))
    suspects = [diagnosis.Candidate(bug, share / total, "", "", ()) for bug, share in shares.items()]
    seed = secrets.randbelow(SEEDS)
    return diagnosis.next_probe(suspects, topic=topic, seed=seed, history=state.history(topic))


def _problems(topic: str, slug: str, level: int, bug: str | None) -> tuple[list[str], float]:
    """New problems and their difficulty: of that level, or of any where there are none."""
    from chalicelib import diagnosis

    for difficulty in (level, None):
        problems = diagnosis.generate(
            topic,
            seed=secrets.randbelow(SEEDS),
            difficulty=difficulty,
            count=MADE,
            skill=slug,
            provoke=[bug] if bug else [],
        )
        if problems:
            return list(problems), MIXED if difficulty is None else float(difficulty - MIDDLE_LEVEL)
    return [], MIXED


def _stored(state: State, aim: Aim, problem: str, difficulty: float) -> UUID:
    exercise = Exercise.create(
        school=state.school_id,
        topic=state.known[_key(aim)].topic,
        problem=problem,
        expected=findings.expected(problem),
        difficulty=difficulty,
    )
    ExerciseSkill.create(exercise=exercise.id, skill=aim.skill, school=state.school_id)
    return UUID(str(exercise.id))


def _key(aim: Aim) -> UUID:
    return aim.skill  # type: ignore[return-value]


def nearest(offers: Sequence[Offer], seed: str, without: set[UUID]) -> tuple[Aim, UUID] | None:
    """What is given where nothing new is left for any aim: what enough have had, or even seen lately."""
    for each in offers:
        left = [candidate for key, candidate in each.candidates.items() if key not in without]
        found = selection.pick_again(left, each.ability, seed)
        if found is not None:
            aim = each.aim._replace(reason="learning", bug=None) if each.aim.bug else each.aim
            return aim, found.key  # type: ignore[return-value]
    return None
