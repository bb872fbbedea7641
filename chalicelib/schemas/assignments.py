"""Assignments: exercises that are set to students, and what became of them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import BugId, BugName
from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Moment, Name, Out, PageQuery, Problem, Topic
from chalicelib.schemas.exercises import OneStory

Title = Annotated[Name, Meta(description="What it is called.", examples=["Borrowing, once more"])]
Kind = Annotated[
    Literal["teacher", "automatic"],
    Meta(
        description="`automatic`: made by Tiza for one student whose belief in the skill fell to `at_risk`.",
        examples=["teacher"],
    ),
]
DueAt = Annotated[Moment, Meta(description="An answer that is given later is marked, never refused.")]
ForAll = Annotated[
    bool,
    Meta(description="Whether it is for all of the class, who joins it later included.", examples=[True]),
]
StudentIds = Annotated[
    list[Id],
    Meta(
        min_length=1,
        max_length=100,
        description="Students of the class. Left out: all of it, who joins it later included.",
        examples=[[EXAMPLE_ID]],
    ),
]
ExerciseIds = Annotated[
    list[Id], Meta(min_length=1, max_length=30, description="In this order.", examples=[[EXAMPLE_ID]])
]
Share = Annotated[float, Meta(ge=0, le=1, examples=[0.7])]
State = Annotated[
    Literal["to_do", "finished", "overdue"],
    Meta(
        description="`finished`: each exercise has an answer. `overdue`: one has none, and it was due, or "
        "was closed.",
        examples=["to_do"],
    ),
]


class Result(Out):
    """What became of an assignment, over the students in question: all of it, one's own, one's children.

    It is the first answer to an exercise that counts as right or wrong: with it the student is told what is
    right.
    """

    students: Annotated[int, Meta(ge=0, description="For how many it is.", examples=[28])]
    finished: Annotated[int, Meta(ge=0, description="How many have answered every exercise.", examples=[20])]
    overdue: Annotated[
        int, Meta(ge=0, description="How many did not in time, and still have not.", examples=[2])
    ]
    late: Annotated[int, Meta(ge=0, description="How many gave an answer after it was due.", examples=[3])]
    exercises: Annotated[
        int, Meta(ge=0, description="How many are to be answered, over the students.", examples=[140])
    ]
    answered: Annotated[int, Meta(ge=0, description="How many of them have an answer.", examples=[112])]
    right: Annotated[
        int, Meta(ge=0, description="How many of them were right at the first go.", examples=[84])
    ]
    mean: Annotated[
        Share | None, Meta(description="The share of right ones among the answered; null without any.")
    ]


class Assignment(Out):
    """Exercises that are set to a class, to some of its students, or to one student alone."""

    id: Id
    kind: Kind
    title: Annotated[Title, Meta(description="An automatic one's is in the caller's language.")]
    classroom_id: Annotated[
        Id | None, Meta(description="Null where it is for one student alone, and for parents.")
    ]
    student_id: Annotated[Id | None, Meta(description="That student.")]
    is_for_all: ForAll
    skill_id: Annotated[Id | None, Meta(description="What it practises; null where exercises were named.")]
    due_at: DueAt
    closed_at: Annotated[
        Moment | None,
        Meta(
            description="From then on no answer counts for it. The class's archiving closes it, too; an "
            "automatic one closes itself when it is finished."
        ),
    ]
    created_by: Annotated[Id | None, Meta(description="For staff only; null of an automatic one.")]
    created_at: Moment
    updated_at: Moment
    result: Result


class NewAssignment(In):
    """Which exercises, for whom, until when."""

    classroom_id: Id
    title: Title
    student_ids: StudentIds | UnsetType = UNSET
    exercise_ids: ExerciseIds | UnsetType = UNSET
    skill_id: Annotated[
        Id | UnsetType, Meta(description="Instead of exercises: they are chosen for this skill.")
    ] = UNSET
    count: Annotated[int, Meta(ge=1, le=20, description="How many are chosen.", examples=[5])] = 5
    for_each: Annotated[
        bool,
        Meta(
            description="Whether they are chosen for each student, by what they know. Else all get the same; "
            "so does who joins the class later.",
            examples=[True],
        ),
    ] = False
    due_at: Annotated[
        DueAt | UnsetType, Meta(description="Left out: the end of the fifth school day from now.")
    ] = UNSET

    def __post_init__(self) -> None:
        if (self.exercise_ids is UNSET) == (self.skill_id is UNSET):
            raise ValueError("Give either `exercise_ids` or `skill_id`")
        if self.for_each and self.skill_id is UNSET:
            raise ValueError("Only exercises of a `skill_id` are chosen for each student")


Setting = Annotated[
    NewAssignment,
    Meta(
        examples=[
            {"classroom_id": EXAMPLE_ID, "title": "Borrowing, once more", "exercise_ids": [EXAMPLE_ID]},
            {"classroom_id": EXAMPLE_ID, "title": "For you", "skill_id": EXAMPLE_ID, "for_each": True},
        ],
        extra_json_schema={
            "oneOf": [
                {
                    "required": ["exercise_ids"],
                    "not": {"required": ["skill_id"]},
                    "properties": {"for_each": {"const": False}},
                },
                {"required": ["skill_id"], "not": {"required": ["exercise_ids"]}},
            ]
        },
    ),
]


class ChangeAssignment(In):
    """What is to change; what is left out stays. Other exercises are another assignment."""

    title: Title | UnsetType = UNSET
    due_at: DueAt | UnsetType = UNSET
    closed: Annotated[bool | UnsetType, Meta(description="Close it, or open it again.", examples=[True])] = (
        UNSET
    )


class AssignmentQuery(PageQuery):
    """Filters for the list of assignments."""

    classroom_id: Annotated[Id | UnsetType, Meta(description="Only those of this class.")] = UNSET
    student_id: Annotated[
        Id | UnsetType, Meta(description="Only those for this student, with this student's result.")
    ] = UNSET
    kind: Kind | UnsetType = UNSET
    closed: Annotated[bool, Meta(description="The closed ones instead.", examples=[False])] = False


class ExerciseState(Out):
    """An exercise of an assignment, and what the student made of it."""

    exercise_id: Id
    topic: Topic
    problem: Problem
    story: OneStory
    answered_at: Annotated[Moment | None, Meta(description="Of the first answer; null without one.")]
    right: Annotated[
        Annotated[bool, Meta(examples=[False])] | None,
        Meta(description="Whether the first answer was right; null without one."),
    ]
    right_later: Annotated[
        bool, Meta(description="Whether a later answer was right, the first being wrong.", examples=[True])
    ]
    late: Annotated[
        bool, Meta(description="Whether the first answer came after it was due.", examples=[False])
    ]


class StudentProgress(Out):
    """What one student has made of an assignment."""

    assignment_id: Id
    student_id: Id
    name: Name
    state: State
    finished_at: Annotated[Moment | None, Meta(description="When the last exercise had its answer.")]
    exercises: Annotated[list[ExerciseState], Meta(description="The student's own, in their order.")]


class ShownBug(Out):
    """A bug that answers of the assignment showed, each with a probability of 0.8 or more."""

    bug: BugId
    name: BugName
    students: Annotated[int, Meta(ge=1, description="How many students showed it.", examples=[6])]
    student_ids: Annotated[list[Id], Meta(examples=[[EXAMPLE_ID]])]


class Progress(Out):
    """How a class stands with an assignment."""

    assignment: Assignment
    students: Annotated[list[StudentProgress], Meta(description="By name.")]
    bugs: Annotated[list[ShownBug], Meta(description="The most shared first.")]
