"""Bare `chalice local` starts only on a database that fits the code, and says what to do otherwise."""

from __future__ import annotations

import os
from typing import Any

import pytest

from chalicelib.edge import local_database
from chalicelib.edge.local_database import LocalSetupError


@pytest.mark.usefixtures("database")
def test_a_migrated_database_will_do() -> None:
    local_database.check_schema(os.environ["TIZA_DATABASE_URL"])


def test_a_database_that_is_behind_is_named_with_what_it_lacks(owner: Any) -> None:
    owner.execute("DELETE FROM schema_migration WHERE name LIKE '0004%'")
    with pytest.raises(LocalSetupError, match=r"lacks 0004_\w+\. `make run` migrates it\."):
        local_database.check_schema(os.environ["TIZA_DATABASE_URL"])


def test_an_empty_database_asks_for_make_run(owner: Any) -> None:
    owner.execute("DROP TABLE schema_migration")
    with pytest.raises(LocalSetupError, match="Run `make run` once"):
        local_database.check_schema(os.environ["TIZA_DATABASE_URL"])


@pytest.mark.usefixtures("database")
def test_a_database_of_the_developers_own_is_left_as_it_is() -> None:
    own = os.environ["TIZA_DATABASE_URL"]
    local_database.prepare()
    assert os.environ["TIZA_DATABASE_URL"] == own
