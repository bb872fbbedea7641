"""Leases: scheduled work of one name is done by one at a time, though its schedule may start it twice.

An advisory lock cannot do this behind Neon's pooler, where a session ends with each transaction. A lease that
its holder lost, by dying, ends by itself.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chalicelib.store.database import database
from chalicelib.store.ids import uuid7

TAKE = """
    INSERT INTO leases AS l (name, holder, leased_until, started_at)
    VALUES (%(name)s, %(holder)s, now() + %(seconds)s * interval '1 second', now())
    ON CONFLICT (name) DO UPDATE
        SET holder = excluded.holder, leased_until = excluded.leased_until, started_at = excluded.started_at
        WHERE l.leased_until IS NULL OR l.leased_until <= now()
    RETURNING holder
"""
GIVE_BACK = """
    UPDATE leases SET holder = NULL, leased_until = NULL,
        succeeded_at = CASE WHEN %(succeeded)s THEN now() ELSE succeeded_at END,
        failed_at = CASE WHEN %(succeeded)s THEN failed_at ELSE now() END,
        milliseconds = extract(epoch FROM now() - started_at) * 1000,
        result = %(result)s
    WHERE name = %(name)s AND holder = %(holder)s
"""


def take(name: str, seconds: int) -> UUID | None:
    """The lease of that name, for `seconds`; None while somebody else has it."""
    holder = uuid7()
    values = {"name": name, "holder": str(holder), "seconds": seconds}
    return holder if database.execute_sql(TAKE, values).fetchone() else None


def give_back(name: str, holder: UUID, *, succeeded: bool, result: dict[str, Any] | None) -> None:
    """End the lease and note how the work ended. Nothing happens where it was lost meanwhile."""
    from psycopg2.extras import Json

    values = {
        "name": name,
        "holder": str(holder),
        "succeeded": succeeded,
        "result": Json(result) if result is not None else None,
    }
    database.execute_sql(GIVE_BACK, values)
