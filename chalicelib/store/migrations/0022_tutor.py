"""The tutor: sessions and messages, what was used of each day, and vectors of the texts it looks things up in.

Vectors are kept as plain numbers, as models differ in how many they give; the extension `vector`, where the
database has it, compares them. Where it cannot be had, full-text search takes its place.
"""

from __future__ import annotations

from typing import Any

from chalicelib.store import expiring

COMPATIBLE_WITH = "0010_operations"

# At Neon every owner may create it; elsewhere it may be missing, or take a superuser.
VECTOR = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN
    RAISE NOTICE 'the extension vector cannot be had: the tutor searches by words';
END $$;
"""

TABLES = """
CREATE TABLE tutor_sessions (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    exercise_id UUID,
    attempt_id UUID,
    topic TEXT NOT NULL,
    problem TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (exercise_id) REFERENCES exercises (id) ON DELETE SET NULL,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, attempt_id) REFERENCES attempts (school_id, id)
        ON DELETE SET NULL (attempt_id)
);
CREATE UNIQUE INDEX tutor_sessions_school_id_id ON tutor_sessions (school_id, id);
CREATE INDEX tutor_sessions_student_id_id ON tutor_sessions (student_id, id);
CREATE INDEX tutor_sessions_exercise_id ON tutor_sessions (exercise_id);
CREATE INDEX tutor_sessions_attempt_id ON tutor_sessions (attempt_id);
CREATE INDEX tutor_sessions_updated_at ON tutor_sessions (updated_at);

CREATE TABLE tutor_messages (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    session_id UUID NOT NULL,
    student_id UUID NOT NULL,
    client_id UUID,
    text TEXT NOT NULL,
    kind TEXT CHECK (kind IN ('answer', 'hint', 'off_subject')),
    reply TEXT,
    sources JSONB NOT NULL,
    day DATE NOT NULL,
    waits_until TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, session_id) REFERENCES tutor_sessions (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK ((answered_at IS NULL) = (reply IS NULL) AND (reply IS NULL) = (kind IS NULL))
);
CREATE INDEX tutor_messages_school_id ON tutor_messages (school_id);
CREATE INDEX tutor_messages_session_id_id ON tutor_messages (session_id, id);
CREATE UNIQUE INDEX tutor_messages_student_id_client_id ON tutor_messages (student_id, client_id);

CREATE TABLE tutor_days (
    student_id UUID NOT NULL,
    day DATE NOT NULL,
    school_id UUID NOT NULL,
    answered INTEGER NOT NULL CHECK (answered >= 0),
    reserved JSONB NOT NULL,
    PRIMARY KEY (student_id, day),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX tutor_days_school_id ON tutor_days (school_id);
CREATE INDEX tutor_days_day ON tutor_days (day);

CREATE TABLE text_vectors (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID,
    model TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector REAL[] NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX text_vectors_text_hash_model_school
    ON text_vectors (text_hash, model, school_id) NULLS NOT DISTINCT;
CREATE INDEX text_vectors_school_id ON text_vectors (school_id);
CREATE INDEX text_vectors_created_at ON text_vectors (created_at);
"""

OWNED = ("tutor_sessions", "tutor_messages", "tutor_days")
# Texts that belong to no school, such as the catalogue's, have their vectors for all.
SHARED = """
CREATE POLICY tenant ON text_vectors USING (school_id IS NULL OR school_id = app_school());
ALTER TABLE text_vectors ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON text_vectors TO tiza_app;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (VECTOR, TABLES, SHARED):
        db.execute_sql(sql)
    for table in OWNED:
        db.execute_sql(f"CREATE POLICY tenant ON {table} USING (school_id = app_school())")
        db.execute_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        db.execute_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tiza_app")
    expiring.also(db, "tutor_sessions", "updated_at < now() - interval '30 days'")
    expiring.also(db, "tutor_days", "day < (now() - interval '90 days')::date")
    expiring.also(db, "text_vectors", "created_at < now() - interval '90 days'")
