"""The ids that another system gives to people and classes, and an audit that nobody can rewrite.

`external_id` is OneRoster's `sourcedId`, unique in its school. `family_name` says where a name is to be
split; the name itself stays in one piece.
"""

from __future__ import annotations

from typing import Any

COMPATIBLE_WITH = "0010_operations"

ROSTER = """
ALTER TABLE users ADD COLUMN external_id TEXT, ADD COLUMN family_name TEXT;
CREATE UNIQUE INDEX users_school_id_external_id ON users (school_id, external_id);
ALTER TABLE classrooms ADD COLUMN external_id TEXT;
CREATE UNIQUE INDEX classrooms_school_id_external_id ON classrooms (school_id, external_id);
"""

# Newest first by any one filter; an id tells the time.
AUDIT = """
ALTER TABLE audit_entries ADD COLUMN actor_role TEXT;
CREATE INDEX audit_entries_school_id_actor_id_id ON audit_entries (school_id, actor_id, id);
CREATE INDEX audit_entries_school_id_subject_id_id ON audit_entries (school_id, subject_id, id);
CREATE INDEX audit_entries_school_id_action_id ON audit_entries (school_id, action, id);
"""

# The application may insert and read (migration 0002). This holds for the owner, too: an entry goes with its
# school, or after the two years of migration 0009.
APPEND_ONLY = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (
        OLD.created_at < now() - interval '731 days'
        OR (OLD.school_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM schools WHERE id = OLD.school_id))
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was written into the audit stays as it is';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (ROSTER, AUDIT, APPEND_ONLY):
        db.execute_sql(sql)
