"""Faults around a running Tiza: Postgres killed and started again, connections cut, clients that go away.

What is held: 503 with `Retry-After` at worst, never 500; well again afterwards; nothing half-written, and
nothing twice for who sends the same request again under the same key.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import httpx
import psycopg2
import pytest

from chalicelib import settings, tokens
from chalicelib.store import database as store
from tests.integration.accounts.conftest import PIN, Person, World
from tests.support.client import ApiClient
from tests.support.live import Live, served
from tests.support.running import until

ANSWER = {"problem": "503 - 278", "answer": "335"}
# Each attempt has its diagnosis; the moves of a skill are counted without a gap, and the last is the state.
HALF_WRITTEN = """
    SELECT 'attempt without diagnosis' FROM attempts a
        WHERE NOT EXISTS (SELECT 1 FROM diagnoses d WHERE d.attempt_id = a.id AND d.is_current)
    UNION ALL SELECT 'attempt that was not counted' FROM attempts a
        WHERE NOT EXISTS (SELECT 1 FROM attempt_skills s WHERE s.attempt_id = a.id)
    UNION ALL SELECT 'mastery that does not follow' FROM mastery m
        WHERE m.seq <> (SELECT count(*) FROM attempt_skills s
            WHERE (s.student_id, s.skill_id) = (m.student_id, m.skill_id))
        OR m.p_known <> (SELECT s.p_known FROM attempt_skills s
            WHERE (s.student_id, s.skill_id, s.seq) = (m.student_id, m.skill_id, m.seq))
    UNION ALL SELECT 'key without its attempt' FROM idempotency_records r
        WHERE NOT EXISTS (SELECT 1 FROM attempts a WHERE a.id = (r.body::json -> 'data' ->> 'id')::uuid)
"""


class Pupil:
    """A student who is signed in to the server at `url`."""

    def __init__(self, url: str, token: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60, headers={"Authorization": f"Bearer {token}"})

    def submit(self, key: str) -> httpx.Response:
        return self.http.post("/v1/attempts", json=ANSWER, headers={"Idempotency-Key": key})


def rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    """What `sql` finds, for the owner."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def attempts(url: str) -> int:
    return int(rows(url, "SELECT count(*) FROM attempts")[0][0])


def is_unavailable(reply: httpx.Response) -> bool:
    """Whether it is the 503 that tells when to come again; anything else but success is a failure."""
    if reply.status_code < 300:
        return False
    assert reply.status_code == 503, reply.text
    assert reply.json()["error"]["code"] == "UNAVAILABLE"
    assert int(reply.headers["Retry-After"]) > 0
    return True


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    live = Live(tmp_path_factory.mktemp("live"), wait=2)
    try:
        yield live
        assert "Traceback" not in live.log
    finally:
        live.end()


@pytest.fixture
def pupil(live: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pupil]:
    """A student of the live server's database who has just signed in there."""
    import app

    monkeypatch.setenv("TIZA_DATABASE_URL", live.app_url)
    settings.reset()
    store.forget()
    make = World(ApiClient(app.app))
    school = make.school()
    student = make.person(school, "student")
    body = {
        "class_code": make.classroom(school, (student, "student")).code,
        "username": student.username,
        "pin": PIN,
    }
    store.forget()
    signed_in = httpx.post(f"{live.url}/v1/auth/login", json=body, timeout=60)
    assert signed_in.status_code == 200, signed_in.text
    pupil = Pupil(live.url, signed_in.json()["data"]["access_token"])
    with pupil.http:
        yield pupil
    monkeypatch.undo()
    settings.reset()


def test_postgres_killed_between_two_requests(live: Live, pupil: Pupil) -> None:
    first = pupil.submit("before")
    assert first.status_code == 201
    live.kill_postgres()
    assert is_unavailable(pupil.submit("while it is away"))
    assert is_unavailable(pupil.http.get("/v1/me"))
    assert is_unavailable(pupil.http.get("/ready"))
    assert pupil.http.get("/health").status_code == 200
    live.start_postgres()
    until(lambda: not is_unavailable(pupil.http.get("/v1/me")))
    assert pupil.submit("before").content == first.content
    assert pupil.submit("while it is away").status_code == 201
    assert attempts(live.owner_url) == 2
    assert rows(live.owner_url, HALF_WRITTEN) == []


def test_a_request_waits_for_postgres_to_come_back(live: Live, pupil: Pupil) -> None:
    live.kill_postgres()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(pupil.http.get, "/v1/me")
        live.start_postgres()
        is_unavailable(waiting.result())  # or served, when it was back in time; nothing else
    until(lambda: not is_unavailable(pupil.http.get("/v1/me")))


def test_postgres_killed_in_the_middle_of_a_request(live: Live, pupil: Pupil) -> None:
    before = attempts(live.owner_url)
    holder = psycopg2.connect(live.owner_url)
    holder.cursor().execute("LOCK TABLE mastery")
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(pupil.submit, "cut")
        until(lambda: bool(rows(live.owner_url, "SELECT 1 FROM pg_locks WHERE NOT granted")))
        live.kill_postgres()
        assert is_unavailable(answer.result())
    holder.close()
    live.start_postgres()
    assert attempts(live.owner_url) == before
    until(lambda: not is_unavailable(pupil.submit("cut")))
    assert attempts(live.owner_url) == before + 1
    assert rows(live.owner_url, HALF_WRITTEN) == []


def test_what_is_sent_again_until_it_succeeds_is_done_once(live: Live, pupil: Pupil) -> None:
    before, done = attempts(live.owner_url), threading.Event()

    def work() -> int:
        """Submit one answer after the other, each until it is taken; how many."""
        count = 0
        while not done.is_set() or count == 0:
            key = uuid4().hex
            until(lambda key=key: not is_unavailable(pupil.submit(key)))
            count += 1
        return count

    with ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(work) for _ in range(4)]
        try:
            for number in range(2):
                until(lambda number=number: attempts(live.owner_url) > before + 4 * number)
                live.kill_postgres()
                live.start_postgres()
        finally:
            done.set()
        total = sum(worker.result() for worker in workers)
    assert attempts(live.owner_url) == before + total
    assert rows(live.owner_url, HALF_WRITTEN) == []


def test_connections_that_the_server_drops_are_replaced(live: Live, pupil: Pupil) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            replies = list(pool.map(lambda _: pupil.http.get("/v1/me"), range(16)))
            assert {reply.status_code for reply in replies} == {200}
            idle = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'tiza_app'"
            assert rows(live.owner_url, idle)[0][0] > 0


@pytest.fixture
def here(database: str) -> Iterator[str]:
    """The address of a server in this process."""
    with served() as url:
        yield url


@pytest.fixture
def student(client: ApiClient) -> Person:
    make = World(client)
    return make.person(make.school(), "student")


@pytest.fixture
def talker(here: str, student: Person) -> Iterator[Pupil]:
    """A student at that server."""
    pupil = Pupil(here, tokens.issue(student.id, 1))
    with pupil.http:
        yield pupil


@contextmanager
def table_locked(url: str, table: str) -> Iterator[None]:
    """While this lasts, whoever reads `table` waits."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table}")
        yield


def test_more_slow_requests_than_connections(
    database: str, talker: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections, beyond = settings.get().database_connections, 8
    monkeypatch.setattr(store, "POOL_WAIT_SECONDS", 1)
    store.forget()
    with ThreadPoolExecutor(connections + beyond) as pool:
        with table_locked(database, "skills"):
            pending = [pool.submit(talker.http.get, "/v1/skills") for _ in range(connections + beyond)]
            until(lambda: sum(each.done() for each in pending) == beyond)
            refused = [each.result() for each in pending if each.done()]
            assert all(map(is_unavailable, refused))
        served_late = [each.result() for each in pending if each.result() not in refused]
    assert [reply.status_code for reply in served_late] == [200] * connections
    assert talker.http.get("/v1/skills").status_code == 200


@pytest.mark.parametrize("limit", ["lock_timeout", "statement_timeout"])
def test_a_request_that_waits_too_long_in_the_database(database: str, talker: Pupil, limit: str) -> None:
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as owner:
        name = connection.info.dbname
        owner.execute(f"ALTER ROLE tiza_app IN DATABASE {name} SET {limit} = '300ms'")
        connection.commit()
    store.forget()
    with table_locked(database, "mastery"):
        assert is_unavailable(talker.submit("slow"))
    assert attempts(database) == 0
    assert talker.submit("slow").status_code == 201


def test_a_request_that_is_a_deadlocks_victim_twice(owner: Any, database: str, talker: Pupil) -> None:
    owner.execute(
        "CREATE FUNCTION victim() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE deadlock_detected; END $$;"
        "CREATE TRIGGER victim BEFORE INSERT ON attempts FOR EACH ROW EXECUTE FUNCTION victim()"
    )
    assert is_unavailable(talker.submit("victim"))
    owner.execute("DROP TRIGGER victim ON attempts")
    assert attempts(database) == 0
    assert talker.submit("victim").status_code == 201


@pytest.mark.parametrize("sent", [10, -3, None])
def test_a_client_that_goes_away(database: str, talker: Pupil, sent: int | None) -> None:
    """After ten bytes, three bytes before the end, or without waiting for the answer."""
    request = talker.http.build_request(
        "POST", "/v1/attempts", json=ANSWER, headers={"Idempotency-Key": "gone"}
    )
    lines = ["POST /v1/attempts HTTP/1.1", *(f"{name}: {value}" for name, value in request.headers.items())]
    whole = "\r\n".join([*lines, "", ""]).encode() + request.read()
    for _ in range(3):
        with socket.create_connection((request.url.host, request.url.port or 0)) as connection:
            connection.sendall(whole[:sent])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # resets it
    if sent is None:
        until(lambda: attempts(database) == 1)
    until(lambda: talker.submit("gone").status_code != 409)
    assert talker.submit("gone").status_code == 201
    assert attempts(database) == 1
    assert rows(database, HALF_WRITTEN) == []
