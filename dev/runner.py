"""Stands in for Lambda on this machine: polls the queues, watches the clock, calls `app.py`'s handlers.

    python -m dev.runner

It needs the environment that `make run` gives it: settings of stage `dev`, database, local AWS. Visibility,
order, receive counts and dead-letter queues are the queues' own; only what a handler has finished is deleted.
A schedule that counts from its set-up is fired at once, too, so that what was left lying is taken up.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from datetime import UTC, datetime
from typing import Any

from dev import clock, lambdas

POLL_SECONDS = 1
AWAY_SECONDS = 1.0
TICK_SECONDS = 0.5

log = logging.getLogger("tiza")


class Runner:
    """The workers and schedules of `app`, until `stop`."""

    def __init__(self, app: Any) -> None:
        import boto3
        from botocore.config import Config

        self._app = app
        self._stage = os.environ["TIZA_STAGE"]
        self._ended = threading.Event()
        self._region = os.environ["AWS_DEFAULT_REGION"]
        config = Config(max_pool_connections=len(app.workers.workers) + 1, retries={"mode": "standard"})
        self._sqs = boto3.client("sqs", config=config)
        self._urls: dict[str, str] = {}
        self._threads = [
            *(threading.Thread(target=self._poll, args=(worker,)) for worker in app.workers.workers),
            threading.Thread(target=self._watch_the_clock),
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End when each worker is done with what it has in hand."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def wait(self) -> None:
        """Stay until told to end."""
        self._ended.wait()

    def end(self) -> None:
        """Tell it to end."""
        self._ended.set()

    def take(self, worker: Any, wait_seconds: int = 0) -> int:
        """Receive one batch for `worker` and have it handled; how many messages it was."""
        url = self._url(worker.queue.name(self._stage))
        received = self._sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=min(worker.queue.batch_size, 10),
            WaitTimeSeconds=wait_seconds,
            AttributeNames=["All"],
        ).get("Messages", [])
        if received:
            handler = getattr(self._app, worker.name)
            arn = f"arn:aws:sqs:{self._region}:{lambdas.ACCOUNT}:{worker.queue.name(self._stage)}"
            for receipt in lambdas.call_queue(handler, arn, received, worker.queue.timeout_seconds):
                self._sqs.delete_message(QueueUrl=url, ReceiptHandle=receipt)
        return len(received)

    def fire(self, schedule: Any) -> Any:
        """Run a schedule now; what it says of itself. Raises what it raises."""
        return lambdas.call_schedule(
            getattr(self._app, schedule.name), f"tiza-{self._stage}-{schedule.name}", self._region
        )

    def _url(self, name: str) -> str:
        """The address of that queue, asked for once and not at every poll."""
        if name not in self._urls:
            self._urls[name] = self._sqs.get_queue_url(QueueName=name)["QueueUrl"]
        return self._urls[name]

    def _poll(self, worker: Any) -> None:
        while not self._ended.is_set():
            try:
                self.take(worker, POLL_SECONDS)
            except Exception:
                log.exception("a queue could not be polled", extra={"fields": {"worker": worker.name}})
                self._ended.wait(AWAY_SECONDS)

    def _watch_the_clock(self) -> None:
        start = datetime.now(UTC)
        due = {
            schedule: start
            if clock.is_rate(schedule.expression)
            else clock.next_time(schedule.expression, start)
            for schedule in self._app.workers.schedules
        }
        while not self._ended.wait(TICK_SECONDS):
            for schedule, moment in due.items():
                if moment <= datetime.now(UTC) and not self._ended.is_set():
                    due[schedule] = clock.next_time(schedule.expression, datetime.now(UTC))
                    try:
                        self.fire(schedule)
                    except Exception:
                        log.error("a schedule failed", extra={"fields": {"worker": schedule.name}})


def main() -> None:
    """Run until told to end."""
    import app
    from dev import reader

    reader.install()
    runner = Runner(app)
    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, lambda *_: runner.end())
    runner.start()
    runner.wait()
    runner.stop()


if __name__ == "__main__":
    main()
