"""Migrations: Peewee's own runner, SQL first, forward only, one at a time under an advisory lock."""

from __future__ import annotations

from peewee import PostgresqlDatabase
from playhouse.migrations import Runner

from chalicelib.store.schema_version import MIGRATIONS

HISTORY_TABLE = "schema_migration"
LOCK_KEY = 7_102_025  # any constant will do, as long as every deployment uses this one
LOCK_TIMEOUT = "10s"


def upgrade(owner_url: str) -> list[str]:
    """Apply what is pending, as the owner, on the *direct* (not pooled) endpoint; the names applied.

    A second migrator waits for the first. A statement that cannot get its table lock within
    `LOCK_TIMEOUT` fails rather than queueing every request behind itself.
    """
    database = PostgresqlDatabase(owner_url)
    database.connect()
    try:
        database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
        database.execute_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        return list(Runner(database, str(MIGRATIONS), HISTORY_TABLE).up())
    finally:
        database.close()  # which also gives the lock back
