"""Language models: answers that are kept, a budget for each school and day, and which model is away."""

from __future__ import annotations

from typing import Any

from chalicelib.store import expiring

COMPATIBLE_WITH = "0010_operations"

TABLES = """
CREATE TABLE model_breakers (
    model TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    open_until TIMESTAMPTZ
);
GRANT SELECT, INSERT, UPDATE ON model_breakers TO tiza_app;

CREATE TABLE model_budgets (
    school_id UUID NOT NULL,
    day DATE NOT NULL,
    reserved_micro_usd BIGINT NOT NULL CHECK (reserved_micro_usd >= 0),
    spent_micro_usd BIGINT NOT NULL CHECK (spent_micro_usd >= 0),
    PRIMARY KEY (school_id, day),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX model_budgets_day ON model_budgets (day);
CREATE POLICY tenant ON model_budgets USING (school_id = app_school());
ALTER TABLE model_budgets ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON model_budgets TO tiza_app;

CREATE TABLE model_answers (
    school_id UUID NOT NULL,
    request_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    model TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, request_hash),
    FOREIGN KEY (school_id) REFERENCES schools (id) ON DELETE CASCADE
);
CREATE INDEX model_answers_created_at ON model_answers (created_at);
CREATE POLICY tenant ON model_answers USING (school_id = app_school());
ALTER TABLE model_answers ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON model_answers TO tiza_app;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(TABLES)
    expiring.also(db, "model_budgets", "day < (now() - interval '90 days')::date")
    expiring.also(db, "model_answers", "created_at < now() - interval '30 days'")
