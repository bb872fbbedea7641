"""Running the platform: how it is doing, what its workers have given up, and what is switched off.

A service here waits for the queue service, so it opens its own transactions, none open while it waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib import observe, settings
from chalicelib.aws import dead_letters
from chalicelib.aws.client import Refused
from chalicelib.aws.dead_letters import Depth
from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError, UnavailableError
from chalicelib.queues import ALL, Queue, by_key
from chalicelib.schemas import operations as schemas
from chalicelib.services import audit, costs, switches
from chalicelib.store import entering
from chalicelib.store.models.base import now
from chalicelib.store.models.events import Lease
from chalicelib.store.models.security import OutboxMessage


def status(caller: Caller) -> schemas.Status:
    """How the platform is doing. Queues that cannot be asked are named, and the rest is told all the same."""
    with entering.working_for(caller):
        outbox = _outbox()
        schedules = [_schedule(lease) for lease in Lease.select().order_by(Lease.name)]
        spent = costs.of_platform()
        switched = switches.list_platform()
    queues = _queues()
    return schemas.Status(
        queues=queues,
        not_asked=[queue.queue for queue in queues if None in (queue.waiting, queue.dead)],
        outbox=outbox,
        schedules=schedules,
        costs=spent,
        switches=switched,
    )


def list_dead_letters(caller: Caller, key: str) -> list[schemas.DeadLetter]:
    """Up to ten dead letters of a queue; the look is noted. Raises `NotFoundError`, `UnavailableError`."""
    queue = _queue(key)
    _note(caller, "dead_letters.viewed", queue=key)
    return [_shown(letter) for letter in dead_letters.peek(queue)]


def redrive(caller: Caller, key: str, body: schemas.Redrive) -> schemas.Redriven:
    """Send dead letters of a queue back to it, each once: those of `body`, or all.

    Noted before it begins, so that what was moved never goes unnoted. Raises `NotFoundError` and
    `UnavailableError`.
    """
    queue = _queue(key)
    wanted = body.message_ids or None
    _note(caller, "dead_letters.redriven", queue=key, message_ids=wanted or "all")
    redriven = dead_letters.redrive(queue, wanted)
    observe.event("dead letters redriven", queue=key, moved=len(redriven.moved), is_done=redriven.is_done)
    return schemas.Redriven(moved=len(redriven.moved), is_done=redriven.is_done)


def _queue(key: str) -> Queue:
    queue = by_key(key)
    if queue is None:
        raise NotFoundError("There is no such queue.", queue=key)
    return queue


def _note(caller: Caller, action: str, **details: Any) -> None:
    with entering.working_for(caller):
        audit.record(caller, action, "queue", None, **details)


def _outbox() -> schemas.OutboxStatus:
    oldest = OutboxMessage.select().order_by(OutboxMessage.id).first()
    return schemas.OutboxStatus(
        waiting=OutboxMessage.select().count(), oldest_at=oldest.created_at if oldest else None
    )


def _schedule(lease: Lease) -> schemas.ScheduleStatus:
    return schemas.ScheduleStatus(
        schedule=lease.name,
        is_running=lease.leased_until is not None and lease.leased_until > now(),
        started_at=lease.started_at,
        succeeded_at=lease.succeeded_at,
        failed_at=lease.failed_at,
        milliseconds=lease.milliseconds,
        result=lease.result,
    )


def _queues() -> list[schemas.QueueStatus]:
    """How full every queue and its dead-letter queue is."""
    stage = settings.get().stage
    depths = _depths([name for queue in ALL for name in (queue.name(stage), queue.dead_letter_name(stage))])
    return [
        schemas.QueueStatus(
            queue=queue.key,
            waiting=live.waiting if live else None,
            in_flight=live.in_flight if live else None,
            delayed=live.delayed if live else None,
            dead=sum(dead) if dead else None,
        )
        for queue, live, dead in zip(ALL, depths[::2], depths[1::2], strict=True)
    ]


def _depths(names: Sequence[str]) -> list[Depth | None]:
    """How full these queues are. Once the queue service does not answer, no more is asked."""
    depths: list[Depth | None] = []
    for name in names:
        try:
            depths.append(dead_letters.depth(name))
        except Refused as refused:
            observe.log.warning("a queue could not be asked", extra={"fields": {"code": refused.code}})
            depths.append(None)
        except UnavailableError:
            break
    return depths + [None] * (len(names) - len(depths))


def _shown(letter: dead_letters.Letter) -> schemas.DeadLetter:
    message = letter.message
    return schemas.DeadLetter(
        id=letter.id,
        kind=message.kind if message else None,
        school_id=message.school_id if message else None,
        correlation_id=message.correlation_id if message else None,
        receive_count=letter.receive_count,
        sent_at=letter.sent_at,
        payload=message.payload if message else None,
    )
