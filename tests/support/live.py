"""Tiza behind a real HTTP server: in this process, or as `chalice local` with a Postgres to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx

from chalicelib.edge import local_http
from chalicelib.edge.local_gateway import Gateway
from chalicelib.store import migrate
from dev import postgres
from tests.support.client import ApiClient
from tests.support.running import CHECKOUT, free_port, until


@contextmanager
def served() -> Iterator[str]:
    """The address of a server in this process, as `chalice local` has it."""
    import app

    ApiClient(app.app)  # gives each thread a request of its own
    config = SimpleNamespace(
        minimum_compression_size=1024, lambda_timeout=None, function_name="tiza", lambda_memory_size=1024
    )
    server = local_http.Server(("127.0.0.1", 0), local_http.handler_for(Gateway(app.app, config)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Live:
    """`chalice local` with a home, and so a Postgres, of its own. `wait`: for how long it waits for that."""

    def __init__(self, home: Path, *, wait: float) -> None:
        self._home = home
        self._servers = [postgres.start(home)]
        migrate.upgrade(self.owner_url)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._log = home / "server.log"
        command = [sys.executable, Path(sys.executable).with_name("chalice"), "local", "--no-autoreload"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dev.leash", *command, "--port", str(port)],
                cwd=CHECKOUT,
                env={**os.environ, "TIZA_HOME": str(home), "TIZA_DATABASE_WAIT_SECONDS": str(wait)},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._answers)

    @property
    def owner_url(self) -> str:
        return self._servers[0].owner_url

    @property
    def app_url(self) -> str:
        return self._servers[0].app_url

    @property
    def log(self) -> str:
        """All that it has said so far."""
        return self._log.read_text(errors="replace")

    def kill_postgres(self) -> None:
        """As the kernel does when memory runs out."""
        pid = int((self._home / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def start_postgres(self) -> None:
        """Start it again, at the same address."""
        self._servers.append(postgres.start(self._home))

    def end(self) -> None:
        """End the server, then Postgres."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(30)
        for server in self._servers:
            server.stop()

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.log
        try:
            return httpx.get(f"{self.url}/health", timeout=5).status_code == 200
        except httpx.TransportError:
            return False
