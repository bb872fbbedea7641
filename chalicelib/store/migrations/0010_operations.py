"""Running the platform: what is paid for, the keys of other systems, and how both are reached."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE costs (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID,
    day DATE NOT NULL,
    item TEXT NOT NULL,
    calls BIGINT NOT NULL CHECK (calls >= 0),
    micro_usd BIGINT NOT NULL CHECK (micro_usd >= 0),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX costs_school_id_day ON costs (school_id, day);
CREATE UNIQUE INDEX costs_day_item_school ON costs (day, item, school_id) NULLS NOT DISTINCT;

CREATE TABLE service_keys (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes JSONB NOT NULL,
    locale TEXT NOT NULL CHECK (locale IN ('en', 'es')),
    expires_at TIMESTAMPTZ NOT NULL,
    last_used_on DATE,
    revoked_at TIMESTAMPTZ,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX service_keys_secret_hash ON service_keys (secret_hash);
CREATE INDEX service_keys_school_id_id ON service_keys (school_id, id);
"""

# Who works for the platform and has entered no school adds the costs of all schools up.
POLICIES = """
CREATE POLICY tenant ON costs USING (school_id = app_school() OR school_id IS NULL);
CREATE POLICY sums ON costs FOR SELECT
    USING (app_school() IS NULL AND app_role() IN ('operator', 'service'));
ALTER TABLE costs ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON costs TO tiza_app;

CREATE POLICY tenant ON service_keys
    USING (school_id = app_school() OR (school_id IS NULL AND app_role() = 'operator'));
ALTER TABLE service_keys ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON service_keys TO tiza_app;
"""

# A key is found by its hash before its school is known. That it was used is noted once a day, and never
# waited for: of many requests that come with it first, one notes it.
ENTERING = """
CREATE FUNCTION enter_by_service_key(p_hash text)
RETURNS TABLE (key_id uuid, school_id uuid, scopes jsonb, locale text, plan text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    FOR key_id, school_id, scopes, locale, plan IN
        SELECT k.id, k.school_id, k.scopes, k.locale, s.plan
        FROM service_keys k LEFT JOIN schools s ON s.id = k.school_id
        WHERE k.secret_hash = p_hash AND k.revoked_at IS NULL AND k.expires_at > now()
    LOOP
        UPDATE service_keys SET last_used_on = (now() AT TIME ZONE 'UTC')::date WHERE id IN (
            SELECT k.id FROM service_keys k
            WHERE k.id = key_id AND k.last_used_on IS DISTINCT FROM (now() AT TIME ZONE 'UTC')::date
            FOR UPDATE SKIP LOCKED
        );
        PERFORM app_enter(school_id, key_id, 'service');
        RETURN NEXT;
    END LOOP;
END $$;

CREATE FUNCTION enter_as_service(p_key uuid) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.key_id FROM service_keys k, enter_by_service_key(k.secret_hash) e WHERE k.id = p_key;
$$;

CREATE FUNCTION service_key_is_good(p_hash text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM service_keys WHERE secret_hash = p_hash AND revoked_at IS NULL AND expires_at > now()
    );
$$;

CREATE FUNCTION switch_is_on(p_name text, p_school uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM switches
        WHERE name = p_name AND NOT is_on AND (school_id IS NULL OR school_id = p_school)
    );
$$;
"""


def up(migrator: Any, db: Any) -> None:
    for sql in (TABLES, POLICIES, ENTERING):
        db.execute_sql(sql)
