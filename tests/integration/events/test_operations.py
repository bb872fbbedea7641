"""Running the platform: what an operator is told, dead letters sent again, switches, costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from chalicelib import queues, settings
from chalicelib.aws import dead_letters
from chalicelib.errors import UnavailableError
from chalicelib.message import Message
from chalicelib.queues import Queue
from chalicelib.services import costs, switches
from chalicelib.store import database as store
from chalicelib.store import entering, leases, outbox
from chalicelib.store.ids import uuid7
from chalicelib.store.models.events import Switch
from chalicelib.store.models.operations import Cost
from tests.integration.accounts.conftest import Person, World, at_once
from tests.support.aws import LocalAws
from tests.support.client import ApiClient

DEAD_LETTERS = "/v1/operations/queues/{}/dead-letters"
REDRIVE = "/v1/operations/queues/{}/redrive"


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def operator(world: World) -> Person:
    return world.person(None, "operator")


@pytest.fixture
def school(world: World) -> UUID:
    return world.school()


@pytest.fixture
def admin(world: World, school: UUID) -> Person:
    return world.person(school, "admin")


def given_up(aws: LocalAws, queue: Queue, body: str, group: str = "one") -> None:
    """Put a message into the dead-letter queue of `queue`."""
    more = {"MessageGroupId": group, "MessageDeduplicationId": str(uuid7())} if queue.fifo else {}
    sqs = aws.client("sqs")
    url = sqs.get_queue_url(QueueName=queue.dead_letter_name("dev"))["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=body, **more)


def letters(aws: LocalAws, queue: Queue, count: int, group: str = "one") -> list[str]:
    """The ids of `count` messages that were given up, oldest first."""
    messages = [Message(uuid7(), queue.key, {"number": number}) for number in range(count)]
    for message in messages:
        given_up(aws, queue, message.body(), group)
    return [str(message.id) for message in messages]


def ids(bodies: list[Any]) -> list[str]:
    return [body["id"] for body in bodies]


# --- status ---


def test_an_operator_is_told_how_it_is_doing(
    aws: LocalAws, world: World, school: UUID, operator: Person
) -> None:
    aws.send(queues.MAIL, Message(uuid7(), "mail", {}).body())
    aws.send(queues.MAIL, Message(uuid7(), "mail", {}).body())
    aws.receive(queues.MAIL, 1)
    letters(aws, queues.TELEMETRY, 3)
    with world.inside(school):
        outbox.put(queues.REPROCESS, {})
        costs.add(school, "mail", 2, 200)
        costs.add(None, "llm.small", 1, 5000)
    with store.connection():
        holder = leases.take("alerts", 60)
        assert holder is not None
        leases.give_back("alerts", holder, succeeded=True, result={"raised": 2})
        leases.take("cleanup", 60)
    status = operator.api.get("/v1/operations/status").data
    by_key = {queue["queue"]: queue for queue in status["queues"]}
    assert set(by_key) == {queue.key for queue in queues.ALL}
    assert by_key["mail"] == {"queue": "mail", "waiting": 1, "in_flight": 1, "delayed": 0, "dead": 0}
    assert by_key["telemetry"]["dead"] == 3
    assert status["not_asked"] == []
    assert status["outbox"]["waiting"] == 1
    assert status["outbox"]["oldest_at"] is not None
    runs = {run["schedule"]: run for run in status["schedules"]}
    assert (runs["alerts"]["is_running"], runs["alerts"]["result"]) == (False, {"raised": 2})
    assert runs["alerts"]["succeeded_at"] is not None
    assert (runs["cleanup"]["is_running"], runs["cleanup"]["succeeded_at"]) == (True, None)
    assert [item["item"] for item in status["costs"]["items"]] == ["llm.small", "mail"]
    assert status["costs"]["today"] == {"calls": 3, "micro_usd": 5200}
    assert [switch["name"] for switch in status["switches"] if switch["is_on"]] == list(switches.NAMES)


def test_queues_that_cannot_be_asked_are_named(aws: LocalAws, operator: Person) -> None:
    with aws.away():
        status = operator.api.get("/v1/operations/status")
    assert status.status == 200
    assert status.data["not_asked"] == [queue.key for queue in queues.ALL]
    assert {queue["waiting"] for queue in status.data["queues"]} == {None}


# --- dead letters ---


def test_dead_letters_are_looked_at_and_stay(
    aws: LocalAws, school: UUID, operator: Person, owner: Any
) -> None:
    message = Message(uuid7(), "mail", {"user_id": str(uuid7())}, school, "req-1")
    given_up(aws, queues.MAIL, message.body())
    for _ in range(2):
        (letter,) = operator.api.get(DEAD_LETTERS.format("mail")).data
        assert letter["receive_count"] >= 1
        assert letter["sent_at"] is not None
    assert (letter["id"], letter["kind"], letter["school_id"]) == (str(message.id), "mail", str(school))
    assert (letter["correlation_id"], letter["payload"]) == ("req-1", message.payload)
    assert ids(aws.dead_letters(queues.MAIL)) == [str(message.id)]
    owner.execute("SELECT actor_id, details FROM audit_entries WHERE action = 'dead_letters.viewed'")
    assert owner.fetchall() == [(operator.id, {"queue": "mail"})] * 2


@pytest.mark.parametrize("body", ["not JSON", '{"Message": "ada@school.example"}', "[]"])
def test_what_is_no_message_is_not_shown_and_can_be_sent_again(
    aws: LocalAws, operator: Person, body: str
) -> None:
    given_up(aws, queues.FEEDBACK, body)
    reply = operator.api.get(DEAD_LETTERS.format("feedback"))
    (letter,) = reply.data
    assert (letter["kind"], letter["payload"]) == (None, None)
    assert "ada" not in reply.text
    moved = operator.api.post(REDRIVE.format("feedback"), {"message_ids": [letter["id"]]})
    assert moved.data["moved"] == 1
    assert len(aws.messages(queues.FEEDBACK)) == 1


def test_all_are_sent_again_each_once(aws: LocalAws, operator: Person, owner: Any) -> None:
    sent = letters(aws, queues.MAIL, 25)
    assert operator.api.post(REDRIVE.format("mail"), {}).data == {"moved": 25, "is_done": True}
    assert sorted(ids(aws.messages(queues.MAIL))) == sorted(sent)
    assert aws.dead_letters(queues.MAIL) == []
    assert operator.api.post(REDRIVE.format("mail"), {}).data == {"moved": 0, "is_done": True}
    owner.execute("SELECT details FROM audit_entries WHERE action = 'dead_letters.redriven' ORDER BY id")
    assert owner.fetchall() == [({"queue": "mail", "message_ids": "all"},)] * 2


def test_only_the_chosen_ones_are_sent_again(aws: LocalAws, operator: Person) -> None:
    sent = letters(aws, queues.MAIL, 5)
    wanted = [sent[1], sent[3], str(uuid7())]
    reply = operator.api.post(REDRIVE.format("mail"), {"message_ids": wanted})
    assert reply.data == {"moved": 2, "is_done": True}
    assert sorted(ids(aws.messages(queues.MAIL))) == sorted(wanted[:2])
    left = operator.api.get(DEAD_LETTERS.format("mail")).data
    assert {letter["id"] for letter in left} == {sent[0], sent[2], sent[4]}, "the others are visible at once"


def test_a_fifo_queue_gets_them_back_in_order(aws: LocalAws, operator: Person) -> None:
    one = letters(aws, queues.TELEMETRY, 3, "one")
    two = letters(aws, queues.TELEMETRY, 2, "two")
    assert operator.api.post(REDRIVE.format("telemetry"), {}).data["moved"] == 5
    received = aws.receive(queues.TELEMETRY)
    by_group: dict[str, list[str]] = {}
    for message in received:
        by_group.setdefault(message["Attributes"]["MessageGroupId"], []).append(
            json.loads(message["Body"])["id"]
        )
    assert by_group == {"one": one, "two": two}


def test_one_that_fails_again_within_five_minutes_can_be_sent_again(aws: LocalAws, operator: Person) -> None:
    """A FIFO queue takes and drops what bears a deduplication id that it saw within five minutes."""
    message = Message(uuid7(), "telemetry", {})
    aws.send(queues.TELEMETRY, message.body(), group="one", key=str(message.id))
    for _ in range(2):
        for _ in range(queues.TELEMETRY.max_receives):
            assert len(aws.receive(queues.TELEMETRY)) == 1
            aws.come_back(queues.TELEMETRY)
        assert aws.receive(queues.TELEMETRY) == []
        assert ids(aws.dead_letters(queues.TELEMETRY)) == [str(message.id)]
        assert operator.api.post(REDRIVE.format("telemetry"), {}).data["moved"] == 1
        assert ids(aws.messages(queues.TELEMETRY)) == [str(message.id)]


@pytest.mark.parametrize("queue", [queues.MAIL, queues.TELEMETRY])
def test_a_crash_between_sending_and_deleting_loses_nothing(
    aws: LocalAws, operator: Person, monkeypatch: pytest.MonkeyPatch, queue: Queue
) -> None:
    sent = letters(aws, queue, 3)

    def crash(*_: Any) -> None:
        raise UnavailableError()

    with monkeypatch.context() as patch:
        patch.setattr(dead_letters, "_delete", crash)
        patch.setattr(dead_letters, "_show_again", lambda *_: None)
        assert operator.api.post(REDRIVE.format(queue.key), {}).status == 503
    assert ids(aws.messages(queue)) == sent
    assert ids(aws.dead_letters(queue)) == sent
    sqs = aws.client("sqs")
    assert not sqs.receive_message(
        QueueUrl=sqs.get_queue_url(QueueName=queue.dead_letter_name("dev"))["QueueUrl"]
    ).get("Messages"), "they are hidden for a minute"
    aws.come_back()
    assert operator.api.post(REDRIVE.format(queue.key), {}).data == {"moved": 3, "is_done": True}
    assert set(ids(aws.messages(queue))) == set(sent), "twice at most, under the same ids"
    assert aws.dead_letters(queue) == []


def test_while_the_queue_service_is_away_nothing_is_moved(aws: LocalAws, operator: Person) -> None:
    sent = letters(aws, queues.MAIL, 2)
    with aws.away():
        assert operator.api.post(REDRIVE.format("mail"), {}).code == "UNAVAILABLE"
        assert operator.api.get(DEAD_LETTERS.format("mail")).code == "UNAVAILABLE"
    assert sorted(ids(aws.dead_letters(queues.MAIL))) == sorted(sent)


def test_two_operators_at_once_send_each_once(aws: LocalAws, operator: Person) -> None:
    sent = letters(aws, queues.MAIL, 40)
    replies = at_once(2, lambda _: operator.api.post(REDRIVE.format("mail"), {}))
    assert sum(reply.data["moved"] for reply in replies) == 40
    assert sorted(ids(aws.messages(queues.MAIL))) == sorted(sent)


def test_of_a_fifo_queue_one_behind_others_may_take_another_call(aws: LocalAws, operator: Person) -> None:
    sent = letters(aws, queues.TELEMETRY, 3)
    reply = operator.api.post(REDRIVE.format("telemetry"), {"message_ids": [sent[2]]})
    assert reply.data == {"moved": 1, "is_done": True}
    reply = operator.api.post(REDRIVE.format("telemetry"), {"message_ids": [str(uuid7())]})
    assert reply.data == {"moved": 0, "is_done": False}
    assert operator.api.post(REDRIVE.format("telemetry"), {}).data == {"moved": 2, "is_done": True}


def test_an_unknown_queue_is_not_found(operator: Person) -> None:
    assert operator.api.get(DEAD_LETTERS.format("nothing")).code == "NOT_FOUND"
    assert operator.api.post(REDRIVE.format("nothing"), {}).code == "NOT_FOUND"


# --- switches ---


def test_an_operator_switches_off_for_all_and_an_admin_for_their_school(
    world: World, school: UUID, admin: Person, operator: Person, owner: Any
) -> None:
    other = world.school()
    assert switches.is_on("llm")
    assert switches.is_on("llm", school)
    path = f"/v1/schools/{school}/switches/llm"
    paused = admin.api.put(path, {"is_on": False}).data
    assert (paused["name"], paused["is_on"]) == ("llm", False)
    assert [switches.is_on("llm", each) for each in (school, other, None)] == [False, True, True]
    assert switches.is_on("mail", school)
    operator.api.put("/v1/operations/switches/llm", {"is_on": False})
    assert not switches.is_on("llm", other)
    operator.api.put("/v1/operations/switches/llm", {"is_on": True})
    assert [switches.is_on("llm", each) for each in (school, other)] == [False, True]
    assert admin.api.put(path, {"is_on": True}).data["is_on"] is True
    assert switches.is_on("llm", school)
    assert admin.api.put(path, {"is_on": True}).status == 200, "again, which changes nothing"
    owner.execute("SELECT school_id, actor_id, details FROM audit_entries ORDER BY id")
    assert owner.fetchall() == [
        (school, admin.id, {"switch": "llm", "is_on": False}),
        (None, operator.id, {"switch": "llm", "is_on": False}),
        (None, operator.id, {"switch": "llm", "is_on": True}),
        (school, admin.id, {"switch": "llm", "is_on": True}),
    ]


def test_a_switch_is_read_in_any_transaction(world: World, school: UUID, admin: Person) -> None:
    admin.api.put(f"/v1/schools/{school}/switches/photos", {"is_on": False})
    with store.transaction():
        entering.as_worker(world.school())
        assert not switches.is_on("photos", school), "whatever school it has entered"
    listed = admin.api.get(f"/v1/schools/{school}/switches").data
    assert [switch["name"] for switch in listed if not switch["is_on"]] == ["photos"]


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TIZA_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
        patch.setenv("TIZA_DATABASE_WAIT_SECONDS", "0.1")
        settings.reset()
        store.forget()
        yield
    settings.reset()
    store.forget()


@pytest.mark.usefixtures("no_database")
def test_a_switch_that_cannot_be_read_counts_as_off() -> None:
    assert not switches.is_on("llm")


def test_an_unknown_switch_is_not_found(school: UUID, admin: Person, operator: Person) -> None:
    assert operator.api.put("/v1/operations/switches/light", {"is_on": False}).code == "NOT_FOUND"
    assert admin.api.put(f"/v1/schools/{school}/switches/light", {"is_on": False}).code == "NOT_FOUND"
    with pytest.raises(ValueError, match="light"):
        switches.is_on("light")


def test_without_a_where_no_other_schools_switch_is_read_or_set(
    world: World, school: UUID, operator: Person, owner: Any
) -> None:
    for path in ("operations", f"schools/{school}", f"schools/{world.school()}"):
        operator.api.put(f"/v1/{path}/switches/mail", {"is_on": False})
    with world.inside(school):
        assert {switch.school_id for switch in Switch.select()} == {None, school}
        Switch.update(is_on=True).execute()
    owner.execute("SELECT school_id FROM switches WHERE is_on")
    assert owner.fetchall() == [(school,)]


# --- costs ---


def test_costs_are_summed_by_day_month_and_item(
    world: World, school: UUID, admin: Person, operator: Person, owner: Any
) -> None:
    other = world.school()
    for each in (school, other):
        with world.inside(each):
            costs.add(each, "mail", 3, 300)
            costs.add(each, "mail", 1, 100)
            costs.add(each, "llm.small", 1, 9000)
    today = costs.today()
    first, before = today.replace(day=1), today.replace(day=1) - timedelta(days=1)
    for day in {first, before} - {today}:
        owner.execute(
            "INSERT INTO costs (id, school_id, day, item, calls, micro_usd)"
            " VALUES (%s, %s, %s, 'mail', 7, 700)",
            (str(uuid7()), str(school), day),
        )
    spent = admin.api.get(f"/v1/schools/{school}/costs").data
    earlier = 0 if first == today else 7
    assert spent["today"] == {"calls": 5, "micro_usd": 9400}
    assert spent["month"] == {"calls": 5 + earlier, "micro_usd": 9400 + 100 * earlier}
    assert [item["item"] for item in spent["items"]] == ["llm.small", "mail"]
    assert spent["items"][1]["today"] == {"calls": 4, "micro_usd": 400}
    assert operator.api.get(f"/v1/schools/{other}/costs").data["month"] == {"calls": 5, "micro_usd": 9400}
    assert admin.api.get(f"/v1/schools/{other}/costs").code == "NOT_FOUND"
    owner.execute("SELECT school_id, actor_id FROM audit_entries WHERE action = 'school.costs_viewed'")
    assert owner.fetchall() == [(other, operator.id)]


def test_of_many_who_count_at_once_none_is_lost(world: World, school: UUID, owner: Any) -> None:
    def add(_: int) -> Any:
        for item in ("mail", "llm.small"):
            with store.transaction():
                entering.as_worker(school)
                costs.add(school, item, 1, 10)
                costs.add(None, item, 1, 10)

    at_once(8, add)
    owner.execute("SELECT school_id IS NULL, item, calls, micro_usd FROM costs ORDER BY 1, 2")
    assert owner.fetchall() == [
        (is_platform, item, 8, 80) for is_platform in (False, True) for item in ("llm.small", "mail")
    ]


def test_without_a_where_no_other_school_is_read(world: World, school: UUID) -> None:
    other = world.school()
    for each in (school, other):
        with world.inside(each):
            costs.add(each, "mail", 1, 100)
    with world.inside(school):
        assert {cost.school_id for cost in Cost.select()} == {school}
