"""The running product: `make run` with a home of its own, spoken to over HTTP only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import private
from tests.support.running import Running, left_in

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker have all tests of this folder, so that the product is started once.

    schemathesis comes last: it changes whatever it may.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("e2e"))
    items.sort(key=lambda item: item.path == HERE / "test_schemathesis.py")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The running product: `url`, `log`, `events("mail")`. Ends by Ctrl-C and must leave nothing behind."""
    home = tmp_path_factory.mktemp("e2e")
    rates = dict.fromkeys(("TIZA_WRITE_RATE", "TIZA_SIGN_IN_RATE", "TIZA_ANONYMOUS_RATE"), "100000")
    run = Running(home, **rates)
    try:
        run.wait_until_ready()
        yield run
    finally:
        code = run.end()
    assert code == 0, run.log
    assert left_in(home) == []
    assert [fault for line in run.lines() for fault in private.found_in(line)] == []
