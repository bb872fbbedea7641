"""A database with the demo data, which takes a while to make: made once, then cloned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg2
import pytest

from chalicelib import settings
from chalicelib.store import database as store
from dev import seed
from tests.support.postgres import TestServer

TEMPLATE = "tiza_demo"


class Seeded(NamedTuple):
    """A seeded database: its addresses, its demo users, a cursor of its owner."""

    owner_url: str
    app_url: str
    users: list[seed.DemoUser]
    owner: Any


def make_template(postgres: TestServer) -> None:
    """Make the database `TEMPLATE`."""
    postgres.clone(TEMPLATE)
    with entered(postgres, TEMPLATE):
        seed.ensure(postgres.owner_url(TEMPLATE), postgres.app_url(TEMPLATE))


@contextmanager
def cloned(postgres: TestServer) -> Iterator[Seeded]:
    """A clone of the template, which Tiza is connected to."""
    name = f"seeded_{uuid4().hex}"
    postgres.clone(name, TEMPLATE)
    owner_url, app_url = postgres.owner_url(name), postgres.app_url(name)
    try:
        with entered(postgres, name), closing(psycopg2.connect(owner_url)) as connection:
            connection.autocommit = True
            yield Seeded(owner_url, app_url, seed.ensure(owner_url, app_url), connection.cursor())
    finally:
        postgres.drop(name)


@contextmanager
def entered(postgres: TestServer, name: str) -> Iterator[None]:
    """Connect Tiza to that database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIZA_DATABASE_URL", postgres.app_url(name))
        settings.reset()
        store.forget()
        yield
        store.forget()
    settings.reset()
