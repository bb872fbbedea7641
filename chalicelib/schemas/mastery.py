"""What students are believed to know, and the bugs they share."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import (
    EXAMPLE_ID,
    Id,
    In,
    Known,
    Level,
    Moment,
    Name,
    Out,
    Topic,
)
from chalicelib.schemas.skills import Slug

Count = Annotated[int, Meta(ge=0, description="Answers that counted.", examples=[7])]
Trend = Annotated[
    float | None,
    Meta(
        description="By how much `p_known` has changed in 7 days; null where the first answer is newer.",
        examples=[-0.12],
    ),
]
BugId = Annotated[str, Meta(description="The catalogue's id.", examples=["subtraction.smaller_from_larger"])]
Explanation = Annotated[str, Meta(examples=["Takes the smaller digit from the larger in each column."])]
Students = Annotated[int, Meta(ge=1, description="How many students have it.", examples=[6])]


class SkillMastery(Out):
    """What one student is believed to know of one skill."""

    skill_id: Id
    slug: Slug
    topic: Topic
    name: Name
    p_known: Known
    level: Level
    trend: Trend
    attempts: Count
    updated_at: Moment


class StudentMastery(Out):
    """What one student is believed to know of each skill they have practised."""

    student_id: Id
    skills: list[SkillMastery]


class HistoryQuery(In):
    """Which part of the history, and how finely."""

    skill_id: Id | UnsetType = UNSET
    since: Annotated[
        Moment | UnsetType, Meta(description="Only what was answered at this moment or later.")
    ] = UNSET
    points: Annotated[
        int,
        Meta(
            ge=2,
            le=500,
            description="The most points of a skill; of more, such at even distances are given.",
            examples=[100],
        ),
    ] = 100


class HistoryPoint(Out):
    """One answer, and what was believed after it."""

    seq: Annotated[int, Meta(ge=1, description="The answer's place among the student's.", examples=[7])]
    correct: Annotated[bool, Meta(description="Whether it was right.")]
    p_known: Known
    answered_at: Moment


class SkillHistory(Out):
    """How the belief about one skill moved."""

    skill_id: Id
    slug: Slug
    topic: Topic
    name: Name
    answers: Annotated[int, Meta(ge=1, description="Answers in this time; there may be fewer points.")]
    points: Annotated[list[HistoryPoint], Meta(description="In the order in which the answers counted.")]


class MasteryHistory(Out):
    """How the belief about each of a student's skills moved, answer by answer."""

    student_id: Id
    name: Name
    skills: list[SkillHistory]


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
    trend: Trend
    attempts: Count


class HeatMapRow(Out):
    """A row of the heat map: one student."""

    student_id: Id
    name: Name
    cells: Annotated[
        list[HeatMapCell | None],
        Meta(description="One for each of the map's skills, in their order; null where never practised."),
    ]
    bugs: Annotated[list[BugId], Meta(description="The bugs that the student has shown in 30 days.")]


class BugCount(Out):
    """How many students of a class have a bug."""

    bug: BugId
    name: Name
    students: Students


class HeatMap(Out):
    """A class, students by skills: each skill that any of its students has practised."""

    classroom_id: Id
    name: Name
    skills: list[HeatMapSkill]
    students: list[HeatMapRow]
    bugs: Annotated[list[BugCount], Meta(description="The bugs of the last 30 days, the most shared first.")]
    updated_at: Annotated[Moment | None, Meta(description="When a belief changed last.")]


class BugQuery(In):
    """The time to look back over."""

    days: Annotated[
        int, Meta(ge=1, le=365, description="Answers of the last so many days.", examples=[14])
    ] = 30


class SharedBug(Out):
    """A bug that students of the class have, each with a probability of 0.8 or more."""

    bug: BugId
    name: Name
    explanation: Explanation
    students: Students
    attempts: Annotated[int, Meta(ge=1, description="In how many answers it was found.", examples=[19])]
    student_ids: Annotated[list[Id], Meta(examples=[[EXAMPLE_ID]])]
    last_seen_at: Moment


class ClassBugs(Out):
    """The bugs of a class, the most shared first."""

    classroom_id: Id
    bugs: list[SharedBug]


class Pupil(Out):
    """A student of the class."""

    student_id: Id
    name: Name


class GroupBug(Out):
    """A bug that all students of a group have."""

    bug: BugId
    name: Name
    explanation: Explanation


class BugGroup(Out):
    """Students who have the same bugs in common."""

    bugs: list[GroupBug]
    students: Annotated[list[Pupil], Meta(min_length=2)]


class ClassGroups(Out):
    """Groups to work with, the largest first. A student may be in several."""

    classroom_id: Id
    groups: list[BugGroup]
    alone: Annotated[list[Pupil], Meta(description="Who has bugs, but shares none of them.")]


class Reason(Out):
    """One reason to see a student."""

    type: Annotated[
        Literal["dropped", "at_risk", "inactive", "shared_bug"],
        Meta(description="As the alerts have it.", examples=["at_risk"]),
    ]
    points: Annotated[int, Meta(ge=1, description="What it adds to the student's points.", examples=[3])]
    text: Annotated[str, Meta(description="A sentence.", examples=["At risk in 2 skills: Addition, Powers."])]
    skill_ids: list[Id]
    bugs: list[BugId]
    school_days: Annotated[int | None, Meta(description="Days without an answer.", examples=[3])]


class NeedsAttention(Out):
    """A student to see, and why."""

    student_id: Id
    name: Name
    points: Annotated[int, Meta(ge=1, description="The sum of the reasons' points.", examples=[5])]
    mean: Annotated[Known | None, Meta(description="The mean over the student's skills.")]
    reasons: Annotated[list[Reason], Meta(min_length=1, description="The weightiest first.")]


class Attention(Out):
    """Whom to see first, the most urgent first. Who is not named gives no reason to be."""

    classroom_id: Id
    students: list[NeedsAttention]
