"""Many at once: five thousand events and five hundred mails, counted at both ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from chalicelib import queues
from chalicelib.edge import work
from chalicelib.message import Message
from chalicelib.services import mail
from chalicelib.store.database import transaction
from chalicelib.store.ids import uuid7
from dev.bench.stage import api_event
from dev.runner import Runner
from tests.support.aws import LocalAws

EVENTS = 5_000
EVENTS_A_CALL = 100
MAILS = 500
AT_ONCE = 4

pytestmark = pytest.mark.no_cover  # thousands of runs of what other tests count

USERS = """
    WITH school AS (
        INSERT INTO schools
            (id, name, time_zone, holidays, age_of_consent, plan, languages, created_at, updated_at)
        VALUES (gen_random_uuid(), 'Bulk', 'UTC', '[]', 16, 'free', '["en"]', now(), now()) RETURNING id
    )
    INSERT INTO users
        (id, school_id, role, status, name, locale, email, username, token_version, created_at, updated_at)
    SELECT gen_random_uuid(), school.id, %(role)s, 'active', 'Bulk', 'en',
        CASE WHEN %(role)s = 'student' THEN NULL ELSE 'bulk' || n || '@bulk.example' END,
        'bulk' || n, 1, now(), now()
    FROM school, generate_series(1, %(count)s) n
    RETURNING id::text
"""


@pytest.fixture
def people(database: str, owner: Any) -> Callable[[str, int], list[UUID]]:
    """Makes that many users of a role, in a school of their own."""

    def make(role: str, count: int) -> list[UUID]:
        owner.execute(USERS, {"role": role, "count": count})
        return [UUID(row[0]) for row in owner.fetchall()]

    return make


def drain(name: str) -> None:
    """Have everything in a worker's queue handled, by several at once, as Lambda does."""
    import app

    runner = Runner(app)
    worker: Any = next(worker for worker in app.workers.workers if worker.name == name)

    def poll(_: int) -> None:
        while runner.take(worker):
            continue

    with ThreadPoolExecutor(AT_ONCE) as pollers:
        list(pollers.map(poll, range(AT_ONCE)))


def test_of_five_thousand_events_none_is_lost_and_none_doubled(
    aws: LocalAws, owner: Any, people: Callable[[str, int], list[UUID]]
) -> None:
    import app

    students = people("student", 20)
    seen = {"kind": "exercise.opened", "occurred_at": datetime.now(UTC).isoformat(), "data": {"seconds": 3}}
    calls = []
    for number in range(EVENTS // EVENTS_A_CALL):
        events = [{**seen, "client_id": str(uuid4())} for _ in range(EVENTS_A_CALL)]
        caller = students[number % len(students)]
        calls.append(api_event("POST", "/v1/events", caller=caller, body={"events": events}))
    with ThreadPoolExecutor(AT_ONCE) as senders:
        statuses = set(senders.map(lambda event: app.app(event, None)["statusCode"], calls + calls[::5]))
    assert statuses == {202}
    drain("telemetry")
    owner.execute("SELECT count(*), count(DISTINCT (student_id, client_id)) FROM telemetry_events")
    assert owner.fetchone() == (EVENTS, EVENTS)
    assert aws.messages(queues.TELEMETRY) == aws.dead_letters(queues.TELEMETRY) == []


def test_of_five_hundred_mails_none_is_lost_and_none_doubled(
    aws: LocalAws, owner: Any, people: Callable[[str, int], list[UUID]]
) -> None:
    teachers = people("teacher", MAILS)
    with work.begun("bulk", "bulk", None):
        with transaction():
            for teacher in teachers[: MAILS // 2]:
                mail.send("reset_password", teacher)
        work.send_what_was_written()
    again = [
        Message(uuid7(), queues.MAIL.key, {"template": "reset_password", "user_id": str(teacher)}).body()
        for teacher in teachers[MAILS // 2 :]
    ]
    for body in again + again:  # each of these is delivered twice
        aws.send(queues.MAIL, body)
    drain("mail")
    while aws.messages(queues.MAIL):  # what met its twin at the same moment comes back
        aws.come_back()
        drain("mail")
    sent = [address for each in aws.mails() for address in each["Destination"]["ToAddresses"]]
    assert len(sent) == len(set(sent)) == MAILS
    assert aws.dead_letters(queues.MAIL) == []
