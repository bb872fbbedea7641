"""Calls to AWS: with a time limit below the caller's own, tried again with jitter, behind a circuit breaker.

A breaker per service opens after `FAILURES` failures in a row and lets nothing through for `OPEN_SECONDS`, so
that a service which is away costs one short wait and not one for each request. It belongs to the process:
on Lambda, to one execution environment.
"""

from __future__ import annotations

import functools
import os
import threading
from typing import Any

from chalicelib import deadline, settings
from chalicelib.errors import UnavailableError

CONNECT_SECONDS = 1.0
READ_SECONDS = 5.0
ATTEMPTS = 2  # botocore's standard mode: exponential backoff with full jitter between them
ATTEMPTS_OF = {"sesv2": 1}  # a mail that was taken, and the answer lost, would leave twice
BACKOFF_SECONDS = 1.0
LONG_READS = (3.0, 8.0, 15.0, 25.0, 40.0, 60.0)  # a client has one limit, and one is kept for each of these
# With less time left a call is not begun: it would outlive its caller.
LEAST_SECONDS = ATTEMPTS * (CONNECT_SECONDS + READ_SECONDS) + BACKOFF_SECONDS
FAILURES = 3
OPEN_SECONDS = 10
ENDPOINT = "AWS_ENDPOINT_URL"
# What the service says about itself rather than about the request (beside every status of 500 and above).
AWAY = frozenset(
    {"Throttling", "ThrottlingException", "TooManyRequestsException", "RequestThrottled", "SlowDown"}
)

_lock = threading.Lock()


class Refused(Exception):
    """The service understood the request and refused it; `code` is AWS's name for the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def call(service: str, operation: str, **arguments: Any) -> Any:
    """The answer of one operation, such as `call("sqs", "send_message_batch", ...)`.

    Raises `UnavailableError` when the service is away or too little time is left, `Refused` when it
    refuses the request.
    """
    from botocore.exceptions import BotoCoreError, ClientError
    from pybreaker import CircuitBreakerError

    if deadline.left() < LEAST_SECONDS:
        raise UnavailableError(f"No time is left to call {service}.", retry_after=OPEN_SECONDS)
    perform = getattr(client(service), operation)
    try:
        return _breaker(service).call(_answer_or_refusal, perform, arguments)
    except (BotoCoreError, ClientError, CircuitBreakerError) as error:
        raise UnavailableError(f"The {service} service is away.", retry_after=OPEN_SECONDS) from error


def call_within(seconds: float, service: str, operation: str, **arguments: Any) -> Any:
    """The answer of one operation that may take so long; tried once, with no breaker of ours before it.

    For who has a breaker and a time limit of their own. Raises as `call` does.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    read_seconds = max((each for each in LONG_READS if each <= seconds), default=READ_SECONDS)
    perform = getattr(client(service, read_seconds), operation)
    try:
        return _answer_or_refusal(perform, arguments)
    except (BotoCoreError, ClientError) as error:
        raise UnavailableError(f"The {service} service is away.", retry_after=OPEN_SECONDS) from error


def client(service: str, read_seconds: float | None = None) -> Any:
    """The boto3 client of `service`, made once. On stage `dev` never one for the real AWS.

    With `read_seconds` one that waits so long for an answer, and asks once.
    """
    own_endpoint = f"{ENDPOINT}_{service.upper().replace('-', '_')}"
    if settings.get().is_dev and not (os.environ.get(ENDPOINT) or os.environ.get(own_endpoint)):
        raise UnavailableError("There is no local AWS here: `make run` has one.", retry_after=OPEN_SECONDS)
    with _lock:  # making clients from several threads at once is not safe
        return _client(service, read_seconds)


def forget() -> None:
    """Forget clients and breakers, so that the next call reads the environment again."""
    _client.cache_clear()
    _breaker.cache_clear()


def _answer_or_refusal(perform: Any, arguments: dict[str, Any]) -> Any:
    """The answer; `Refused` where the fault is the request's own, which is no fault of the service."""
    from botocore.exceptions import ClientError

    try:
        return perform(**arguments)
    except ClientError as error:
        fault = error.response.get("Error", {})
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
        if status >= 500 or fault.get("Code") in AWAY:
            raise
        raise Refused(str(fault.get("Code")), str(fault.get("Message"))) from error


@functools.cache
def _client(service: str, read_seconds: float | None) -> Any:
    import boto3  # 100 ms
    from botocore.config import Config

    return boto3.client(
        service,
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=read_seconds or READ_SECONDS,
            retries={
                "mode": "standard",
                "total_max_attempts": 1 if read_seconds else ATTEMPTS_OF.get(service, ATTEMPTS),
            },
            # Presigned addresses get the old signature, and a host of no region, unless told otherwise.
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": "path" if os.environ.get(ENDPOINT) else "virtual"},
        ),
    )


@functools.cache
def _breaker(service: str) -> Any:
    from pybreaker import CircuitBreaker

    return CircuitBreaker(
        fail_max=FAILURES,
        reset_timeout=OPEN_SECONDS,
        exclude=[Refused],
        name=service,
        throw_new_error_on_trip=False,
    )
