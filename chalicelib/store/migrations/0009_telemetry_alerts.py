"""Telemetry of clients, alerts about classes, and how what is past its time goes."""

from __future__ import annotations

from typing import Any

TELEMETRY = """
CREATE TABLE telemetry_events (
    student_id UUID NOT NULL,
    client_id UUID NOT NULL,
    school_id UUID NOT NULL,
    kind TEXT NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    data JSONB NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (student_id, client_id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX telemetry_events_school_id ON telemetry_events (school_id);
CREATE INDEX telemetry_events_received_at ON telemetry_events (received_at);
CREATE POLICY tenant ON telemetry_events USING (school_id = app_school());
ALTER TABLE telemetry_events ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON telemetry_events TO tiza_app;
"""

ALERTS = """
CREATE TABLE alerts (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    classroom_id UUID NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('student_at_risk', 'student_dropped', 'student_inactive',
        'unit_off_track', 'shared_bug', 'guide_ready', 'guide_graded')),
    severity TEXT NOT NULL CHECK (severity IN ('high', 'medium', 'low')),
    status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'resolved')),
    skill_id UUID,
    student_id UUID,
    bug TEXT,
    details JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    resolved_by UUID,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (skill_id) REFERENCES skills (id),
    FOREIGN KEY (school_id, classroom_id) REFERENCES classrooms (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK ((status = 'open') = (ended_at IS NULL)),
    CHECK ((status = 'resolved') = (resolved_by IS NOT NULL))
);
CREATE UNIQUE INDEX alerts_open ON alerts (classroom_id, type, skill_id, student_id, bug)
    NULLS NOT DISTINCT WHERE status = 'open';
CREATE INDEX alerts_school_id_id ON alerts (school_id, id);
CREATE INDEX alerts_classroom_id_id ON alerts (classroom_id, id);
CREATE INDEX alerts_student_id ON alerts (student_id);
CREATE POLICY tenant ON alerts USING (school_id = app_school());
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON alerts TO tiza_app;
"""

# The end of an account takes its diagnoses along: without an index each end would read the whole table.
STUDENTS_DIAGNOSES = "CREATE INDEX diagnoses_student_id ON diagnoses (student_id)"

# What is past its time. The cleanup goes through all schools at once, and below the policies: so what may go
# stands here, where the application's role cannot change it, and not with the caller.
PAST = {
    "refresh_tokens": "expires_at < now()",
    "token_families": "created_at < now() - interval '1 day'"
    " AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.family_id = token_families.id)",
    "one_time_tokens": "expires_at < now() - interval '1 day'",
    "sign_in_failures": "greatest(last_at, locked_until) < now() - interval '1 day'",
    "rate_counters": "window_start < now() - interval '1 day'",
    "idempotency_records": "created_at < now() - interval '1 day'",
    "handled_messages": "handled_at < now() - interval '30 days'",
    "telemetry_events": "received_at < now() - interval '90 days'",
    "invites": "least(expires_at, revoked_at) < now() - interval '30 days'",
    "alerts": "ended_at < now() - interval '365 days'",
    "transcripts": "processed_at < now() - interval '90 days'",
    "mail_deliveries": "created_at < now() - interval '90 days' AND status <> 'sending'",
    "digest_runs": "created_at < now() - interval '365 days'",
    "service_keys": "least(expires_at, revoked_at) < now() - interval '365 days'",
    "costs": "day < (now() - interval '731 days')::date",
    "audit_entries": "created_at < now() - interval '731 days'",
}
EXPIRE = """
CREATE FUNCTION expire(p_table text, p_most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    past text;
    gone integer;
BEGIN
    past := CASE p_table {cases} END;
    IF past IS NULL THEN
        RAISE EXCEPTION 'nothing of %% goes by its age', p_table;
    END IF;
    EXECUTE format('DELETE FROM %%I WHERE ctid = ANY (ARRAY('
        'SELECT ctid FROM %%I WHERE %%s LIMIT $1 FOR UPDATE SKIP LOCKED))', p_table, p_table, past) USING p_most;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""
# In no order: what cannot be purged must not stand before the rest, night after night.
PAST_GRACE = """
CREATE FUNCTION users_past_grace(p_most integer) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM users WHERE deletion_confirmed_at < now() - interval '30 days'
    ORDER BY random() LIMIT p_most;
$$;

CREATE FUNCTION schools_past_grace(p_most integer) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM schools WHERE deletion_requested_at < now() - interval '30 days'
    ORDER BY random() LIMIT p_most;
$$;
"""


def up(migrator: Any, db: Any) -> None:
    cases = " ".join(f"WHEN '{table}' THEN {_quoted(past)}" for table, past in PAST.items())
    expire = EXPIRE.replace("{cases}", cases)
    for sql in (TELEMETRY, ALERTS, STUDENTS_DIAGNOSES, expire, PAST_GRACE):
        db.execute_sql(sql)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
