"""The Postgres of a developer's machine: one server per home folder, shared by all who need it.

    with postgres.start() as server:
        migrate.upgrade(server.owner_url)

Each user of the server has a *holder*, a small process on the other end of a pipe. It holds a shared file
lock for as long as the pipe is open; the last holder to leave stops the server. Locks and pipes are closed
by the kernel when a process ends, however it ends, so there is nothing to count and nothing to go stale:
`kill -9` of a user stops its holder, and a server whose holders were all killed is found at the next start.

From the command line, for programs that must not import this one:

    python -m dev.postgres hold    start or join; prints one line of JSON; leaves when its input ends
    python -m dev.postgres stop    stop the server unless it is in use
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
DATABASE = "tiza"
TEMPLATE = "template1"  # what every new database is a copy of
OWNER = "tiza_owner"  # migrates; as on Neon it is no superuser, but may make roles and databases
APP = "tiza_app"  # runs; the migrations make it
LEAVE_SECONDS = 30.0

ROLES = f"""
DO $$ BEGIN
    CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE BYPASSRLS;
    GRANT pg_signal_backend TO {OWNER};
EXCEPTION WHEN duplicate_object THEN NULL;
END $$
"""


def home() -> Path:
    """Where all that a run makes is kept: `TIZA_HOME`, or `.tiza` in the checkout."""
    return Path(os.environ.get("TIZA_HOME") or CHECKOUT / ".tiza").resolve()


class Server:
    """A running Postgres, for as long as this is not stopped and this process lives."""

    def __init__(self, holder: subprocess.Popen[str], owner_url: str, app_url: str) -> None:
        self._holder = holder
        self.owner_url = owner_url
        self.app_url = app_url

    def url(self, database: str, role: str = OWNER) -> str:
        """The address of another database on the same server."""
        _, _, query = self.owner_url.partition("?")
        return f"postgresql://{role}@/{database}?{query}"

    def stop(self) -> None:
        """Leave; the server stops when nobody else uses it. May be called again."""
        for stream in (self._holder.stdin, self._holder.stdout):
            if stream is not None:
                stream.close()
        self._holder.wait(LEAVE_SECONDS)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(place: Path | None = None, *, durable: bool = True) -> Server:
    """Start the server of `place` (default: `home()`), or join the one that runs; heals what a crash left.

    `durable=False` trades safety against a crash of the machine for speed: for tests. Raises
    `PostgresError`.
    """
    holder = subprocess.Popen(
        [sys.executable, "-m", "dev.postgres", "hold", *([] if durable else ["--fast"])],
        cwd=CHECKOUT,
        env={**os.environ, "TIZA_HOME": str(place or home())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C in the terminal is for the user of the server to act upon
    )
    try:
        line = holder.stdout.readline() if holder.stdout else ""
        answer = json.loads(line) if line else {"error": "the holder of Postgres ended without a word."}
        if "error" in answer:
            from dev.cluster import PostgresError

            raise PostgresError(answer["error"])
    except BaseException:  # a Ctrl-C while it starts must not leave it behind either
        holder.communicate()
        raise
    return Server(holder, answer["owner_url"], answer["app_url"])


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if arguments in (["hold"], ["hold", "--fast"]):
        return hold(durable="--fast" not in arguments)
    if arguments == ["stop"]:
        return stop_unless_used()
    print((__doc__ or "").split("From the command line", 1)[-1], file=sys.stderr)
    return 2


def hold(*, durable: bool) -> int:
    """Start or join, say the addresses, stay until standard input ends or a signal comes, then leave."""
    from dev.cluster import Cluster, PostgresError

    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, lambda *_: sys.exit(0))
    place = home()
    cluster = Cluster(place / "postgres", place / "postgres.log", durable=durable)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with (place / "postgres.users").open("a") as users:
            with locked(place):
                fcntl.flock(users, fcntl.LOCK_SH)
                try:
                    cluster.ensure_running()
                    _ensure_database(cluster.url("postgres", "postgres"))
                except BaseException:
                    _stop_if_last(cluster, users)
                    raise
            try:
                urls = {"owner_url": cluster.url(DATABASE, OWNER), "app_url": cluster.url(DATABASE, APP)}
                print(json.dumps(urls), flush=True)
                sys.stdin.read()
            finally:
                with locked(place):
                    _stop_if_last(cluster, users)
    except (PostgresError, OSError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return 1
    return 0


def stop_unless_used() -> int:
    """Stop a server that nobody uses any more (all its users were killed)."""
    from dev.cluster import Cluster

    place = home()
    if not (place / "postgres").exists():
        return 0
    with locked(place), (place / "postgres.users").open("a") as users:
        if not _stop_if_last(Cluster(place / "postgres", place / "postgres.log", durable=True), users):
            print(f"The Postgres in {place} is in use: end `make run` and the tests first.", file=sys.stderr)
            return 1
    return 0


@contextlib.contextmanager
def locked(place: Path, name: str = "postgres.lock", *, wait: bool = True) -> Iterator[None]:
    """Hold the lock file `name` in `place`. Raises `BlockingIOError` when it is taken and `wait` is false."""
    with (place / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _stop_if_last(cluster: object, users: IO[str]) -> bool:
    """Stop the server if no other process holds the lock on `users`; whether it did."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    cluster.stop()
    fcntl.flock(users, fcntl.LOCK_UN)
    return True


def _ensure_database(superuser_url: str) -> None:
    import psycopg2

    connection = psycopg2.connect(superuser_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(ROLES)
            _add_extensions(superuser_url, TEMPLATE)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
            else:
                _add_extensions(superuser_url, DATABASE)
    finally:
        connection.close()


def _add_extensions(superuser_url: str, database: str) -> None:
    """Give a database what at Neon its owner may add to it, and here only a superuser."""
    import psycopg2

    connection = psycopg2.connect(superuser_url, dbname=database)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
