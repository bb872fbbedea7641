"""The second wall: the application's role, and policies that show it one school only.

The owner migrates; `tiza_app` runs. It owns nothing and cannot bypass row-level security. Each transaction
says which school and which user it works for (`app.school_id`, `app.user_id`); a statement that forgets
its WHERE then still reads nothing of another school. What belongs to a person without a school (an
operator) is seen through the user's own id.
"""

from __future__ import annotations

from typing import Any

ROLE = """
DO $$ BEGIN
    CREATE ROLE tiza_app LOGIN;
EXCEPTION WHEN duplicate_object THEN NULL;  -- roles belong to the server, not to the database
END $$;
ALTER ROLE tiza_app SET statement_timeout = '20s';
ALTER ROLE tiza_app SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE tiza_app SET lock_timeout = '10s';
GRANT USAGE ON SCHEMA public TO tiza_app;
GRANT SELECT ON schema_migration TO tiza_app;
"""

CONTEXT = """
CREATE FUNCTION app_school() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.school_id', true), '')::uuid;
CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.user_id', true), '')::uuid;
CREATE FUNCTION app_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.role', true), '');
"""

SCHOOL_TABLES = (
    "family_links", "classrooms", "memberships", "invites", "attempts", "diagnoses", "attempt_skills", "mastery",
)  # fmt: skip
PERSON_TABLES = ("identities", "token_families", "refresh_tokens", "one_time_tokens", "idempotency_records")
PLATFORM_TABLES = ("skills", "skill_prerequisites", "skill_parameters")
UNSCOPED_TABLES = ("sign_in_failures", "rate_counters", "outbox")

EXCEPTIONS = """
CREATE POLICY tenant ON schools USING (id = app_school() OR app_role() = 'operator');
CREATE POLICY tenant ON users USING (school_id = app_school() OR id = app_user());
CREATE POLICY readable ON exercises FOR SELECT USING (school_id = app_school() OR school_id IS NULL);
CREATE POLICY writable ON exercises
    USING (school_id = app_school() OR (school_id IS NULL AND app_role() = 'operator'));
CREATE POLICY readable ON exercise_skills FOR SELECT USING (school_id = app_school() OR school_id IS NULL);
CREATE POLICY writable ON exercise_skills
    USING (school_id = app_school() OR (school_id IS NULL AND app_role() = 'operator'));
CREATE POLICY readable ON audit_entries FOR SELECT
    USING (school_id = app_school() OR (school_id IS NULL AND actor_id = app_user()));
CREATE POLICY writable ON audit_entries FOR INSERT
    WITH CHECK (school_id = app_school() OR (school_id IS NULL AND actor_id = app_user()));
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(ROLE)
    db.execute_sql(CONTEXT)
    for table in SCHOOL_TABLES:
        db.execute_sql(f"CREATE POLICY tenant ON {table} USING (school_id = app_school())")
    for table in PERSON_TABLES:
        db.execute_sql(
            f"CREATE POLICY tenant ON {table} USING (school_id = app_school() OR user_id = app_user())"
        )
    db.execute_sql(EXCEPTIONS)
    guarded = (
        *SCHOOL_TABLES,
        *PERSON_TABLES,
        "schools",
        "users",
        "exercises",
        "exercise_skills",
        "audit_entries",
    )
    for table in guarded:
        db.execute_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table in (*guarded, *PLATFORM_TABLES, *UNSCOPED_TABLES):
        change = "" if table == "audit_entries" else ", UPDATE, DELETE"
        db.execute_sql(f"GRANT SELECT, INSERT{change} ON {table} TO tiza_app")
