"""`make run`: Postgres with demo data and a local AWS, `chalice local` and the workers on them, until Ctrl-C.

All that this starts hangs on pipes of this process and ends with it, however it ends. Asked to end
(Ctrl-C, SIGTERM, SIGHUP) it exits with 0; with 1 where it cannot start or its server died.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.edge import local_reload
from dev import children, fire, pages, postgres
from dev.aws import server as aws
from dev.aws import stack

HOST = "127.0.0.1"
STAGE = "dev"
READY_SECONDS = 30.0
LOOK_SECONDS = 0.5
LLM_SETTINGS = ("TIZA_LLM_MODELS", "TIZA_LLM_MODELS_CLASSIFY")
NO_MODEL = (
    "",
    "No language model is set up; what needs one says so. With Ollama, to have one (docs/language-model.md):",
    "  export TIZA_LLM_MODELS=gateway/qwen2.5:14b TIZA_LLM_PRICES=gateway/qwen2.5:14b=0/0",
    "  export TIZA_LLM_GATEWAY_URL=http://localhost:11434/v1",
)
READS_PRINT = "Print on photos is read without one: make photo, in another terminal (docs/photos.md)."
NO_PAGES = "Its pages for people are not built (make web), so there are none."
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_asked_to_end = False


class RunError(Exception):
    """Tiza cannot run here; the message says why and what to do."""


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--web-port", type=int, help="where the built pages are served; not at all without it"
    )
    parser.add_argument("--reload", choices=("yes", "no"), default="yes", help="start again on a change")
    options = parser.parse_args(arguments)
    for sign in SIGNALS:
        signal.signal(sign, _interrupt)
    from dev.cluster import PostgresError

    try:
        run(options.port, options.web_port, reload=options.reload == "yes")
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    except (RunError, PostgresError, aws.ServerError, stack.StackError) as error:
        print(f"make run: {error}", file=sys.stderr)
        return 1
    return 0


def run(port: int, web_port: int | None, *, reload: bool) -> None:
    """Serve the API on `port`, and the pages on `web_port`, until interrupted.

    Raises `RunError` or `PostgresError`.
    """
    start = time.monotonic()
    with alone(port), contextlib.ExitStack() as serving:
        _require_free(port, "PORT")
        if web_port is not None:
            _require_free(web_port, "WEB_PORT")
        say("Starting Postgres and the local AWS ...")
        local = serving.enter_context(aws.start())
        server = serving.enter_context(postgres.start())
        settings = _settings(port, web_port, server, stack.create(local.endpoint, STAGE))
        users = prepare(server)
        say("Starting chalice local and the workers ...")
        serving.enter_context(fire.known(settings))
        stage = serving.enter_context(Stage(port, settings))
        stage.wait_until_ready()
        web = None
        if web_port is not None and pages.are_built():
            api = f"http://{HOST}:{port}"
            served = pages.Pages(HOST, web_port, api=api, files=local.endpoint, users=users)
            web = serving.enter_context(served).address
        print(greeting(port, web, users, time.monotonic() - start), flush=True)
        stage.watch(server, reload=reload)


def prepare(server: postgres.Server) -> Sequence[Any]:
    """Migrate and seed; the demo users."""
    migrated(server)
    from dev import seed

    say("Checking the demo school ...")
    users: Sequence[Any] = seed.ensure(server.owner_url, server.app_url)
    return users


def migrated(server: postgres.Server) -> None:
    """Bring the schema up to date."""
    from chalicelib.store import migrate

    applied = migrate.upgrade(server.owner_url)
    if applied:
        say(f"Migrated the database: {', '.join(applied)}")


class Stage:
    """The API and the workers of stage `dev`, started again when a source changes."""

    def __init__(self, port: int, settings: Mapping[str, str]) -> None:
        self._port = port
        self._sources = local_reload.sources(postgres.CHECKOUT)
        self._server = children.chalice_local(HOST, port)
        self._runner = children.runner(settings)

    def wait_until_ready(self) -> None:
        """Wait for the first answer. Raises `RunError` when there is none."""
        deadline = time.monotonic() + READY_SECONDS
        while self._server.code is None and time.monotonic() < deadline:
            _go_on()
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection(HOST, self._port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise RunError("the server did not start; what it said is above.")

    def watch(self, server: postgres.Server, *, reload: bool) -> None:
        """Stay while it runs; restart it when a source changes. Raises `RunError` when it dies by itself."""
        told = False
        while True:
            _go_on()
            time.sleep(LOOK_SECONDS)
            ended = [
                f"{name} ended with code {child.code}"
                for name, child in (("the server", self._server), ("the runner of the workers", self._runner))
                if child.code is not None
            ]
            if ended and not reload:
                raise RunError(f"{' and '.join(ended)}.")
            now = local_reload.sources(postgres.CHECKOUT) if reload else self._sources
            if now != self._sources:
                self._sources, told = now, False
                say("A source has changed: starting again.")
                migrated(server)
                self._server.restart()
                self._runner.restart()
            elif ended and not told:
                told = True
                say(f"{' and '.join(ended)}; it starts again when a source changes. Ctrl-C stops.")

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.end()
        self._runner.end()


@contextlib.contextmanager
def alone(port: int) -> Iterator[None]:
    """Hold the lock of this checkout's run. Raises `RunError` when another one has it."""
    place = postgres.home()
    place.mkdir(parents=True, exist_ok=True)
    with (place / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise RunError(f"it runs already in this checkout, at {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(f"http://{HOST}:{port}")
        lock.flush()
        yield


def greeting(port: int, web: str | None, users: Sequence[Any], seconds: float) -> str:
    """What a developer needs to know, with lines to paste. `web` is where the pages are, if anywhere."""
    address = f"http://{HOST}:{port}"
    student = json.dumps(next(user.login for user in users if user.role == "student"))
    width = max(len(user.name) for user in users)
    is_json = "-H 'Content-Type: application/json'"
    is_signed_in = '-H "Authorization: Bearer $TOKEN"'
    pick = """sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'"""
    attempt = '{"problem": "503 - 278", "answer": "335"}'
    lines = [
        "",
        f"Tiza runs at {address} (ready after {seconds:.1f} s). Documentation: {address}/docs",
        f"Open {web} in a browser to see it work." if web else NO_PAGES,
        "",
        "Demo users, with the body to POST to /v1/auth/login:",
        *(f"  {user.role:<8}  {user.name:<{width}}  {json.dumps(user.login)}" for user in users),
        "",
        "Try it:",
        f"  TOKEN=$(curl -s {address}/v1/auth/login {is_json} -d '{student}' | {pick})",
        f"  curl -s {address}/v1/attempts {is_signed_in} {is_json} -d '{attempt}'",
        f"  curl -s '{address}/v1/attempts?limit=3' {is_signed_in}",
        "",
        "Each mail, message and scheduled run appears in the log below. To run a schedule now, in another",
        "terminal: make fire WORKER=alerts. Ctrl-C stops everything.",
        *([] if any(map(os.environ.get, LLM_SETTINGS)) else [*NO_MODEL, *_reads_print()]),
        "",
    ]
    return "\n".join(lines)


def _reads_print() -> list[str]:
    from dev import reader

    return [READS_PRINT] if reader.is_installed() else []


def say(line: str) -> None:
    """One plain line about what is going on."""
    print(line, flush=True)


def _require_free(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            fault = "is taken" if taken else f"cannot be used ({error})"
            other = port + 1 if taken else 8001
            raise RunError(f"port {port} {fault}. Choose another: make run {variable}={other}") from None


def _settings(port: int, web_port: int | None, server: postgres.Server, made: stack.Stack) -> dict[str, str]:
    """The settings of stage `dev` with this database and AWS; this process, which seeds, gets them too."""
    config = json.loads((postgres.CHECKOUT / ".chalice" / "config.json").read_text())
    settings: dict[str, str] = {
        **config["stages"][STAGE]["environment_variables"],
        **made.environment,
        "TIZA_DATABASE_URL": server.app_url,
        "TIZA_API_URL": f"http://{HOST}:{port}",
    }
    if web_port is not None:
        settings["TIZA_WEB_URL"] = f"http://{HOST}:{web_port}"
    os.environ.update(settings | {"TIZA_LOG_LEVEL": "WARNING"})
    return settings


def _interrupt(*_: object) -> None:
    """End in order; a second Ctrl-C must not cut that short."""
    global _asked_to_end
    if not _asked_to_end:
        _asked_to_end = True
        raise KeyboardInterrupt


def _go_on() -> None:
    """Raise the interrupt again where it was lost: Python drops what is raised inside a destructor."""
    if _asked_to_end:
        raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
