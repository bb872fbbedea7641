"""Assignments: what is set to a class, to some of its students, or by Tiza itself to one student."""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

TABLES = """
CREATE TABLE assignments (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('teacher', 'automatic')),
    classroom_id UUID,
    student_id UUID,
    is_for_all BOOLEAN NOT NULL,
    skill_id UUID,
    title TEXT,
    due_at TIMESTAMPTZ NOT NULL,
    created_by UUID,
    closed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (skill_id) REFERENCES skills (id),
    FOREIGN KEY (school_id, classroom_id) REFERENCES classrooms (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK ((classroom_id IS NULL) = (student_id IS NOT NULL)),
    CHECK (classroom_id IS NOT NULL OR NOT is_for_all),
    CHECK (kind = 'teacher' OR (student_id IS NOT NULL AND skill_id IS NOT NULL)),
    CHECK (kind = 'automatic' OR (title IS NOT NULL AND created_by IS NOT NULL))
);
CREATE UNIQUE INDEX assignments_school_id_id ON assignments (school_id, id);
CREATE INDEX assignments_school_id_due_at_id ON assignments (school_id, due_at, id);
CREATE INDEX assignments_classroom_id_due_at_id ON assignments (classroom_id, due_at, id);
CREATE INDEX assignments_student_id_due_at_id ON assignments (student_id, due_at, id);
CREATE UNIQUE INDEX assignments_automatic_open ON assignments (student_id, skill_id)
    WHERE kind = 'automatic' AND closed_at IS NULL;

CREATE TABLE assignment_students (
    assignment_id UUID NOT NULL,
    student_id UUID NOT NULL,
    school_id UUID NOT NULL,
    PRIMARY KEY (assignment_id, student_id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, assignment_id) REFERENCES assignments (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX assignment_students_student_id ON assignment_students (student_id);
CREATE INDEX assignment_students_school_id ON assignment_students (school_id);

CREATE TABLE assignment_exercises (
    id UUID NOT NULL PRIMARY KEY,
    assignment_id UUID NOT NULL,
    school_id UUID NOT NULL,
    student_id UUID,
    exercise_id UUID NOT NULL,
    position SMALLINT NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (exercise_id) REFERENCES exercises (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, assignment_id) REFERENCES assignments (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX assignment_exercises_once
    ON assignment_exercises (assignment_id, student_id, exercise_id) NULLS NOT DISTINCT;
CREATE INDEX assignment_exercises_exercise_id ON assignment_exercises (exercise_id);
CREATE INDEX assignment_exercises_student_id ON assignment_exercises (student_id);
CREATE INDEX assignment_exercises_school_id ON assignment_exercises (school_id);
"""

# What a student has answered of an assignment is looked up exercise by exercise.
ATTEMPTS = """
CREATE INDEX attempts_student_id_exercise_id_answered_at ON attempts (student_id, exercise_id, answered_at);
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (TABLES, ATTEMPTS):
        db.execute_sql(sql)
    for table in ("assignments", "assignment_students", "assignment_exercises"):
        db.execute_sql(f"CREATE POLICY tenant ON {table} USING (school_id = app_school())")
        db.execute_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        db.execute_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tiza_app")
