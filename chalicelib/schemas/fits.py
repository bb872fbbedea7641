"""Fits: what the nightly calibration found, and whether it was put in force."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import Id, Moment, Out, PageQuery

FitKind = Annotated[
    Literal["bkt", "irt"],
    Meta(
        description="`bkt`: how a skill is learnt. `irt`: how difficult its exercises are, and how well they "
        "tell students apart.",
        examples=["bkt"],
    ),
]
LogLikelihood = Annotated[
    Annotated[float, Meta(examples=[-5160.25])] | None,
    Meta(description="Natural logarithm; the higher, the better. Null where nothing was fitted."),
]
Count = Annotated[int, Meta(ge=0, examples=[12000])]


class Fit(Out):
    """A fit, beside what was in force before it."""

    id: Id
    kind: FitKind
    skill_id: Id
    answers: Annotated[Count, Meta(description="That were looked at.")]
    students: Annotated[Count, Meta(description="Whose answers they are.")]
    exercises: Annotated[Count, Meta(description="That were calibrated, those of schools included.")]
    parameters: Annotated[
        dict[str, float] | None,
        Meta(
            description="What was found of a skill; null for its exercises, which have their own values.",
            examples=[{"p_init": 0.31, "p_transit": 0.12, "p_slip": 0.08, "p_guess": 0.22, "p_forget": 0.0}],
        ),
    ]
    log_likelihood: LogLikelihood
    standing_log_likelihood: Annotated[LogLikelihood, Meta(description="Of what was in force before.")]
    held_out_log_likelihood: Annotated[LogLikelihood, Meta(description="On students not fitted to.")]
    standing_held_out_log_likelihood: Annotated[
        LogLikelihood, Meta(description="Of what was in force before, on students not fitted to.")
    ]
    iterations: Count
    milliseconds: Count
    is_accepted: Annotated[bool, Meta(description="Whether it was put in force.", examples=[True])]
    reason: Annotated[
        Literal[
            "too_few_answers",
            "not_converged",
            "at_a_guard",
            "worse_on_its_own_answers",
            "not_better_on_others",
        ]
        | None,
        Meta(description="Why it was not accepted; null: it was."),
    ]
    seen_until: Annotated[Moment, Meta(description="Answers until then were looked at.")]
    created_at: Moment


class FitQuery(PageQuery):
    """Filters for the list of fits."""

    skill_id: Id | UnsetType = UNSET
    kind: FitKind | UnsetType = UNSET
