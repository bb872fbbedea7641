"""Structured logs and metrics: one JSON object a line, with the request's id, and never personal data.

The standard library's `logging` with a formatter of its own: the price of AWS Lambda Powertools' logger
(15 ms of imports) would fall on every cold start, for what these lines do. Metrics stand in the same lines,
in CloudWatch's embedded metric format, and only where CloudWatch reads them.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from contextvars import ContextVar
from typing import Any, NamedTuple

log = logging.getLogger("tiza")
request_id: ContextVar[str] = ContextVar("request_id", default="")
# The id of the request in which it all began; it travels with messages, from worker to worker.
correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
# The id of who makes the request, once that is known.
caller_id: ContextVar[str] = ContextVar("caller_id", default="")

NAMESPACE = "Tiza"
IN_LAMBDA = "AWS_LAMBDA_FUNCTION_NAME"
# What an exception quotes may be a name, an answer, a token: Postgres tells the values of a violated key.
QUOTED = re.compile(
    r"'[^']*'|\"[^\"]*\"|\([^()]*\)=\([^()]*\)|[^\s<>\"']+@[^\s<>\"']+|^DETAIL:.*$", re.MULTILINE
)
# Units of CloudWatch.
COUNT, MILLISECONDS, SECONDS = "Count", "Milliseconds", "Seconds"

_is_cold = True


class SqlUse:
    """How many round trips to the database a piece of work made, and their time in seconds."""

    __slots__ = ("round_trips", "seconds", "statements")

    def __init__(self) -> None:
        self.round_trips = 0
        self.seconds = 0.0
        self.statements: list[str] = []


sql_use: ContextVar[SqlUse | None] = ContextVar("sql_use", default=None)


class Metric(NamedTuple):
    """One measured value for CloudWatch: `unit` is one of COUNT, MILLISECONDS, SECONDS."""

    name: str
    value: float
    unit: str = COUNT


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
        if correlation_id.get():
            line["correlation_id"] = correlation_id.get()
        if caller_id.get():
            line["caller_id"] = caller_id.get()
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["fingerprint"] = fingerprint(record.exc_info[1])
            line["trace"] = trace(record.exc_info[1])
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


def event(message: str, *metrics: Metric, by: str | None = None, **fields: Any) -> None:
    """Log `message` with `fields`, and count `metrics`, also apart for each value of the field named `by`.

    Fields hold ids, counts, durations; never names or answers.
    """
    if metrics and IN_LAMBDA in os.environ:
        fields |= embedded(metrics, by if by in fields else None)
    log.info(message, extra={"fields": fields})


def embedded(metrics: tuple[Metric, ...], by: str | None = None) -> dict[str, Any]:
    """`metrics` as fields of a log line, in the embedded metric format.

    Dimensions are the stage, and `by` where it is given: each value of one is one more metric to pay for.
    """
    directive = {
        "Namespace": NAMESPACE,
        "Dimensions": [["stage"], ["stage", by]] if by else [["stage"]],
        "Metrics": [{"Name": metric.name, "Unit": metric.unit} for metric in metrics],
    }
    about = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    values = {metric.name: metric.value for metric in metrics}
    return {"_aws": about, "stage": os.environ.get("TIZA_STAGE", ""), **values}


def unforeseen(message: str, **fields: Any) -> None:
    """Log the fault that is being handled with its trace, and count it: an alarm hangs on that metric."""
    if IN_LAMBDA in os.environ:
        fields |= embedded((Metric("UnforeseenErrors", 1),))
    log.error(message, exc_info=True, extra={"fields": fields})


def trace(error: BaseException) -> str:
    """The stack trace of `error` and of what caused it, without the values that their messages quote."""
    import traceback

    parts = traceback.TracebackException.from_exception(error).format()
    return "".join(part if part.startswith("  File ") else QUOTED.sub("…", part) for part in parts)


def fingerprint(error: BaseException) -> str:
    """What groups faults of one cause: the kind of error and the functions of Tiza it came through."""
    import hashlib
    import traceback

    own = [
        f"{frame.filename.rpartition('chalicelib')[2]}:{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "chalicelib" in frame.filename
    ]
    return hashlib.sha256("|".join([type(error).__name__, *own]).encode()).hexdigest()[:12]


def is_cold_start() -> bool:
    """Whether this is the first thing that this process works on."""
    global _is_cold
    was, _is_cold = _is_cold, False
    return was
