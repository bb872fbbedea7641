"""The local AWS as tests see it: the stage's queues, bucket and mail, empty at the start of each test."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from chalicelib import queues, settings
from chalicelib.aws import client
from chalicelib.aws import queues as aws_queues
from chalicelib.queues import Queue
from dev.aws import server, stack
from tests.support import permissions
from tests.support.running import free_port

MOST_AT_ONCE = 10  # messages of one ReceiveMessage


class LocalAws:
    """One moto server with the stack of a stage. Bodies that are JSON are given and taken as values."""

    def __init__(self, endpoint: str, stage: str = "dev", **secrets: str) -> None:
        self.endpoint = endpoint
        self.stage = stage
        self.stack = stack.create(endpoint, stage, secrets=secrets)
        self._aws = stack.Aws(endpoint)

    def client(self, service: str) -> Any:
        """A boto3 client of `service`; it works also while `away` keeps Tiza from it."""
        return permissions.of_nobody(self._aws.client(service))

    def send(self, queue: Queue, body: Any, *, group: str | None = None, key: str | None = None) -> str:
        """Send one message; its SQS id. A FIFO queue needs a `group`; `key` is its deduplication id."""
        more = {}
        if queue.fifo:
            more = {"MessageGroupId": group or "", "MessageDeduplicationId": key or str(uuid4())}
        text = body if isinstance(body, str) else json.dumps(body)
        url = self.stack.queue_urls[queue.key]
        answer = self.client("sqs").send_message(QueueUrl=url, MessageBody=text, **more)
        return str(answer["MessageId"])

    def receive(
        self, queue: Queue, count: int = MOST_AT_ONCE, *, visibility: int | None = None, wait: int = 0
    ) -> list[dict[str, Any]]:
        """Receive up to `count` messages as a worker would, as SQS gives them. They stay hidden."""
        hidden = {} if visibility is None else {"VisibilityTimeout": visibility}
        answer = self.client("sqs").receive_message(
            QueueUrl=self.stack.queue_urls[queue.key],
            MaxNumberOfMessages=min(count, MOST_AT_ONCE),
            WaitTimeSeconds=wait,
            MessageSystemAttributeNames=["All"],
            **hidden,
        )
        return list(answer.get("Messages", []))

    def delete(self, queue: Queue, message: dict[str, Any]) -> None:
        """Delete a received message."""
        url = self.stack.queue_urls[queue.key]
        self.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def messages(self, queue: Queue) -> list[Any]:
        """The bodies of all messages in the queue, oldest first, those in flight too. Changes nothing."""
        return self._bodies(queue.name(self.stage))

    def dead_letters(self, queue: Queue) -> list[Any]:
        """The bodies of all messages in its dead-letter queue, oldest first. Changes nothing."""
        return self._bodies(queue.dead_letter_name(self.stage))

    def come_back(self, queue: Queue | None = None) -> None:
        """Make the messages in flight visible now, as when their visibility has run out."""
        self._local("POST", f"visible?queue={queue.name(self.stage) if queue else ''}")

    def mails(self) -> list[dict[str, Any]]:
        """What SES v2 was asked to send: the requests as they came, each with its `MessageId`."""
        return list(self._local("GET", "mails"))

    def objects(self, prefix: str = "") -> list[str]:
        """The keys in the photo bucket."""
        answer = self.client("s3").list_objects_v2(Bucket=self.stack.photo_bucket, Prefix=prefix)
        return [one["Key"] for one in answer.get("Contents", [])]

    def feedback(self, event: dict[str, Any]) -> None:
        """Let SES tell of a bounce or complaint: `event` goes through the topic into the feedback queue."""
        topic = self.stack.feedback_topic_arn
        self.client("sns").publish(TopicArn=topic, Message=json.dumps(event))

    def empty(self) -> None:
        """Forget messages, objects and mails; keep the resources."""
        self._local("POST", "empty")

    @contextmanager
    def away(self, *services: str) -> Iterator[None]:
        """Nobody answers Tiza at the address of AWS, or of `services` only (`sqs`, `s3`, `sesv2`, `ssm`)."""
        nowhere = f"http://127.0.0.1:{free_port()}"
        names = [f"AWS_ENDPOINT_URL_{service.upper()}" for service in services] or ["AWS_ENDPOINT_URL"]
        with pytest.MonkeyPatch.context() as patch:
            for name in names:
                patch.setenv(name, nowhere)
            forget()
            try:
                yield
            finally:
                patch.undo()
                forget()

    @contextmanager
    def down(self, *services: str) -> Iterator[None]:
        """`services` answer every process with 503 (`ses` for mail); messages and objects stay."""
        self._local("POST", "down?" + urllib.parse.urlencode([("service", one) for one in services]))
        try:
            yield
        finally:
            self._local("POST", "down")

    def _bodies(self, name: str) -> list[Any]:
        query = urllib.parse.urlencode({"queue": name})
        return [_value(text) for text in self._local("GET", f"messages?{query}")]

    def _local(self, method: str, path: str) -> Any:
        request = urllib.request.Request(f"{self.endpoint}/local/{path}", method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.loads(answer.read())


@contextmanager
def started() -> Iterator[LocalAws]:
    """A local AWS of one's own, for as long as the context lasts."""
    with server.start() as local:
        yield LocalAws(local.endpoint)


@contextmanager
def entered(local: LocalAws) -> Iterator[LocalAws]:
    """`local`, empty, with Tiza in this process using it."""
    local.empty()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in local.stack.environment.items():
            patch.setenv(name, value)
        settings.reset()
        forget()
        try:
            yield local
        finally:
            patch.undo()
            settings.reset()
            forget()


def forget() -> None:
    """Let Tiza read the address of AWS again: its clients, breakers and queue addresses are forgotten."""
    client.forget()
    aws_queues.url.cache_clear()


def queue(key: str) -> Queue:
    """The queue with that key."""
    found = queues.by_key(key)
    assert found is not None
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
