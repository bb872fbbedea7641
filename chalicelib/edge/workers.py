"""The workers and schedules of `app.py`: registered with Chalice, and remembered for the local stack."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from chalice.app import Chalice

from chalicelib.edge.events import Schedule, Worker, handle_batch, run_schedule
from chalicelib.queues import Queue

Handler = Callable[..., Any]


class Workers:
    """The part of a Chalice app that queues and the clock start."""

    def __init__(self, app: Chalice) -> None:
        self.app = app
        self.workers: list[Worker] = []
        self.schedules: list[Schedule] = []

    def queue(
        self,
        queue: Queue,
        *,
        transaction: bool = True,
        raw: bool = False,
        together: bool = False,
        uses: tuple[str, ...] = (),
        sends: tuple[Queue, ...] = (),
    ) -> Callable[[Handler], Handler]:
        """Declare the worker of `queue`; the function below it handles one message of it.

        It is called in a transaction that also notes the message as handled, unless `transaction` is false:
        then it opens its own, as it waits for something slow in between. `raw`: it gets the parsed body of
        what AWS itself sends, such as a bucket's notification, in no transaction. `together`: it gets all
        messages of a batch, in no transaction, and answers the ids of those that are to come back. `uses`
        and `sends` as a route's (`edge/routes.py`).
        """

        def declare(handler: Handler) -> Handler:
            in_one = transaction and not (raw or together)
            worker = Worker(handler.__name__, queue, handler, in_one, raw, uses, sends, together)
            self.workers.append(worker)

            def view(event: Any) -> dict[str, Any]:
                return handle_batch(worker, event.to_dict(), event.context)

            view.__name__ = handler.__name__
            name = queue.name(os.environ["TIZA_STAGE"])
            registered = self.app.on_sqs_message(
                name,
                queue.batch_size,
                name=handler.__name__,
                maximum_batching_window_in_seconds=queue.window_seconds,
            )(view)
            return registered  # type: ignore[no-any-return]

        return declare

    def schedule(
        self,
        expression: str,
        *,
        lease_seconds: int,
        uses: tuple[str, ...] = (),
        sends: tuple[Queue, ...] = (),
    ) -> Callable[[Handler], Handler]:
        """Declare scheduled work, done by one at a time: the function below it does all that is due.

        `lease_seconds` is longer than its function's time limit. `uses` and `sends` as a route's.
        """

        def declare(handler: Handler) -> Handler:
            schedule = Schedule(handler.__name__, expression, handler, lease_seconds, uses, sends)
            self.schedules.append(schedule)

            def view(event: Any) -> dict[str, Any] | None:
                return run_schedule(schedule, event.to_dict(), event.context)

            view.__name__ = handler.__name__
            registered = self.app.schedule(expression, name=handler.__name__)(view)
            return registered  # type: ignore[no-any-return]

        return declare
