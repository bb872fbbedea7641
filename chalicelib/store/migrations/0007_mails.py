"""Mails: deliveries, preferences, addresses that get none, and the days of each school that were digested."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE mail_deliveries (
    message_id UUID NOT NULL PRIMARY KEY,
    template TEXT NOT NULL,
    user_id UUID NOT NULL,
    school_id UUID,
    status TEXT NOT NULL CHECK (status IN ('sending', 'sent', 'failed', 'dropped')),
    reason TEXT,
    attempts INTEGER NOT NULL,
    leased_until TIMESTAMPTZ,
    provider_id TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    CHECK ((status = 'sending') = (leased_until IS NOT NULL)),
    CHECK ((status = 'dropped') = (reason IS NOT NULL))
);
CREATE INDEX mail_deliveries_user_id_created_at ON mail_deliveries (user_id, created_at);
CREATE INDEX mail_deliveries_school_id ON mail_deliveries (school_id);
CREATE INDEX mail_deliveries_created_at ON mail_deliveries (created_at);

CREATE TABLE mail_suppressions (
    address_hash TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL CHECK (reason IN ('bounce', 'complaint')),
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE mail_preferences (
    user_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('practice_reminder', 'weekly_summary')),
    school_id UUID,
    is_subscribed BOOLEAN NOT NULL,
    unsubscribe_token TEXT NOT NULL,
    mailed_on DATE,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, kind),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX mail_preferences_unsubscribe_token ON mail_preferences (unsubscribe_token);
CREATE INDEX mail_preferences_school_id_kind ON mail_preferences (school_id, kind);

CREATE TABLE digest_runs (
    school_id UUID NOT NULL,
    day DATE NOT NULL,
    mails INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, day),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
"""

POLICIES = """
CREATE POLICY tenant ON mail_deliveries USING (school_id = app_school() OR user_id = app_user());
CREATE POLICY tenant ON mail_preferences USING (school_id = app_school() OR user_id = app_user());
CREATE POLICY tenant ON digest_runs USING (school_id = app_school());
ALTER TABLE mail_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_preferences ENABLE ROW LEVEL SECURITY;
ALTER TABLE digest_runs ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON mail_deliveries, mail_suppressions, mail_preferences, digest_runs TO tiza_app;
"""

ENTERING = """
CREATE FUNCTION enter_by_unsubscribe_token(p_token text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.user_id FROM mail_preferences p, enter_by_user(p.user_id) e WHERE p.unsubscribe_token = p_token;
$$;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (TABLES, POLICIES, ENTERING):
        db.execute_sql(sql)
