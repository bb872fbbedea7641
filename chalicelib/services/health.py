"""Whether Tiza can work."""

from __future__ import annotations

from chalicelib.errors import UnavailableError
from chalicelib.schemas.system import Readiness
from chalicelib.store import schema_version
from chalicelib.store.database import database

RETRY_AFTER_SECONDS = 5


def ready() -> Readiness:
    """Check the database and its schema.

    Raises `UnavailableError` when the database is away, or lacks a migration that this code needs.
    """
    applied = {name for (name,) in database.execute_sql("SELECT name FROM schema_migration").fetchall()}
    missing = [name for name in schema_version.known() if name not in applied]
    if missing:
        fault = "The database lacks migrations."
        raise UnavailableError(fault, retry_after=RETRY_AFTER_SECONDS, missing=missing)
    return Readiness(status="ready", migration=max(applied))
