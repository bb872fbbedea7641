"""Running the platform: queues and dead letters, schedules, costs, switches."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, EXAMPLE_ID, Id, In, Moment, Out

SwitchName = Annotated[
    Literal["mail", "photos", "llm", "tutor"], Meta(description="What can be switched off.", examples=["llm"])
]
QueueKey = Annotated[str, Meta(description="The queue's name without the stage.", examples=["mail"])]
Messages = Annotated[
    Annotated[int, Meta(ge=0, examples=[3])] | None,
    Meta(description="About how many; null where the queue could not be asked."),
]
MessageId = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        pattern=r"^[A-Za-z0-9_-]+" + END,
        description="The message's own id; where its body has none, the one that SQS gave it.",
        examples=[EXAMPLE_ID],
    ),
]


class Switch(Out):
    """Something that costs money, and whether it is on."""

    name: SwitchName
    is_on: Annotated[bool, Meta(description="On, until somebody switches it off.", examples=[True])]
    changed_at: Annotated[Moment | None, Meta(description="When it was last switched; null if never.")]


class SetSwitch(In):
    """On or off."""

    is_on: Annotated[bool, Meta(description="`false` stops it.", examples=[False])]


class Spent(Out):
    """Calls, and what they cost."""

    calls: Annotated[int, Meta(ge=0, examples=[120])]
    micro_usd: Annotated[int, Meta(ge=0, description="Millionths of a US dollar.", examples=[12000])]


class CostItem(Out):
    """What one thing cost."""

    item: Annotated[
        str, Meta(description="What was paid for: `mail`, or a language model by name.", examples=["mail"])
    ]
    today: Spent
    month: Spent


class Costs(Out):
    """What was spent today and in this month, in UTC; the dearest item first."""

    day: Annotated[date, Meta(description="Today.", examples=["2026-11-21"])]
    today: Spent
    month: Spent
    items: list[CostItem]


class QueueStatus(Out):
    """A queue and its dead-letter queue; the numbers are SQS's own, which are approximate."""

    queue: QueueKey
    waiting: Messages
    in_flight: Annotated[Messages, Meta(description="Received by a worker and not done yet.")]
    delayed: Annotated[Messages, Meta(description="Not to be received yet.")]
    dead: Annotated[Messages, Meta(description="Given up after too many failures: dead letters.")]


class OutboxStatus(Out):
    """What is written and not sent to its queue yet."""

    waiting: Annotated[int, Meta(ge=0, examples=[0])]
    oldest_at: Annotated[Moment | None, Meta(description="Since when the oldest waits; null if none does.")]


class ScheduleStatus(Out):
    """Scheduled work, and how it last ended."""

    schedule: Annotated[str, Meta(examples=["alerts"])]
    is_running: Annotated[bool, Meta(examples=[False])]
    started_at: Moment | None
    succeeded_at: Moment | None
    failed_at: Moment | None
    milliseconds: Annotated[int | None, Meta(description="How long the last run took.", examples=[340])]
    result: Annotated[
        dict[str, Any] | None, Meta(description="What the last run counted.", examples=[{"raised": 2}])
    ]


class Status(Out):
    """How the platform is doing."""

    queues: list[QueueStatus]
    not_asked: Annotated[
        list[QueueKey], Meta(description="Queues that could not be asked, or not wholly.", examples=[[]])
    ]
    outbox: OutboxStatus
    schedules: list[ScheduleStatus]
    costs: Costs
    switches: list[Switch]


class DeadLetter(Out):
    """A message that a worker has given up. It holds ids only; what is not Tiza's own form is not shown."""

    id: MessageId
    kind: Annotated[str | None, Meta(description="Null where the body is no message.", examples=["mail"])]
    school_id: Id | None
    correlation_id: Annotated[
        str | None,
        Meta(description="The id of the request that it comes from, to be looked for in the log."),
    ]
    receive_count: Annotated[int, Meta(ge=0, description="How often it was received.", examples=[6])]
    sent_at: Moment | None
    payload: Annotated[
        dict[str, Any] | None,
        Meta(description="Null where the body is no message.", examples=[{"user_id": EXAMPLE_ID}]),
    ]


class Redrive(In):
    """Which dead letters to send again."""

    message_ids: Annotated[
        Annotated[list[MessageId], Meta(min_length=1, max_length=100)] | UnsetType,
        Meta(description="Left out: all of them.", examples=[[EXAMPLE_ID]]),
    ] = UNSET


class Redriven(Out):
    """How many went back to their queue."""

    moved: Annotated[int, Meta(ge=0, examples=[3])]
    is_done: Annotated[
        bool,
        Meta(
            description="False where there may be more, or some could not be sent: ask again.",
            examples=[True],
        ),
    ]
