"""Parents and their children."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import BugId, BugName
from chalicelib.schemas.base import END, Code, Id, In, Known, Level, Moment, Name, Out, PageQuery, Topic
from chalicelib.schemas.skills import Slug

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


class Consent(Out):
    """What may be done with a student's data, in one matter."""

    kind: Annotated[
        Literal["photos", "tutor"],
        Meta(description="Photos of their work, or talks with the language model.", examples=["photos"]),
    ]
    needed: Annotated[bool, Meta(description="False once the student is of age.", examples=[True])]
    given: Annotated[bool, Meta(description="Whether it may be done.", examples=[True])]
    said_by: Annotated[
        Literal["parent", "school"] | None,
        Meta(description="Whose word holds; a school's is what it has on paper. Null: nobody spoke."),
    ]
    said_at: Moment | None


class Decision(In):
    """Yes or no."""

    granted: Annotated[bool, Meta(description="`false` refuses, or takes back.", examples=[True])]


class SkillChange(Out):
    """A skill that was practised, and how the belief about it has moved."""

    skill_id: Id
    slug: Slug
    topic: Topic
    name: Name
    answers: Annotated[int, Meta(ge=1, description="Answers that counted.", examples=[7])]
    p_known: Known
    level: Level
    p_known_before: Known
    level_before: Level


class BugSeen(Out):
    """A wrong procedure that the answers showed, each time with a probability of 0.8 or more."""

    bug: BugId
    name: BugName
    explanation: Annotated[str, Meta(examples=["Takes the smaller digit from the larger in each column."])]
    answers: Annotated[int, Meta(ge=1, description="In how many answers.", examples=[3])]


class AssignmentsWaiting(Out):
    """Open assignments that a child has not finished, at this moment."""

    to_do: Annotated[int, Meta(ge=0, description="All of them.", examples=[2])]
    overdue: Annotated[int, Meta(ge=0, description="Those that were due already.", examples=[1])]


class ChildSummary(Out):
    """What a child did in a time, in the words of the reader's language."""

    student_id: Id
    since: Moment
    until: Moment
    answers: Annotated[int, Meta(ge=0, description="Answers that could be read.", examples=[24])]
    right: Annotated[int, Meta(ge=0, description="How many of them were right.", examples=[18])]
    assignments: AssignmentsWaiting
    skills: Annotated[list[SkillChange], Meta(description="Those that were practised, in their order.")]
    bugs: Annotated[list[BugSeen], Meta(description="The most frequent first.")]
