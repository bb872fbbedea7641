"""`make run`: one at a time, ended by one signal, healed after `kill -9`; bare `chalice local` beside it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.support.running import CHECKOUT, START_SECONDS, STOP_SECONDS, Running, free_port, left_in, until

pytestmark = pytest.mark.xdist_group("run")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home that the tests of this file share, so that it is migrated and seeded once."""
    place = tmp_path_factory.mktemp("run")
    yield place
    assert left_in(place) == []


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    """`make run`, ready to be used."""
    run = Running(home)
    try:
        run.wait_until_ready()
        yield run
    finally:
        run.end()
        until(lambda: left_in(home) == [])


def server_of(run: Running) -> psutil.Process:
    """The process that answers on its port."""
    for child in psutil.Process(run.process.pid).children(recursive=True):
        if "chalice" in " ".join(child.cmdline()) and "dev.leash" not in child.cmdline():
            return child
    raise AssertionError("there is no chalice local")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_all_of_it_quietly(home: Path, running: Running, sign: int) -> None:
    assert httpx.get(f"{running.url}/ready").status_code == 200
    assert running.end(sign) == 0
    assert running.log.rstrip().endswith("Stopped.")
    assert "Traceback" not in running.log
    assert left_in(home) == []


def test_a_signal_while_it_starts_ends_it_too(home: Path) -> None:
    run = Running(home)
    until(lambda: "Starting Postgres" in run.log)
    assert run.end() == 0, run.log
    assert "Traceback" not in run.log
    until(lambda: left_in(home) == [])


def test_a_second_start_says_where_the_first_is(home: Path, running: Running) -> None:
    command = [sys.executable, "-m", "dev.run", "--port", str(free_port())]
    environment = {**os.environ, "TIZA_HOME": str(home)}
    second = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert second.returncode == 1
    assert second.stderr == f"make run: it runs already in this checkout, at {running.url}\n"
    assert httpx.get(f"{running.url}/ready").status_code == 200


@pytest.mark.parametrize(
    ("port", "word"), [("taken", "make run PORT="), ("70000", "cannot be used"), ("-1", "cannot be used")]
)
def test_a_port_that_cannot_be_had_is_named(tmp_path: Path, port: str, word: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = str(other.getsockname()[1]) if port == "taken" else port
        result = subprocess.run(
            [sys.executable, "-m", "dev.run", f"--port={number}"],
            cwd=CHECKOUT, env={**os.environ, "TIZA_HOME": str(tmp_path)},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert result.returncode == 1
    assert f"port {number}" in result.stderr
    assert word in result.stderr


def test_nothing_outlives_a_killed_run_and_the_next_one_starts(home: Path, running: Running) -> None:
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    until(lambda: left_in(home) == [])
    again = Running(home)
    again.wait_until_ready()
    assert httpx.get(f"{again.url}/ready").status_code == 200
    assert again.end() == 0


def test_a_run_that_was_killed_whole_is_healed(home: Path, running: Running) -> None:
    processes = psutil.Process(running.process.pid).children(recursive=True)
    for process in [psutil.Process(running.process.pid), *processes]:
        process.kill()
    running.process.wait()
    again = Running(home)
    again.wait_until_ready()
    assert httpx.get(f"{again.url}/ready").status_code == 200
    assert again.end() == 0


def test_when_the_server_dies_the_run_ends_and_says_so(home: Path, running: Running) -> None:
    server_of(running).kill()
    assert running.process.wait(30) == 1
    assert "make run: the server ended with code 137." in running.log
    until(lambda: left_in(home) == [])


@contextlib.contextmanager
def bare_chalice(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`chalice local` as a developer types it, with its automatic reload."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("chalice"), "local", "--port", str(port)],
        cwd=CHECKOUT, env={**os.environ, "TIZA_HOME": str(home)}, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        # A shell that runs the tests in the background has them, and what they start, ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (one thread)
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def said_by(chalice: subprocess.Popen[str]) -> str:
    """All that it said until it ended."""
    output, _ = chalice.communicate(timeout=STOP_SECONDS)
    assert "Traceback" not in output
    return output


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=10) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def test_bare_chalice_local_serves_the_same_beside_it_and_after_it(home: Path, running: Running) -> None:
    port = free_port()
    with bare_chalice(home, port) as chalice:
        until(lambda: answers(port))
        assert running.end() == 0
        assert answers(port)  # the database is still held
        os.killpg(chalice.pid, signal.SIGINT)
        assert "Restarting" not in said_by(chalice)  # it does not mistake the database's files for sources
    until(lambda: left_in(home) == [])


def test_bare_chalice_local_before_the_first_make_run_says_what_to_do(tmp_path: Path) -> None:
    with bare_chalice(tmp_path, free_port()) as chalice:
        assert "Run `make run` once" in said_by(chalice)
    until(lambda: left_in(tmp_path) == [])


def test_a_taken_port_ends_bare_chalice_local_with_a_word(home: Path, running: Running) -> None:
    with bare_chalice(home, running.port) as chalice:
        output = said_by(chalice)
    assert "chalice local cannot start" in output
    assert "in use" in output


def test_a_changed_source_starts_the_server_again(home: Path, tmp_path: Path) -> None:
    """On a copy of the checkout: this one is not to be touched."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in ("app.py", "chalicelib", "dev", ".chalice"):
        subprocess.run(["cp", "-R", CHECKOUT / name, copy / name], check=True)
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as sink:
        run = subprocess.Popen(
            [sys.executable, "-m", "dev.run", "--port", str(port)],
            cwd=copy, start_new_session=True, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
            env={**os.environ, "TIZA_HOME": str(home)},
        )  # fmt: skip
    until(lambda: answers(port) or run.poll() is not None, START_SECONDS)
    assert run.poll() is None, log.read_text()
    (copy / "app.py").write_text((copy / "app.py").read_text() + "\nraise RuntimeError('broken')\n")
    until(lambda: "it starts again when a source changes" in log.read_text())
    assert not answers(port)
    text = (copy / "app.py").read_text().replace("\nraise RuntimeError('broken')\n", "")
    (copy / "app.py").write_text(text)
    until(lambda: answers(port))
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(STOP_SECONDS) == 0
    assert log.read_text().count("A source has changed") == 2
    until(lambda: left_in(home) == [])
