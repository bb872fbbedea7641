"""Corrections: what a teacher says of an answer, and all that was ever said of it."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import Diagnosis, Verdict
from chalicelib.schemas.base import Id, In, Moment, Out
from chalicelib.schemas.bugs import CatalogueId

Comment = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=1000,
        description="A word to the student, who is shown it.",
        examples=["You did borrow; the mistake is in the hundreds."],
    ),
]


class Override(In):
    """What is to be said of the answer instead."""

    verdict: Verdict
    bug: Annotated[
        CatalogueId | UnsetType,
        Meta(description="The bug behind an incorrect answer, of a topic of the problem, if one is known."),
    ] = UNSET
    comment: Comment | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.bug is not UNSET and self.verdict != "incorrect":
            raise ValueError("Only an incorrect answer has a `bug`")


class RecordedDiagnosis(Out):
    """One of the diagnoses that an answer has had."""

    id: Id
    verdict: Verdict
    diagnosis: Diagnosis
    is_current: Annotated[bool, Meta(description="Whether it is the one that counts.", examples=[True])]
    made_by: Annotated[
        Id | None,
        Meta(description="Who of the staff made it; told to staff only."),
    ]
    created_at: Moment
