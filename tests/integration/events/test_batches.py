"""Batches as SQS hands them over: each record has one effect, and fails alone."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest

from chalicelib import queues
from chalicelib.message import Message
from chalicelib.store.database import database as tiza
from chalicelib.store.ids import uuid7
from dev import lambdas
from tests.support.aws import LocalAws
from tests.support.logs import Log
from tests.support.surface import Surface, drain


def body(text: str, *, id: UUID | None = None, kind: str = "mail") -> str:
    return Message(id or uuid7(), kind, {"text": text}, correlation_id="request").body()


def effects(owner: Any) -> list[str]:
    owner.execute("SELECT text FROM effects ORDER BY id")
    return [row[0] for row in owner.fetchall()]


def test_of_ten_with_one_poison_nine_are_done_and_one_ends_among_the_dead(
    surface: Surface, aws: LocalAws, owner: Any
) -> None:
    for number in range(9):
        aws.send(queues.MAIL, body(str(number)))
    aws.send(queues.MAIL, body("poison"))
    runner, worker = surface.runner(), surface.worker("mail")
    assert drain(runner, worker) == 10
    assert sorted(effects(owner)) == [str(number) for number in range(9)]
    receives = 1
    while aws.messages(queues.MAIL):
        aws.come_back(queues.MAIL)
        receives += drain(runner, worker)
        assert receives <= queues.MAIL.max_receives
    assert receives == queues.MAIL.max_receives
    (dead,) = aws.dead_letters(queues.MAIL)
    assert dead["payload"] == {"text": "poison"}
    assert len(effects(owner)) == 9


def test_a_message_delivered_three_times_at_once_has_one_effect(surface: Surface, owner: Any) -> None:
    record = {"MessageId": "1", "ReceiptHandle": "1", "Body": body("one"), "MD5OfBody": ""}
    arn = "arn:aws:sqs:eu-west-1:123456789012:tiza-dev-mail"
    start = threading.Barrier(3)
    done: list[list[str]] = []

    def deliver() -> None:
        start.wait()
        done.append(lambdas.call_queue(surface.mail, arn, [record], 30))

    threads = [threading.Thread(target=deliver) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [["1"]] * 3, "each delivery is acknowledged"
    assert effects(owner) == ["one"]


def test_a_message_that_failed_is_handled_when_it_comes_again(
    surface: Surface, aws: LocalAws, owner: Any
) -> None:
    aws.send(queues.MAIL, body("poison"))
    runner, worker = surface.runner(), surface.worker("mail")
    drain(runner, worker)
    assert effects(owner) == []
    surface.poison.clear()  # the fix
    aws.come_back()
    drain(runner, worker)
    assert effects(owner) == ["poison"]
    assert aws.messages(queues.MAIL) == []


def test_one_students_poison_keeps_their_order_and_nobody_else_waits(
    surface: Surface, aws: LocalAws, owner: Any
) -> None:
    for text, group in (("a1", "ana"), ("poison", "ana"), ("b1", "ben"), ("a2", "ana"), ("b2", "ben")):
        aws.send(queues.TELEMETRY, body(text, kind="telemetry"), group=group)
    runner, worker = surface.runner(), surface.worker("telemetry")
    drain(runner, worker)
    assert effects(owner) == ["a1", "b1", "b2"]
    surface.poison.clear()
    aws.come_back()
    drain(runner, worker)
    assert effects(owner) == ["a1", "b1", "b2", "poison", "a2"]


def test_the_database_goes_away_in_the_middle_of_a_batch(surface: Surface, aws: LocalAws, owner: Any) -> None:
    sent = [str(number) for number in range(10)]
    for text in sent:
        aws.send(queues.MAIL, body(text))
    killed: list[str] = []

    def kill(message: Message) -> None:
        tiza.execute_sql("INSERT INTO effects (text) VALUES ('half')")
        if len(killed) < 1 and message.payload["text"] == "4":
            killed.append("4")
            pid = tiza.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
            owner.execute("SELECT pg_terminate_backend(%s)", (pid,))
        tiza.execute_sql("DELETE FROM effects WHERE text = 'half'")

    surface.before = kill
    runner, worker = surface.runner(), surface.worker("mail")
    drain(runner, worker)
    assert killed == ["4"]
    assert sorted(effects(owner)) == [text for text in sent if text != "4"]
    aws.come_back()
    drain(runner, worker)
    assert sorted(effects(owner)) == sent
    assert aws.messages(queues.MAIL) == []


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "{}", '{"version": 2}', body("x").replace('"id":"', '"id":"x')],
    ids=["empty", "text", "list", "object", "version", "id"],  # the same in each of several processes
)
def test_what_is_no_message_is_refused_and_harms_no_other(
    surface: Surface, aws: LocalAws, owner: Any, text: str
) -> None:
    aws.send(queues.MAIL, text or " ")
    aws.send(queues.MAIL, body("good"))
    drain(surface.runner(), surface.worker("mail"))
    assert effects(owner) == ["good"]
    assert len(aws.messages(queues.MAIL)) == 1


def test_a_record_is_not_begun_without_time_for_it(surface: Surface, owner: Any) -> None:
    record = {"MessageId": "1", "ReceiptHandle": "1", "Body": body("one"), "MD5OfBody": ""}
    arn = "arn:aws:sqs:eu-west-1:123456789012:tiza-dev-mail"
    assert lambdas.call_queue(surface.mail, arn, [record], 1) == []
    assert effects(owner) == []


def test_each_record_has_one_line_in_the_log_under_the_request_it_came_from(
    surface: Surface, aws: LocalAws, log: Log
) -> None:
    aws.send(queues.MAIL, body("good"))
    aws.send(queues.MAIL, body("poison"))
    drain(surface.runner(), surface.worker("mail"))
    handled, failed = sorted(log.of("record"), key=lambda line: line["outcome"], reverse=True)
    assert (handled["outcome"], failed["outcome"]) == ("handled", "failed")
    for line in (handled, failed):
        assert (line["worker"], line["correlation_id"], line["receives"]) == ("mail", "request", 1)
        assert line["sql_round_trips"] > 0
    (trace,) = log.of("a record failed")
    assert "PoisonError" in trace["trace"]
    assert trace["fingerprint"]
