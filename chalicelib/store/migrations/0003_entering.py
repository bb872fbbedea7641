"""How a transaction enters a school before it knows which one.

Each function runs as the owner, looks one thing up (a user, a mail address, a code, a token's hash), sets
the transaction's school and user from what it found, and tells no more than the ids. Everything else is
then read under the policies.
"""

from __future__ import annotations

from typing import Any

SQL = """
CREATE FUNCTION app_enter(p_school uuid, p_user uuid, p_role text) RETURNS void LANGUAGE sql AS $$
    SELECT set_config('app.school_id', coalesce(p_school::text, ''), true),
           set_config('app.user_id', coalesce(p_user::text, ''), true),
           set_config('app.role', coalesce(p_role, ''), true);
$$;

CREATE FUNCTION enter_by_user(p_user uuid)
RETURNS TABLE (user_id uuid, school_id uuid, role text, status text, token_version integer, locale text, plan text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    FOR user_id, school_id, role, status, token_version, locale, plan IN
        SELECT u.id, u.school_id, u.role, u.status, u.token_version, u.locale, s.plan
        FROM users u LEFT JOIN schools s ON s.id = u.school_id WHERE u.id = p_user
    LOOP
        PERFORM app_enter(school_id, user_id, role);
        RETURN NEXT;
    END LOOP;
END $$;

CREATE FUNCTION enter_by_identity(p_issuer text, p_subject text)
RETURNS TABLE (user_id uuid, school_id uuid, role text, status text, token_version integer, locale text, plan text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.* FROM identities i, enter_by_user(i.user_id) e
    WHERE i.issuer = p_issuer AND i.subject = p_subject;
$$;

CREATE FUNCTION enter_by_email(p_email text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.user_id FROM users u, enter_by_user(u.id) e WHERE u.email = p_email;
$$;

CREATE FUNCTION enter_by_class_code(p_code text, p_username text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.user_id
    FROM classrooms c
    JOIN memberships m ON m.classroom_id = c.id AND m.role = 'student'
    JOIN users u ON u.id = m.user_id AND u.username = p_username
    CROSS JOIN LATERAL enter_by_user(u.id) e
    WHERE c.code = p_code AND c.archived_at IS NULL;
$$;

CREATE FUNCTION enter_by_refresh_token(p_hash text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.user_id FROM refresh_tokens t, enter_by_user(t.user_id) e WHERE t.token_hash = p_hash;
$$;

CREATE FUNCTION enter_by_one_time_token(p_hash text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.user_id FROM one_time_tokens t, enter_by_user(t.user_id) e WHERE t.token_hash = p_hash;
$$;

CREATE FUNCTION enter_by_invite(p_code text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
    SELECT i.school_id INTO found FROM invites i WHERE i.code = p_code;
    PERFORM app_enter(found, NULL, NULL);
    RETURN found;
END $$;

CREATE FUNCTION enter_new_school(p_school uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM schools WHERE id = p_school) THEN
        RAISE EXCEPTION 'the school exists already';
    END IF;
    PERFORM app_enter(p_school, NULL, NULL);
END $$;

CREATE FUNCTION enter_as_operator(p_school uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
    IF app_role() IS DISTINCT FROM 'operator' THEN
        RAISE EXCEPTION 'only an operator enters another school';
    END IF;
    SELECT id INTO found FROM schools WHERE id = p_school;
    IF found IS NOT NULL THEN
        PERFORM app_enter(found, app_user(), 'operator');
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION email_is_taken(p_email text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM users WHERE email = p_email);
$$;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(SQL)
