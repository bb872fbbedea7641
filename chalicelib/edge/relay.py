"""From the outbox to the queues: right after a commit, and by the sweep for what could not be sent then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chalicelib import deadline, observe, queues
from chalicelib.aws import queues as sqs
from chalicelib.errors import UnavailableError
from chalicelib.message import Message
from chalicelib.queues import Queue
from chalicelib.store import outbox
from chalicelib.store.database import connection, transaction
from chalicelib.store.ids import uuid7
from chalicelib.store.outbox import Waiting

SWEEP_BATCH = 100
SWEEP_RESERVE_SECONDS = 15.0  # a batch is not begun with less time left


def send_own(ids: Sequence[UUID]) -> None:
    """Send those of `ids` that were committed, and remove them. What cannot be sent stays for the sweep."""
    with connection():
        try:
            _send(outbox.own(ids))
        except UnavailableError:
            observe.event("messages wait in the outbox", count=len(ids))


def send_or_put(
    queue: Queue, payload: dict[str, Any], *, school_id: UUID | None = None, group: str | None = None
) -> None:
    """Send one message without writing it down; only where that fails, or an older one of its group waits,
    write it into the outbox, in a transaction of its own."""
    with connection():
        if group is None or not outbox.has_waiting(queue, group):
            message = Message(uuid7(), queue.key, payload, school_id, observe.correlation_id.get())
            try:
                if sqs.send(queue, [_outgoing(Waiting(message, group))]):
                    return
            except UnavailableError:
                observe.event("the queue is away; its message goes to the outbox", queue=queue.key)
        with transaction():
            outbox.put(queue, payload, school_id=school_id, group=group)


def sweep() -> dict[str, Any]:
    """Send what the outbox holds and nobody is about to send; how many were sent and how many are left.

    Raises `UnavailableError` when nothing at all could be sent, so that the run counts as failed.
    """
    sent = 0
    with connection():
        while deadline.left() > SWEEP_RESERVE_SECONDS:
            with transaction():
                waiting = outbox.claim(SWEEP_BATCH)
            if not waiting:
                break
            sent += _send(waiting)
    return {"sent": sent}


def _send(waiting: Sequence[Waiting]) -> int:
    """Send `waiting`, queue by queue, and remove what was taken; how many. Raises `UnavailableError`."""
    taken: set[str] = set()
    try:
        for kind in dict.fromkeys(each.message.kind for each in waiting):
            queue = queues.by_key(kind)
            if queue is None:  # written by a newer version, whose sweep knows it
                observe.event("a message of an unknown kind stays in the outbox", kind=kind)
                continue
            own = [each for each in waiting if each.message.kind == kind]
            taken |= sqs.send(queue, [_outgoing(each) for each in own])
    finally:
        if taken:
            with transaction():
                outbox.remove(taken)
    return len(taken)


def _outgoing(waiting: Waiting) -> sqs.Outgoing:
    return sqs.Outgoing(str(waiting.message.id), waiting.message.body(), waiting.group)
