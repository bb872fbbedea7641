"""Batches of messages, given to a worker of `app.py` as SQS gives them."""

from __future__ import annotations

from typing import Any

from chalicelib.message import Message
from chalicelib.queues import Queue
from dev import lambdas
from tests.support.aws import LocalAws
from tests.support.photos import swept


def arn(queue: Queue) -> str:
    """The name of `queue` as SQS tells it to a worker."""
    return f"arn:aws:sqs:eu-west-1:123456789012:{queue.name('dev')}"


def work(aws: LocalAws, queue: Queue, *, receives: int | None = None) -> list[int]:
    """Have the worker handle what its queue shows: how many messages it got, and how many come back.

    With `receives` each is told to have been received so often.
    """
    import app

    swept()
    taken = aws.receive(queue)
    for message in taken:
        if receives is not None:
            message["Attributes"]["ApproximateReceiveCount"] = str(receives)
    worker = getattr(app, queue.key.replace("-", "_"))
    done: list[str] = []
    for first in range(0, len(taken), queue.batch_size):
        batch = taken[first : first + queue.batch_size]
        done += lambdas.call_queue(worker, arn(queue), batch, queue.timeout_seconds)
    for message in taken:
        if message["ReceiptHandle"] in done:
            aws.delete(queue, message)
    return [len(taken), len(taken) - len(done)]


def deliver(worker: Any, queue: Queue, *messages: Message, seconds: float) -> int:
    """Give `worker` a batch, with so much time for it; how many of it were handled well."""
    records = [
        {"MessageId": str(number), "ReceiptHandle": str(number), "Body": each.body(), "MD5OfBody": ""}
        for number, each in enumerate(messages)
    ]
    return len(lambdas.call_queue(worker, arn(queue), records, seconds))
