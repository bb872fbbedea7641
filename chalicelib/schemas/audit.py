"""Who did what in a school, and who read which student's record."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, Cursor, Id, In, Limit, Moment, Out

Action = Annotated[
    str,
    Meta(
        max_length=100,
        pattern=r"^[a-z_]+\.[a-z_]+" + END,
        description="What was done: a thing and a verb. Whoever read a record has `viewed` it.",
        examples=["mastery.viewed"],
    ),
]


class Actor(Out):
    """Who did it."""

    id: Id
    role: Annotated[
        str | None, Meta(description="The role in which they did it; `operator` is not of the school.")
    ]
    name: Annotated[
        str | None, Meta(description="Their name today; null for an operator and for who is gone.")
    ]


class Subject(Out):
    """To whom or what it was done."""

    type: Annotated[str, Meta(description="Such as `user` or `classroom`.", examples=["user"])]
    id: Id | None
    name: Annotated[str | None, Meta(description="A person's or class's name today, as far as there is one.")]


class Entry(Out):
    """One thing that was done."""

    id: Id
    at: Moment
    action: Action
    actor: Actor
    subject: Subject
    details: Annotated[dict[str, Any], Meta(examples=[{"fields": ["name"]}])]


class AuditFilters(In):
    """Which entries are wanted; what is left out does not count."""

    actor_id: Annotated[Id | UnsetType, Meta(description="Done by this person, or with this key.")] = UNSET
    subject_id: Annotated[Id | UnsetType, Meta(description="Done to this person or thing.")] = UNSET
    action: Action | UnsetType = UNSET
    since: Annotated[Moment | UnsetType, Meta(description="At this moment, or after it.")] = UNSET
    until: Annotated[Moment | UnsetType, Meta(description="Before this moment.")] = UNSET


class AuditQuery(AuditFilters):
    """Filters and a place in the list."""

    limit: Limit = 20
    cursor: Cursor | None = None


class AuditExport(AuditFilters):
    """Filters, and where to go on."""

    before: Annotated[
        Id | UnsetType,
        Meta(description="Older than this entry: the `id` of the last line of the export before."),
    ] = UNSET
