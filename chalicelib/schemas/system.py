"""Health and readiness."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from chalicelib.schemas.base import Out


class Health(Out):
    """The process answers."""

    status: Annotated[Literal["ok"], Meta(examples=["ok"])] = "ok"


class Readiness(Out):
    """The database answers and has the schema that this code needs."""

    status: Annotated[str, Meta(examples=["ready"])]
    migration: Annotated[
        str, Meta(description="The newest migration of the database.", examples=["0005_retired_bugs"])
    ]
