"""The developer's Postgres: shared, ended by the last to leave, healed after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from dev import postgres
from dev.cluster import PostgresError
from tests.support.running import CHECKOUT, left_in, until


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A home for a server; nothing may be left running in it."""
    home = tmp_path / "home"
    yield home
    until(lambda: left_in(home) == [])


def query(url: str, statement: str) -> Any:
    """The first value that `statement` returns, if any; committed."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None


def postmaster(place: Path) -> int:
    return int((place / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def kill(pid: int) -> None:
    """`kill -9`, and wait until the process is gone."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def user_process(place: Path) -> subprocess.Popen[str]:
    """Another process that uses the server of `place` until it is killed."""
    program = """
        import sys, pathlib, time
        from dev import postgres
        server = postgres.start(pathlib.Path(sys.argv[1]), durable=False)
        print("started", flush=True)
        time.sleep(600)
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(place)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    process.stdout.close()
    return process


def test_the_last_to_leave_stops_the_server(place: Path) -> None:
    first = postgres.start(place, durable=False)
    second = postgres.start(place)
    first.stop()
    assert query(second.owner_url, "SELECT 1") == 1
    second.stop()
    assert left_in(place) == []


def test_data_outlast_a_stop(place: Path) -> None:
    with postgres.start(place, durable=False) as server:
        query(server.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    with postgres.start(place, durable=False) as server:
        assert query(server.owner_url, "SELECT answer FROM kept") == 42


def test_the_owner_may_do_what_an_owner_may_on_neon_and_no_more(place: Path) -> None:
    with postgres.start(place, durable=False) as server:
        assert query(server.owner_url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        query(server.owner_url, "CREATE ROLE tiza_app LOGIN")
        query(server.owner_url, "CREATE DATABASE other")
        assert query(server.url("other"), "SELECT current_database()") == "other"
        assert query(server.app_url, "SELECT current_user") == "tiza_app"


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_only_tests_trade_safety_for_speed(place: Path, durable: bool, fsync: str) -> None:
    with postgres.start(place, durable=durable) as server:
        assert query(server.owner_url, "SHOW fsync") == fsync


def test_a_killed_user_takes_the_server_with_it_unless_another_is_left(place: Path) -> None:
    with postgres.start(place, durable=False) as server:
        other = user_process(place)
        other.kill()
        other.wait()
        assert query(server.owner_url, "SELECT 1") == 1
    alone = user_process(place)
    alone.kill()
    alone.wait()
    until(lambda: left_in(place) == [])


def test_a_server_whose_holders_were_killed_is_found_again(place: Path) -> None:
    first = postgres.start(place, durable=False)
    query(first.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    before = postmaster(place)
    first._holder.kill()
    first.stop()
    with postgres.start(place, durable=False) as second:
        assert postmaster(place) == before
        assert query(second.owner_url, "SELECT answer FROM kept") == 42


def test_a_server_that_was_killed_too_recovers_what_was_committed(place: Path) -> None:
    first = postgres.start(place)
    query(first.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    with closing(psycopg2.connect(first.owner_url)) as connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (43)")  # never committed
        first._holder.kill()
        kill(postmaster(place))
    first.stop()
    with postgres.start(place) as second:
        assert query(second.owner_url, "SELECT array_agg(answer) FROM kept") == [42]


def test_a_server_that_does_not_answer_any_more_is_replaced(place: Path) -> None:
    first = postgres.start(place, durable=False)
    first._holder.kill()
    first.stop()
    frozen = postmaster(place)
    os.kill(frozen, signal.SIGSTOP)
    with postgres.start(place, durable=False) as second:
        assert postmaster(place) != frozen
        assert query(second.owner_url, "SELECT 1") == 1


def test_a_pid_file_that_names_somebody_elses_process_is_not_believed(place: Path) -> None:
    postgres.start(place, durable=False).stop()
    data = place / "postgres"
    lines = [str(os.getpid()), str(data), "0", "5432", str(data), "", " 1 1", "ready"]
    (data / "postmaster.pid").write_text("\n".join(lines))
    with postgres.start(place, durable=False) as server:
        assert query(server.owner_url, "SELECT 1") == 1


@pytest.mark.parametrize("name", ["d" * 120, "with a space, a comma, 'quotes\" and 100 %"])
def test_the_path_of_the_checkout_does_not_matter(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    with postgres.start(place, durable=False) as server:
        assert query(server.owner_url, "SELECT 1") == 1
    assert left_in(place) == []


def test_a_cluster_of_another_version_is_refused_with_a_word(place: Path) -> None:
    postgres.start(place, durable=False).stop()
    (place / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(PostgresError, match="is of Postgres 15"):
        postgres.start(place, durable=False)


def test_what_a_broken_cluster_says_is_passed_on(place: Path) -> None:
    postgres.start(place, durable=False).stop()
    (place / "postgres" / "global" / "pg_control").unlink()
    with pytest.raises(PostgresError, match="pg_control"):
        postgres.start(place, durable=False)


def test_a_half_made_cluster_is_made_anew(place: Path) -> None:
    (place / "postgres.new" / "base").mkdir(parents=True)
    with postgres.start(place, durable=False) as server:
        assert query(server.owner_url, "SELECT 1") == 1


def test_stop_leaves_a_server_in_use_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_HOME", str(place))
    assert postgres.main(["stop"]) == 0  # there is none
    server = postgres.start(place, durable=False)
    assert postgres.main(["stop"]) == 1
    server._holder.kill()
    server.stop()
    assert postgres.main(["stop"]) == 0
    assert left_in(place) == []


def test_an_unknown_command_is_explained() -> None:
    assert postgres.main(["dance"]) == 2
