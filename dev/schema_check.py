"""Whether the models and the migrations describe the same database, and whether the second wall stands.

    python -m dev.schema_check

Two scratch databases are made on the embedded Postgres: one from the models, one by the migrations; what
Postgres itself says of both must be the same. Names of constraints and indexes, and the order of columns,
do not count. Of the migrated one it is asked, too, whether row-level security guards every table that
belongs to a school, and whether the role that Tiza runs as could get around it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2
from peewee import PostgresqlDatabase, ProgrammingError, sort_models

from chalicelib.store import migrate, models
from chalicelib.store.models.base import Keyed, Model
from dev import postgres

OWN_TABLES = {migrate.HISTORY_TABLE}  # of the runner, not of a model
UNGUARDED = {"outbox"}  # has a school for its deletion only: swept for all schools, holds ids and no names
COLUMNS = """
    SELECT c.relname, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
CONSTRAINTS = """
    SELECT c.relname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.contype <> 'n'
"""
INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary
"""
WITHOUT_POLICY = """
    SELECT c.relname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT (c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
"""
POWERS = """
    SELECT 'may bypass row-level security' FROM pg_roles WHERE rolname = %(role)s AND rolbypassrls
    UNION ALL SELECT 'is a superuser' FROM pg_roles WHERE rolname = %(role)s AND rolsuper
    UNION ALL SELECT 'may create roles' FROM pg_roles WHERE rolname = %(role)s AND rolcreaterole
    UNION ALL SELECT 'is a member of ' || m.roleid::regrole
        FROM pg_auth_members m WHERE m.member = (SELECT oid FROM pg_roles WHERE rolname = %(role)s)
    UNION ALL SELECT 'owns ' || c.relname FROM pg_class c WHERE c.relowner::regrole::text = %(role)s
    UNION ALL SELECT 'owns ' || p.proname FROM pg_proc p WHERE p.proowner::regrole::text = %(role)s
    UNION ALL SELECT 'may truncate ' || c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND has_table_privilege(%(role)s, c.oid, 'TRUNCATE')
    UNION ALL SELECT 'may create in the schema public'
        WHERE has_schema_privilege(%(role)s, 'public', 'CREATE')
"""
LOOSE_FUNCTIONS = """
    SELECT p.proname FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
        AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%')
"""


def differences(owner_url: str) -> list[str]:
    """What models and migrations disagree about, line by line; an empty list when they agree.

    `owner_url` names the server, with a role that may create databases; those made here are removed again.
    """
    with scratch(owner_url) as modelled, scratch(owner_url) as migrated:
        create_from_models(modelled)
        migrate.upgrade(migrated)
        return [*compared(modelled, migrated), *breaches(migrated)]


def create_from_models(url: str) -> None:
    """Create the tables of all models, as the models have them.

    Peewee sorts tables by their `ForeignKeyField`s and cannot see the keys that are written as SQL: a table
    whose turn came before that of one it refers to has another turn.
    """
    database = PostgresqlDatabase(url)
    waiting = sort_models(all_models())
    with database, database.bind_ctx(waiting):
        while waiting:
            faults = {model: fault for model in waiting if (fault := _creation_fault(database, model))}
            if len(faults) == len(waiting):
                raise next(iter(faults.values()))
            waiting = list(faults)


def _creation_fault(database: PostgresqlDatabase, model: type[Model]) -> ProgrammingError | None:
    try:
        with database.atomic():
            model.create_table(safe=False)
    except ProgrammingError as error:
        return error
    return None


def all_models() -> list[type[Model]]:
    """Every table's model."""
    for module in pkgutil.iter_modules(models.__path__, models.__name__ + "."):
        importlib.import_module(module.name)
    children = [*Model.__subclasses__(), *Keyed.__subclasses__()]
    return [model for model in children if model is not Keyed]


def compared(modelled: str, migrated: str) -> Iterator[str]:
    """What differs between the tables of two databases."""
    left, right = described(modelled), described(migrated)
    for line, count in sorted((left - right).items()):
        yield f"only in the models: {line}" + (f" ({count} times)" if count > 1 else "")
    for line, count in sorted((right - left).items()):
        yield f"only in the migrations: {line}" + (f" ({count} times)" if count > 1 else "")


def described(url: str) -> Counter[str]:
    """Each column, constraint and index of a database, as a line without its name."""
    lines: Counter[str] = Counter()
    for kind, query in (("column", COLUMNS), ("constraint", CONSTRAINTS), ("index", INDEXES)):
        for table, definition in rows(url, query):
            if table not in OWN_TABLES:
                lines[f"{table}: {kind} {_unnamed(definition)}"] += 1
    return lines


def breaches(url: str, role: str = postgres.APP) -> Iterator[str]:
    """Where the second wall has a hole: tables without a policy, and what `role` may do too much."""
    for (table,) in rows(url, WITHOUT_POLICY):
        if table not in UNGUARDED:
            yield f"{table} belongs to a school and has no row-level security"
    for (power,) in rows(url, POWERS, role=role):
        yield f"{role} {power}"
    for (function,) in rows(url, LOOSE_FUNCTIONS):
        yield f"{function}() runs as its owner and takes its search_path from the caller"


def rows(url: str, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of one query."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall())


@contextmanager
def scratch(owner_url: str) -> Iterator[str]:
    """A new database on the same server, for as long as the block runs; its address."""
    name = f"scratch_{uuid4().hex}"
    execute(owner_url, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield urlunsplit(urlsplit(owner_url)._replace(path=f"/{name}"))
    finally:
        execute(owner_url, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, statement: str) -> None:
    """One statement, outside a transaction."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _unnamed(definition: str) -> str:
    return re.sub(r"^CREATE (UNIQUE )?INDEX \S+ ON", r"CREATE \1INDEX ON", definition)


def main() -> int:
    """Check on a server of its own; the exit code."""
    with tempfile.TemporaryDirectory() as place, postgres.start(Path(place), durable=False) as server:
        found = differences(server.owner_url)
    for line in found:
        print(line)
    print(
        "Models and migrations differ." if found else "Models and migrations agree; the second wall stands."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
