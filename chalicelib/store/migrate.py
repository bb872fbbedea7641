"""Migrations: Peewee's own runner, SQL first, forward only, one at a time under an advisory lock.

A migration may say `COMPATIBLE_WITH = "0010_operations"`: code whose newest migration is that one, or a later
one, still works on the database after it. The mark is kept in the history, since the code that asks for it is
the older one, which does not have the file: going back to a version is deploying it again, never migrating
down.
"""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase
from playhouse.migrations import Runner

from chalicelib.store.schema_version import MIGRATIONS, known

HISTORY_TABLE = "schema_migration"
LOCK_KEY = 7_102_025  # any constant will do, as long as every deployment uses this one
LOCK_TIMEOUT = "10s"
MARK = "COMPATIBLE_WITH"
HAS_MARKS = """
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND column_name = 'compatible_with'
"""


class AheadError(Exception):
    """The database has migrations that this code does not know, and may not work with."""


def upgrade(owner_url: str, *, refuse_ahead: bool = False) -> list[str]:
    """Apply what is pending, as the owner, on the *direct* (not pooled) endpoint; the names applied.

    A second migrator waits for the first. A statement that cannot get its table lock within
    `LOCK_TIMEOUT` fails rather than queueing every request behind itself. With `refuse_ahead`, a database
    that is ahead of this code and not marked as compatible with it raises `AheadError`, unchanged.
    """
    database = PostgresqlDatabase(owner_url)
    database.connect()
    try:
        database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
        database.execute_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        runner = Runner(database, str(MIGRATIONS), HISTORY_TABLE)
        if refuse_ahead and (unfit := _unfit(database, runner)):
            raise AheadError(f"the database has migrations that this code does not know: {', '.join(unfit)}")
        applied = list(runner.up())
        _mark(database, runner)
        return applied
    finally:
        database.close()  # which also gives the lock back


def _unfit(database: PostgresqlDatabase, runner: Any) -> list[str]:
    """The applied migrations that this code neither has nor is marked as compatible with."""
    if not runner.applied():
        return []
    mark = "compatible_with" if _has_marks(database) else "NULL"
    rows = database.execute_sql(f"SELECT name, {mark} FROM {HISTORY_TABLE} ORDER BY name").fetchall()  # noqa: S608
    names = set(known())
    return [name for name, oldest in rows if name not in names and oldest not in names]


def _mark(database: PostgresqlDatabase, runner: Any) -> None:
    """Write the marks of this code's migrations into the history."""
    if not _has_marks(database):
        database.execute_sql(f"ALTER TABLE {HISTORY_TABLE} ADD COLUMN compatible_with VARCHAR(255)")
    for migration in runner.migrations():
        oldest = getattr(migration.load(), MARK, None)
        database.execute_sql(
            f"UPDATE {HISTORY_TABLE} SET compatible_with = %s"  # noqa: S608
            " WHERE name = %s AND compatible_with IS DISTINCT FROM %s",
            (oldest, migration.name, oldest),
        )


def _has_marks(database: PostgresqlDatabase) -> bool:
    return database.execute_sql(HAS_MARKS, (HISTORY_TABLE,)).fetchone() is not None
