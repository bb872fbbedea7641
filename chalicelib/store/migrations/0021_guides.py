"""Worksheets: their questions in versions, whom they are given to, what is handed in, and what was paid for."""

from __future__ import annotations

from typing import Any

from chalicelib.store import expiring

COMPATIBLE_WITH = "0010_operations"

TABLES = """
CREATE TABLE guides (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    classroom_id UUID,
    created_by UUID,
    client_id UUID,
    title TEXT NOT NULL,
    locale TEXT NOT NULL CHECK (locale IN ('en', 'es')),
    size INTEGER NOT NULL CHECK (size > 0),
    file_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'reading', 'solving', 'review', 'published',
        'closed')),
    reason TEXT,
    held TEXT,
    is_without_model BOOLEAN NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 0),
    pages INTEGER,
    unread JSONB NOT NULL,
    correlation_id TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, classroom_id) REFERENCES classrooms (school_id, id)
        ON DELETE SET NULL (classroom_id),
    CHECK ((state = 'refused') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX guides_school_id_id ON guides (school_id, id);
CREATE UNIQUE INDEX guides_created_by_client_id ON guides (created_by, client_id);
CREATE INDEX guides_classroom_id_id ON guides (classroom_id, id);

CREATE TABLE guide_versions (
    guide_id UUID NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    school_id UUID NOT NULL,
    questions JSONB NOT NULL,
    made_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (guide_id, version),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, guide_id) REFERENCES guides (school_id, id) ON DELETE CASCADE
);
CREATE INDEX guide_versions_school_id ON guide_versions (school_id);

CREATE TABLE guide_publications (
    guide_id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    version INTEGER NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    most_submissions SMALLINT NOT NULL CHECK (most_submissions > 0),
    published_by UUID,
    published_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, guide_id) REFERENCES guides (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (guide_id, version) REFERENCES guide_versions (guide_id, version) ON DELETE CASCADE
);
CREATE INDEX guide_publications_school_id ON guide_publications (school_id);

CREATE TABLE guide_classrooms (
    guide_id UUID NOT NULL,
    classroom_id UUID NOT NULL,
    school_id UUID NOT NULL,
    PRIMARY KEY (guide_id, classroom_id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, guide_id) REFERENCES guides (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, classroom_id) REFERENCES classrooms (school_id, id) ON DELETE CASCADE
);
CREATE INDEX guide_classrooms_school_id ON guide_classrooms (school_id);
CREATE INDEX guide_classrooms_classroom_id ON guide_classrooms (classroom_id);

CREATE TABLE guide_submissions (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    guide_id UUID NOT NULL,
    student_id UUID NOT NULL,
    number SMALLINT NOT NULL CHECK (number > 0),
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'typed')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'failed', 'withdrawn', 'grading', 'graded')),
    client_id UUID,
    answers JSONB NOT NULL,
    is_late BOOLEAN NOT NULL,
    to_review SMALLINT NOT NULL CHECK (to_review >= 0),
    submitted_at TIMESTAMPTZ NOT NULL,
    graded_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, guide_id) REFERENCES guides (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK ((state = 'graded') = (graded_at IS NOT NULL))
);
CREATE UNIQUE INDEX guide_submissions_school_id_id ON guide_submissions (school_id, id);
CREATE UNIQUE INDEX guide_submissions_guide_id_student_id_number
    ON guide_submissions (guide_id, student_id, number);
CREATE UNIQUE INDEX guide_submissions_student_id_client_id ON guide_submissions (student_id, client_id);

CREATE TABLE guide_pages (
    photo_id UUID NOT NULL PRIMARY KEY,
    submission_id UUID NOT NULL,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    position SMALLINT NOT NULL,
    lines JSONB,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, submission_id) REFERENCES guide_submissions (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX guide_pages_submission_id ON guide_pages (submission_id);
CREATE INDEX guide_pages_school_id ON guide_pages (school_id);
CREATE INDEX guide_pages_student_id ON guide_pages (student_id);

CREATE TABLE guide_steps (
    guide_id UUID NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('read', 'map', 'solve', 'grade')),
    input_hash TEXT NOT NULL,
    school_id UUID NOT NULL,
    answer JSONB,
    claimed_until TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (guide_id, step, input_hash),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, guide_id) REFERENCES guides (school_id, id) ON DELETE CASCADE
);
CREATE INDEX guide_steps_school_id ON guide_steps (school_id);
CREATE INDEX guide_steps_created_at ON guide_steps (created_at);
"""

# The bucket's notification names a file, and so a worksheet; of its school it says nothing.
ENTERING = """
CREATE FUNCTION enter_by_guide(p_guide uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
    SELECT school_id INTO found FROM guides WHERE id = p_guide;
    PERFORM app_enter(found, NULL, NULL);
    RETURN found;
END $$;
"""

OWNED = (
    "guides",
    "guide_versions",
    "guide_publications",
    "guide_classrooms",
    "guide_submissions",
    "guide_pages",
    "guide_steps",
)


def up(migrator: Any, db: Any) -> None:
    for sql in (TABLES, ENTERING):
        db.execute_sql(sql)
    for table in OWNED:
        db.execute_sql(f"CREATE POLICY tenant ON {table} USING (school_id = app_school())")
        db.execute_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        db.execute_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tiza_app")
    expiring.also(db, "guides", "state = 'waiting' AND created_at < now() - interval '1 day'")
    expiring.also(db, "guide_submissions", "submitted_at < now() - interval '365 days'")
    expiring.also(db, "guide_steps", "created_at < now() - interval '30 days'")
