"""Parents and their children."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, Code, Id, In, Moment, Name, Out, PageQuery

LinkStatus = Annotated[
    str,
    Meta(
        pattern=r"^(pending|confirmed)" + END,
        description="A link counts once the school has confirmed it.",
        examples=["confirmed"],
    ),
]


class Person(Out):
    """One end of a link."""

    id: Id
    name: Annotated[Name | None, Meta(description="A child's is kept from the parent until confirmed.")]


class Link(Out):
    """A parent's link to a child."""

    id: Id
    status: LinkStatus
    parent: Person
    student: Person
    created_at: Moment
    confirmed_at: Moment | None


class LinkQuery(PageQuery):
    """Filters for the list of links."""

    status: LinkStatus | UnsetType = UNSET


class NewLink(In):
    """The code that the child's school made."""

    link_code: Code
