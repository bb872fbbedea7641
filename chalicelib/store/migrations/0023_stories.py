"""Stories: word problems around exercises, written by a language model."""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

STORIES = """
ALTER TABLE exercises
    ADD COLUMN story TEXT,
    ADD COLUMN story_status TEXT CHECK (
        story_status IN ('pending', 'written', 'unsound', 'unavailable', 'switched_off', 'budget_spent')
    ),
    ADD COLUMN story_locale TEXT CHECK (story_locale IN ('en', 'es')),
    ADD COLUMN story_source TEXT CHECK (story_source IN ('llm')),
    ADD COLUMN story_asked_at TIMESTAMPTZ,
    ADD CHECK ((story IS NOT NULL) = (story_status IS NOT DISTINCT FROM 'written')),
    ADD CHECK (num_nonnulls(story_status, story_locale, story_source, story_asked_at) IN (0, 4));
CREATE INDEX exercises_story_pending ON exercises (story_asked_at) WHERE (story_status = 'pending');
"""
# Of all schools, as nobody: it tells no more than how many.
WAITED_LONG_ENOUGH = """
CREATE FUNCTION end_waiting_for_stories(p_most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ended integer;
BEGIN
    UPDATE exercises SET story_status = 'unavailable', updated_at = now() WHERE id = ANY (ARRAY(
        SELECT id FROM exercises WHERE story_status = 'pending' AND story_asked_at < now() - interval '1 day'
        ORDER BY story_asked_at LIMIT p_most FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(STORIES)
    db.execute_sql(WAITED_LONG_ENOUGH)
