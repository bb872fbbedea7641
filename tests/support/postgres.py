"""The Postgres server of a test process: a migrated template, and quick clones of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from chalicelib.store import migrate
from dev import cluster, postgres

TEMPLATE = "tiza_template"


class TestServer:
    """A running server; `clone` makes a database of the migrated template."""

    __test__ = False

    def __init__(self, server: postgres.Server) -> None:
        self._server = server
        self._admin("CREATE DATABASE " + TEMPLATE)
        migrate.upgrade(self.owner_url(TEMPLATE))

    @classmethod
    @contextmanager
    def started(cls, place: Path) -> Iterator[TestServer]:
        with postgres.start(place, durable=False) as server:
            yield cls(server)

    def owner_url(self, name: str) -> str:
        """The address for the role that owns the tables."""
        return self._server.url(name)

    def app_url(self, name: str) -> str:
        """The address for the role that Tiza runs as."""
        return self._server.url(name, postgres.APP)

    def superuser_url(self, name: str) -> str:
        """The address for the role that may do anything, such as switch triggers off."""
        return self._server.url(name, cluster.SUPERUSER)

    def clone(self, name: str, template: str = TEMPLATE) -> None:
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")

    def drop(self, name: str) -> None:
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def _admin(self, statement: str) -> None:
        with closing(psycopg2.connect(self._server.owner_url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
