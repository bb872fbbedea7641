"""Calls the handlers of `app.py` as Lambda does: real events, a context with a deadline, partial failures."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

ACCOUNT = "123456789012"  # moto's
SCHEDULE_SECONDS = 300


class Context:
    """The context object of a Lambda call, as far as handlers may rely on it."""

    def __init__(self, name: str, seconds: float) -> None:
        self.function_name = name
        self.function_version = "$LATEST"
        self.invoked_function_arn = f"arn:aws:lambda:local:{ACCOUNT}:function:{name}"
        self.memory_limit_in_mb = "1024"
        self.aws_request_id = str(uuid4())
        self._ends_at = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        """The time that is left to this call."""
        return max(0, int((self._ends_at - time.monotonic()) * 1000))


def call_queue(handler: Any, arn: str, messages: Sequence[Mapping[str, Any]], seconds: float) -> list[str]:
    """Call `handler` with `messages` as SQS's ReceiveMessage gave them; the receipt handles to be deleted.

    None of them where the handler raised, and none where it named a message that it was not given: Lambda
    then takes the whole batch as failed.
    """
    region = arn.split(":")[3]
    event = {"Records": [_record(message, arn, region) for message in messages]}
    answer = handler(event, Context(arn.rpartition(":")[2], seconds)) or {}
    failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
    if not failed <= {message["MessageId"] for message in messages}:
        return []
    return [message["ReceiptHandle"] for message in messages if message["MessageId"] not in failed]


def call_schedule(handler: Any, name: str, region: str, seconds: float = SCHEDULE_SECONDS) -> Any:
    """Call `handler` with the event of an EventBridge rule; what it answers. Raises what it raises."""
    event = {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": region,
        "resources": [f"arn:aws:events:{region}:{ACCOUNT}:rule/{name}"],
        "detail": {},
    }
    return handler(event, Context(name, seconds))


def _record(message: Mapping[str, Any], arn: str, region: str) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": dict(message.get("Attributes", {})),
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": region,
    }
