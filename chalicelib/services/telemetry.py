"""Telemetry of students' clients: taken as one message for each call, stored by a worker, each event once."""

from __future__ import annotations

import json
from typing import Any, Protocol
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.errors import PayloadTooLargeError
from chalicelib.message import Message
from chalicelib.queues import TELEMETRY, Queue
from chalicelib.schemas import events as schemas
from chalicelib.services import device_time
from chalicelib.store import entering
from chalicelib.store.database import database
from chalicelib.store.models.base import now

# As ASCII JSON. Every SQS queue takes 256 KiB, and the message around the payload is below one of them.
LARGEST_BYTES = 255 * 1024
# A student who is gone by now gets no row; an event that is here already, or twice in one call, one.
STORE = """
    INSERT INTO telemetry_events (student_id, client_id, school_id, kind, occurred_at, data, received_at)
    SELECT u.id, e.client_id, u.school_id, e.kind, e.occurred_at, e.data, %(received_at)s
    FROM jsonb_to_recordset(%(events)s) AS e (client_id uuid, kind text, occurred_at timestamptz, data jsonb)
    JOIN users u ON u.id = %(student)s
    ON CONFLICT (student_id, client_id) DO NOTHING
"""


class Send(Protocol):
    """Sends one message, or writes it into the outbox where the queue is away (`edge/relay.py`)."""

    def __call__(
        self, queue: Queue, payload: dict[str, Any], *, school_id: UUID | None, group: str | None
    ) -> None: ...


def accept(caller: Caller, body: schemas.EventBatch, send: Send) -> schemas.Accepted:
    """Hand a student's events on to the worker, as theirs.

    Raises `ValidationError` for a time out of bounds, `PayloadTooLargeError` for more than a message holds.
    """
    present = now()
    for index, event in enumerate(body.events):
        device_time.check(event.occurred_at, present, f"$.events[{index}].occurred_at")
    payload = {
        "student_id": str(caller.user_id),
        "received_at": present.isoformat(),
        "events": [
            {
                "client_id": str(event.client_id),
                "kind": event.kind,
                "occurred_at": event.occurred_at.isoformat(),
                "data": event.data,
            }
            for event in body.events
        ],
    }
    if len(json.dumps(payload, separators=(",", ":"))) > LARGEST_BYTES:
        raise PayloadTooLargeError("Send these events in more than one call.", limit_bytes=LARGEST_BYTES)
    send(TELEMETRY, payload, school_id=caller.school, group=str(caller.user_id))
    return schemas.Accepted(accepted=len(body.events))


def store(message: Message) -> None:
    """Store the events of one call, in one statement. Nothing is stored for a student who is gone."""
    if message.school_id is None or not entering.as_worker(message.school_id):
        return
    values = {
        "student": message.payload["student_id"],
        "received_at": message.payload["received_at"],
        "events": json.dumps(message.payload["events"]),
    }
    database.execute_sql(STORE, values)
