"""The catalogue of bugs: wrong procedures that students follow."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import BugName, TraceLine
from chalicelib.schemas.base import END, In, Moment, Out, PageQuery, Problem, Topic

CatalogueId = Annotated[
    str,
    Meta(
        max_length=80,
        pattern=r"^[a-z]+\.[a-z0-9_]+" + END,
        description="The catalogue's id: the topic and a name.",
        examples=["subtraction.smaller_from_larger"],
    ),
]
Words = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description="Only what holds each of these words in its id, name, explanation or definition; accents "
        "and case do not count.",
        examples=["borrow zero"],
    ),
]


class BugExample(Out):
    """A problem that brings the bug out."""

    problem: Problem
    wrong: Annotated[str, Meta(description="What a student with the bug answers.", examples=["335"])]
    correct: Annotated[str, Meta(description="The right answer.", examples=["225"])]
    trace: Annotated[list[TraceLine], Meta(description="The work of a student with the bug.")]


class Bug(Out):
    """A wrong procedure that students are known to follow."""

    id: CatalogueId
    topic: Topic
    name: BugName
    explanation: Annotated[
        str,
        Meta(
            description="For students and teachers, in the caller's language.",
            examples=["Takes the smaller digit from the larger in each column."],
        ),
    ]
    definition: Annotated[
        str,
        Meta(
            description="The procedure, to the letter; in English.",
            examples=["Takes the smaller digit from the larger in each column; never borrows."],
        ),
    ]
    prior: Annotated[
        Literal["common", "uncommon", "rare"],
        Meta(description="How often it is met, judged from the literature.", examples=["common"]),
    ]
    source: Annotated[
        str,
        Meta(
            description="Where it is reported; `recalled`: from memory of it, not a quotation.",
            examples=["Brown & Burton 1978 (recalled)"],
        ),
    ]
    example: BugExample
    retired_at: Annotated[Moment | None, Meta(description="Since then no diagnosis proposes it.")]


class CatalogueQuery(PageQuery):
    """Filters for the catalogue."""

    topic: Topic | UnsetType = UNSET
    q: Words | UnsetType = UNSET
    retired: Annotated[bool, Meta(description="The retired ones instead.", examples=[False])] = False


class ChangeBug(In):
    """What is to change; what is left out stays."""

    retired: Annotated[
        bool | UnsetType,
        Meta(description="Once retired, no diagnosis proposes it.", examples=[True]),
    ] = UNSET
