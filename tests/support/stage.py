"""The two schools of `world`, ready to be acted in: what an act changed is told, and undone after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import psycopg2

from chalicelib import settings
from chalicelib.store import database as store
from tests.support import world
from tests.support.client import ApiClient
from tests.support.postgres import TestServer

# Every call counts in one of these, a refused one too; they hold nothing of what was asked for.
COUNTERS = ("rate_counters", "sign_in_failures")
TABLES = """
    SELECT c.relname, a.attname FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid
        AND a.attname = CASE WHEN c.relname = 'schools' THEN 'id' ELSE 'school_id' END
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL(%s)
    ORDER BY 1
"""
# A model that can be set to work, and never is: who asks for a story is not the one who asks the model.
MODELS = {
    "TIZA_LLM_MODELS_EXERCISE": "gateway/nobody",
    "TIZA_LLM_PRICES": "gateway/nobody=1/1",
    "TIZA_LLM_GATEWAY_URL": "http://localhost:1",
}
# A row that was inserted, changed or deleted changes the count or the sum.
RESTORE = "DELETE FROM {table}; INSERT INTO {table} TABLE saved.{table}"
ROWS = "SELECT '{table}', {there}, count(*), coalesce(sum(xmin::text::bigint), 0)::bigint FROM {table}"

Rows = dict[tuple[str, bool], tuple[int, int]]  # by table, and whether of the other school alone


class Changes:
    """What an act has changed, once it is over: tables, and those where rows of the other school changed."""

    tables: set[str]
    there: set[str]


class Stage:
    """A database with the world in it, and Tiza connected to it."""

    def __init__(self, owner: Any, client: ApiClient) -> None:
        self.client = client
        self.world = world.made(client)
        self._owner = owner
        owner.execute(TABLES, (list(COUNTERS),))
        tables = owner.fetchall()
        there = self.world.things[world.OTHER_SCHOOL].school
        parts = [ROWS.format(table=table, there="false") for table, _ in tables]
        parts += [
            ROWS.format(table=table, there="true") + f" WHERE {key} = '{there}'"
            for table, key in tables
            if key
        ]
        owner.execute(f"PREPARE rows AS {' UNION ALL '.join(parts)}")
        owner.execute("CREATE SCHEMA saved")
        for table, _ in tables:
            owner.execute(f"CREATE TABLE saved.{table} AS TABLE {table}")
        owner.execute("SET session_replication_role = replica")  # rows are put back without their triggers

    @classmethod
    @contextmanager
    def built(cls, server: TestServer) -> Iterator[Stage]:
        """Build it in a database of its own; Tiza stays connected to that."""
        import app

        name, before = f"stage_{uuid4().hex}", os.environ["TIZA_DATABASE_URL"]
        server.clone(name)
        os.environ.update(MODELS)
        _use(server.app_url(name))
        try:
            with closing(psycopg2.connect(server.superuser_url(name))) as connection:
                connection.autocommit = True
                with connection.cursor() as owner:
                    yield cls(owner, ApiClient(app.app))
        finally:
            for setting in MODELS:
                del os.environ[setting]
            _use(before)
            server.drop(name)

    @contextmanager
    def act(self) -> Iterator[Changes]:
        """Look at what happens inside, and undo it."""
        changes, before = Changes(), self._rows()
        yield changes
        after = self._rows()
        changed = {key for key, rows in after.items() if rows != before[key]}
        changes.tables = {table for table, _ in changed}
        changes.there = {table for table, there in changed if there}
        for table in changes.tables:
            self._owner.execute(RESTORE.format(table=table))

    def _rows(self) -> Rows:
        self._owner.execute("EXECUTE rows")
        return {(table, there): (count, total) for table, there, count, total in self._owner.fetchall()}


def _use(url: str) -> None:
    """Have Tiza use the database at `url` from now on."""
    os.environ["TIZA_DATABASE_URL"] = url
    settings.reset()
    store.forget()
