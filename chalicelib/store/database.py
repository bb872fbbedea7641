"""The connection to Postgres: pooled, healing, patient with a database that wakes up.

Made for Neon's pooled endpoint: no session state is kept between transactions. Peewee's pool probes a
connection when it is taken, so one that the server closed is replaced; a connect is tried again with
backoff while the database wakes; nothing is ever retried inside a transaction, except that a transaction
which Postgres chose as the victim of a deadlock is run once more from its start.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import peewee
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase

from chalicelib import settings
from chalicelib.errors import UnavailableError
from chalicelib.observe import sql_use

STALE_SECONDS = 120
FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0
POOL_WAIT_SECONDS = 10
RETRY_AFTER_SECONDS = 2
SERIALIZATION_FAILURES = ("40P01", "40001")  # deadlock_detected, serialization_failure
# Connection lost, too few resources, stopped by the server or a time limit, a lock that did not come in time.
AWAY = ("08", "53", "57", "55P03")

T = TypeVar("T")


class Database(PooledPostgresqlDatabase):  # type: ignore[misc]
    """Peewee's pooled Postgres, set up from the settings at the first connect, counting its round trips."""

    def connect(self, reuse_if_open: bool = False) -> bool:
        if self.deferred:
            current = settings.get()
            self.init(
                current.database_url,
                max_connections=current.database_connections,
                stale_timeout=STALE_SECONDS,
                timeout=POOL_WAIT_SECONDS,
                connect_timeout=5,
            )
        return bool(super().connect(reuse_if_open))

    def begin(self, *args: Any, **kwargs: Any) -> None:
        with self._counted("BEGIN"):
            super().begin(*args, **kwargs)

    def commit(self) -> Any:
        with self._counted("COMMIT"):
            return super().commit()

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        with self._counted(sql):
            return super().execute_sql(sql, params)

    @contextmanager
    def _counted(self, sql: str) -> Iterator[None]:
        use = sql_use.get()
        if use is None:
            yield
            return
        start = time.perf_counter()
        try:
            yield
        finally:
            use.round_trips += 1
            use.seconds += time.perf_counter() - start
            use.statements.append(sql)


database = Database(None)


@contextmanager
def connection() -> Iterator[Database]:
    """A pooled connection for this thread; statements inside it commit one by one.

    Inside an open connection it is the same connection again. Raises `UnavailableError` when there is
    no database within the settings' `database_wait_seconds`, or when it goes away.
    """
    with _as_unavailable():
        opened = _connect_patiently()
        try:
            yield database
        finally:
            if opened:
                database.close()


@contextmanager
def transaction() -> Iterator[Database]:
    """One transaction: commits at the end, rolls back when anything is raised; nested, it is a savepoint."""
    with connection() as db, db.atomic():
        yield db


def run(work: Callable[[], T]) -> T:
    """`work` in one transaction; once more, from its start, when Postgres broke a deadlock by ending it.

    Raises `UnavailableError` when that happens again.
    """
    is_again = False
    while True:
        try:
            with transaction():
                return work()
        except peewee.OperationalError as error:
            if sqlstate(error) not in SERIALIZATION_FAILURES or database.in_transaction():
                raise
            if is_again:
                raise UnavailableError(retry_after=RETRY_AFTER_SECONDS) from error
            is_again = True


def forget() -> None:
    """Close every connection and forget the settings' address; the next use connects anew."""
    if not database.deferred:
        database.close_all()
        database.init(None)


def sqlstate(error: peewee.PeeweeException) -> str | None:
    """Postgres' five-letter code of `error`, or None where the server sent none."""
    return getattr(getattr(error, "orig", None), "pgcode", None)


def constraint(error: peewee.IntegrityError) -> str | None:
    """The name of the constraint that `error` ran into."""
    diagnostics = getattr(getattr(error, "orig", None), "diag", None)
    return getattr(diagnostics, "constraint_name", None)


def _connect_patiently() -> bool:
    """Open this thread's connection unless it is open; whether it was opened here."""
    if not database.deferred and not database.is_closed():
        return False
    deadline = time.monotonic() + settings.get().database_wait_seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            database.connect()
        except peewee.OperationalError:
            if time.monotonic() + pause > deadline:
                raise
            time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (jitter)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            return True


@contextmanager
def _as_unavailable() -> Iterator[None]:
    """Turn a database that is away, or goes away, into `UnavailableError`; leave other errors alone."""
    try:
        yield
    except (peewee.OperationalError, peewee.InterfaceError, MaxConnectionsExceeded) as error:
        state = sqlstate(error) if isinstance(error, peewee.PeeweeException) else None
        if state is not None and not state.startswith(AWAY):
            raise
        raise UnavailableError(retry_after=RETRY_AFTER_SECONDS) from error
