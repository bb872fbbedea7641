"""Automatic reload looks at the program's sources and at nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from chalice.cli.filewatch.stat import StatFileWatcher

from chalicelib.edge import local_reload

LEFT_ALONE = (
    ".tiza/postgres/base/1", ".venv/lib/x.py", ".git/HEAD", "chalicelib/__pycache__/x.pyc", "tests/test_x.py",
    "docs/x.py", "README.md",
)  # fmt: skip
SOURCES = ("app.py", "chalicelib/edge/x.py", ".chalice/config.json")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a file of each kind."""
    for name in (*LEFT_ALONE, *SOURCES):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_sources_are_the_program_and_its_configuration(root: Path) -> None:
    assert set(local_reload.sources(root)) == {str(root / name) for name in SOURCES}


def test_a_checkout_without_configuration_has_sources_too(root: Path) -> None:
    (root / ".chalice" / "config.json").unlink()
    assert str(root / "app.py") in local_reload.sources(root)


def changed(path: Path) -> None:
    times = path.stat()
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns + 10**9))


def test_chalices_watcher_calls_for_a_changed_source_only(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_is_changed_file", "_single_pass_poll"):  # put back after the test
        monkeypatch.setattr(StatFileWatcher, name, getattr(StatFileWatcher, name))
    calls: list[str] = []
    watcher = StatFileWatcher()
    watcher._seed_mtime_cache(str(root))
    under_way = StatFileWatcher._single_pass_poll
    local_reload.watch_sources_only()

    def look() -> None:
        watcher._single_pass_poll(str(root), lambda: calls.append("restart"))

    for name in LEFT_ALONE:
        changed(root / name)
    (root / ".tiza" / "new").touch()
    under_way(watcher, str(root), lambda: calls.append("restart"))  # it had begun before the replacement
    look()
    for name in LEFT_ALONE:
        changed(root / name)
    look()
    assert calls == []
    changed(root / "chalicelib/edge/x.py")
    look()
    assert calls == ["restart"]
