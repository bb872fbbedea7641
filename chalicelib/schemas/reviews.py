"""Reviews: diagnoses that staff should look at."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import AttemptSummary
from chalicelib.schemas.base import Id, In, Moment, Out, PageQuery
from chalicelib.schemas.corrections import Comment

Reason = Annotated[
    Literal["reported", "unsure"],
    Meta(
        description="`reported`: the student says it is wrong. `unsure`: the machine that made it doubts it.",
        examples=["reported"],
    ),
]
Status = Annotated[
    Literal["open", "upheld", "corrected"],
    Meta(
        description="`upheld`: staff find the diagnosis right. `corrected`: they have overridden it.",
        examples=["open"],
    ),
]
Remark = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="What the student says about it.",
        examples=["I did borrow, I only forgot to cross the 5 out."],
    ),
]


class Report(In):
    """That an answer was wrongly diagnosed."""

    comment: Remark | UnsetType = UNSET


class Resolution(In):
    """That the diagnosis is right."""

    comment: Comment | UnsetType = UNSET


class Review(Out):
    """A diagnosis that is doubted, and what became of that."""

    id: Id
    attempt_id: Id
    student_id: Id
    diagnosis_id: Annotated[Id, Meta(description="The diagnosis that is doubted.")]
    attempt: Annotated[AttemptSummary, Meta(description="The answer, with the diagnosis that counts now.")]
    reason: Reason
    comment: Remark | None
    status: Status
    response: Comment | None
    resolved_by: Annotated[Id | None, Meta(description="Who resolved it; told to staff only.")]
    resolved_at: Moment | None
    created_at: Moment


class ReviewQuery(PageQuery):
    """Filters for the list of reviews."""

    status: Status | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET
    classroom_id: Id | UnsetType = UNSET
    student_id: Id | UnsetType = UNSET
