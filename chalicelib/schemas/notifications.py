"""Which mails a person wants."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from chalicelib.schemas.base import In, Moment, Out

Kind = Annotated[
    Literal["practice_reminder", "weekly_summary"],
    Meta(
        description="A reminder after three days without practice, at most once a week; "
        "every Monday what one's children did in the week before.",
        examples=["weekly_summary"],
    ),
]
Subscribed = Annotated[bool, Meta(description="Whether these mails are wanted.", examples=[True])]


class Preference(Out):
    """One kind of mail."""

    kind: Kind
    subscribed: Subscribed
    changed_at: Annotated[Moment | None, Meta(description="Null where nothing was ever chosen.")]


class SetPreference(In):
    """Yes or no."""

    subscribed: Subscribed


class Unsubscribe(In):
    """Which subscription shall end."""

    token: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=100,
            description="The token that stands in each mail of the subscription.",
            examples=["9yZVb0uJm3Xw2l5T7cQeRk8nHs1dAfGp4oLiUvWtBxE"],
        ),
    ]
