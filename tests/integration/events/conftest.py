"""What the tests of queues, workers and schedules share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.aws import LocalAws
from tests.support.surface import TABLE, Surface


@pytest.fixture
def surface(aws: LocalAws, owner: Any) -> Surface:
    """Workers that write what they get into the table `effects`."""
    owner.execute(TABLE)
    return Surface()
