"""Photos of work on paper."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import Answer, Steps
from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Moment, Out, PageQuery, Probability, Problem

LARGEST_BYTES = 10_000_000

ContentType = Annotated[
    Literal["image/jpeg", "image/png", "image/webp"],
    Meta(description="What the file is; it is found out again from its content.", examples=["image/jpeg"]),
]
Bytes = Annotated[int, Meta(ge=1, le=LARGEST_BYTES, description="The file's size.", examples=[2_400_000])]
PhotoStatus = Annotated[
    Literal["waiting", "checked", "refused"],
    Meta(
        description="`waiting` for the upload or its check; `checked`: it can be looked at; `refused`: see "
        "`reason`, and hand in another.",
        examples=["checked"],
    ),
]
Reason = Annotated[
    Literal["damaged", "wrong_type", "too_large", "too_many_pixels", "animated"],
    Meta(description="Why the file was refused.", examples=["damaged"]),
]
ReasonText = Annotated[
    str,
    Meta(description="The same in the caller's language.", examples=["The file is damaged or incomplete."]),
]
ReadingStatus = Annotated[
    Literal["waiting", "read"],
    Meta(description="`waiting` to be read; `read`: see the photo's `lines`.", examples=["read"]),
]
ReadingReason = Annotated[
    Literal["not_set_up", "switched_off", "consent_required", "budget_spent", "unavailable"],
    Meta(
        description="Why it cannot be read yet. It is read once that is over, while the photo is kept.",
        examples=["unavailable"],
    ),
]
ReadingText = Annotated[
    str,
    Meta(description="The same in the caller's language.", examples=["Nobody can read it at the moment."]),
]
LineNumber = Annotated[int, Meta(ge=0, le=999, description="Which line, the first being 0.", examples=[0])]
LineStatus = Annotated[
    Literal["waiting", "attempt", "unsure", "kept"],
    Meta(
        description="`waiting` to become an attempt; `attempt`: it is one; `unsure`: it becomes one when "
        "somebody says what it is; `kept`: it is none, see `reason`.",
        examples=["unsure"],
    ),
]
LineReason = Annotated[
    Literal["unreadable", "bounds", "problem", "answer", "exercise"],
    Meta(
        description="Why a line is only kept: it cannot be read, or is too long, or its problem or its "
        "answer is not in the grammar, or there is no such exercise.",
        examples=["unreadable"],
    ),
]
LineText = Annotated[
    str, Meta(description="The same in the caller's language.", examples=["This could not be read."])
]
Pixels = Annotated[int, Meta(ge=1, description="In pixels.", examples=[3024])]
Address = Annotated[
    str,
    Meta(
        description="A presigned address: whoever has it can read the file until it expires.",
        examples=["https://bucket.s3.eu-west-1.amazonaws.com/photos/…"],
    ),
]


class NewPhoto(In):
    """A photo that is about to be uploaded; of an exercise, of a problem, or of anything."""

    content_type: ContentType
    size: Bytes
    exercise_id: Id | UnsetType = UNSET
    problem: Problem | UnsetType = UNSET
    client_id: Annotated[
        Id | None,
        Meta(description="A key made on the device: the same key is the same photo, with a new form."),
    ] = None

    def __post_init__(self) -> None:
        if self.exercise_id is not UNSET and self.problem is not UNSET:
            raise ValueError("Give `exercise_id` or `problem`, not both")


Announcement = Annotated[
    NewPhoto,
    Meta(
        examples=[
            {"content_type": "image/jpeg", "size": 2_400_000, "problem": "503 - 278"},
            {
                "content_type": "image/png",
                "size": 900_000,
                "exercise_id": EXAMPLE_ID,
                "client_id": EXAMPLE_ID,
            },
        ],
        extra_json_schema={"not": {"required": ["exercise_id", "problem"]}},
    ),
]


class UploadForm(Out):
    """How to send the file: a POST of multipart/form-data with these fields, and then the file as `file`."""

    url: Annotated[
        str, Meta(description="Where to.", examples=["https://bucket.s3.eu-west-1.amazonaws.com/"])
    ]
    fields: Annotated[
        dict[str, str],
        Meta(
            description="To be sent as they are, before the file.", examples=[{"Content-Type": "image/jpeg"}]
        ),
    ]
    expires_at: Moment


class Announced(Out):
    """A photo that Tiza waits for."""

    id: Id
    status: PhotoStatus
    upload: Annotated[
        UploadForm | None, Meta(description="Null once the file has arrived and was looked at.")
    ]


class PhotoSummary(Out):
    """A photo in a list."""

    id: Id
    student_id: Id
    exercise_id: Id | None
    problem: Problem | None
    content_type: ContentType
    status: PhotoStatus
    reason: Reason | None
    reason_text: ReasonText | None
    reading: Annotated[ReadingStatus | None, Meta(description="Null unless it was checked.")]
    reading_reason: ReadingReason | None
    reading_reason_text: ReadingText | None
    created_at: Moment
    updated_at: Moment


class Files(Out):
    """Where a checked photo can be read from."""

    image_url: Address
    thumbnail_url: Annotated[Address, Meta(description="A JPEG of at most 320 by 320 pixels.")]
    expires_at: Moment


class PhotoLine(Out):
    """A line of work as it was read: one problem with its answer."""

    line: LineNumber
    problem: Annotated[
        str,
        Meta(description="As it was read; of an unreadable line all that was.", examples=["503 - 278"]),
    ]
    answer: Annotated[str, Meta(examples=["375"])]
    steps: Annotated[list[str], Meta(description="The lines of work between the two.")]
    confidence: Annotated[Probability, Meta(description="How sure the reader is of what it read.")]
    status: LineStatus
    reason: LineReason | None
    reason_text: LineText | None
    attempt_id: Annotated[Id | None, Meta(description="What it became.")]


class Photo(PhotoSummary):
    """A photo. The file itself is a clean copy: upright, in sRGB, with nothing in it but the picture."""

    width: Annotated[Pixels | None, Meta(description="Of the copy, once it was checked.")]
    height: Annotated[Pixels | None, Meta(description="Of the copy, once it was checked.")]
    files: Annotated[Files | None, Meta(description="Null unless it was checked.")]
    lines: Annotated[list[PhotoLine], Meta(description="What was read from it; empty until then.")]


class SaidLine(In):
    """What a line really says. What is left out is as it was read."""

    line: LineNumber
    problem: Problem | UnsetType = UNSET
    answer: Answer | UnsetType = UNSET
    steps: Steps | UnsetType = UNSET


LineSaid = Annotated[
    SaidLine, Meta(examples=[{"line": 0}, {"line": 1, "problem": "503 - 278", "answer": "375"}])
]


class PhotoQuery(PageQuery):
    """Filters for the list of photos."""

    student_id: Id | UnsetType = UNSET
    status: PhotoStatus | UnsetType = UNSET
