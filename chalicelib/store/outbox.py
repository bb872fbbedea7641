"""The outbox: what must be sent is written in the transaction of the work, and sent after its commit.

A message is removed when it has been sent. Who writes one has `RESERVED_SECONDS` to send it; after that the
sweep, a schedule, may claim it. So a message may be sent twice; it has one effect (`store/handled.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib import observe
from chalicelib.message import Message, written
from chalicelib.queues import Queue
from chalicelib.store.database import database
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.security import OutboxMessage

RESERVED_SECONDS = 60

# Of a group of a FIFO queue all or nothing is claimed: who has the oldest has them all, in their order.
CLAIM = """
    UPDATE outbox SET claimed_until = now() + %(lease)s * interval '1 second', attempts = attempts + 1
    WHERE id IN (
        SELECT o.id FROM outbox o
        WHERE o.claimed_until <= now() AND NOT EXISTS (
            SELECT 1 FROM outbox older
            WHERE older.kind = o.kind AND older.group_key = o.group_key AND older.id < o.id
                AND older.claimed_until > now()
        )
        ORDER BY o.id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    )
    RETURNING id, kind, group_key, payload, school_id, correlation_id
"""
# No other message is reserved for that long.
TAKE_BACK = """
    DELETE FROM outbox WHERE kind = %(kind)s AND payload = %(payload)s::jsonb
        AND claimed_until > now() + %(longest)s * interval '1 second'
"""
OWN = """
    SELECT id, kind, group_key, payload, school_id, correlation_id FROM outbox o
    WHERE id = ANY(%(ids)s::uuid[]) AND NOT EXISTS (
        SELECT 1 FROM outbox older
        WHERE older.kind = o.kind AND older.group_key = o.group_key AND older.id < o.id
            AND NOT older.id = ANY(%(ids)s::uuid[])
    )
"""


class Waiting(NamedTuple):
    """A message of the outbox that is to be sent, and its message group."""

    message: Message
    group: str | None


def put(
    queue: Queue, payload: dict[str, Any], *, school_id: UUID | None = None, group: str | None = None
) -> UUID:
    """Write a message for `queue`; its id. `payload` is JSON and carries ids, never names or addresses.

    `group`, for a FIFO queue, is what keeps its order. In the transaction of the work.
    """
    message_id = _write(queue, payload, school_id, group, timedelta(seconds=RESERVED_SECONDS))
    ids = written.get()
    if ids is not None:
        ids.append(message_id)
    return message_id


def put_off(queue: Queue, payload: dict[str, Any], pause: timedelta, *, school_id: UUID | None) -> UUID:
    """The same for a message that nobody sends until `pause` is over: then the sweep does.

    It takes the place of one like it that was put off before.
    """
    values = {"kind": queue.key, "payload": json.dumps(payload), "longest": 2 * RESERVED_SECONDS}
    database.execute_sql(TAKE_BACK, values)
    return _write(queue, payload, school_id, None, pause)


def own(ids: Iterable[UUID]) -> list[Waiting]:
    """Those of `ids` that were committed and that nothing older of their group waits before, oldest first."""
    rows = database.execute_sql(OWN, {"ids": [str(each) for each in ids]}).fetchall()
    return _waiting(rows)


def claim(most: int, lease_seconds: int = RESERVED_SECONDS) -> list[Waiting]:
    """At most `most` messages that nobody is about to send, oldest first; nobody else gets them meanwhile."""
    rows = database.execute_sql(CLAIM, {"most": most, "lease": lease_seconds}).fetchall()
    return _waiting(rows)


def give_up_claims() -> None:
    """Let the next sweep send what waits, whoever was about to; for who writes and does not send."""
    OutboxMessage.update(claimed_until=now()).execute()


def has_waiting(queue: Queue, group: str) -> bool:
    """Whether a message of that group waits, so that a younger one must wait behind it."""
    return bool(
        OutboxMessage.select()
        .where(OutboxMessage.kind == queue.key, OutboxMessage.group_key == group)
        .exists()
    )


def remove(ids: Iterable[str]) -> None:
    """Forget messages that were sent."""
    OutboxMessage.delete().where(OutboxMessage.id.in_([UUID(each) for each in ids])).execute()


def _write(
    queue: Queue, payload: dict[str, Any], school_id: UUID | None, group: str | None, reserved: timedelta
) -> UUID:
    message_id = uuid7()
    OutboxMessage.create(
        id=message_id,
        kind=queue.key,
        payload=payload,
        school=school_id,
        group_key=group,
        correlation_id=observe.correlation_id.get(),
        claimed_until=now() + reserved,
    )
    return message_id


def _waiting(rows: Sequence[Any]) -> list[Waiting]:
    found = [
        Waiting(Message(_uuid(id), kind, payload, _uuid(school) if school else None, correlation_id), group)
        for id, kind, group, payload, school, correlation_id in rows
    ]
    return sorted(found, key=lambda each: each.message.id)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
