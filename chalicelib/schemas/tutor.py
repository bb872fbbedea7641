"""The tutor: talks about one problem with a language model."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Moment, Out, PageQuery, Problem, Topic

LONGEST_TEXT = 500

Text = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_TEXT,
        pattern=r"\S",
        description="What the student says.",
        examples=["Why is 375 wrong? I took 3 from 8."],
    ),
]
ReplyKind = Annotated[
    Literal["answer", "hint", "off_subject"],
    Meta(
        description="`answer`: the model's words. `hint`: Tiza's own, as the model would have given the"
        " answer away, or said what it may not. `off_subject`: the message was not about the problem.",
        examples=["answer"],
    ),
]


class NewSession(In):
    """What a talk is to be about, one of the three. Of an attempt, its problem."""

    attempt_id: Id | UnsetType = UNSET
    exercise_id: Id | UnsetType = UNSET
    problem: Problem | UnsetType = UNSET

    def __post_init__(self) -> None:
        if [self.attempt_id, self.exercise_id, self.problem].count(UNSET) != 2:
            raise ValueError("Give one of `attempt_id`, `exercise_id` and `problem`")


Subject = Annotated[
    NewSession,
    Meta(
        examples=[{"attempt_id": EXAMPLE_ID}, {"exercise_id": EXAMPLE_ID}, {"problem": "503 - 278"}],
        extra_json_schema={
            "oneOf": [
                {"required": ["attempt_id"]},
                {"required": ["exercise_id"]},
                {"required": ["problem"]},
            ]
        },
    ),
]


class Session(Out):
    """A talk about one problem."""

    id: Id
    topic: Topic
    problem: Problem
    exercise_id: Annotated[Id | None, Meta(description="The exercise that it is about, if it is of one.")]
    attempt_id: Annotated[Id | None, Meta(description="The attempt that it is about, if it is of one.")]
    is_answered: Annotated[
        bool,
        Meta(
            description="Whether the student has answered the problem. Until then the tutor gives hints, and"
            " never the answer.",
            examples=[True],
        ),
    ]
    created_at: Moment
    updated_at: Annotated[Moment, Meta(description="The time of the last message.")]


class NewMessage(In):
    """Something that the student says."""

    text: Text
    client_id: Annotated[
        Id | None,
        Meta(description="A key made on the device: the same key is the same message, and counts once."),
    ] = None


Said = Annotated[
    NewMessage,
    Meta(examples=[{"text": "Why is 375 wrong? I took 3 from 8.", "client_id": EXAMPLE_ID}]),
]


class Source(Out):
    """What the model was given to rest its reply on, and says that it did."""

    kind: Annotated[
        Literal["bug", "guide"],
        Meta(description="An entry of the bug catalogue, or a question of a worksheet.", examples=["bug"]),
    ]
    id: Annotated[
        str,
        Meta(
            description="The catalogue's id, or the worksheet's.",
            examples=["subtraction.smaller_from_larger"],
        ),
    ]
    title: Annotated[
        str, Meta(description="Its name in the student's language.", examples=["Smaller from larger"])
    ]


class Message(Out):
    """What was said, and the reply."""

    id: Id
    session_id: Id
    client_id: Id | None
    text: Text
    kind: ReplyKind
    reply: Annotated[
        str, Meta(description="In plain words.", examples=["Look at the ones: can you take 8 from 3?"])
    ]
    sources: list[Source]
    created_at: Moment
    answered_at: Moment


class Quota(Out):
    """How many messages are answered in a day of the school, and how it stands with today."""

    limit: Annotated[int, Meta(ge=0, description="By the school's plan.", examples=[10])]
    used: Annotated[int, Meta(ge=0, description="Those under way count, too.", examples=[3])]
    left: Annotated[int, Meta(ge=0, examples=[7])]
    resets_at: Annotated[Moment, Meta(description="The school's next midnight.")]


class Answered(Message):
    """A reply, and how many more there will be today."""

    quota: Quota


class Day(Out):
    """How much a student used the tutor on one day of the school."""

    day: Annotated[str, Meta(description="A date.", examples=["2026-11-21"])]
    messages: Annotated[int, Meta(ge=1, description="That were answered.", examples=[4])]


class Use(Out):
    """How much a student uses the tutor: numbers, and nothing of what was said."""

    quota: Quota
    days: Annotated[list[Day], Meta(description="Of the last 30 days, newest first; without those of none.")]


class SessionQuery(PageQuery):
    """A page of the student's talks."""


class MessageQuery(PageQuery):
    """A page of what was said in a talk."""
