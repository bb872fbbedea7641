"""Alerts: what a teacher should see about a class."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.attempts import BugId
from chalicelib.schemas.base import EXAMPLE_ID, Id, Moment, Out, PageQuery

Type = Annotated[
    Literal[
        "student_at_risk", "student_dropped", "student_inactive", "unit_off_track", "shared_bug",
        "guide_ready", "guide_graded",
    ],
    Meta(
        description="`student_at_risk`: two or more skills below 0.4. `student_dropped`: fell two levels in "
        "a skill within 7 days. `student_inactive`: no attempt since the last three school days began. "
        "`unit_off_track`: the class's mean of a skill is below 0.3. `shared_bug`: several students of the "
        "class showed the same bug within 14 days. `guide_ready`, `guide_graded`: a worksheet waits for "
        "review, its grading is done.",
        examples=["student_at_risk"],
    ),
]  # fmt: skip
Severity = Annotated[Literal["high", "medium", "low"], Meta(examples=["high"])]
Status = Annotated[
    Literal["open", "closed", "resolved"],
    Meta(
        description="`closed`: its cause is gone. `resolved`: staff have dealt with it.",
        examples=["open"],
    ),
]
Details = Annotated[
    dict[str, float | list[Id]],
    Meta(
        description="Ids and numbers. `student_at_risk`: `skill_ids`. `student_dropped`: `p_known` and the "
        "`highest` of the last 7 days. `student_inactive`: `school_days` without an attempt, 20 standing for "
        "20 and more. `unit_off_track`: `mean` and the number of `students` who have practised. "
        "`shared_bug`: `students` who showed it, of `class_size`. `guide_ready`: `guide_ids`. "
        "`guide_graded`: `guide_ids`, and in `to_review` how many answers staff should look at.",
        examples=[{"skill_ids": [EXAMPLE_ID]}],
    ),
]


class Alert(Out):
    """An alert about a class, or about one student in it."""

    id: Id
    classroom_id: Id
    type: Type
    severity: Severity
    status: Status
    skill_id: Id | None
    student_id: Id | None
    bug: BugId | None
    details: Details
    created_at: Moment
    updated_at: Annotated[Moment, Meta(description="When it, or its details, last changed.")]
    ended_at: Annotated[Moment | None, Meta(description="When it was closed or resolved.")]
    resolved_by: Annotated[Id | None, Meta(description="Who resolved it.")]


class AlertQuery(PageQuery):
    """Filters for the list of alerts."""

    classroom_id: Id | UnsetType = UNSET
    type: Type | UnsetType = UNSET
    severity: Severity | UnsetType = UNSET
    status: Status | UnsetType = UNSET
