"""Which messages a worker has handled, noted in the transaction of the effect: so there is one effect."""

from __future__ import annotations

from uuid import UUID

from chalicelib.store.database import database

NOTE = """
    INSERT INTO handled_messages (worker, message_id, handled_at) VALUES (%s, %s, now())
    ON CONFLICT DO NOTHING
"""


def first_time(worker: str, message_id: UUID) -> bool:
    """Note that `worker` handles that message; whether nobody had before.

    Where another transaction is handling the same message, this waits for its end: it either commits, and the
    message was handled, or it fails, and it is handled here.
    """
    return bool(database.execute_sql(NOTE, (worker, str(message_id))).rowcount)
