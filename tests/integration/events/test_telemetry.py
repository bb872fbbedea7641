"""Telemetry: one call is one message, and each event is stored once, for who sent it."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

import app
from chalicelib import queues
from chalicelib.aws import queues as sqs
from chalicelib.caller import Caller
from chalicelib.edge import relay
from chalicelib.errors import PayloadTooLargeError
from chalicelib.message import Message, read
from chalicelib.queues import Queue
from chalicelib.schemas.events import EventBatch
from chalicelib.services import telemetry
from chalicelib.store import database as store
from chalicelib.store import entering, handled
from chalicelib.store.models.telemetry import TelemetryEvent
from dev.runner import Runner
from tests.integration.accounts.conftest import Person, World
from tests.support.aws import LocalAws
from tests.support.client import ApiClient, Reply
from tests.support.surface import drain

WORKER = next(worker for worker in app.workers.workers if worker.queue == queues.TELEMETRY)


@pytest.fixture
def world(aws: LocalAws, client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def school(world: World) -> UUID:
    return world.school()


@pytest.fixture
def student(world: World, school: UUID) -> Person:
    return world.person(school, "student")


def event(**fields: Any) -> dict[str, Any]:
    given = {
        "client_id": str(uuid4()),
        "kind": "exercise.opened",
        "occurred_at": datetime.now(UTC).isoformat(),
    }
    return {**given, **fields}


def moment(from_now: timedelta) -> str:
    return (datetime.now(UTC) + from_now).isoformat()


def send(person: Person, *events: dict[str, Any]) -> Reply:
    return person.api.post("/v1/events", {"events": list(events)})


def stored(owner: Any) -> list[tuple[Any, ...]]:
    owner.execute(
        "SELECT student_id::text, client_id::text, kind, data FROM telemetry_events ORDER BY occurred_at"
    )
    return list(owner.fetchall())


def test_a_call_is_one_message_and_its_events_are_stored(student: Person, aws: LocalAws, owner: Any) -> None:
    events = [
        event(data={"seconds": 1.5, "tries": number, "hard": None, "new": True}) for number in range(100)
    ]
    reply = send(student, *events)
    assert (reply.status, reply.data) == (202, {"accepted": 100})
    (message,) = aws.messages(queues.TELEMETRY)
    assert message["payload"]["student_id"] == str(student.id)
    owner.execute("SELECT count(*) FROM outbox")
    assert owner.fetchone() == (0,)

    drain(Runner(app), WORKER)
    rows = stored(owner)
    assert [(row[0], row[1]) for row in rows] == [(str(student.id), each["client_id"]) for each in events]
    assert rows[7][2:] == ("exercise.opened", {"seconds": 1.5, "tries": 7, "hard": None, "new": True})
    assert aws.messages(queues.TELEMETRY) == []


def test_messages_of_a_student_are_one_group_and_carry_their_own_key(
    student: Person, world: World, school: UUID, aws: LocalAws
) -> None:
    other = world.person(school, "student")
    for person in (student, student, other):
        send(person, event())
    received = [message for _ in range(3) for message in aws.receive(queues.TELEMETRY)]
    groups = [message["Attributes"]["MessageGroupId"] for message in received]
    assert sorted(set(groups)) == sorted([str(student.id), str(other.id)])
    for message in received:
        assert message["Attributes"]["MessageDeduplicationId"] == str(read(message["Body"]).id)


def test_an_event_that_is_sent_twice_is_stored_once(student: Person, owner: Any) -> None:
    one, two, three = event(), event(), event()
    send(student, one, two, two)
    send(student, two, three)
    drain(Runner(app), WORKER)
    assert [row[1] for row in stored(owner)] == [each["client_id"] for each in (one, two, three)]


def test_two_students_may_use_the_same_key(student: Person, world: World, school: UUID, owner: Any) -> None:
    same = event()
    for person in (student, world.person(school, "student")):
        send(person, same)
    drain(Runner(app), WORKER)
    assert len(stored(owner)) == 2


def test_a_message_that_is_handled_three_times_at_once_has_one_effect(
    student: Person, aws: LocalAws, owner: Any
) -> None:
    send(student, event(), event())
    message = read(aws.receive(queues.TELEMETRY)[0]["Body"])

    def handle(_: int) -> None:
        def once() -> None:
            if handled.first_time("telemetry", message.id):
                telemetry.store(message)

        store.run(once)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(handle, range(3)))
    assert len(stored(owner)) == 2


def test_while_the_queue_is_away_events_wait_in_the_outbox(
    student: Person, aws: LocalAws, owner: Any
) -> None:
    with aws.away("sqs"):
        assert send(student, event()).status == 202
        assert send(student, event()).status == 202
    owner.execute("SELECT kind, group_key FROM outbox")
    assert owner.fetchall() == [("telemetry", str(student.id))] * 2
    assert send(student, event()).status == 202  # behind the two: their order holds
    owner.execute("UPDATE outbox SET claimed_until = now()")
    relay.sweep()
    drain(Runner(app), WORKER)
    assert len(stored(owner)) == 3


def test_events_of_somebody_who_is_gone_by_now_are_dropped(
    student: Person, school: UUID, world: World, aws: LocalAws, owner: Any
) -> None:
    send(student, event())
    other = world.person(world.school(), "student")
    send(other, event())
    owner.execute("DELETE FROM users WHERE id = %s", (str(student.id),))
    owner.execute("DELETE FROM schools WHERE id <> %s", (str(school),))
    drain(Runner(app), WORKER)
    assert stored(owner) == []
    assert aws.messages(queues.TELEMETRY) == []


def test_a_message_cannot_put_events_into_another_school(student: Person, world: World, owner: Any) -> None:
    """Even one that names a student of one school and the id of another."""
    elsewhere = world.school()
    payload = {
        "student_id": str(student.id),
        "received_at": datetime.now(UTC).isoformat(),
        "events": [event()],
    }
    store.run(lambda: telemetry.store(Message(uuid4(), "telemetry", payload, elsewhere)))
    assert stored(owner) == []


def test_the_second_wall_holds(student: Person, world: World, owner: Any) -> None:
    send(student, event())
    drain(Runner(app), WORKER)
    stranger = world.person(world.school(), "teacher")
    with store.transaction():
        entering.by_user(stranger.id)
        assert list(TelemetryEvent.select().tuples()) == []
        assert TelemetryEvent.delete().execute() == 0
    assert len(stored(owner)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "Not A Slug"},
        {"kind": "k" * 65},
        {"client_id": "7"},
        {"occurred_at": "yesterday"},
        {"occurred_at": "2026-11-21T09:30:00"},
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": timedelta(days=-31)},
        {"occurred_at": timedelta(minutes=6)},
        {"student_id": str(uuid4())},
        {"data": {"text": "x" * 201}},
        {"data": {"nested": {"a": 1}}},
        {"data": {"listed": [1]}},
        {"data": {"Not a key": 1}},
        {"data": {f"k{number}": 1 for number in range(21)}},
        {"data": {"huge": 2**60}},
        {"data": {"nul": "\x00"}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_no_event_is_refused_and_nothing_of_the_call_is_taken(
    student: Person, aws: LocalAws, wrong: dict[str, Any]
) -> None:
    told = {name: moment(value) if isinstance(value, timedelta) else value for name, value in wrong.items()}
    reply = send(student, event(), event(**told))
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")
    assert reply.json["error"]["details"]["path"].startswith("$.events[1]")
    assert aws.messages(queues.TELEMETRY) == []


@pytest.mark.parametrize("count", [0, 101])
def test_a_call_has_1_to_100_events(student: Person, count: int) -> None:
    assert send(student, *(event() for _ in range(count))).status == 400


def test_a_call_that_is_larger_than_a_message_is_refused(student: Person, aws: LocalAws) -> None:
    """An é takes six bytes in a message."""
    events = [event(data={f"k{n}": "é" * 200 for n in range(20)}) for _ in range(12)]
    reply = send(student, *events)
    assert (reply.status, reply.code) == (413, "PAYLOAD_TOO_LARGE")
    assert reply.json["error"]["details"]["limit_bytes"] == telemetry.LARGEST_BYTES
    assert send(student, *events[:10]).status == 202
    assert len(aws.messages(queues.TELEMETRY)) == 1


def test_the_largest_call_that_is_taken_fits_into_a_message(student: Person, school: UUID) -> None:
    caller = Caller(student.id, school, "student", "en", "free")
    sizes = []

    def measured(queue: Queue, payload: dict[str, Any], **about: Any) -> None:
        message = Message(uuid4(), queue.key, payload, about["school_id"], "c" * 36)
        sizes.append(len(message.body().encode()))

    for length in range(150, 201):
        events = [event(data={f"k{n}": "x" * length for n in range(14)}) for _ in range(90)]
        body = msgspec.convert({"events": events}, EventBatch)
        with contextlib.suppress(PayloadTooLargeError):
            telemetry.accept(caller, body, measured)
    assert 0 < len(sizes) < 51
    assert 250 * 1024 < max(sizes) <= sqs.MOST_BYTES
