"""The bases of all schemas, and the field types that several of them share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

EXAMPLE_ID = "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"
END = r"$(?!\n)"  # Python's `$` alone also matches before a line feed at the end


class In(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=False):
    """A request's body or query. An unknown field is an error."""


class Out(Struct, kw_only=True):
    """A part of an answer."""


Id = Annotated[UUID, Meta(description="A UUIDv7.", examples=[EXAMPLE_ID])]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339, UTC.", examples=["2026-11-21T09:30:00Z"])]
Probability = Annotated[float, Meta(ge=0, le=1, examples=[0.82])]
Known = Annotated[
    Probability, Meta(description="The probability that the skill is known.", examples=[0.692683])
]
Level = Annotated[
    Literal["at_risk", "struggling", "proficient", "mastered"],
    Meta(description="Below 0.40, below 0.70, below 0.95, and above.", examples=["struggling"]),
]
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        pattern=r"^\S(.*\S)?" + END,
        description="A name in one line.",
        examples=["Ada López"],
    ),
]
Email = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=254,
        # as HTML has it (WHATWG, "valid e-mail address"), with a dot in the domain
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+" + END,
        description="An e-mail address; upper and lower case are the same.",
        examples=["ada@school.example"],
    ),
]
Password = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=200,
        description="At least 10 characters.",
        examples=["correct horse battery"],
    ),
]
Pin = Annotated[
    str, Meta(pattern=r"^[0-9]{4,8}" + END, description="Four to eight digits.", examples=["4711"])
]
Username = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9._-]{2,32}" + END,
        description="A user name, unique in the school; upper and lower case are the same.",
        examples=["ada.l"],
    ),
]
Code = Annotated[
    str,
    Meta(
        min_length=4,
        max_length=40,
        pattern=r"^[A-Za-z0-9-]+" + END,
        description="A code as printed.",
        examples=["K7QM-2XWA"],
    ),
]
Locale = Annotated[str, Meta(pattern=r"^(en|es)" + END, description="Language of texts.", examples=["en"])]
Cursor = Annotated[
    str,
    Meta(
        max_length=400,
        description="`meta.next_cursor` of the page before.",
        examples=["WyIwMTkzOGU0ZSJd.c2ln"],
    ),
]
Topic = Annotated[
    str,
    Meta(
        pattern=r"^(addition|subtraction|multiplication|division"
        r"|fractions|decimals|integers|powers|ratio|algebra)" + END,
        description="A topic of the diagnosis engine.",
        examples=["subtraction"],
    ),
]
Problem = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="A problem in the grammar of `docs/diagnosis.md`.",
        examples=["503 - 278"],
    ),
]
Limit = Annotated[int, Meta(ge=1, le=100, description="Items on a page.", examples=[20])]


class PageQuery(In):
    """Keyset pagination."""

    limit: Limit = 20
    cursor: Cursor | None = None
