"""Scheduled work: done by one at a time, and taken up again when who did it is gone."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.support.logs import Log
from tests.support.surface import Surface


def test_of_two_that_overlap_one_does_the_work(surface: Surface, log: Log) -> None:
    surface.hold.clear()
    runner = surface.runner()
    first = threading.Thread(target=runner.fire, args=(surface.schedule(),))
    first.start()
    while not surface.ran:
        first.join(0.01)
    assert runner.fire(surface.schedule()) is None
    surface.hold.set()
    first.join()
    assert surface.ran == ["hourly"]
    assert [line["outcome"] for line in log.of("schedule")] == ["runs already", "handled"]
    assert runner.fire(surface.schedule()) == {"done": 1}


def test_a_holder_that_died_keeps_nobody_out_for_longer_than_its_lease(surface: Surface, owner: Any) -> None:
    runner = surface.runner()
    runner.fire(surface.schedule())
    owner.execute("UPDATE leases SET holder = gen_random_uuid(), leased_until = now() + interval '1 hour'")
    assert runner.fire(surface.schedule()) is None
    owner.execute("UPDATE leases SET leased_until = now() - interval '1 second'")
    assert runner.fire(surface.schedule()) == {"done": 1}


def test_how_the_last_run_ended_is_remembered(surface: Surface, owner: Any) -> None:
    runner = surface.runner()
    runner.fire(surface.schedule())
    owner.execute("SELECT result, succeeded_at IS NOT NULL, failed_at IS NULL, holder FROM leases")
    assert owner.fetchone() == ({"done": 1}, True, True, None)
    surface.hold = None  # type: ignore[assignment]  # so that the work fails
    with pytest.raises(AttributeError):
        runner.fire(surface.schedule())
    owner.execute("SELECT result, failed_at >= succeeded_at, holder FROM leases")
    assert owner.fetchone() == ({"error": "AttributeError"}, True, None)
