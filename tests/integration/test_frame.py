"""The frame: readiness, and what a database that goes away does to a request."""

from __future__ import annotations

from typing import Any

from tests.support.client import ApiClient


def test_ready_names_the_newest_migration(client: ApiClient) -> None:
    assert client.get("/ready").data["status"] == "ready"


def test_ready_is_503_while_a_migration_is_missing(client: ApiClient, owner: Any) -> None:
    owner.execute("DELETE FROM schema_migration WHERE name = '0004_skills'")
    reply = client.get("/ready")
    assert reply.status == 503
    assert reply.json["error"]["details"]["missing"] == ["0004_skills"]
    assert reply.headers["Retry-After"] == "5"


def test_a_connection_that_the_server_closed_is_replaced(client: ApiClient, owner: Any) -> None:
    assert client.get("/ready").status == 200
    owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tiza_app'")
    assert client.get("/ready").status == 200
