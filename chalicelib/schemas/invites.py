"""Invites: codes that let people into a class, into the staff, or to a child."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chalicelib.schemas.base import Code, Id, In, Moment, Out


class NewInvite(In):
    """How often, and for how long, a new code may be used."""

    max_uses: Annotated[int, Meta(ge=1, le=500, description="How many people may use it.", examples=[30])] = 1
    days: Annotated[int, Meta(ge=1, le=90, description="For how many days it is good.", examples=[14])] = 14


class Invite(Out):
    """A code, and how often it was used."""

    id: Id
    kind: Annotated[str, Meta(description="`class`, `staff` or `link`.", examples=["class"])]
    code: Code
    classroom_id: Annotated[Id | None, Meta(description="The class that a `class` code opens.")]
    student_id: Annotated[Id | None, Meta(description="The child that a `link` code leads to.")]
    max_uses: Annotated[int, Meta(ge=1, description="How many people may use it.", examples=[30])]
    uses: Annotated[int, Meta(ge=0, description="How many have used it.", examples=[12])]
    expires_at: Moment
    revoked_at: Annotated[Moment | None, Meta(description="When it was taken back; null while it was not.")]
    created_at: Moment
