"""What students are believed to know, and the bugs they share."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Known, Level, Moment, Name, Out, Topic
from chalicelib.schemas.skills import Slug

Count = Annotated[int, Meta(ge=0, description="Answers that counted.", examples=[7])]


class SkillMastery(Out):
    """What one student is believed to know of one skill."""

    skill_id: Id
    slug: Slug
    topic: Topic
    name: Name
    p_known: Known
    level: Level
    attempts: Count
    updated_at: Moment


class StudentMastery(Out):
    """What one student is believed to know of each skill they have practised."""

    student_id: Id
    skills: list[SkillMastery]


class HeatMapSkill(Out):
    """A column of the heat map."""

    id: Id
    slug: Slug
    topic: Topic
    name: Name
    mean: Annotated[Known, Meta(description="The mean over the students who have practised it.")]


class HeatMapCell(Out):
    """What one student is believed to know of one skill."""

    p_known: Known
    level: Level
    attempts: Count


class HeatMapRow(Out):
    """A row of the heat map: one student."""

    student_id: Id
    name: Name
    cells: Annotated[
        list[HeatMapCell | None],
        Meta(description="One for each of the map's skills, in their order; null where never practised."),
    ]


class HeatMap(Out):
    """A class, students by skills: each skill that any of its students has practised."""

    classroom_id: Id
    skills: list[HeatMapSkill]
    students: list[HeatMapRow]


class BugQuery(In):
    """The time to look back over."""

    days: Annotated[
        int, Meta(ge=1, le=365, description="Answers of the last so many days.", examples=[14])
    ] = 30


class SharedBug(Out):
    """A bug that students of the class have, each with a probability of 0.8 or more."""

    bug: Annotated[str, Meta(description="The catalogue's id.", examples=["subtraction.smaller_from_larger"])]
    name: Name
    explanation: Annotated[str, Meta(examples=["Takes the smaller digit from the larger in each column."])]
    students: Annotated[int, Meta(ge=1, description="How many students have it.", examples=[6])]
    attempts: Annotated[int, Meta(ge=1, description="In how many answers it was found.", examples=[19])]
    student_ids: Annotated[list[Id], Meta(examples=[[EXAMPLE_ID]])]
    last_seen_at: Moment


class ClassBugs(Out):
    """The bugs of a class, the most shared first."""

    classroom_id: Id
    bugs: list[SharedBug]
