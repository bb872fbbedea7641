"""Corrections: who made a diagnosis, answers that count no more, and diagnoses that staff should look at."""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

# A step that does not count keeps its number and its parameters: it may come to count again, in its place.
COLUMNS = """
ALTER TABLE diagnoses ADD COLUMN made_by UUID, ADD COLUMN comment TEXT;
ALTER TABLE attempt_skills ALTER COLUMN is_correct DROP NOT NULL;
ALTER TABLE mastery ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 0 CHECK (uncounted BETWEEN 0 AND seq);
"""

REVIEWS = """
CREATE TABLE reviews (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    attempt_id UUID NOT NULL,
    diagnosis_id UUID NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('reported', 'unsure')),
    comment TEXT,
    status TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'corrected')),
    response TEXT,
    resolved_by UUID,
    resolved_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (diagnosis_id) REFERENCES diagnoses (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, attempt_id) REFERENCES attempts (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK ((status = 'open') = (resolved_at IS NULL))
);
CREATE UNIQUE INDEX reviews_diagnosis_id_reason ON reviews (diagnosis_id, reason);
CREATE UNIQUE INDEX reviews_open ON reviews (attempt_id, reason) WHERE (status = 'open');
CREATE INDEX reviews_attempt_id ON reviews (attempt_id);
CREATE INDEX reviews_school_id_id ON reviews (school_id, id);
CREATE INDEX reviews_student_id_id ON reviews (student_id, id);
CREATE POLICY tenant ON reviews USING (school_id = app_school());
ALTER TABLE reviews ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON reviews TO tiza_app;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (COLUMNS, REVIEWS):
        db.execute_sql(sql)
