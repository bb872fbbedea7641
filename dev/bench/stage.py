"""What the benchmarks measure against: a school with a class of 35, and events as API Gateway makes them."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from dev import postgres

STUDENTS = 35
SKILLS = 8
ATTEMPTS_EACH = 40
TOKEN_KEYS = "bench:development-only-key-of-the-benchmarks-0123456789"  # noqa: S105 (no secret)


class Stage(NamedTuple):
    """A migrated, filled database and who is in it."""

    environment: dict[str, str]
    teacher: UUID
    student: UUID
    classroom: UUID
    some_attempt: UUID

    @classmethod
    def made(cls, server: postgres.Server) -> Stage:
        """Migrate and fill the server's database; Tiza's settings then point to it."""
        from chalicelib import settings
        from chalicelib.store import migrate

        migrate.upgrade(server.owner_url)
        environment = {
            "TIZA_STAGE": "dev",
            "TIZA_DATABASE_URL": server.app_url,
            "TIZA_TOKEN_KEYS": TOKEN_KEYS,
            "TIZA_WRITE_RATE": "1000000",
            "TIZA_LOG_LEVEL": "WARNING",
        }
        os.environ.update(environment)
        settings.reset()
        from dev.bench.fill import fill

        return cls(environment, *fill(STUDENTS, SKILLS, ATTEMPTS_EACH))

    def attempt(self) -> dict[str, Any]:
        """The body of an attempt that shows a well-known bug."""
        return {"problem": "503 - 278", "answer": "375"}

    @contextmanager
    def parameter_store(self) -> Iterator[dict[str, str]]:
        """The environment with database address and token keys kept in a local Parameter Store (moto)."""
        import boto3
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        aws = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        aws.start()
        host, port = aws.get_host_and_port()
        access = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": "eu-west-1",
        }
        client = boto3.client(
            "ssm",
            endpoint_url=access["AWS_ENDPOINT_URL"],
            region_name=access["AWS_DEFAULT_REGION"],
            aws_access_key_id="local",
            aws_secret_access_key="local",  # noqa: S106 (no secret)
        )
        references = {"TIZA_DATABASE_URL": "database_url", "TIZA_TOKEN_KEYS": "token_keys"}
        for variable, name in references.items():
            client.put_parameter(
                Name=f"/tiza/bench/{name}", Value=self.environment[variable], Type="SecureString"
            )
        try:
            yield self.environment | access | {v: f"ssm:/tiza/bench/{n}" for v, n in references.items()}
        finally:
            aws.stop()


def api_event(
    method: str,
    path: str,
    *,
    resource: str = "",
    caller: UUID | None = None,
    body: Any = None,
    query: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A REST API proxy event. `resource` is the route's pattern where `path` has parameters in it."""
    resource = resource or path
    names = zip(resource.split("/"), path.split("/"), strict=True)
    context: dict[str, Any] = {
        "resourcePath": resource,
        "httpMethod": method,
        "path": f"/api{path}",
        "requestId": "bench",
        "identity": {"sourceIp": "127.0.0.1"},
    }
    if caller is not None:
        expires = str(int(time.time()) + 3600)
        context["authorizer"] = {"subject": str(caller), "token_version": "1", "expires_at": expires}
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": {"host": "bench", **({"content-type": "application/json"} if body is not None else {})},
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "pathParameters": {pattern[1:-1]: value for pattern, value in names if pattern.startswith("{")},
        "requestContext": context,
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
        "stageVariables": None,
    }
