"""A message between two parts of Tiza, as it travels through a queue: versioned JSON that carries ids only.

docs/events.md has its schema and the payload of each kind.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import Any, NamedTuple
from uuid import UUID

VERSION = 1
FIELDS = frozenset({"version", "id", "kind", "correlation_id", "school_id", "payload"})


# What the work at hand has written into the outbox, for the edge to send once that has committed.
written: ContextVar[list[UUID] | None] = ContextVar("written", default=None)


class MalformedMessageError(ValueError):
    """The body is no message of a version that this code knows. It says why, and nothing of the content."""


class Message(NamedTuple):
    """One message. `kind` is the key of its queue; `correlation_id` that of the request it comes from."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    school_id: UUID | None = None
    correlation_id: str = ""
    receive_count: int = 1

    def body(self) -> str:
        """The message as the text of an SQS message."""
        return json.dumps(
            {
                "version": VERSION,
                "id": str(self.id),
                "kind": self.kind,
                "correlation_id": self.correlation_id,
                "school_id": str(self.school_id) if self.school_id else None,
                "payload": self.payload,
            },
            separators=(",", ":"),
        )


def read(body: str, receive_count: int = 1) -> Message:
    """The message in `body`. Raises `MalformedMessageError`."""
    try:
        found = json.loads(body)
    except ValueError:
        raise MalformedMessageError("The body is not JSON.") from None
    if not isinstance(found, dict) or FIELDS - found.keys():
        raise MalformedMessageError("The body lacks a field of a message.")
    if found["version"] != VERSION:
        raise MalformedMessageError("The message is of another version.")
    if not isinstance(found["payload"], dict) or not isinstance(found["kind"], str):
        raise MalformedMessageError("A field is of another type.")
    try:
        school_id = UUID(found["school_id"]) if found["school_id"] else None
        message_id = UUID(found["id"])
    except (ValueError, TypeError, AttributeError):
        raise MalformedMessageError("An id is not a UUID.") from None
    return Message(
        message_id, found["kind"], found["payload"], school_id, str(found["correlation_id"]), receive_count
    )
