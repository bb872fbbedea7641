"""Models and migrations agree, row-level security stands; and the check that says so would notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dev import schema_check
from tests.support.postgres import TestServer


@pytest.fixture(scope="module")
def modelled(postgres: TestServer) -> Iterator[str]:
    """A database made from the models."""
    with schema_check.scratch(postgres.owner_url("postgres")) as url:
        schema_check.create_from_models(url)
        yield url


def test_models_and_migrations_agree(postgres: TestServer) -> None:
    assert schema_check.differences(postgres.owner_url("postgres")) == []


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        ("ALTER TABLE users DROP COLUMN birth_date", "only in the models: users: column birth_date date"),
        ("ALTER TABLE users ADD COLUMN shoe text", "only in the migrations: users: column shoe text"),
        (
            "ALTER TABLE users ALTER COLUMN name DROP NOT NULL",
            "only in the models: users: column name text NOT NULL",
        ),
        (
            "ALTER TABLE classrooms ALTER COLUMN grade TYPE integer",
            "only in the migrations: classrooms: column grade integer",
        ),
        (
            "ALTER TABLE users DROP CONSTRAINT users_email_check",
            "only in the models: users: constraint CHECK ((email = lower(email)))",
        ),
        (
            "ALTER TABLE attempts ADD CHECK (length(answer) < 9)",
            "only in the migrations: attempts: constraint CHECK ((length(answer) < 9))",
        ),
        (
            "DROP INDEX users_email",
            "only in the models: users: index CREATE UNIQUE INDEX ON public.users USING btree (email)",
        ),
        (
            "CREATE INDEX ON mastery (p_known)",
            "only in the migrations: mastery: index CREATE INDEX ON public.mastery USING btree (p_known)",
        ),
        ("DROP TABLE mastery", "only in the models: mastery: column p_known double precision NOT NULL"),
        ("CREATE TABLE shoes (id integer)", "only in the migrations: shoes: column id integer"),
    ],
)
def test_a_difference_is_noticed(database: str, modelled: str, change: str, noticed: str) -> None:
    schema_check.execute(database, change)
    assert noticed in schema_check.compared(modelled, database)


def test_names_and_the_order_of_columns_do_not_count(database: str, modelled: str) -> None:
    schema_check.execute(database, "ALTER INDEX users_email RENAME TO another_name")
    schema_check.execute(database, "ALTER TABLE users RENAME CONSTRAINT users_email_check TO another_check")
    assert list(schema_check.compared(modelled, database)) == []


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        (
            "ALTER TABLE attempts DISABLE ROW LEVEL SECURITY",
            "attempts belongs to a school and has no row-level",
        ),
        ("DROP POLICY tenant ON attempts", "attempts belongs to a school and has no row-level security"),
        ("CREATE TABLE shoes (school_id uuid)", "shoes belongs to a school and has no row-level security"),
        ("GRANT TRUNCATE ON attempts TO tiza_app", "tiza_app may truncate attempts"),
        ("GRANT CREATE ON SCHEMA public TO tiza_app", "tiza_app may create in the schema public"),
        (
            "ALTER FUNCTION enter_by_user(uuid) RESET search_path",
            "enter_by_user() runs as its owner and takes",
        ),
    ],
)
def test_a_hole_in_the_second_wall_is_noticed(database: str, change: str, noticed: str) -> None:
    assert list(schema_check.breaches(database)) == []
    schema_check.execute(database, change)
    (found,) = schema_check.breaches(database)
    assert found.startswith(noticed)


@pytest.mark.parametrize(
    ("attribute", "noticed"),
    [("BYPASSRLS", "may bypass row-level security"), ("CREATEROLE", "may create roles")],
)
def test_a_role_that_may_too_much_is_noticed(database: str, attribute: str, noticed: str) -> None:
    schema_check.execute(database, f"CREATE ROLE too_strong {attribute}")
    try:
        assert list(schema_check.breaches(database, "too_strong")) == [f"too_strong {noticed}"]
    finally:
        schema_check.execute(database, "DROP ROLE too_strong")


def test_a_role_that_owns_something_or_belongs_to_another_is_noticed(database: str) -> None:
    for statement in (
        "CREATE ROLE too_old",
        "CREATE ROLE too_rich IN ROLE too_old",
        "CREATE TABLE shoes (id integer)",
        "GRANT CREATE ON SCHEMA public TO too_rich",
        "GRANT too_rich TO tiza_owner WITH SET TRUE",
        "ALTER TABLE shoes OWNER TO too_rich",
    ):
        schema_check.execute(database, statement)
    try:
        found = set(schema_check.breaches(database, "too_rich"))
        assert {"too_rich owns shoes", "too_rich is a member of too_old"} <= found
    finally:
        schema_check.execute(database, "DROP OWNED BY too_rich")
        schema_check.execute(database, "DROP ROLE too_rich")
        schema_check.execute(database, "DROP ROLE too_old")
