"""Bugs of the catalogue that an operator has retired. Everybody reads them; only an operator's call writes."""

from __future__ import annotations

from typing import Any

SQL = """
CREATE TABLE retired_bugs (
    bug TEXT NOT NULL PRIMARY KEY,
    retired_at TIMESTAMPTZ NOT NULL
);
CREATE POLICY readable ON retired_bugs FOR SELECT USING (true);
CREATE POLICY writable ON retired_bugs USING (app_role() = 'operator');
ALTER TABLE retired_bugs ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON retired_bugs TO tiza_app;
"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(SQL)
