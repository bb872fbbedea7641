"""Structured logs: one JSON object a line, with the request's id, and never personal data.

The standard library's `logging` with a formatter of its own: the price of AWS Lambda Powertools' logger
(15 ms of imports) would fall on every cold start, for what these lines do.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from contextvars import ContextVar
from typing import Any

log = logging.getLogger("tiza")
request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; extra fields are passed as `extra={"fields": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{record.msecs:03.0f}Z",
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure() -> None:
    """Send Tiza's log to standard output as JSON. Safe to call more than once."""
    if log.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    log.addHandler(handler)
    log.setLevel(os.environ.get("TIZA_LOG_LEVEL", "INFO"))
    log.propagate = False


def event(message: str, **fields: Any) -> None:
    """Log `message` with `fields`. Fields hold ids, counts, durations; never names or answers."""
    log.info(message, extra={"fields": fields})
