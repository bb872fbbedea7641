"""For migrations: one more table whose rows go by their age, in the database function `expire`."""

from __future__ import annotations

from typing import Any

DEFINITION = "SELECT pg_get_functiondef('expire(text, integer)'::regprocedure)"
LAST_CASE = " END;"


def also(db: Any, table: str, past: str) -> None:
    """Let `expire` of migration 0009 delete rows of `table` of which `past`, a condition in SQL, is true."""
    (definition,) = db.execute_sql(DEFINITION).fetchone()
    quoted = past.replace("'", "''")
    with_case = definition.replace(LAST_CASE, f" WHEN '{table}' THEN '{quoted}'{LAST_CASE}", 1)
    db.execute_sql(with_case.replace("%", "%%"))
