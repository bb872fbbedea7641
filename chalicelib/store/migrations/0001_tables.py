"""The tables: schools and people, sign-in, classes, work."""

from __future__ import annotations

from typing import Any

SQL = """
CREATE TABLE schools (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    holidays JSONB NOT NULL,
    age_of_consent SMALLINT NOT NULL CHECK (age_of_consent BETWEEN 0 AND 21),
    plan TEXT NOT NULL CHECK (plan IN ('free', 'school')),
    languages JSONB NOT NULL,
    deletion_requested_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID,
    role TEXT NOT NULL CHECK (role IN ('student', 'teacher', 'parent', 'admin', 'operator')),
    status TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'deleted')),
    name TEXT NOT NULL,
    locale TEXT NOT NULL CHECK (locale IN ('en', 'es')),
    email TEXT,
    email_verified_at TIMESTAMPTZ,
    username TEXT,
    secret_hash TEXT,
    token_version INTEGER NOT NULL,
    birth_date DATE,
    deletion_requested_at TIMESTAMPTZ,
    deletion_confirmed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    CHECK ((role = 'operator') = (school_id IS NULL)),
    CHECK (email = lower(email)),
    CHECK (username = lower(username)),
    CHECK (status = 'deleted' OR email IS NOT NULL OR username IS NOT NULL)
);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE UNIQUE INDEX users_school_id_id ON users (school_id, id);
CREATE UNIQUE INDEX users_school_id_username ON users (school_id, username);

CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id UUID NOT NULL,
    school_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (issuer, subject),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX identities_user_id ON identities (user_id);
CREATE INDEX identities_school_id ON identities (school_id);

CREATE TABLE family_links (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    parent_id UUID NOT NULL,
    student_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    confirmed_by UUID,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, parent_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX family_links_school_id ON family_links (school_id);
CREATE INDEX family_links_student_id ON family_links (student_id);
CREATE UNIQUE INDEX family_links_parent_id_student_id ON family_links (parent_id, student_id);

CREATE TABLE audit_entries (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID,
    actor_id UUID NOT NULL,
    action TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id UUID,
    details JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX audit_entries_school_id_id ON audit_entries (school_id, id);

CREATE TABLE token_families (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL,
    school_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX token_families_user_id ON token_families (user_id);
CREATE INDEX token_families_school_id ON token_families (school_id);

CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    family_id UUID NOT NULL,
    user_id UUID NOT NULL,
    school_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    FOREIGN KEY (family_id) REFERENCES token_families (id) ON DELETE CASCADE,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_family_id ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_user_id ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_school_id ON refresh_tokens (school_id);
CREATE INDEX refresh_tokens_expires_at ON refresh_tokens (expires_at);

CREATE TABLE one_time_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'set_password')),
    user_id UUID NOT NULL,
    school_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX one_time_tokens_user_id ON one_time_tokens (user_id);
CREATE INDEX one_time_tokens_school_id ON one_time_tokens (school_id);
CREATE INDEX one_time_tokens_expires_at ON one_time_tokens (expires_at);

CREATE TABLE sign_in_failures (
    pair_hash TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ
);
CREATE INDEX sign_in_failures_last_at ON sign_in_failures (last_at);

CREATE UNLOGGED TABLE rate_counters (
    key TEXT NOT NULL PRIMARY KEY,
    window_start TIMESTAMPTZ NOT NULL,
    calls INTEGER NOT NULL
);

CREATE TABLE idempotency_records (
    user_id UUID NOT NULL,
    key TEXT NOT NULL,
    school_id UUID,
    request_hash TEXT NOT NULL,
    status SMALLINT NOT NULL,
    body TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, key),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX idempotency_records_school_id ON idempotency_records (school_id);
CREATE INDEX idempotency_records_created_at ON idempotency_records (created_at);

CREATE TABLE outbox (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    school_id UUID,
    payload JSONB NOT NULL,
    attempts INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX outbox_school_id ON outbox (school_id);

CREATE TABLE classrooms (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    name TEXT NOT NULL,
    grade SMALLINT CHECK (grade BETWEEN 0 AND 13),
    code TEXT NOT NULL,
    archived_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX classrooms_code ON classrooms (code);
CREATE UNIQUE INDEX classrooms_school_id_id ON classrooms (school_id, id);

CREATE TABLE memberships (
    classroom_id UUID NOT NULL,
    user_id UUID NOT NULL,
    school_id UUID NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('teacher', 'student')),
    joined_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (classroom_id, user_id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, classroom_id) REFERENCES classrooms (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX memberships_user_id ON memberships (user_id);
CREATE INDEX memberships_school_id ON memberships (school_id);

CREATE TABLE invites (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('class', 'staff', 'link')),
    code TEXT NOT NULL,
    classroom_id UUID,
    student_id UUID,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, classroom_id) REFERENCES classrooms (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE,
    CHECK (uses BETWEEN 0 AND max_uses),
    CHECK ((kind = 'class') = (classroom_id IS NOT NULL)),
    CHECK ((kind = 'link') = (student_id IS NOT NULL))
);
CREATE INDEX invites_school_id ON invites (school_id);
CREATE UNIQUE INDEX invites_code ON invites (code);
CREATE INDEX invites_classroom_id ON invites (classroom_id);
CREATE INDEX invites_student_id ON invites (student_id);

CREATE TABLE skills (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    topic TEXT NOT NULL,
    name JSONB NOT NULL,
    position INTEGER NOT NULL,
    parameter_version INTEGER NOT NULL,
    retired_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX skills_slug ON skills (slug);

CREATE TABLE skill_prerequisites (
    skill_id UUID NOT NULL,
    prerequisite_id UUID NOT NULL,
    PRIMARY KEY (skill_id, prerequisite_id),
    FOREIGN KEY (skill_id) REFERENCES skills (id) ON DELETE CASCADE,
    FOREIGN KEY (prerequisite_id) REFERENCES skills (id) ON DELETE CASCADE,
    CHECK (skill_id <> prerequisite_id)
);
CREATE INDEX skill_prerequisites_prerequisite_id ON skill_prerequisites (prerequisite_id);

CREATE TABLE skill_parameters (
    skill_id UUID NOT NULL,
    version INTEGER NOT NULL,
    p_init DOUBLE PRECISION NOT NULL CHECK (p_init BETWEEN 0 AND 1),
    p_transit DOUBLE PRECISION NOT NULL CHECK (p_transit BETWEEN 0 AND 1),
    p_slip DOUBLE PRECISION NOT NULL CHECK (p_slip >= 0 AND p_slip < 0.5),
    p_guess DOUBLE PRECISION NOT NULL CHECK (p_guess >= 0 AND p_guess < 0.5),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (skill_id, version),
    FOREIGN KEY (skill_id) REFERENCES skills (id) ON DELETE CASCADE
);

CREATE TABLE exercises (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID,
    topic TEXT NOT NULL,
    problem TEXT NOT NULL,
    expected TEXT NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL CHECK (difficulty BETWEEN -10 AND 10),
    discrimination DOUBLE PRECISION NOT NULL CHECK (discrimination > 0 AND discrimination <= 10),
    created_by UUID,
    archived_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX exercises_school_id_id ON exercises (school_id, id);

CREATE TABLE exercise_skills (
    exercise_id UUID NOT NULL,
    skill_id UUID NOT NULL,
    school_id UUID,
    PRIMARY KEY (exercise_id, skill_id),
    FOREIGN KEY (exercise_id) REFERENCES exercises (id) ON DELETE CASCADE,
    FOREIGN KEY (skill_id) REFERENCES skills (id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX exercise_skills_skill_id ON exercise_skills (skill_id);
CREATE INDEX exercise_skills_school_id ON exercise_skills (school_id);

CREATE TABLE attempts (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    exercise_id UUID,
    topic TEXT NOT NULL,
    problem TEXT NOT NULL,
    answer TEXT NOT NULL,
    steps JSONB NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('correct', 'not_simplified', 'incorrect', 'unreadable')),
    status TEXT NOT NULL CHECK (status IN ('final', 'pending')),
    client_id UUID,
    answered_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (exercise_id) REFERENCES exercises (id) ON DELETE SET NULL,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX attempts_exercise_id ON attempts (exercise_id);
CREATE UNIQUE INDEX attempts_school_id_id ON attempts (school_id, id);
CREATE INDEX attempts_student_id_answered_at_id ON attempts (student_id, answered_at, id);
CREATE INDEX attempts_student_id_topic_answered_at_id ON attempts (student_id, topic, answered_at, id);
CREATE UNIQUE INDEX attempts_student_id_client_id ON attempts (student_id, client_id);
CREATE INDEX attempts_school_id_answered_at_id ON attempts (school_id, answered_at, id);
CREATE INDEX attempts_school_id_updated_at ON attempts (school_id, updated_at);

CREATE TABLE diagnoses (
    id UUID NOT NULL PRIMARY KEY,
    attempt_id UUID NOT NULL,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('rule', 'llm', 'human')),
    verdict TEXT NOT NULL CHECK (verdict IN ('correct', 'not_simplified', 'incorrect', 'unreadable')),
    expected TEXT NOT NULL,
    candidates JSONB NOT NULL,
    unexplained DOUBLE PRECISION NOT NULL CHECK (unexplained BETWEEN 0 AND 1),
    wrong_step JSONB,
    locale TEXT NOT NULL CHECK (locale IN ('en', 'es')),
    bug TEXT,
    probability DOUBLE PRECISION CHECK (probability BETWEEN 0 AND 1),
    is_current BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, attempt_id) REFERENCES attempts (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE INDEX diagnoses_attempt_id ON diagnoses (attempt_id);
CREATE UNIQUE INDEX diagnoses_current ON diagnoses (attempt_id) WHERE (is_current = true);
CREATE INDEX diagnoses_student_bug ON diagnoses (student_id, bug) WHERE ((is_current = true) AND (bug IS NOT NULL));

CREATE TABLE attempt_skills (
    attempt_id UUID NOT NULL,
    skill_id UUID NOT NULL,
    school_id UUID NOT NULL,
    student_id UUID NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    parameter_version INTEGER NOT NULL,
    is_correct BOOLEAN NOT NULL,
    p_known DOUBLE PRECISION NOT NULL CHECK (p_known BETWEEN 0 AND 1),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (attempt_id, skill_id),
    FOREIGN KEY (skill_id) REFERENCES skills (id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, attempt_id) REFERENCES attempts (school_id, id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX attempt_skills_student_id_skill_id_seq ON attempt_skills (student_id, skill_id, seq);

CREATE TABLE mastery (
    student_id UUID NOT NULL,
    skill_id UUID NOT NULL,
    school_id UUID NOT NULL,
    p_known DOUBLE PRECISION NOT NULL CHECK (p_known BETWEEN 0 AND 1),
    seq INTEGER NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (student_id, skill_id),
    FOREIGN KEY (skill_id) REFERENCES skills (id),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE,
    FOREIGN KEY (school_id, student_id) REFERENCES users (school_id, id) ON DELETE CASCADE
);
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(SQL)
