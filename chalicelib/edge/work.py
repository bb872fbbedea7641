"""One piece of work, a request or a record or a scheduled run: what is known and measured while it lasts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib import deadline, message, observe
from chalicelib.observe import Metric, SqlUse


class Work:
    """What a piece of work has used so far."""

    def __init__(self) -> None:
        self.sql = SqlUse()
        self._start = time.perf_counter()

    def milliseconds(self) -> float:
        """The time since it began."""
        return round((time.perf_counter() - self._start) * 1000, 1)

    def log(self, what: str, *metrics: Metric, by: str | None = None, **fields: Any) -> None:
        """Write its one line of the log."""
        if observe.is_cold_start():
            fields["cold_start"] = True
            metrics = (*metrics, Metric("ColdStarts", 1))
        observe.event(
            what,
            *metrics,
            by=by,
            **fields,
            milliseconds=self.milliseconds(),
            sql_round_trips=self.sql.round_trips,
            sql_milliseconds=round(self.sql.seconds * 1000, 1),
        )


@contextmanager
def begun(request_id: str, correlation_id: str, context: Any) -> Iterator[Work]:
    """A piece of work under these ids, with the deadline of a Lambda `context`."""
    done = Work()
    request = observe.request_id.set(request_id)
    correlation = observe.correlation_id.set(correlation_id)
    caller = observe.caller_id.set("")
    written = message.written.set([])
    sql = observe.sql_use.set(observe.sql_use.get() or done.sql)  # a test or a benchmark may count already
    ends = deadline.enter(context)
    try:
        yield done
    finally:
        deadline.leave(ends)
        observe.sql_use.reset(sql)
        message.written.reset(written)
        observe.caller_id.reset(caller)
        observe.correlation_id.reset(correlation)
        observe.request_id.reset(request)


def send_what_was_written() -> None:
    """Send the messages that this work has written and committed. The sweep sends what cannot be sent now."""
    ids = message.written.get()
    if not ids:
        return
    from chalicelib.edge import relay

    try:
        relay.send_own(ids)
    except Exception:
        observe.unforeseen("messages were not sent; they stay in the outbox")
    ids.clear()
