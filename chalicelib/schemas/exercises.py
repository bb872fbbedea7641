"""Exercises: problems to be set."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Locale, Moment, Out, PageQuery, Problem, Topic
from chalicelib.schemas.bugs import CatalogueId

SkillIds = Annotated[
    list[Id],
    Meta(min_length=1, max_length=5, description="The skills that it practises.", examples=[[EXAMPLE_ID]]),
]
Difficulty = Annotated[
    float,
    Meta(
        ge=-10,
        le=10,
        description="On the scale of ability: at 0, an average student solves half.",
        examples=[0.5],
    ),
]
Discrimination = Annotated[
    float,
    Meta(gt=0, le=10, description="How sharply it tells weaker from stronger students.", examples=[1.0]),
]


class Story(Out):
    """The same problem told as a story. Its answer is the exercise's, which was computed."""

    text: Annotated[
        str,
        Meta(
            max_length=400,
            description="In one line. Its numbers are those of the problem.",
            examples=["A baker has 503 rolls and sells 278 of them. How many rolls are left?"],
        ),
    ]
    locale: Locale
    source: Annotated[Literal["llm"], Meta(description="Who wrote it: a language model.", examples=["llm"])]


OneStory = Annotated[Story | None, Meta(description="Null while it has none.")]


class Exercise(Out):
    """A problem to be set."""

    id: Id
    topic: Topic
    problem: Problem
    expected: Annotated[
        Annotated[str, Meta(examples=["225"])] | None,
        Meta(description="The right answer; for staff only, else null."),
    ]
    skill_ids: SkillIds
    difficulty: Difficulty
    discrimination: Discrimination
    story: OneStory
    story_status: Annotated[
        Annotated[
            Literal["pending", "written", "unsound", "unavailable", "switched_off", "budget_spent"],
            Meta(examples=["written"]),
        ]
        | None,
        Meta(
            description="What became of the last wish for a story: it is being written; it is there; none "
            "told just this problem; no model answered; models were switched off; the day's budget was "
            "spent. For staff only, else null; so where nobody asked for one."
        ),
    ]
    is_shared: Annotated[
        bool, Meta(description="Whether it is the platform's, for all schools.", examples=[False])
    ]
    archived_at: Annotated[Moment | None, Meta(description="Null while it is in use.")]
    created_at: Moment


class NewExercise(In):
    """A problem. Its answer is computed, never stated."""

    problem: Problem
    skill_ids: Annotated[SkillIds | UnsetType, Meta(description="Left out: the skill of its topic.")] = UNSET
    difficulty: Difficulty = 0.0
    discrimination: Discrimination = 1.0


class ChangeExercise(In):
    """What is to change; what is left out stays. Another problem is another exercise."""

    skill_ids: SkillIds | UnsetType = UNSET
    difficulty: Difficulty | UnsetType = UNSET
    discrimination: Discrimination | UnsetType = UNSET
    archived: Annotated[
        bool | UnsetType, Meta(description="An archived one is not listed.", examples=[True])
    ] = UNSET


class StoryWish(In):
    """Which story is wanted."""

    locale: Annotated[Locale | UnsetType, Meta(description="Left out: the caller's language.")] = UNSET


class ExerciseQuery(PageQuery):
    """Filters for the list of exercises."""

    skill_id: Id | UnsetType = UNSET
    topic: Topic | UnsetType = UNSET
    min_difficulty: Difficulty | UnsetType = UNSET
    max_difficulty: Difficulty | UnsetType = UNSET
    archived: Annotated[bool, Meta(description="The archived ones instead.", examples=[False])] = False


MostBugs = Annotated[list[CatalogueId], Meta(max_length=8)]
Level = Annotated[
    int, Meta(ge=1, le=5, description="1 is easiest; on the scale of ability, -2 to 2.", examples=[3])
]
Seed = Annotated[
    int, Meta(ge=0, le=2**31 - 1, description="The same seed makes the same exercises.", examples=[42])
]


class GenerateExercises(In):
    """What exercises are to be made: of a topic, or of a skill and its topic."""

    topic: Topic | UnsetType = UNSET
    skill_id: Id | UnsetType = UNSET
    difficulty: Annotated[Level | UnsetType, Meta(description="Left out: mixed, stored as 0.")] = UNSET
    count: Annotated[int, Meta(ge=1, le=20, description="How many.", examples=[5])] = 5
    provoke: Annotated[
        MostBugs,
        Meta(
            description="Bugs of the topic: each exercise is answered wrongly with one of them, in turns.",
            examples=[["subtraction.smaller_from_larger"]],
        ),
    ] = field(default_factory=list)
    tell_apart: Annotated[
        MostBugs,
        Meta(
            description="Bugs of the topic that shall give different answers, as far as that can be had.",
            examples=[["subtraction.borrow_from_zero", "subtraction.stops_borrow_at_zero"]],
        ),
    ] = field(default_factory=list)
    seed: Annotated[Seed | UnsetType, Meta(description="Left out: drawn, and told in the answer.")] = UNSET
    store: Annotated[bool, Meta(description="Whether to add them to the school's.", examples=[True])] = False

    def __post_init__(self) -> None:
        if (self.topic is UNSET) == (self.skill_id is UNSET):
            raise ValueError("Give either `topic` or `skill_id`")


Generation = Annotated[
    GenerateExercises,
    Meta(
        examples=[
            {"topic": "subtraction", "difficulty": 3, "count": 5},
            {"topic": "subtraction", "provoke": ["subtraction.borrow_from_zero"], "seed": 42},
            {"skill_id": EXAMPLE_ID, "store": True},
        ],
        extra_json_schema={"oneOf": [{"required": ["topic"]}, {"required": ["skill_id"]}]},
    ),
]


class BugAnswer(Out):
    """What a student with a bug answers."""

    bug: CatalogueId
    answer: Annotated[
        Annotated[str, Meta(examples=["335"])] | None, Meta(description="Null where the bug leads to none.")
    ]


class GeneratedExercise(Out):
    """A problem that was made."""

    id: Annotated[Id | None, Meta(description="Of the exercise; null where it was not stored.")]
    topic: Topic
    problem: Problem
    expected: Annotated[str, Meta(description="The right answer.", examples=["225"])]
    skill_ids: SkillIds
    difficulty: Difficulty
    answers: Annotated[list[BugAnswer], Meta(description="Of each bug that was asked for.")]


class GeneratedExercises(Out):
    """The problems that were made, and the seed that makes them again."""

    seed: Seed
    exercises: Annotated[
        list[GeneratedExercise],
        Meta(description="Fewer than asked for where no more are found: some bugs show in hard ones only."),
    ]
