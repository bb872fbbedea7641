"""What became of assignments: read off the attempts, whoever made them where, and never stored.

An answer to an exercise counts from when it was set until it is closed. The first one tells whether it was
right; with it the student is told what is. Who has left the class is not among its students any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from chalicelib.learning.suspicion import HAS_BUG
from chalicelib.schemas import assignments as schemas
from chalicelib.services import exercises, findings
from chalicelib.store.database import database
from chalicelib.store.models.assignments import COUNTS
from chalicelib.store.models.base import now

# Each exercise of each student: their own, or, where they have none of their own, those of all.
ASKED = """
    WITH given AS (
        SELECT g.*, coalesce(g.closed_at, c.archived_at) AS ended_at
        FROM assignments g LEFT JOIN classrooms c ON c.id = g.classroom_id
        WHERE g.id = ANY(%(assignments)s::uuid[])
    ), members AS (
        SELECT g.id, g.created_at, g.due_at, g.ended_at, m.user_id AS student_id
        FROM given g JOIN memberships m ON m.classroom_id = g.classroom_id AND m.role = 'student'
            AND (%(students)s::uuid[] IS NULL OR m.user_id = ANY(%(students)s::uuid[]))
        WHERE CASE WHEN g.is_for_all THEN g.ended_at IS NULL OR m.joined_at <= g.ended_at
            ELSE EXISTS (
                SELECT 1 FROM assignment_students n WHERE n.assignment_id = g.id AND n.student_id = m.user_id
            ) END
        UNION ALL
        SELECT g.id, g.created_at, g.due_at, g.ended_at, g.student_id FROM given g
        WHERE %(students)s::uuid[] IS NULL OR g.student_id = ANY(%(students)s::uuid[])
    ), audience AS MATERIALIZED (
        SELECT m.*, u.name, EXISTS (
            SELECT 1 FROM assignment_exercises e WHERE e.assignment_id = m.id AND e.student_id = u.id
        ) AS has_own
        FROM members m JOIN users u ON u.id = m.student_id AND u.status <> 'deleted'
    ), asked AS (
        SELECT m.*, e.exercise_id, e.position
        FROM audience m JOIN assignment_exercises e ON e.assignment_id = m.id
            AND CASE WHEN m.has_own THEN e.student_id = m.student_id ELSE e.student_id IS NULL END
    )
"""
ANSWERS = f"""
    FROM attempts t
    WHERE t.student_id = a.student_id AND t.exercise_id = a.exercise_id AND {COUNTS}
        AND (a.ended_at IS NULL OR t.answered_at <= a.ended_at)
"""
ANSWERED = f"""{ASKED}, answered AS (
        SELECT a.*, first.answered_at, first.verdict IN ('correct', 'not_simplified') AS is_right
        FROM asked a LEFT JOIN LATERAL (
            SELECT t.answered_at, t.verdict {ANSWERS} ORDER BY t.answered_at, t.id LIMIT 1
        ) first ON true
    )
"""  # noqa: S608 (constants)
RESULTS = f"""{ANSWERED}, students AS (
        SELECT id, student_id, count(*) AS exercises, count(answered_at) AS answered,
            count(*) FILTER (WHERE is_right) AS right_ones,
            coalesce(bool_or(answered_at > due_at), false) AS is_late,
            due_at < %(at)s OR ended_at IS NOT NULL AS is_over
        FROM answered GROUP BY id, student_id, due_at, ended_at
    )
    SELECT id::text, count(*), count(*) FILTER (WHERE answered = exercises),
        count(*) FILTER (WHERE answered < exercises AND is_over), count(*) FILTER (WHERE is_late),
        sum(exercises)::bigint, sum(answered)::bigint, sum(right_ones)::bigint
    FROM students GROUP BY id
"""  # noqa: S608 (constants)
CELLS = f"""{ANSWERED}
    SELECT a.student_id::text, a.name, a.exercise_id::text, e.topic, e.problem, a.answered_at, a.is_right,
        a.is_right IS FALSE AND EXISTS (
            SELECT 1 {ANSWERS} AND t.verdict IN ('correct', 'not_simplified')
        ), coalesce(a.answered_at > a.due_at, false), e.story, e.story_locale, e.story_source,
        a.due_at < %(at)s OR a.ended_at IS NOT NULL
    FROM answered a JOIN exercises e ON e.id = a.exercise_id
    ORDER BY a.name, a.student_id, a.position
"""  # noqa: S608 (constants)
# Two bugs that show together (`id+id`) are each had; a single slip (`slip.kind`) is no bug.
BUGS = f"""{ASKED}
    SELECT found.bug, array_agg(DISTINCT a.student_id::text)
    FROM asked a CROSS JOIN LATERAL (SELECT t.id {ANSWERS}) t
    JOIN diagnoses d ON d.attempt_id = t.id AND d.is_current AND d.probability >= %(probability)s
    CROSS JOIN LATERAL string_to_table(d.bug, '+') AS found (bug)
    WHERE found.bug NOT LIKE 'slip.%%'
    GROUP BY found.bug
    ORDER BY cardinality(array_agg(DISTINCT a.student_id)) DESC, found.bug
"""  # noqa: S608 (constants)
# Those of the student's classes are some too many: what is for others alone has no result.
OPEN_OF_STUDENT = """
    SELECT g.id::text FROM assignments g LEFT JOIN classrooms c ON c.id = g.classroom_id
    WHERE g.closed_at IS NULL AND c.archived_at IS NULL AND (
        g.student_id = %(student)s OR g.classroom_id IN (
            SELECT m.classroom_id FROM memberships m WHERE m.user_id = %(student)s AND m.role = 'student'
        )
    )
"""
NO_RESULT = schemas.Result(
    students=0, finished=0, overdue=0, late=0, exercises=0, answered=0, right=0, mean=None
)


def results(
    assignment_ids: Sequence[UUID], students: Sequence[UUID] | None = None
) -> dict[UUID, schemas.Result]:
    """What became of each of these assignments, over all of their students or those given; one statement."""
    rows = _rows(RESULTS, assignment_ids, students, at=now())
    found = {UUID(row[0]): _result(row[1:]) for row in rows}
    return {each: found.get(each, NO_RESULT) for each in assignment_ids}


def waiting(student_id: UUID) -> tuple[int, int]:
    """How many open assignments a student has still to do, and how many of these are overdue."""
    rows = database.execute_sql(OPEN_OF_STUDENT, {"student": str(student_id)}).fetchall()
    found = results([UUID(row[0]) for row in rows], [student_id]).values() if rows else ()
    return sum(each.finished < each.students for each in found), sum(each.overdue for each in found)


def of_students(assignment_id: UUID, students: Sequence[UUID] | None = None) -> list[schemas.StudentProgress]:
    """How each student stands with an assignment, by name; all of them, or those given."""
    rows = _rows(CELLS, [assignment_id], students, at=now())
    return [
        _progress(assignment_id, UUID(student_id), list(cells))
        for student_id, cells in groupby(rows, key=lambda row: row[0])
    ]


def bugs(assignment_id: UUID, locale: str) -> list[schemas.ShownBug]:
    """The bugs that the answers showed, the most shared first."""
    return [
        schemas.ShownBug(
            bug=bug,
            name=findings.bug_text(bug, locale)[0],
            students=len(student_ids),
            student_ids=[UUID(each) for each in student_ids],
        )
        for bug, student_ids in _rows(BUGS, [assignment_id], None, probability=HAS_BUG)
    ]


def _result(row: Sequence[Any]) -> schemas.Result:
    students, finished, overdue, late, exercises, answered, right = row
    return schemas.Result(
        students=students,
        finished=finished,
        overdue=overdue,
        late=late,
        exercises=exercises,
        answered=answered,
        right=right,
        mean=round(right / answered, 4) if answered else None,
    )


def _progress(assignment_id: UUID, student_id: UUID, cells: Sequence[Any]) -> schemas.StudentProgress:
    answered: list[datetime | None] = [cell[5] for cell in cells]
    finished_at = max(each for each in answered if each) if all(answered) else None
    is_over = cells[0][-1]
    return schemas.StudentProgress(
        assignment_id=assignment_id,
        student_id=student_id,
        name=cells[0][1],
        state="finished" if finished_at else "overdue" if is_over else "to_do",
        finished_at=finished_at,
        exercises=[_state(cell[2:-1]) for cell in cells],
    )


def _state(cell: Sequence[Any]) -> schemas.ExerciseState:
    exercise_id, topic, problem, answered_at, right, right_later, late, *story = cell
    return schemas.ExerciseState(
        exercise_id=UUID(exercise_id),
        topic=topic,
        problem=problem,
        story=exercises.story_of(*story),
        answered_at=answered_at,
        right=right,
        right_later=right_later,
        late=late,
    )


def _rows(
    sql: str, assignment_ids: Sequence[UUID], students: Sequence[UUID] | None, **values: Any
) -> list[Any]:
    asked = {
        "assignments": [str(each) for each in assignment_ids],
        "students": None if students is None else [str(each) for each in students],
    }
    return list(database.execute_sql(sql, {**asked, **values}).fetchall())
