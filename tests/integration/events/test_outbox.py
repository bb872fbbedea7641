"""From the transaction of the work to the queue: nothing lost, nothing sent that was not committed."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

import pytest

from chalicelib import message, queues
from chalicelib.aws import client
from chalicelib.edge import relay, work
from chalicelib.errors import UnavailableError
from chalicelib.store import outbox
from chalicelib.store.database import transaction
from dev.lambdas import Context
from tests.support.aws import LocalAws, forget
from tests.support.client import ApiClient

DUE = "UPDATE outbox SET claimed_until = now() - interval '1 second'"


def texts(aws: LocalAws, queue: Any = queues.MAIL) -> list[str]:
    return [body["payload"]["text"] for body in aws.messages(queue)]


def waiting(owner: Any) -> int:
    owner.execute("SELECT count(*) FROM outbox")
    return int(owner.fetchone()[0])


def put(text: str, queue: Any = queues.MAIL, group: str | None = None) -> None:
    with transaction():
        outbox.put(queue, {"text": text}, group=group)


def test_what_was_committed_is_sent_at_once_and_forgotten(database: str, aws: LocalAws, owner: Any) -> None:
    with work.begun("request", "request", None):
        put("one")
        put("two")
        assert texts(aws) == []
        work.send_what_was_written()
    assert sorted(texts(aws)) == ["one", "two"]
    assert waiting(owner) == 0


def test_what_was_rolled_back_is_never_sent(database: str, aws: LocalAws) -> None:
    with work.begun("request", "request", None):
        with contextlib.suppress(ZeroDivisionError), transaction():
            outbox.put(queues.MAIL, {"text": "rolled back"})
            raise ZeroDivisionError
        put("committed")
        work.send_what_was_written()
    assert texts(aws) == ["committed"]


def test_a_message_carries_version_ids_and_the_request_it_came_from(database: str, aws: LocalAws) -> None:
    with work.begun("the request", "the request", None):
        put("one")
        work.send_what_was_written()
    (body,) = aws.messages(queues.MAIL)
    assert body.keys() == message.FIELDS
    assert (body["version"], body["kind"], body["correlation_id"]) == (1, "mail", "the request")


def test_while_the_queues_are_away_messages_wait_and_the_sweep_sends_them(
    database: str, aws: LocalAws, owner: Any
) -> None:
    with aws.away():
        for number in range(12):
            with work.begun("request", "request", None):
                put(str(number))
                work.send_what_was_written()
        assert waiting(owner) == 12
        owner.execute(DUE)
        with pytest.raises(UnavailableError):
            relay.sweep()
        assert waiting(owner) == 12
    owner.execute(DUE)
    assert relay.sweep() == {"sent": 12}
    assert sorted(texts(aws), key=int) == [str(number) for number in range(12)]
    assert waiting(owner) == 0


def test_requests_succeed_while_the_queues_are_away_and_what_they_asked_for_follows(
    client: ApiClient, aws: LocalAws, owner: Any
) -> None:
    address = "nobody@school.example"
    with aws.away():
        for _ in range(8):
            assert client.post("/v1/auth/password/forgot", {"email": address}).status == 202
    assert (aws.messages(queues.MAIL), waiting(owner)) == ([], 8)
    owner.execute(DUE)
    assert relay.sweep() == {"sent": 8}
    assert len(aws.messages(queues.MAIL)) == 8


def test_a_process_that_died_after_the_commit_leaves_its_message_to_the_sweep(
    database: str, aws: LocalAws, owner: Any
) -> None:
    put("left behind")  # and nobody calls `send_what_was_written`
    assert relay.sweep() == {"sent": 0}, "who wrote it may be just about to send it"
    owner.execute(DUE)
    assert relay.sweep() == {"sent": 1}
    assert texts(aws) == ["left behind"]


def test_two_sweeps_at_once_send_each_message_once(database: str, aws: LocalAws, owner: Any) -> None:
    for number in range(40):
        put(str(number))
    owner.execute(DUE)
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(relay.sweep()["sent"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 40
    assert sorted(texts(aws), key=int) == [str(number) for number in range(40)]


def test_a_younger_message_of_a_group_waits_behind_an_older_one(
    database: str, aws: LocalAws, owner: Any
) -> None:
    put("first", queues.TELEMETRY, "ana")  # not sent: its process died
    with work.begun("request", "request", None):
        put("second", queues.TELEMETRY, "ana")
        put("other", queues.TELEMETRY, "ben")
        work.send_what_was_written()
    assert texts(aws, queues.TELEMETRY) == ["other"]
    relay.send_or_put(queues.TELEMETRY, {"text": "third"}, group="ana")
    assert texts(aws, queues.TELEMETRY) == ["other"]
    owner.execute(DUE)
    relay.sweep()
    assert texts(aws, queues.TELEMETRY) == ["other", "first", "second", "third"]


def test_a_direct_message_leaves_no_row_unless_it_cannot_be_sent(
    database: str, aws: LocalAws, owner: Any
) -> None:
    relay.send_or_put(queues.TELEMETRY, {"text": "direct"}, group="ana")
    assert (texts(aws, queues.TELEMETRY), waiting(owner)) == (["direct"], 0)
    with aws.away():
        relay.send_or_put(queues.TELEMETRY, {"text": "kept"}, group="ana")
    assert (texts(aws, queues.TELEMETRY), waiting(owner)) == (["direct"], 1)


def test_a_message_of_a_kind_that_this_version_does_not_know_stays(
    database: str, aws: LocalAws, owner: Any
) -> None:
    put("one")
    put("two")
    owner.execute("UPDATE outbox SET kind = 'of_tomorrow' WHERE payload->>'text' = 'one'")
    owner.execute(DUE)
    assert relay.sweep() == {"sent": 1}
    assert (texts(aws), waiting(owner)) == (["two"], 1)


def test_a_service_that_is_away_is_left_alone_for_a_while(
    aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = 0

    def answer_nothing(listener: socket.socket) -> None:
        nonlocal called
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            called += 1
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer_nothing, args=(listener,), daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{listener.getsockname()[1]}")
        forget()
        for _ in range(10):
            with pytest.raises(UnavailableError):
                client.call("sqs", "list_queues")
        listener.shutdown(socket.SHUT_RDWR)
    assert 0 < called <= client.FAILURES * client.ATTEMPTS


def test_a_refusal_is_told_apart_and_opens_no_breaker(aws: LocalAws) -> None:
    for _ in range(client.FAILURES + 2):
        with pytest.raises(client.Refused) as refused:
            client.call("sqs", "get_queue_url", QueueName="no-such-queue")
        assert refused.value.code.endswith("NonExistentQueue") or "QueueDoesNotExist" in refused.value.code
    client.call("sqs", "list_queues")


def test_a_call_that_would_outlive_its_caller_is_not_begun(database: str, aws: LocalAws, owner: Any) -> None:
    with work.begun("request", "request", Context("api", client.LEAST_SECONDS - 1)):
        put("for the sweep")
        work.send_what_was_written()
    assert (texts(aws), waiting(owner)) == ([], 1)
    with work.begun("request", "request", Context("api", client.LEAST_SECONDS + 5)):
        put("in time")
        work.send_what_was_written()
    assert (texts(aws), waiting(owner)) == (["in time"], 1)
