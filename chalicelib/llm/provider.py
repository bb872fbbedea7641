"""One question to one model: by its provider, within a time, tried again where that may help."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from chalicelib import deadline
from chalicelib.llm import configuration
from chalicelib.llm.configuration import Configuration, Model
from chalicelib.llm.conversation import Reply, Request
from chalicelib.llm.faults import AwayError

T = TypeVar("T")

ATTEMPTS = 2
LONGEST_SECONDS = 60.0  # of one attempt
SHORTEST_SECONDS = 3.0  # with less time left an attempt is not begun: it would be paid for and never heard
RESERVE_SECONDS = 1.0  # to store what was answered
BACKOFF_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 10.0  # if it says to wait longer, another one is asked


def reply(model: Model, request: Request, where: Configuration) -> Reply:
    """What the model says. Raises `AwayError` and `RejectedError`."""
    from chalicelib.llm import bedrock, gateway

    if model.provider == configuration.BEDROCK:
        return _tried(lambda seconds: bedrock.converse(model, request, seconds))
    return _tried(lambda seconds: gateway.converse(model, request, seconds, where))


def embedding(model: Model, request: Request, where: Configuration) -> Reply:
    """The embedding of the request's text, as a JSON array. Raises `AwayError` and `RejectedError`."""
    from chalicelib.llm import bedrock, gateway

    text = "\n".join(part for message in request.messages for part in message.parts if isinstance(part, str))
    if model.provider == configuration.BEDROCK:
        return _tried(lambda seconds: bedrock.embed(model, text, seconds))
    return _tried(lambda seconds: gateway.embed(model, text, seconds, where))


def _tried(attempt: Callable[[float], T]) -> T:
    """What `attempt` gives within the time that it is told; once more after a passing fault.

    It waits with full jitter, or as long as the provider asks for.
    """
    for number in range(1, ATTEMPTS + 1):
        seconds = min(deadline.left() - RESERVE_SECONDS, LONGEST_SECONDS)
        if seconds < SHORTEST_SECONDS:
            raise AwayError("no time is left")
        try:
            return attempt(seconds)
        except AwayError as error:
            wait = error.retry_after or random.uniform(0, BACKOFF_SECONDS * 2**number)  # noqa: S311 (jitter)
            is_last = number == ATTEMPTS or wait > LONGEST_WAIT_SECONDS
            if is_last or deadline.left() - wait - RESERVE_SECONDS < SHORTEST_SECONDS:
                raise
            time.sleep(wait)
    raise AssertionError("an attempt either gives an answer or raises")
