"""What happens after the answer: messages, photos, schedules and faults, in the running product."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from dev import reader
from tests.e2e.demo import tokens
from tests.support.pictures import SAMPLE_LINES
from tests.support.running import CHECKOUT, Running, until


class Person:
    """Somebody of the demo school at a frontend."""

    def __init__(self, running: Running, role: str) -> None:
        self._headers = {"Authorization": f"Bearer {tokens(running)[role]}"}
        self._url = running.url

    def call(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """The `data` of the answer, which must have this `status`."""
        reply = httpx.request(method, self._url + path, json=body, headers=self._headers, timeout=60)
        assert reply.status_code == status, reply.text
        return reply.json()["data"] if reply.text else None


@pytest.fixture
def student(running: Running) -> Person:
    return Person(running, "student")


@pytest.fixture
def operator(running: Running) -> Person:
    return Person(running, "operator")


def handled(running: Running, worker: str, correlation_id: str) -> list[dict[str, Any]]:
    """The lines of records that a worker has handled for that request."""
    wanted = (worker, correlation_id, "handled")
    return [
        line
        for line in running.events("record")
        if (line["worker"], line.get("correlation_id"), line["outcome"]) == wanted
    ]


def test_a_mail_can_be_followed_from_the_request_to_the_worker(running: Running) -> None:
    body = {"email": "parent@tiza.example"}
    reply = httpx.post(f"{running.url}/v1/auth/password/forgot", json=body, timeout=60)
    assert reply.status_code == 202
    until(lambda: len(handled(running, "mail", reply.headers["X-Request-Id"])) == 1)


def test_telemetry_is_stored_once_however_often_it_is_sent(running: Running, student: Person) -> None:
    seen = {"kind": "hint.opened", "occurred_at": datetime.now(UTC).isoformat(), "data": {"hint": 1}}
    events = [{**seen, "client_id": str(uuid4())} for _ in range(20)]
    before = len(running.events("record"))
    for _ in range(3):
        assert student.call("POST", "/v1/events", {"events": events}, 202) == {"accepted": 20}

    def telemetry() -> int:
        return sum(line["worker"] == "telemetry" for line in running.events("record")[before:])

    until(lambda: telemetry() == 3)
    sent = {event["client_id"] for event in events}
    rows = student.call("GET", "/v1/me/export?section=telemetry&limit=100")
    assert sorted(row["values"]["client_id"] for row in rows if row["values"]["client_id"] in sent) == sorted(
        sent
    )


def test_a_photo_goes_from_the_telephone_to_mastery(running: Running, student: Person) -> None:
    """The sample photo by `make photo`, whose way is a frontend's.

    It is read by the reader that needs no account; where there is none, the photo waits, and that is said.
    """
    environment = {**os.environ, "TIZA_HOME": str(running.home)}
    command = [sys.executable, "-m", "dev.hand_in"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False, timeout=200
    )
    (photo, *_) = student.call("GET", "/v1/photos?status=checked")
    found = student.call("GET", f"/v1/photos/{photo['id']}")
    thumbnail = httpx.get(found["files"]["thumbnail_url"], timeout=60)
    assert thumbnail.content.startswith(b"\xff\xd8\xff")
    if reader.missing():
        assert (done.returncode, found["reading_reason"]) == (1, "not_set_up")
        assert done.stderr.strip() == found["reading_reason_text"]
        return
    assert done.returncode == 0, done.stderr
    told = [line.split("    ") for line in done.stdout.splitlines()]
    assert ["".join(work.split()) for work, _ in told] == ["".join(line.split()) for line in SAMPLE_LINES]
    assert [verdict for _, verdict in told[:2]] == ["incorrect: Smaller from larger", "correct"]
    made = [student.call("GET", f"/v1/attempts/{line['attempt_id']}") for line in found["lines"]]
    moved = {step["skill_id"] for attempt in made for step in attempt["mastery"]}
    mastery = student.call("GET", f"/v1/students/{found['student_id']}/mastery")
    assert moved
    assert moved <= {skill["skill_id"] for skill in mastery["skills"]}


def test_an_operator_sees_queues_and_schedules(operator: Person) -> None:
    def status() -> Any:
        return operator.call("GET", "/v1/operations/status")

    assert {queue["queue"] for queue in status()["queues"]} >= {"mail", "telemetry", "uploads"}
    until(lambda: status()["outbox"]["waiting"] == 0, 60)  # what seeding wrote is swept at first


def fire(running: Running, worker: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dev.fire", worker],
        cwd=CHECKOUT,
        env={**os.environ, "TIZA_HOME": str(running.home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("worker", ["sweep", "alerts", "cleanup", "digest"])
def test_a_schedule_is_fired_by_hand(running: Running, worker: str) -> None:
    fired = fire(running, worker)
    assert fired.returncode == 0, fired.stderr + fired.stdout
    assert fired.stdout.splitlines()[-1].startswith(("{", "null"))


def test_a_schedule_that_there_is_not_is_refused(running: Running) -> None:
    fired = fire(running, "nothing")
    assert fired.returncode == 2
    assert "sweep" in fired.stderr


def test_the_alerts_of_the_demo_school_are_there(running: Running) -> None:
    fire(running, "alerts")
    teacher = Person(running, "teacher")
    assert teacher.call("GET", "/v1/alerts?status=open")
