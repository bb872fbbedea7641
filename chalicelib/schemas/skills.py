"""Skills and what comes before them."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.schemas.base import END, EXAMPLE_ID, Id, In, Moment, Name, Out, PageQuery, Topic

Slug = Annotated[
    str,
    Meta(
        max_length=80,
        pattern=r"^[a-z]+(\.[a-z][a-z0-9_]*)*" + END,
        description="Its stable name: the topic's, or one that begins with the topic's and a dot.",
        examples=["subtraction.borrowing"],
    ),
]
Position = Annotated[
    int, Meta(ge=0, le=100_000, description="Where it stands in lists of skills.", examples=[3])
]
Prerequisites = Annotated[
    list[Id],
    Meta(max_length=20, description="Skills that come right before it.", examples=[[EXAMPLE_ID]]),
]


class Names(In):
    """A name in every language."""

    en: Name
    es: Name


class Skill(Out):
    """Something to be learnt."""

    id: Id
    slug: Slug
    topic: Topic
    name: Annotated[
        Name, Meta(description="In the caller's language.", examples=["Subtraction with borrowing"])
    ]
    position: Position
    prerequisites: Prerequisites
    retired_at: Annotated[Moment | None, Meta(description="Since then no answer counts towards it.")]


class SkillQuery(PageQuery):
    """Filters for the list of skills."""

    topic: Topic | UnsetType = UNSET


class NewSkill(In):
    """A skill to be added."""

    slug: Slug
    topic: Topic
    names: Names
    position: Position = 0
    prerequisites: Prerequisites = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.slug.partition(".")[0] != self.topic:
            raise ValueError("The slug must be the topic, or begin with the topic and a dot")


class ChangeSkill(In):
    """What is to change; what is left out stays."""

    names: Names | UnsetType = UNSET
    position: Position | UnsetType = UNSET


class SetPrerequisites(In):
    """All the skills that come right before one."""

    prerequisites: Prerequisites
