"""What the nightly fit needs: where it stands, what it found, and narrow ways to read and to write."""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

PARAMETERS = """
ALTER TABLE skill_parameters ADD COLUMN p_forget DOUBLE PRECISION NOT NULL DEFAULT 0
    CHECK (p_forget BETWEEN 0 AND 1);
"""

TABLES = """
CREATE TABLE fits (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('bkt', 'irt')),
    skill_id UUID NOT NULL,
    answers INTEGER NOT NULL CHECK (answers >= 0),
    students INTEGER NOT NULL CHECK (students >= 0),
    exercises INTEGER NOT NULL CHECK (exercises >= 0),
    parameters JSONB NOT NULL,
    log_likelihood DOUBLE PRECISION,
    standing_log_likelihood DOUBLE PRECISION,
    held_out_log_likelihood DOUBLE PRECISION,
    standing_held_out_log_likelihood DOUBLE PRECISION,
    iterations INTEGER NOT NULL CHECK (iterations >= 0),
    milliseconds INTEGER NOT NULL CHECK (milliseconds >= 0),
    reason TEXT,
    seen_until TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (skill_id) REFERENCES skills (id) ON DELETE CASCADE
);
CREATE INDEX fits_skill_id_id ON fits (skill_id, id);

CREATE TABLE fit_backlogs (
    skill_id UUID NOT NULL PRIMARY KEY,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    fitted INTEGER NOT NULL CHECK (fitted >= 0),
    begun_at TIMESTAMPTZ,
    FOREIGN KEY (skill_id) REFERENCES skills (id) ON DELETE CASCADE
);
GRANT SELECT, INSERT ON fits TO tiza_app;
GRANT SELECT, INSERT, UPDATE ON fit_backlogs TO tiza_app;

CREATE TABLE fit_marks (
    school_id UUID NOT NULL PRIMARY KEY,
    counted_until TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE POLICY tenant ON fit_marks USING (school_id = app_school());
ALTER TABLE fit_marks ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON fit_marks TO tiza_app;
"""

# A skill's answers in one school, student by student in their order.
ANSWERS = """
CREATE INDEX attempt_skills_skill_id_school_id_student_id_seq
    ON attempt_skills (skill_id, school_id, student_id, seq);
"""

# The answers are read school by school, under the policies; of where there are any, only ids are told. What is
# found about the platform's exercises is written by nobody's transaction: so it may change two columns, of
# those exercises alone.
FUNCTIONS = """
CREATE FUNCTION schools_practising(p_skill uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id FROM schools s
    WHERE EXISTS (SELECT 1 FROM attempt_skills a WHERE a.skill_id = p_skill AND a.school_id = s.id)
    ORDER BY s.id;
$$;

CREATE FUNCTION calibrate_platform_exercises(p_items jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE changed integer;
BEGIN
    UPDATE exercises e SET difficulty = i.difficulty, discrimination = i.discrimination, updated_at = now()
    FROM jsonb_to_recordset(p_items) AS i (id uuid, difficulty double precision, discrimination double precision)
    WHERE e.id = i.id AND e.school_id IS NULL;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (PARAMETERS, TABLES, ANSWERS, FUNCTIONS):
        db.execute_sql(sql)
