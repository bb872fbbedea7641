"""Runs a command that must not outlive its parent: it ends when this program's standard input ends.

    python -m dev.leash COMMAND...

The parent holds the other end of the pipe. The kernel closes it when the parent ends, `kill -9` included.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading

GRACE_SECONDS = 5.0


def main(command: list[str]) -> int:
    """Run `command` in a process group of its own; its exit code."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=_end_with_input, args=(child,), daemon=True).start()
    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, lambda *_: _end(child))
    code = child.wait()
    return code if code >= 0 else 128 - code  # ended by a signal: as a shell tells it


def _end_with_input(child: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the whole group to end, and insist after a while."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
        force = threading.Timer(GRACE_SECONDS, _kill, args=(child,))
        force.daemon = True
        force.start()


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
