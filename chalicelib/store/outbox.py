"""The outbox: what must be sent is written in the transaction of the work, and sent after its commit.

A message is removed when it has been sent. One that could not be sent stays, and a schedule sends it later.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chalicelib.store.models.security import OutboxMessage


def put(kind: str, payload: dict[str, Any], *, school_id: UUID | None = None) -> UUID:
    """Write a message of `kind`; its id. `payload` is JSON and carries ids, never names or addresses."""
    message_id: UUID = OutboxMessage.create(kind=kind, payload=payload, school=school_id).id
    return message_id
