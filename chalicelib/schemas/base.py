"""The bases of all schemas, and the field types that several of them share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

EXAMPLE_ID = "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"


class In(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=False):
    """A request's body or query. An unknown field is an error."""


class Out(Struct, kw_only=True):
    """A part of an answer."""


Id = Annotated[UUID, Meta(description="A UUIDv7.", examples=[EXAMPLE_ID])]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339, UTC.", examples=["2026-11-21T09:30:00Z"])]
Probability = Annotated[float, Meta(ge=0, le=1, examples=[0.82])]
Name = Annotated[
    str, Meta(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$", description="A name in one line.", examples=["Ada López"])
]
Email = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=254,
        pattern=r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
        description="An e-mail address; upper and lower case are the same.",
        examples=["ada@school.example"],
    ),
]
Password = Annotated[str, Meta(min_length=10, max_length=200, description="At least 10 characters.", examples=["correct horse battery"])]
Pin = Annotated[str, Meta(pattern=r"^[0-9]{4,8}$", description="Four to eight digits.", examples=["4711"])]
Username = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9._-]{2,32}$",
        description="A user name, unique in the school; upper and lower case are the same.",
        examples=["ada.l"],
    ),
]
Code = Annotated[str, Meta(min_length=4, max_length=40, pattern=r"^[A-Za-z0-9-]+$", description="A code as printed.", examples=["K7QM-2XWA"])]
Locale = Annotated[str, Meta(pattern=r"^(en|es)$", description="Language of texts.", examples=["en"])]
Cursor = Annotated[str, Meta(max_length=400, description="`meta.next_cursor` of the page before.", examples=["WyIwMTkzOGU0ZSJd.c2ln"])]
Limit = Annotated[int, Meta(ge=1, le=100, description="Items on a page.", examples=[20])]


class PageQuery(In):
    """Keyset pagination."""

    limit: Limit = 20
    cursor: Cursor | None = None
