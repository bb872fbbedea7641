"""Second opinions: the answers that wait for one, and the end of their waiting."""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

PENDING = """
CREATE INDEX attempts_pending ON attempts (created_at) WHERE (status = 'pending');
"""
# Of all schools, as nobody: it tells no more than how many.
WAITED_LONG_ENOUGH = """
CREATE FUNCTION end_waiting(p_most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ended integer;
BEGIN
    UPDATE attempts SET status = 'final', updated_at = now() WHERE id = ANY (ARRAY(
        SELECT id FROM attempts WHERE status = 'pending' AND created_at < now() - interval '1 day'
        ORDER BY created_at LIMIT p_most FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(PENDING)
    db.execute_sql(WAITED_LONG_ENOUGH)
