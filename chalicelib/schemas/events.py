"""Telemetry: what happened in a student's client."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from chalicelib.schemas.base import END, EXAMPLE_ID, Id, In, Moment, Out

Kind = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_.]{0,63}" + END,
        description="What happened, in the client's own words.",
        examples=["exercise.opened"],
    ),
]
Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}" + END)]
Text = Annotated[str, Meta(max_length=200)]
Whole = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Data = Annotated[
    dict[Key, Text | Whole | float | bool | None],
    Meta(
        max_length=20,
        description="What else there is to say; no names, and nothing that somebody wrote.",
        examples=[{"exercise_id": EXAMPLE_ID, "seconds": 12.5}],
    ),
]


class Event(In):
    """One event."""

    client_id: Annotated[
        Id, Meta(description="A key made on the device: an event that is sent twice is stored once.")
    ]
    kind: Kind
    occurred_at: Annotated[
        Moment, Meta(description="When it happened, by the device's clock: up to 30 days ago.")
    ]
    data: Data = field(default_factory=dict)


class EventBatch(In):
    """Events, in the order in which they happened."""

    events: Annotated[list[Event], Meta(min_length=1, max_length=100, description="Up to 100 events.")]


class Accepted(Out):
    """The events wait to be stored."""

    accepted: Annotated[int, Meta(ge=1, description="How many.", examples=[3])]
