"""Which bugs students have: those that a diagnosis gave 0.8 or more, as it stands now.

The parts of statements that find them, by an index that is read from bug to bug of each student (a *loose
index scan*): so the cost follows the bugs that a student has had, and not the answers in which they showed.

An answer is given before it is diagnosed. So what was diagnosed before a moment was answered before it, too;
an answer that a device brought late is looked up.

The parts refer to `asked`, one row that the statement begins with: `classroom_id`, and `bugs_since`, from
when on an answer counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chalicelib.learning.suspicion import HAS_BUG

SLIP = "slip."  # a single slip (`slip.kind`) is no bug
TOGETHER = "+"  # two bugs that show together (`id+id`) are each had

STUDENTS = """
    students AS MATERIALIZED (
        SELECT u.id, u.name FROM asked
        JOIN memberships m ON m.classroom_id = asked.classroom_id AND m.role = 'student'
        JOIN users u ON u.id = m.user_id AND u.status <> 'deleted'
    )
"""
FOUND = f"d.is_current = true AND d.bug IS NOT NULL AND d.probability >= {HAS_BUG}"  # as the index has it
BUGS = f"""
    had (student_id, bug) AS (
        SELECT students.id, (
            SELECT d.bug FROM diagnoses d
            WHERE d.student_id = students.id AND {FOUND} ORDER BY d.bug LIMIT 1
        ) FROM students
        UNION ALL
        SELECT had.student_id, (
            SELECT d.bug FROM diagnoses d
            WHERE d.student_id = had.student_id AND d.bug > had.bug AND {FOUND} ORDER BY d.bug LIMIT 1
        ) FROM had WHERE had.bug IS NOT NULL
    )
"""  # noqa: S608 (parts of this module)
ANSWERS = f"""
    SELECT a.answered_at FROM diagnoses d
    JOIN attempts a ON a.id = d.attempt_id AND a.answered_at >= (SELECT bugs_since FROM asked)
    WHERE d.student_id = had.student_id AND d.bug = had.bug AND {FOUND}
        AND d.created_at >= (SELECT bugs_since FROM asked)
"""  # noqa: S608
SEEN_SINCE = f"""
    SELECT had.student_id, had.bug FROM had
    CROSS JOIN LATERAL ({ANSWERS} ORDER BY d.created_at DESC LIMIT 1) AS newest
"""  # noqa: S608
COUNTED = f"""
    SELECT had.student_id::text, had.bug, found.answers, found.newest FROM had
    CROSS JOIN LATERAL (
        SELECT count(*) AS answers, max(answered_at) AS newest FROM ({ANSWERS}) AS answered
    ) AS found
    WHERE found.answers > 0
"""  # noqa: S608


def each(diagnosed: str) -> list[str]:
    """The bugs in what was diagnosed, without slips."""
    return [bug for bug in diagnosed.split(TOGETHER) if not bug.startswith(SLIP)]


def by_student(students: Iterable[UUID], seen: Iterable[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    """The bugs of each of the `students`, given what was diagnosed; each bug once, by id."""
    found: dict[UUID, set[str]] = {student: set() for student in students}
    for student, diagnosed in seen:
        found[student].update(each(diagnosed))
    return {student: sorted(bugs) for student, bugs in found.items()}
