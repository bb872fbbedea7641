"""The frame of events: what is sent, what was handled, who does scheduled work; consents and switches."""

from __future__ import annotations

from typing import Any

OUTBOX = """
ALTER TABLE outbox ADD COLUMN group_key TEXT;
ALTER TABLE outbox ADD COLUMN correlation_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN claimed_until TIMESTAMPTZ NOT NULL DEFAULT now();
CREATE INDEX outbox_claimed_until ON outbox (claimed_until);
CREATE INDEX outbox_kind_group_key ON outbox (kind, group_key);
"""

HANDLED = """
CREATE TABLE handled_messages (
    worker TEXT NOT NULL,
    message_id UUID NOT NULL,
    handled_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (worker, message_id)
);
CREATE INDEX handled_messages_handled_at ON handled_messages (handled_at);

CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder UUID,
    leased_until TIMESTAMPTZ,
    started_at TIMESTAMPTZ,
    succeeded_at TIMESTAMPTZ,
    failed_at TIMESTAMPTZ,
    milliseconds INTEGER,
    result JSONB
);
GRANT SELECT, INSERT, UPDATE, DELETE ON handled_messages, leases TO tiza_app;
"""

CONSENTS = """
CREATE TABLE consents (
    id UUID NOT NULL PRIMARY KEY,
    student_id UUID NOT NULL,
    school_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('photos', 'tutor')),
    granted BOOLEAN NOT NULL,
    given_by UUID NOT NULL,
    on_paper BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX consents_student_id_kind_id ON consents (student_id, kind, id);
CREATE INDEX consents_school_id_id ON consents (school_id, id);
CREATE POLICY tenant ON consents USING (school_id = app_school());
ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON consents TO tiza_app;

CREATE TABLE switches (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    school_id UUID,
    is_on BOOLEAN NOT NULL,
    changed_by UUID NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX switches_school_id ON switches (school_id);
CREATE UNIQUE INDEX switches_name_school ON switches (name, school_id) NULLS NOT DISTINCT;
CREATE POLICY readable ON switches FOR SELECT USING (school_id IS NULL OR school_id = app_school());
CREATE POLICY writable ON switches
    USING (school_id = app_school() OR (school_id IS NULL AND app_role() = 'operator'));
ALTER TABLE switches ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON switches TO tiza_app;
"""

# A worker acts for nobody: it enters a school as such. Only the ids of schools are told.
ENTERING = """
CREATE FUNCTION enter_as_worker(p_school uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
    SELECT id INTO found FROM schools WHERE id = p_school;
    PERFORM app_enter(found, NULL, NULL);
    RETURN found;
END $$;

CREATE FUNCTION all_schools() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM schools ORDER BY id;
$$;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (OUTBOX, HANDLED, CONSENTS, ENTERING):
        db.execute_sql(sql)
