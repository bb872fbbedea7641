"""Batches of messages, given to a worker of `app.py` as SQS gives them."""

from __future__ import annotations

from typing import Any

from chalicelib.message import Message
from chalicelib.queues import Queue
from dev import lambdas


def deliver(worker: Any, queue: Queue, *messages: Message, seconds: float) -> int:
    """Give `worker` a batch, with so much time for it; how many of it were handled well."""
    arn = f"arn:aws:sqs:eu-west-1:123456789012:{queue.name('dev')}"
    records = [
        {"MessageId": str(number), "ReceiptHandle": str(number), "Body": each.body(), "MD5OfBody": ""}
        for number, each in enumerate(messages)
    ]
    return len(lambdas.call_queue(worker, arn, records, seconds))
