"""What the tests across all routes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgres import TestServer
from tests.support.stage import Stage


@pytest.fixture(scope="module")
def stage(postgres: TestServer) -> Iterator[Stage]:
    """The two schools, made once for all tests of a file."""
    with Stage.built(postgres) as stage:
        yield stage
