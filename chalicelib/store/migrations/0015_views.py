"""Indexes for what a teacher sees: its cost must not follow the number of answers that lie behind it.

What was believed a week ago is one look-up for each student and skill, whatever was answered since. The bugs
that a student has are read from bug to bug, without the answers in between. The school is in the first index as
row-level security asks for it: without it, another index that has it looks better to the planner.
"""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"
INDEXES = (
    "CREATE INDEX attempt_skills_belief ON attempt_skills (student_id, skill_id, school_id, created_at, seq)",
    "CREATE INDEX diagnoses_had_bug ON diagnoses (student_id, bug, created_at)"
    " WHERE is_current = true AND bug IS NOT NULL AND probability >= 0.8",
)


def up(migrator: Any, db: Any) -> None:
    for index in INDEXES:
        db.execute_sql(index)
