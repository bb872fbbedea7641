"""SQS batches and schedules: an event becomes plain calls, each record one of its own.

A batch goes through AWS Lambda Powertools' processors: what fails is reported alone (partial batch response)
and comes back; of a FIFO queue so are the later records of the same group. A worker that handles its messages
together says itself which are to come back.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib import deadline, observe
from chalicelib.edge import work
from chalicelib.errors import TizaError, UnavailableError
from chalicelib.message import MalformedMessageError, Message, read
from chalicelib.observe import Metric
from chalicelib.queues import Queue

RESERVE_SECONDS = 5.0  # a record is not begun with less time left
HANDLED, AGAIN, FAILED = "handled", "handled before", "failed"


class Worker(NamedTuple):
    """A worker of `app.py`. `raw`: its queue carries what AWS itself sends, not our messages.

    `together`: it is given all messages of a batch, and answers the ids of those that are to come back.
    """

    name: str
    queue: Queue
    handler: Callable[[Any], Any]
    transaction: bool
    raw: bool
    uses: tuple[str, ...] = ()
    sends: tuple[Queue, ...] = ()
    together: bool = False


class Schedule(NamedTuple):
    """Scheduled work of `app.py`; `expression` as EventBridge has it."""

    name: str
    expression: str
    handler: Callable[[], Any]
    lease_seconds: int
    uses: tuple[str, ...] = ()
    sends: tuple[Queue, ...] = ()


class TimeLeftError(Exception):
    """There is no time to begin another record; it comes back."""


def handle_batch(worker: Worker, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Handle each record of an SQS event; the answer names those that failed. Raises nothing."""
    if worker.together:
        return _handle_together(worker, event["Records"], context)
    from aws_lambda_powertools.utilities.batch import (
        BatchProcessor,
        EventType,
        SqsFifoPartialProcessor,
        process_partial_response,
    )

    processor: Any = (
        SqsFifoPartialProcessor(skip_group_on_error=True)
        if worker.queue.fifo
        else BatchProcessor(event_type=EventType.SQS)
    )
    processor.raise_on_entire_batch_failure = False

    def handle(record: Any) -> None:
        _handle_record(worker, record.raw_event, context)

    return dict(process_partial_response(event, handle, processor, context))


def run_schedule(schedule: Schedule, event: dict[str, Any], context: Any) -> dict[str, Any] | None:
    """Do scheduled work unless somebody does it at this moment; what it says of itself.

    Raises what the work raises, after it was logged: Lambda then tries again.
    """
    event_id = str(event.get("id", ""))
    about = {"worker": schedule.name}
    with work.begun(event_id, event_id, context) as done:
        holder = _taken(schedule)
        if holder is None:
            done.log("schedule", outcome="runs already", **about)
            return None
        try:
            result: dict[str, Any] | None = schedule.handler()
        except Exception as error:
            observe.unforeseen("scheduled work failed", **about)
            work.send_what_was_written()  # of what it had committed before it failed
            with contextlib.suppress(UnavailableError):  # then the lease ends by itself
                _give_back(schedule, holder, succeeded=False, result={"error": type(error).__name__})
            done.log("schedule", Metric("Failed", 1), by="worker", outcome=FAILED, **about)
            raise
        _give_back(schedule, holder, succeeded=True, result=result)
        work.send_what_was_written()
        done.log("schedule", Metric("Handled", 1), by="worker", outcome=HANDLED, result=result, **about)
        return result


def _taken(schedule: Schedule) -> UUID | None:
    from chalicelib.store import leases
    from chalicelib.store.database import connection

    with connection():
        return leases.take(schedule.name, schedule.lease_seconds)


def _give_back(schedule: Schedule, holder: UUID, *, succeeded: bool, result: dict[str, Any] | None) -> None:
    from chalicelib.store import leases
    from chalicelib.store.database import connection

    with connection():
        leases.give_back(schedule.name, holder, succeeded=succeeded, result=result)


def _handle_record(worker: Worker, record: dict[str, Any], context: Any) -> None:
    """Handle one record. Raises what makes it fail, after it was logged."""
    attributes, receives = record.get("attributes", {}), _receives(record)
    message_id = str(record.get("messageId", ""))
    with work.begun(message_id, message_id, context) as done:
        try:
            outcome = _outcome(worker, record, receives)
        except Exception as error:
            _log_failure(error, worker.name)
            work.send_what_was_written()  # of what it had committed before it failed
            _log_failed(done, worker, receives)
            raise
        work.send_what_was_written()
        _log_handled(done, worker, receives, attributes, outcome)


def _handle_together(worker: Worker, records: list[dict[str, Any]], context: Any) -> dict[str, Any]:
    """Handle the messages of a batch in one call; the answer names those that come back. Raises nothing."""
    failures = []
    batch_id = str(records[0].get("messageId", ""))
    with work.begun(batch_id, batch_id, context) as done:
        messages = [_message_of(worker, record) for record in records]
        again = _handled_together(worker, [message for message in messages if message is not None])
        work.send_what_was_written()
        for record, message in zip(records, messages, strict=True):
            observe.correlation_id.set(message.correlation_id if message else batch_id)
            if message is None or message.id in again:
                failures.append({"itemIdentifier": record["messageId"]})
                _log_failed(done, worker, _receives(record))
            else:
                _log_handled(done, worker, message.receive_count, record.get("attributes", {}), HANDLED)
    return {"batchItemFailures": failures}


def _handled_together(worker: Worker, messages: list[Message]) -> Collection[UUID]:
    """Call the worker's handler; the ids of the messages that are to come back."""
    from chalicelib.store.database import connection

    if not messages:
        return ()
    try:
        with connection():
            again: Collection[UUID] = worker.handler(messages)
    except Exception as error:
        _log_failure(error, worker.name)
        return {message.id for message in messages}
    return again


def _message_of(worker: Worker, record: dict[str, Any]) -> Message | None:
    """The message in a record; None, after the log was told, where there is none."""
    try:
        return read(record["body"], _receives(record))
    except MalformedMessageError as error:
        _log_failure(error, worker.name)
        return None


def _outcome(worker: Worker, record: dict[str, Any], receives: int) -> str:
    """Call the worker's handler; whether it handled the record now or had before."""
    from chalicelib.store import database, handled

    if deadline.left() < RESERVE_SECONDS:
        raise TimeLeftError()
    if worker.raw:
        try:
            body = json.loads(record["body"])
        except ValueError:
            raise MalformedMessageError("The body is not JSON.") from None
        with database.connection():
            worker.handler(body)
        return HANDLED
    message = read(record["body"], receives)
    observe.correlation_id.set(message.correlation_id)
    with database.connection():
        if worker.transaction:
            return database.run(lambda: _once(worker, message, handled))
        worker.handler(message)
    return HANDLED


def _once(worker: Worker, message: Message, handled: Any) -> str:
    """Handle a message in the open transaction, unless one before has."""
    if not handled.first_time(worker.name, message.id):
        return AGAIN
    worker.handler(message)
    return HANDLED


def _log_failure(error: Exception, worker: str) -> None:
    """Log why a record failed: foreseen reasons by their name, all others with their trace."""
    if isinstance(error, TizaError | MalformedMessageError | TimeLeftError):
        reason = error.code if isinstance(error, TizaError) else type(error).__name__
        observe.event("a record failed", worker=worker, reason=reason)
    else:
        observe.unforeseen("a record failed", worker=worker)


def _log_failed(done: work.Work, worker: Worker, receives: int) -> None:
    """The line of a record that comes back, or was given its last chance."""
    is_dead = receives >= worker.queue.max_receives
    metrics = [Metric("Failed", 1), *([Metric("Dead", 1)] if is_dead else [])]
    about = {"worker": worker.name, "receives": receives}
    done.log("record", *metrics, by="worker", outcome=FAILED, is_dead=is_dead, **about)


def _log_handled(
    done: work.Work, worker: Worker, receives: int, attributes: dict[str, str], outcome: str
) -> None:
    """The line of a record that is done with."""
    age = _age_seconds(attributes)
    metrics = [Metric("Handled", 1), Metric("QueueAge", age, observe.SECONDS)]
    about = {"worker": worker.name, "receives": receives}
    done.log("record", *metrics, by="worker", outcome=outcome, age_seconds=age, **about)


def _receives(record: dict[str, Any]) -> int:
    return int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))


def _age_seconds(attributes: dict[str, str]) -> float:
    sent = int(attributes.get("SentTimestamp", 0)) / 1000
    return round(max(0.0, time.time() - sent), 3) if sent else 0.0
