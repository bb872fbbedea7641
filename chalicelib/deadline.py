"""How much time is left to the request or batch that is being worked on."""

from __future__ import annotations

import time
from contextvars import ContextVar, Token
from typing import Any

MARGIN_SECONDS = 0.5  # to answer and to log
NEVER = float("inf")

_ends_at: ContextVar[float] = ContextVar("ends_at", default=NEVER)


def enter(context: Any) -> Token[float]:
    """Take the deadline of a Lambda context; one that cannot tell has none. Give the token to `leave`."""
    milliseconds = getattr(context, "get_remaining_time_in_millis", None)
    if milliseconds is None:
        return _ends_at.set(NEVER)
    return _ends_at.set(time.monotonic() + milliseconds() / 1000 - MARGIN_SECONDS)


def leave(token: Token[float]) -> None:
    """End what `enter` began."""
    _ends_at.reset(token)


def left() -> float:
    """The seconds that are left; infinite where nobody set a limit."""
    return _ends_at.get() - time.monotonic()
