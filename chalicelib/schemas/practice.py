"""Practice: the next exercise, and why."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import Id, In, Moment, Name, Out, Problem, Topic
from chalicelib.schemas.exercises import OneStory
from chalicelib.schemas.skills import Slug


class NextPractice(In):
    """What the student wants to practise."""

    skill_id: Annotated[
        Id | UnsetType, Meta(description="Left out: what helps most in the student's course.")
    ] = UNSET


class PracticeSkill(Out):
    """The skill that an exercise is given for."""

    id: Id
    slug: Slug
    name: Name


class PracticeReason(Out):
    """Why an exercise was chosen."""

    code: Annotated[
        Literal["probe", "bug", "prerequisite", "learning", "new_skill", "review"],
        Meta(
            description="It settles a suspected bug; practises one that was found; comes before what is"
            " wanted; goes on with a skill; begins one; keeps up what is known.",
            examples=["learning"],
        ),
    ]
    sentence: Annotated[
        str,
        Meta(
            description="The same in one sentence, in the student's language.",
            examples=["You are ready to begin with “Subtraction with borrowing”."],
        ),
    ]


class Practice(Out):
    """An exercise that was given to a student. It is answered as any other, by its `exercise_id`."""

    id: Id
    exercise_id: Id
    topic: Topic
    problem: Problem
    story: OneStory
    skill: PracticeSkill
    reason: PracticeReason
    is_probe: Annotated[
        bool, Meta(description="Whether it was chosen to settle a suspicion.", examples=[False])
    ]
    bug: Annotated[
        Annotated[str, Meta(examples=["subtraction.smaller_from_larger"])] | None,
        Meta(description="The bug that it settles or practises; null where it is about none."),
    ]
    given_at: Moment
