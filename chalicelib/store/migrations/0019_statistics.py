"""Statistics: that a student is of one school, which Postgres is not to multiply as if it were chance.

Row-level security adds the school to each condition on a student. Without this Postgres expects as many times
fewer rows as there are schools, and reads and sorts all answers of a student to find the newest.
"""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

STATISTICS = """
CREATE STATISTICS attempts_student_school (dependencies) ON student_id, school_id FROM attempts;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(STATISTICS)
