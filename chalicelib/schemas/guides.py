"""Worksheets (guides): their questions, what is right, and whom they are given to."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.assignments import DueAt, Title
from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Moment, Out, PageQuery, Problem
from chalicelib.schemas.photos import UploadForm

LARGEST_BYTES = 10_000_000

Bytes = Annotated[int, Meta(ge=1, le=LARGEST_BYTES, description="The file's size.", examples=[180_000])]
State = Annotated[
    Literal["waiting", "refused", "reading", "solving", "review", "published", "closed"],
    Meta(
        description="`waiting` for the upload; `refused`: see `reason`; `reading` its questions and "
        "`solving` them takes some seconds, or longer where it is `held`; `review`: staff look at it and "
        "publish it; `published`: students hand in; `closed`: they cannot any more.",
        examples=["review"],
    ),
]
Reason = Annotated[
    Literal[
        "damaged", "wrong_type", "too_large", "encrypted", "too_many_pages", "too_complex", "no_pages"
    ],
    Meta(description="Why the file was refused.", examples=["encrypted"]),
]  # fmt: skip
Held = Annotated[
    Literal["not_set_up", "switched_off", "budget_spent", "unavailable"],
    Meta(
        description="Why a page that has no text cannot be read yet: it takes a language model. It is tried "
        "again every hour.",
        examples=["not_set_up"],
    ),
]
Words = Annotated[
    str,
    Meta(description="The same in the caller's language.", examples=["The file is protected by a password."]),
]
VersionNumber = Annotated[
    int, Meta(ge=0, le=2**31 - 1, description="Of the questions; 0 before there are any.", examples=[2])
]
Label = Annotated[str, Meta(max_length=10, description="The question's number on the sheet.", examples=["1"])]
Text = Annotated[
    str, Meta(min_length=1, max_length=1000, description="The question in words.", examples=["503 - 278 ="])
]
RightAnswer = Annotated[str, Meta(min_length=1, max_length=200, examples=["225"])]
FoundBy = Annotated[
    Literal["text", "llm", "teacher"],
    Meta(
        description="Who found out what is asked: the text of the file, a language model, or staff.",
        examples=["text"],
    ),
]
AnsweredBy = Annotated[
    Literal["engine", "llm", "teacher"],
    Meta(
        description="Who says what is right. Where there is a problem, the engine does.", examples=["engine"]
    ),
]
Confirmed = Annotated[
    bool,
    Meta(
        description="What a language model found or answered is to be confirmed by staff before the "
        "worksheet is published.",
        examples=[True],
    ),
]
MostSubmissions = Annotated[
    int, Meta(ge=1, le=10, description="How often each student may hand in.", examples=[3])
]
ClassroomIds = Annotated[list[Id], Meta(min_length=1, max_length=20, examples=[[EXAMPLE_ID]])]
ClientId = Annotated[
    Id | None, Meta(description="A key made on the device: the same key is the same thing, sent again.")
]


class NewGuide(In):
    """A worksheet that is about to be uploaded, as a PDF of at most 20 pages."""

    classroom_id: Annotated[Id, Meta(description="The class that it is meant for.")]
    title: Title
    size: Bytes
    client_id: ClientId = None


class Announced(Out):
    """A worksheet that Tiza waits for."""

    id: Id
    state: State
    upload: Annotated[UploadForm | None, Meta(description="Null once the file has arrived.")]


class Question(Out):
    """A question of a worksheet."""

    id: Id
    label: Label
    text: Text
    problem: Annotated[Problem | None, Meta(description="What is to be worked out; null for words alone.")]
    skill_id: Annotated[Id | None, Meta(description="What it practises.")]
    answer: Annotated[RightAnswer | None, Meta(description="What is right; for staff only, else null.")]
    found_by: FoundBy
    answered_by: Annotated[AnsweredBy | None, Meta(description="For staff only, else null.")]
    is_confirmed: Confirmed


class GuideSummary(Out):
    """A worksheet in a list."""

    id: Id
    title: Title
    state: State
    held: Annotated[Held | None, Meta(description="Null unless it waits for a language model.")]
    classroom_id: Annotated[Id | None, Meta(description="The class that it was made for; for staff only.")]
    classroom_ids: Annotated[
        list[Id], Meta(description="The classes it is given to: for students their own, for parents none.")
    ]
    version: VersionNumber
    due_at: Annotated[DueAt | None, Meta(description="Null before it is published.")]
    most_submissions: Annotated[MostSubmissions | None, Meta(description="Null before it is published.")]
    created_by: Annotated[Id | None, Meta(description="For staff only.")]
    created_at: Moment
    updated_at: Moment


class File(Out):
    """Where the file can be read from, until then."""

    url: Annotated[
        str,
        Meta(
            description="A presigned address: whoever has it can read the file until it expires.",
            examples=["https://bucket.s3.eu-west-1.amazonaws.com/guides/kept/…"],
        ),
    ]
    expires_at: Moment


class Guide(GuideSummary):
    """A worksheet."""

    reason: Reason | None
    reason_text: Words | None
    held_text: Words | None
    pages: Annotated[
        Annotated[int, Meta(ge=1, examples=[2])] | None, Meta(description="How many it has; null until read.")
    ]
    unread: Annotated[
        list[int],
        Meta(
            description="The pages that could not be read, or are too many: a sheet has 100 questions.",
            examples=[[2]],
        ),
    ]
    questions: Annotated[list[Question], Meta(description="In their order on the sheet.")]
    file: Annotated[File | None, Meta(description="Null unless the file was taken.")]


class GuideQuery(PageQuery):
    """Filters for the list of worksheets."""

    classroom_id: Annotated[Id | UnsetType, Meta(description="Only those made for or given to it.")] = UNSET
    state: State | UnsetType = UNSET


class GoOn(In):
    """How a worksheet goes on that is `held`."""

    without_model: Annotated[
        bool,
        Meta(
            description="Wait no more for a language model: what only that could read is left out. "
            "Else it is tried at once.",
            examples=[True],
        ),
    ]


class SaidQuestion(In):
    """A question as staff have it. With a `problem` what is right is computed, and `answer` is not read."""

    label: Label
    text: Text
    id: Annotated[Id | UnsetType, Meta(description="Left out for a new one.")] = UNSET
    problem: Problem | None = None
    skill_id: Annotated[Id | None, Meta(description="Null: the skill of the problem's topic.")] = None
    answer: Annotated[RightAnswer | None, Meta(description="What is right, where there is no problem.")] = (
        None
    )
    is_confirmed: Confirmed = False


class NewVersion(In):
    """All questions of a worksheet, in their order; those that are left out are gone."""

    version: Annotated[
        VersionNumber, Meta(description="The version that was changed. Another present one is a conflict.")
    ]
    questions: Annotated[list[SaidQuestion], Meta(max_length=100)]


Edit = Annotated[
    NewVersion,
    Meta(
        examples=[
            {
                "version": 2,
                "questions": [
                    {
                        "id": EXAMPLE_ID,
                        "label": "1",
                        "text": "503 - 278 =",
                        "problem": "503 - 278",
                        "skill_id": EXAMPLE_ID,
                        "is_confirmed": True,
                    },
                    {"label": "2", "text": "What is the shape called?", "answer": "rhombus"},
                ],
            }
        ]
    ),
]


class Version(Out):
    """The questions as they were after one edit."""

    version: VersionNumber
    questions: list[Question]
    made_by: Annotated[Id | None, Meta(description="Null where Tiza made it.")]
    created_at: Moment


class NewPublication(In):
    """To whom a worksheet is given, until when, and how often they may hand in."""

    version: Annotated[
        VersionNumber, Meta(description="The version that was looked at, which must be the last.")
    ]
    classroom_ids: ClassroomIds
    due_at: Annotated[
        DueAt | UnsetType, Meta(description="Left out: the end of the fifth school day from now.")
    ] = UNSET
    most_submissions: MostSubmissions = 1


class ChangeGuide(In):
    """What is to change; what is left out stays. All but the title is there once it is published."""

    title: Title | UnsetType = UNSET
    due_at: DueAt | UnsetType = UNSET
    most_submissions: MostSubmissions | UnsetType = UNSET
    closed: Annotated[bool | UnsetType, Meta(description="Close it, or open it again.", examples=[True])] = (
        UNSET
    )
