"""Why a model gave no answer."""

from __future__ import annotations


class ModelError(Exception):
    """A model gave no answer that can be used."""


class AwayError(ModelError):
    """It is away, too slow, or too busy: it may answer later, after `retry_after` seconds if known."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class RejectedError(ModelError):
    """It will not answer this, however often it is asked: a wrong key, an unknown model, too much."""


class MalformedError(ModelError):
    """It answered, also after it was told what was wrong, with something that is not what was asked for."""
