"""Reading photos: when one was read, and those that wait for a reader."""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

COLUMNS = """
ALTER TABLE photos
    ADD COLUMN read_at TIMESTAMPTZ,
    ADD COLUMN read_reason TEXT,
    ADD COLUMN read_after TIMESTAMPTZ,
    ADD COLUMN read_tries INTEGER NOT NULL DEFAULT 0 CHECK (read_tries >= 0),
    ADD CHECK (read_reason IS NULL OR (read_at IS NULL AND read_after IS NOT NULL));
CREATE INDEX photos_read_after ON photos (read_after) WHERE (read_reason IS NOT NULL);
"""
# Of all schools, as nobody: ids, for messages. Taken from those that wait, so that nobody else takes them.
TO_READ = """
CREATE FUNCTION photos_to_read(p_most integer) RETURNS TABLE (photo_id uuid, school_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY UPDATE photos p SET read_reason = NULL, read_after = NULL WHERE p.id = ANY (ARRAY(
        SELECT w.id FROM photos w WHERE w.read_reason IS NOT NULL AND w.read_after <= now()
        ORDER BY w.read_after LIMIT p_most FOR UPDATE SKIP LOCKED)) RETURNING p.id, p.school_id;
END $$;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(COLUMNS)
    db.execute_sql(TO_READ)
