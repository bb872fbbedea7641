"""Amazon SQS: sending, and the look at queues that an operator takes."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib import settings
from chalicelib.aws import client
from chalicelib.aws.uses import SENT_TO, uses
from chalicelib.errors import UnavailableError
from chalicelib.queues import Queue

MOST_ENTRIES = 10  # of one SendMessageBatch
MOST_BYTES = 256 * 1024  # of all bodies of one SendMessageBatch


class Outgoing(NamedTuple):
    """A message to be sent: its id (the deduplication id of a FIFO queue), body and message group."""

    id: str
    body: str
    group: str | None = None


@uses(SENT_TO, "sqs:GetQueueUrl", "sqs:SendMessage")
def send(queue: Queue, messages: Sequence[Outgoing]) -> set[str]:
    """Send `messages` in their order; the ids of those that were taken.

    Of a FIFO queue's group nothing is sent after one that was not taken. Raises `UnavailableError` when
    the queue service is away and nothing was taken.
    """
    taken: set[str] = set()
    stuck: set[str | None] = set()
    for batch in _batches(messages, one_per_group=queue.fifo):
        going = [message for message in batch if not queue.fifo or message.group not in stuck]
        if not going:
            continue
        try:
            answer = client.call(
                "sqs",
                "send_message_batch",
                QueueUrl=url(queue.name(settings.get().stage)),
                Entries=[_entry(number, message, queue) for number, message in enumerate(going)],
            )
        except UnavailableError:
            if not taken:
                raise
            break
        taken |= {going[int(entry["Id"])].id for entry in answer.get("Successful", [])}
        stuck |= {going[int(entry["Id"])].group for entry in answer.get("Failed", [])}
    return taken


@functools.cache
def url(name: str) -> str:
    """The address of the queue with that name."""
    answer = client.call("sqs", "get_queue_url", QueueName=name)
    return str(answer["QueueUrl"])


def _entry(number: int, message: Outgoing, queue: Queue) -> dict[str, str]:
    entry = {"Id": str(number), "MessageBody": message.body}
    if queue.fifo:
        entry |= {"MessageGroupId": message.group or message.id, "MessageDeduplicationId": message.id}
    return entry


def _batches(messages: Sequence[Outgoing], *, one_per_group: bool) -> Iterator[list[Outgoing]]:
    """`messages` in as few batches as SQS takes.

    `one_per_group` keeps messages of a group in batches of their own: of one batch SQS may take the second
    and not the first.
    """
    batch: list[Outgoing] = []
    for message in messages:
        size = sum(len(each.body.encode()) for each in (*batch, message))
        is_second = one_per_group and any(each.group == message.group for each in batch)
        if batch and (len(batch) == MOST_ENTRIES or size > MOST_BYTES or is_second):
            yield batch
            batch = []
        batch.append(message)
    if batch:
        yield batch
