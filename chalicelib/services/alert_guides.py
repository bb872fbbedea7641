"""What calls for an alert about worksheets: one waits for review, or all that was handed in is graded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chalicelib.store.database import database

TOLD_FOR = timedelta(days=7)  # after the last was graded; then whoever wanted to know does

READY = """
    SELECT g.classroom_id::text, array_agg(g.id::text ORDER BY g.id)
    FROM guides g JOIN classrooms c ON c.id = g.classroom_id AND c.archived_at IS NULL
    WHERE g.school_id = %(school)s AND g.state = 'review'
    GROUP BY g.classroom_id
"""
# Its grading is done where nothing waits to be graded, and all have handed in, or it was due.
GRADED = """
    WITH given AS (
        SELECT r.guide_id, r.classroom_id, p.due_at
        FROM guide_classrooms r
        JOIN guides g ON g.id = r.guide_id AND g.state = 'published'
        JOIN guide_publications p ON p.guide_id = r.guide_id
        JOIN classrooms c ON c.id = r.classroom_id AND c.archived_at IS NULL
        WHERE r.school_id = %(school)s
    ), students AS (
        SELECT n.guide_id, n.classroom_id, n.due_at, m.user_id AS student_id
        FROM given n
        JOIN memberships m ON m.classroom_id = n.classroom_id AND m.role = 'student'
        JOIN users u ON u.id = m.user_id AND u.status = 'active'
    ), standing AS (
        SELECT s.guide_id, s.classroom_id, s.due_at, h.graded_at, h.is_open, h.to_review
        FROM students s CROSS JOIN LATERAL (
            SELECT max(x.graded_at) AS graded_at, coalesce(bool_or(x.state = 'grading'), false) AS is_open,
                coalesce(sum(x.to_review), 0) AS to_review
            FROM guide_submissions x WHERE x.guide_id = s.guide_id AND x.student_id = s.student_id
        ) h
    ), done AS (
        SELECT guide_id, classroom_id, sum(to_review)::int AS to_review
        FROM standing GROUP BY guide_id, classroom_id, due_at
        HAVING NOT bool_or(is_open) AND max(graded_at) > %(since)s
            AND (due_at < %(at)s OR bool_and(graded_at IS NOT NULL))
    )
    SELECT classroom_id::text, array_agg(guide_id::text ORDER BY guide_id), sum(to_review)::int
    FROM done GROUP BY classroom_id
"""


def ready(school_id: UUID) -> dict[str, dict[str, Any]]:
    """The details by class: worksheets that wait for review."""
    rows = database.execute_sql(READY, {"school": str(school_id)}).fetchall()
    return {classroom: {"guide_ids": guides} for classroom, guides in rows}


def graded(school_id: UUID, at: datetime) -> dict[str, dict[str, Any]]:
    """The details by class: worksheets whose grading is done, and how many answers staff should look at."""
    values = {"school": str(school_id), "at": at, "since": at - TOLD_FOR}
    rows = database.execute_sql(GRADED, values).fetchall()
    return {classroom: {"guide_ids": guides, "to_review": count} for classroom, guides, count in rows}
