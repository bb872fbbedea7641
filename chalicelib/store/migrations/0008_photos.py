"""Photos of work on paper, and what was read from them."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE photos (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    client_id UUID,
    exercise_id UUID,
    problem TEXT,
    content_type TEXT NOT NULL CHECK (content_type IN ('image/jpeg', 'image/png', 'image/webp')),
    size INTEGER NOT NULL CHECK (size > 0),
    file_key TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'checked', 'refused')),
    reason TEXT,
    width INTEGER,
    height INTEGER,
    correlation_id TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (exercise_id) REFERENCES exercises (id) ON DELETE SET NULL,
    CHECK ((status = 'refused') = (reason IS NOT NULL)),
    CHECK ((status = 'checked') = (width IS NOT NULL AND height IS NOT NULL))
);
CREATE UNIQUE INDEX photos_school_id_id ON photos (school_id, id);
CREATE UNIQUE INDEX photos_student_id_client_id ON photos (student_id, client_id);
CREATE INDEX photos_student_id_id ON photos (student_id, id);
CREATE INDEX photos_exercise_id ON photos (exercise_id);

CREATE TABLE transcripts (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    photo_id UUID,
    source TEXT NOT NULL CHECK (source IN ('photo', 'guide')),
    lines JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    processed_at TIMESTAMPTZ,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, photo_id) REFERENCES photos (school_id, id) ON DELETE SET NULL (photo_id)
);
CREATE INDEX transcripts_school_id ON transcripts (school_id);
CREATE INDEX transcripts_student_id ON transcripts (student_id);
CREATE INDEX transcripts_photo_id ON transcripts (photo_id);
"""

POLICIES = """
CREATE POLICY tenant ON photos USING (school_id = app_school());
CREATE POLICY tenant ON transcripts USING (school_id = app_school());
ALTER TABLE photos ENABLE ROW LEVEL SECURITY;
ALTER TABLE transcripts ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON photos, transcripts TO tiza_app;
"""

# The bucket's notification names a file, and so a photo; of its school it says nothing.
ENTERING = """
CREATE FUNCTION enter_by_photo(p_photo uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
    SELECT school_id INTO found FROM photos WHERE id = p_photo;
    PERFORM app_enter(found, NULL, NULL);
    RETURN found;
END $$;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (TABLES, POLICIES, ENTERING):
        db.execute_sql(sql)
