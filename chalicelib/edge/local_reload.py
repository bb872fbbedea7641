"""What `chalice local` watches for its automatic reload: the sources, and nothing else.

Chalice's own watcher looks at every file below the project: the database's files, caches and the virtual
environment too. It would restart the server each time Postgres writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

LEFT_OUT = ("__pycache__", "docs", "tests")


def sources(root: str | os.PathLike[str]) -> dict[str, float]:
    """The program's files below `root`, each with the time of its last change (seconds since 1970)."""
    found: dict[str, float] = {}
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if not n.startswith(".") and n not in LEFT_OUT]
        paths = [Path(folder, name) for name in files if name.endswith(".py")]
        found.update({str(path): path.stat().st_mtime for path in paths if path.exists()})
    config = Path(root, ".chalice", "config.json")
    return found | ({str(config): config.stat().st_mtime} if config.exists() else {})


def watch_sources_only() -> None:
    """Replace Chalice's watcher, in this process, by one that looks at `sources`."""
    from chalice.cli.filewatch.stat import StatFileWatcher

    def is_changed_file(watcher: Any, path: str, new_times: dict[str, float]) -> bool:
        # A look at all files may be under way already; it must come out as if nothing had changed.
        if path in watcher._mtime_cache:
            new_times[path] = watcher._mtime_cache[path]
        return False

    def look(watcher: Any, root: str, callback: Callable[[], None]) -> None:
        now = sources(root)
        before = getattr(watcher, "sources", now)
        watcher.sources = now
        if now != before:
            callback()

    replaced: Any = StatFileWatcher
    replaced._is_changed_file = is_changed_file
    replaced._single_pass_poll = look
