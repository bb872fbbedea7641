"""What the tests across all routes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import aws as local_aws
from tests.support import permissions
from tests.support.postgres import TestServer
from tests.support.stage import Stage


@pytest.fixture(autouse=True)
def permitted() -> Iterator[None]:
    """Whatever a handler asks of AWS during a test is what that very handler has declared."""
    permissions.watch()
    permissions.of_app()
    yield
    assert permissions.undeclared(permissions.of_app(), "dev") == []


@pytest.fixture(scope="module")
def stage(postgres: TestServer, aws_server: local_aws.LocalAws) -> Iterator[Stage]:
    """The two schools, made once for all tests of a file, and the local AWS."""
    with local_aws.entered(aws_server), Stage.built(postgres) as stage:
        yield stage
