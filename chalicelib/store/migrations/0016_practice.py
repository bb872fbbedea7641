"""What students were given to practise; exercises found by their school and skill, or school and problem."""

from __future__ import annotations

from typing import Any

from chalicelib.store import expiring

COMPATIBLE_WITH = "0010_operations"

TABLE = """
CREATE TABLE practice_given (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    exercise_id UUID NOT NULL,
    skill_id UUID NOT NULL,
    wanted_skill_id UUID,
    source TEXT NOT NULL CHECK (source IN ('next', 'assignment')),
    reason TEXT NOT NULL
        CHECK (reason IN ('probe', 'bug', 'prerequisite', 'learning', 'new_skill', 'review')),
    bug TEXT,
    given_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (exercise_id) REFERENCES exercises (id) ON DELETE CASCADE,
    FOREIGN KEY (skill_id) REFERENCES skills (id),
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK (bug IS NOT NULL OR reason NOT IN ('probe', 'bug'))
);
CREATE INDEX practice_given_school_id ON practice_given (school_id);
CREATE INDEX practice_given_exercise_id ON practice_given (exercise_id);
CREATE INDEX practice_given_student_id_given_at ON practice_given (student_id, given_at);
CREATE INDEX practice_given_given_at ON practice_given (given_at);
CREATE POLICY tenant ON practice_given USING (school_id = app_school());
ALTER TABLE practice_given ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON practice_given TO tiza_app;
"""

# By the skill alone, all schools' exercises would be read. The second index tells whether a problem that
# was just made is there already.
EXERCISES = """
CREATE INDEX exercise_skills_school_id_skill_id ON exercise_skills (school_id, skill_id);
CREATE INDEX exercises_school_id_problem ON exercises (school_id, problem);
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (TABLE, EXERCISES):
        db.execute_sql(sql)
    expiring.also(db, "practice_given", "given_at < now() - interval '90 days'")
