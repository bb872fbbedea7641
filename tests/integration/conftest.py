"""What the tests across all routes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.aws import client
from tests.support import aws as local_aws
from tests.support import models as fake
from tests.support import permissions
from tests.support.models import Models
from tests.support.postgres import TestServer
from tests.support.stage import Stage


@pytest.fixture(autouse=True)
def permitted() -> Iterator[None]:
    """Whatever a handler asks of AWS during a test is what that very handler has declared."""
    permissions.watch()
    permissions.of_app()
    yield
    assert permissions.undeclared(permissions.of_app(), "dev") == []


@pytest.fixture(scope="session")
def served_models() -> Iterator[Models]:
    """The server of models of this test process."""
    with fake.served() as models:
        yield models


@pytest.fixture
def models(served_models: Models, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Models]:
    """The gateway's model first, then Bedrock's, and nothing asked yet."""
    served_models.calls.clear()
    served_models.say("Hello.")
    monkeypatch.setattr("chalicelib.llm.provider.BACKOFF_SECONDS", 0.001)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    fake.set_up(monkeypatch, served_models.settings(fake.GATEWAY, fake.BEDROCK))
    yield served_models
    client.forget()


@pytest.fixture(scope="module")
def stage(postgres: TestServer, aws_server: local_aws.LocalAws) -> Iterator[Stage]:
    """The two schools, made once for all tests of a file, and the local AWS."""
    with local_aws.entered(aws_server), Stage.built(postgres) as stage:
        yield stage
