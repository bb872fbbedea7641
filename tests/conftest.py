"""What all tests share: a real Postgres, a fresh database for each test, and a client of the app.

The server is the embedded one. A migrated template is made once per run; each test that asks for `database`
gets a clone of it (some 40 ms) and works as the role `tiza_app`, under row-level security.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import psycopg2
import pytest

from chalicelib import observe
from tests.support import aws as local_aws
from tests.support import private
from tests.support.client import ApiClient
from tests.support.logs import Log
from tests.support.postgres import TestServer

os.environ.update(
    TIZA_STAGE="dev",
    TIZA_DATABASE_URL="postgresql://nobody@localhost:1/nothing",
    TIZA_TOKEN_KEYS="test:development-only-key-of-the-tests-0123456789",
    TIZA_CORS_ORIGINS="http://localhost:5173,https://app.tiza.example",
    TIZA_DATABASE_CONNECTIONS="32",
    TIZA_DATABASE_WAIT_SECONDS="5",
    TIZA_WRITE_RATE="100000",
    TIZA_SIGN_IN_RATE="100000",
    TIZA_ANONYMOUS_RATE="100000",
    TIZA_LOG_LEVEL="INFO",
    AWS_DEFAULT_REGION="eu-west-1",
)


# How long an example takes is for the benchmarks: a busy machine is no failure.
hypothesis.settings.register_profile("tiza", deadline=None)
hypothesis.settings.load_profile("tiza")


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    """What Tiza logs during a test, which fails when that is a name, an address, a secret or an answer."""
    observe.configure()
    handler = Log()
    observe.log.addHandler(handler)
    try:
        yield handler
    finally:
        observe.log.removeHandler(handler)
    assert [fault for line in handler.lines for fault in private.found_in(line)] == []


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """The Postgres server of this test process, with a migrated template database.

    Not below pytest's own folder: each new session shuts that to others, the server's user included.
    """
    with tempfile.TemporaryDirectory(prefix="tiza-") as place, TestServer.started(Path(place)) as server:
        yield server


@pytest.fixture
def database(postgres: TestServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fresh, migrated database that Tiza is connected to; its address as the owner."""
    from chalicelib import settings
    from chalicelib.store import database as store

    name = f"test_{uuid4().hex}"
    postgres.clone(name)
    monkeypatch.setenv("TIZA_DATABASE_URL", postgres.app_url(name))
    settings.reset()
    store.forget()
    try:
        yield postgres.owner_url(name)
    finally:
        store.forget()
        postgres.drop(name)
        settings.reset()


@pytest.fixture
def owner(database: str) -> Iterator[Any]:
    """A cursor of the database's owner, who sees every school. For checks, not for Tiza."""
    connection = psycopg2.connect(database)
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


@pytest.fixture
def client(database: str) -> ApiClient:
    """A client of the app, through Chalice's own gateway and the real authorizer."""
    import app

    return ApiClient(app.app)


@pytest.fixture(scope="session")
def aws_server() -> Iterator[local_aws.LocalAws]:
    """The local AWS of this test process, with the resources of stage `dev`."""
    with local_aws.started() as local:
        yield local


@pytest.fixture
def aws(aws_server: local_aws.LocalAws) -> Iterator[local_aws.LocalAws]:
    """The local AWS, empty, with Tiza using it: queues, photos and mail (`TIZA_MAIL=ses`)."""
    with local_aws.entered(aws_server) as local:
        yield local
