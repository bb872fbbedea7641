"""The processes that `make run` starts: each hangs on a pipe of this one, and ends with it in any case."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dev.postgres import CHECKOUT

LEAVE_SECONDS = 15.0


class Child:
    """A command on a leash, which may be started again. `settings` are added to its environment."""

    def __init__(self, command: Sequence[str | Path], settings: Mapping[str, str]) -> None:
        self._command = command
        self._settings = settings
        self._process = self._start()

    @property
    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def restart(self) -> None:
        """End it and start it again."""
        self.end()
        self._process = self._start()

    def end(self) -> None:
        """Ask it to end, and wait for that. May be called again."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(LEAVE_SECONDS)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dev.leash", sys.executable, *self._command],
            cwd=CHECKOUT,
            env={**os.environ, **self._settings},
            stdin=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C in the terminal comes to us alone
        )


def chalice_local(host: str, port: int) -> Child:
    """`chalice local`, whose settings of stage `dev` are those of `.chalice/config.json`."""
    chalice = Path(sys.executable).with_name("chalice")
    return Child([chalice, "local", "--no-autoreload", "--host", host, "--port", str(port)], {})


def runner(settings: Mapping[str, str]) -> Child:
    """What calls the workers and schedules."""
    return Child(["-m", "dev.runner"], settings)
