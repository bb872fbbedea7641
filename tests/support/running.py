"""`make run` as a test sees it: a process with a home of its own, an address and a log."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
STOP_SECONDS = 60.0


class Running:
    """`python -m dev.run`, just as the Makefile calls it. `settings` are environment variables."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        home.mkdir(parents=True, exist_ok=True)
        self._log = home / "run.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dev.run", "--port", str(self.port), "--reload", "no"],
                cwd=CHECKOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "TIZA_HOME": str(home), **settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        """All that it has said so far."""
        return self._log.read_text(errors="replace")

    def events(self, message: str) -> list[dict[str, Any]]:
        """The lines of the JSON log that bear `message`, oldest first."""
        return [line for line in self.lines() if line["message"] == message]

    def lines(self) -> list[dict[str, Any]]:
        """The lines of the JSON log, oldest first."""
        return [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]

    def wait_until_ready(self) -> None:
        """Wait until it has said that it runs."""
        until(lambda: self.process.poll() is not None or "Ctrl-C stops everything" in self.log, START_SECONDS)
        assert self.process.poll() is None, self.log
        assert httpx.get(f"{self.url}/health", timeout=10).status_code == 200

    def end(self, sign: int = signal.SIGINT) -> int:
        """Send `sign` to the whole group, as a terminal does for Ctrl-C; the exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, sign)
        return self.process.wait(STOP_SECONDS)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def left_in(home: Path) -> list[str]:
    """The processes that work for `home`: whose data lie in it, or who were told that it is theirs."""
    found = []
    for process in psutil.process_iter():
        try:
            told = process.environ().get("TIZA_HOME") == str(home)
            if (told or process.cwd().startswith(str(home))) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(f"{process.pid} {' '.join(process.cmdline())}")
        except (psutil.Error, OSError):  # it is just ending, or not ours to look at
            continue
    return found


def until(condition: Any, seconds: float = STOP_SECONDS) -> None:
    """Wait until `condition` holds; fails when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)
