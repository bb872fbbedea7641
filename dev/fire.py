"""Runs scheduled work of a running `make run` now, by hand: `make fire WORKER=alerts`.

    python -m dev.fire alerts

Prints what the work says of itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dev import postgres


def path() -> Path:
    """Where a running stage notes its settings."""
    return postgres.home() / "stage.json"


@contextlib.contextmanager
def known(settings: Mapping[str, str]) -> Iterator[None]:
    """Note the settings of a running stage for as long as it runs."""
    path().write_text(json.dumps(settings))
    try:
        yield
    finally:
        path().unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if not path().exists():
        print("Nothing runs here: `make run` first.", file=sys.stderr)
        return 1
    os.environ.update(json.loads(path().read_text()))
    import app
    from dev.runner import Runner

    schedules: dict[str, Any] = {schedule.name: schedule for schedule in app.workers.schedules}
    if len(arguments) != 1 or arguments[0] not in schedules:
        print(f"Which one? WORKER is one of {', '.join(sorted(schedules))}.", file=sys.stderr)
        return 2
    try:
        result = Runner(app).fire(schedules[arguments[0]])
    except Exception as error:  # its trace is in the log above
        print(f"{arguments[0]} failed: {type(error).__name__}", file=sys.stderr)
        return 1
    print(json.dumps(result, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
