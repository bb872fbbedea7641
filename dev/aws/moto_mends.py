"""Where moto differs from AWS in a way that would make a local proof worthless, put right at its start.

Each mend but the one for speed has a test in tests/integration/test_local_aws.py that fails without it. What
stays different is in docs/resources.md.
"""

from __future__ import annotations

import functools
import json
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from dev.aws import calls, moto_deployment

POLL_SECONDS = 0.05
DEDUPLICATION_SECONDS = 300

down: set[str] = set()  # the services that shall not answer, as requests are signed for them: `sqs`, `s3`
_mails: list[dict[str, Any]] = []
_sqs = threading.RLock()


def apply() -> None:
    """Put all of it right; once per process, before the first request."""
    _guard_queues()
    _count_quickly()
    _remember_deduplication()
    _keep_policies()
    _record_mails()
    _count_as_tls()


def _guard_queues() -> None:
    """Let one thread at a time change a queue, keep the order within a group, and poll without spinning.

    In moto two receivers at once get the same message; a deletion puts a new list in place of the old one,
    so that what another thread deleted meanwhile comes back, and what it sent is lost; and of several
    messages of a group whose visibility ran out together, the last one is delivered first.
    """
    from moto.sqs.models import Queue, SQSBackend

    receive = SQSBackend.receive_message

    def receive_message(
        self: SQSBackend,
        queue_name: str,
        count: int,
        wait_seconds_timeout: int,
        visibility_timeout: int,
        message_attribute_names: list[str] | None = None,
    ) -> list[Any]:
        deadline = time.monotonic() + wait_seconds_timeout
        while True:
            with _sqs:
                queue = self.get_queue(queue_name)
                queue._pending_messages = {one for one in queue._pending_messages if not one.visible}
                found = receive(self, queue_name, count, 0, visibility_timeout, message_attribute_names)
            if found or time.monotonic() >= deadline:
                return found
            time.sleep(POLL_SECONDS)

    SQSBackend.receive_message = receive_message
    for owner, name in ((Queue, "add_message"), (Queue, "delete_message"), (SQSBackend, "purge_queue")):
        setattr(owner, name, _locked(getattr(owner, name)))
    SQSBackend.change_message_visibility = _locked(SQSBackend.change_message_visibility)


def _locked(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def locked(*arguments: Any, **named: Any) -> Any:
        with _sqs:
            return function(*arguments, **named)

    return locked


def _count_quickly() -> None:
    """Ask the clock once for a whole queue: moto asks several times for each message, at each sending."""
    from moto.sqs.models import Queue

    def hidden(self: Queue) -> int:
        now = _now()
        return sum(one.visible_at >= now for one in self._messages)

    def delayed(self: Queue) -> int:
        now = _now()
        return sum(one.delayed_until > now for one in self._messages)

    def ready(self: Queue) -> list[Any]:
        now = _now()
        return [one for one in self._messages if one.visible_at < now and one.delayed_until <= now]

    Queue.approximate_number_of_messages_not_visible = property(hidden)
    Queue.approximate_number_of_messages_delayed = property(delayed)
    Queue.messages = property(ready)


def _now() -> float:
    """moto's clock: milliseconds since 1970."""
    return time.time() * 1000


def _remember_deduplication() -> None:
    """Drop what a FIFO queue has seen within five minutes, also when the first one is deleted by now.

    moto compares with the messages that still lie in the queue.
    """
    from moto.sqs.models import Queue, SQSBackend

    send = SQSBackend.send_message

    def send_message(self: SQSBackend, queue_name: str, *arguments: Any, **named: Any) -> Any:
        queue = self.get_queue(queue_name)
        with _sqs:
            message = send(self, queue_name, *arguments, **named)
            if queue.fifo_queue:
                _drop_if_seen(queue, message)
        return message

    def _drop_if_seen(queue: Queue, message: Any) -> None:
        seen: dict[tuple[str, str], float] = queue.__dict__.setdefault("tiza_seen", {})
        now = time.monotonic()
        key = (message.group_id, message.deduplication_id)
        if key not in seen or now - seen[key] >= DEDUPLICATION_SECONDS:
            seen[key] = now
        elif message in queue._messages:
            queue._messages.remove(message)

    SQSBackend.send_message = send_message


def _keep_policies() -> None:
    """Give back a queue's `RedriveAllowPolicy`, and keep its `Policy` when another attribute is set.

    moto takes the one and then denies to know it, and forgets the other.
    """
    from moto.sqs.models import Queue, SQSBackend

    def take(self: Queue, policy: Any) -> None:
        self.__dict__["redrive_allow_policy"] = json.dumps(policy) if isinstance(policy, dict) else policy

    set_attributes = SQSBackend.set_queue_attributes

    def set_queue_attributes(self: SQSBackend, queue_name: str, attributes: dict[str, Any]) -> Queue:
        policy = self.get_queue(queue_name).policy
        return set_attributes(self, queue_name, {"Policy": policy, **attributes})

    Queue.redrive_allow_policy = property(lambda self: self.__dict__.get("redrive_allow_policy"), take)
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    SQSBackend.set_queue_attributes = set_queue_attributes


def _record_mails() -> None:
    """Keep whole what SES v2 was asked to send: moto keeps one body and no headers."""
    from moto.sesv2.responses import SESV2Response

    send = SESV2Response.send_email

    def send_email(self: SESV2Response) -> str:
        answer: str = send(self)
        _mails.append({**json.loads(answer), **json.loads(self.body)})
        return answer

    SESV2Response.send_email = send_email


def _count_as_tls() -> None:
    """Let the bucket policy's demand for TLS pass: moto knows no conditions and would refuse every call."""
    from moto.s3.models import FakeBucket

    decide = FakeBucket.get_permission

    def get_permission(self: FakeBucket, action: str, resource: str) -> Any:
        policy = self.policy
        try:
            self.policy = policy and _without_tls_demand(policy)
            return decide(self, action, resource)
        finally:
            self.policy = policy

    FakeBucket.get_permission = get_permission


def _without_tls_demand(policy: bytes) -> bytes | None:
    document = json.loads(policy)
    document["Statement"] = [one for one in document["Statement"] if "Bool" not in one.get("Condition", {})]
    return json.dumps(document).encode() if document["Statement"] else None


def local_call(method: str, path: str, query: str) -> tuple[str, Any]:
    """Answer a call under `/local/` (see `server`): the HTTP status line and what to send as JSON."""
    asked = parse_qs(query)
    queue = asked.get("queue", [""])[0]
    answers: dict[tuple[str, str], Callable[[], Any]] = {
        ("POST", "/local/down"): lambda: _take_down(asked.get("service", [])),
        ("GET", "/local/mails"): lambda: list(_mails),
        ("GET", "/local/messages"): lambda: _bodies(queue),
        ("POST", "/local/empty"): _empty,
        ("GET", "/local/calls"): lambda: calls.since(int(asked.get("since", ["0"])[0])),
        ("POST", "/local/refuse"): lambda: moto_deployment.refuse(asked.get("call", [""])[0]),
        ("POST", "/local/visible"): lambda: _make_visible(queue),
    }
    answer = answers.get((method, path))
    return ("404 Not Found", {}) if answer is None else ("200 OK", answer())


def _take_down(services: list[str]) -> list[str]:
    down.clear()
    down.update(services)
    return sorted(down)


def _bodies(queue: str) -> list[str]:
    return [message.body for one in _queues() if one.name == queue for message in one._messages]


def _queues() -> list[Any]:
    from moto.sqs.models import sqs_backends

    return [
        queue
        for account in sqs_backends.values()
        for region in account.values()
        for queue in region.queues.values()
    ]


def _empty() -> dict[str, int]:
    from moto.s3.models import s3_backends

    gone = len(_mails)
    _mails.clear()
    with _sqs:
        for queue in _queues():
            gone += len(queue._messages)
            queue._messages, queue._pending_messages = [], set()
            queue.deleted_messages.clear()
            queue.__dict__.pop("tiza_seen", None)
    for account in s3_backends.values():
        for partition in account.values():
            for bucket in partition.buckets.values():
                gone += len(bucket.keys)
                bucket.keys.clear()
                bucket.multiparts.clear()
    return {"gone": gone}


def _make_visible(name: str) -> dict[str, int]:
    count = 0
    with _sqs:
        for queue in _queues():
            for message in queue._messages:
                if name in ("", queue.name) and not message.visible:
                    message.visible_at, count = 0.0, count + 1
    return {"visible": count}
