"""Amazon SQS for an operator: how full queues are, which messages were given up, and back with them.

SQS's own redrive (StartMessageMoveTask) moves all or none and tells nothing of single messages. Here each is
received, sent and deleted, in this order: wherever it stops, nothing is lost, and what was sent twice has no
second effect, as with every message.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from chalicelib import settings
from chalicelib.aws import client, queues
from chalicelib.aws.client import Refused
from chalicelib.aws.uses import DEAD_LETTERS, QUEUES, uses
from chalicelib.errors import UnavailableError
from chalicelib.message import MalformedMessageError, Message, read
from chalicelib.queues import Queue

MOST_SHOWN = 10  # of one ReceiveMessage
MOST_RECEIVED = 500  # in one call: the gateway waits for 29 seconds
LONGEST_SECONDS = 15.0
HIDDEN_SECONDS = 60  # for which a letter that is being moved is shown to nobody else
WAIT_SECONDS = 1  # long polling: without it SQS asks some of its servers only


class Depth(NamedTuple):
    """About how many messages a queue has: to be received, received and not done, not to be received yet."""

    waiting: int
    in_flight: int
    delayed: int


class Letter(NamedTuple):
    """A message of a dead-letter queue; `message` is None where its body is not of Tiza's own form."""

    sqs_id: str
    handle: str
    body: str
    group: str | None
    receive_count: int
    sent_at: datetime | None
    message: Message | None

    @property
    def id(self) -> str:
        """The message's own id, or the one that SQS gave it."""
        return str(self.message.id) if self.message else self.sqs_id


class Redriven(NamedTuple):
    """The ids that went back to their queue; not done: there may be more, or some could not be sent."""

    moved: frozenset[str]
    is_done: bool


@uses((*QUEUES, *DEAD_LETTERS), "sqs:GetQueueUrl", "sqs:GetQueueAttributes")
def depth(name: str) -> Depth:
    """How full the queue with that name is. Raises `UnavailableError`, and `Refused` where there is none."""
    attributes = client.call(
        "sqs",
        "get_queue_attributes",
        QueueUrl=queues.url(name),
        AttributeNames=[
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ],
    )["Attributes"]
    return Depth(
        int(attributes["ApproximateNumberOfMessages"]),
        int(attributes["ApproximateNumberOfMessagesNotVisible"]),
        int(attributes["ApproximateNumberOfMessagesDelayed"]),
    )


@uses(DEAD_LETTERS, "sqs:GetQueueUrl", "sqs:ReceiveMessage")
def peek(queue: Queue) -> list[Letter]:
    """Up to ten dead letters of `queue`; they stay and are not hidden. Raises `UnavailableError`."""
    return _received(_dead_url(queue), hidden_seconds=0)


@uses(
    DEAD_LETTERS,
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
)
@uses(QUEUES, "sqs:GetQueueUrl", "sqs:SendMessage")
def redrive(queue: Queue, wanted: Collection[str] | None = None) -> Redriven:
    """Send dead letters back to `queue`: those with the ids `wanted`, or all; each once.

    One that fails again at once, and so comes back while this runs, stays. Raises `UnavailableError` where
    nothing could be moved.
    """
    dead = _dead_url(queue)
    moved: set[str] = set()
    kept: list[Letter] = []
    received = 0
    has_failed = is_empty = has_all = False
    ends_at = time.monotonic() + LONGEST_SECONDS
    try:
        while not (is_empty or has_all) and received < MOST_RECEIVED and time.monotonic() < ends_at:
            letters = _received(dead, hidden_seconds=HIDDEN_SECONDS)
            received += len(letters)
            chosen = [
                letter
                for letter in letters
                if letter.id not in moved and (wanted is None or letter.id in wanted)
            ]
            kept += [letter for letter in letters if letter not in chosen]
            sent = _sent(queue, chosen)
            kept += [letter for letter in chosen if letter not in sent]
            _delete(dead, sent)
            moved |= {letter.id for letter in sent}
            has_failed = has_failed or len(sent) < len(chosen)
            is_empty = not letters
            has_all = wanted is not None and moved >= set(wanted)
    except UnavailableError:
        if not moved:
            raise
        has_failed = True
    finally:
        _show_again(dead, kept)
    # Behind one that stays, a FIFO queue shows nothing of its group.
    is_empty = is_empty and not (queue.fifo and kept)
    return Redriven(frozenset(moved), (is_empty or has_all) and not has_failed)


def _dead_url(queue: Queue) -> str:
    return queues.url(queue.dead_letter_name(settings.get().stage))


def _received(url: str, hidden_seconds: int) -> list[Letter]:
    """Up to ten messages of a queue, hidden from others for a while."""
    answer = client.call(
        "sqs",
        "receive_message",
        QueueUrl=url,
        MaxNumberOfMessages=MOST_SHOWN,
        VisibilityTimeout=hidden_seconds,
        WaitTimeSeconds=WAIT_SECONDS,
        MessageSystemAttributeNames=["ApproximateReceiveCount", "SentTimestamp", "MessageGroupId"],
    )
    return [_letter(raw) for raw in answer.get("Messages", [])]


def _letter(raw: dict[str, object]) -> Letter:
    known = raw.get("Attributes")
    attributes = known if isinstance(known, dict) else {}
    body, sent_at = str(raw["Body"]), attributes.get("SentTimestamp")
    try:
        message = read(body)
    except MalformedMessageError:
        message = None
    return Letter(
        sqs_id=str(raw["MessageId"]),
        handle=str(raw["ReceiptHandle"]),
        body=body,
        group=attributes.get("MessageGroupId"),
        receive_count=int(attributes.get("ApproximateReceiveCount", 0)),
        sent_at=datetime.fromtimestamp(int(sent_at) / 1000, UTC) if sent_at else None,
        message=message,
    )


def _sent(queue: Queue, letters: Sequence[Letter]) -> list[Letter]:
    """Send the bodies of `letters` to their queue in their order; those that it took.

    The deduplication id is the one that SQS gave to this letter: the message's own, sent within the last five
    minutes, would make a FIFO queue accept it and drop it.
    """
    outgoing = [queues.Outgoing(letter.sqs_id, letter.body, letter.group) for letter in letters]
    taken = queues.send(queue, outgoing)
    return [letter for letter in letters if letter.sqs_id in taken]


def _delete(url: str, letters: Iterable[Letter]) -> None:
    entries = [{"Id": str(number), "ReceiptHandle": letter.handle} for number, letter in enumerate(letters)]
    if entries:
        client.call("sqs", "delete_message_batch", QueueUrl=url, Entries=entries)


def _show_again(url: str, letters: Sequence[Letter]) -> None:
    """Let others see `letters` now; where that fails, they do so in a minute by themselves."""
    with suppress(UnavailableError, Refused):
        for start in range(0, len(letters), MOST_SHOWN):
            entries = [
                {"Id": str(number), "ReceiptHandle": letter.handle, "VisibilityTimeout": 0}
                for number, letter in enumerate(letters[start : start + MOST_SHOWN])
            ]
            client.call("sqs", "change_message_visibility_batch", QueueUrl=url, Entries=entries)
