"""A small surface with workers of its own, to prove what the edge promises every worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from chalice import Chalice

from chalicelib import queues
from chalicelib.edge.workers import Workers
from chalicelib.message import Message
from chalicelib.store.database import database
from dev.runner import Runner

TABLE = (
    "CREATE TABLE effects (id serial, text text NOT NULL); GRANT ALL ON effects, effects_id_seq TO tiza_app"
)


class PoisonError(Exception):
    """What the workers of the surface raise for a message they cannot digest."""


class Surface:
    """An app whose workers `mail` (standard) and `telemetry` (FIFO) write their message's `text` down.

    `before` is called with each message before that, in its transaction; a text of `poison` fails.
    """

    def __init__(self) -> None:
        app = Chalice(app_name="surface", configure_logs=False)
        self.workers = Workers(app)
        self.before: Callable[[Message], None] = lambda _: None
        self.ran: list[str] = []
        self.hold = threading.Event()
        self.hold.set()
        self.poison = {"poison"}

        @self.workers.queue(queues.MAIL)
        def mail(message: Message) -> None:
            self._take(message)

        @self.workers.queue(queues.TELEMETRY)
        def telemetry(message: Message) -> None:
            self._take(message)

        @self.workers.schedule("rate(1 hour)", lease_seconds=60)
        def hourly() -> dict[str, Any]:
            self.ran.append("hourly")
            self.hold.wait(20)
            return {"done": 1}

        self.mail, self.telemetry, self.hourly = mail, telemetry, hourly

    def runner(self) -> Runner:
        """A runner that calls these workers."""
        app = SimpleNamespace(
            workers=self.workers, mail=self.mail, telemetry=self.telemetry, hourly=self.hourly
        )
        return Runner(app)

    def worker(self, name: str) -> Any:
        return next(worker for worker in self.workers.workers if worker.name == name)

    def schedule(self) -> Any:
        return self.workers.schedules[0]

    def _take(self, message: Message) -> None:
        self.before(message)
        database.execute_sql("INSERT INTO effects (text) VALUES (%s)", (message.payload["text"],))
        if message.payload["text"] in self.poison:
            raise PoisonError


def drain(runner: Runner, worker: Any) -> int:
    """Have everything that is visible handled; how many messages were received."""
    total = 0
    while taken := runner.take(worker):
        total += taken
    return total
