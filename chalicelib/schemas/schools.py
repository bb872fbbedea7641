"""Schools and their settings."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, Id, In, Locale, Moment, Name, Out

TimeZone = Annotated[
    str,
    Meta(
        max_length=50,
        pattern=r"^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]+){1,2})" + END,
        description="A time zone of the IANA database.",
        examples=["Europe/Madrid"],
    ),
]
Holidays = Annotated[
    list[date],
    Meta(
        max_length=400, description="Days without school, in order.", examples=[["2026-12-24", "2026-12-25"]]
    ),
]
Languages = Annotated[
    list[Locale],
    Meta(min_length=1, max_length=2, description="Languages taught in.", examples=[["es", "en"]]),
]
AgeOfConsent = Annotated[
    int,
    Meta(ge=13, le=21, description="From this age on, students consent for themselves.", examples=[16]),
]
Plan = Annotated[
    str, Meta(pattern=r"^(free|school)" + END, description="What the school has booked.", examples=["free"])
]


class School(Out):
    """A school."""

    id: Id
    name: Name
    time_zone: TimeZone
    holidays: Holidays
    age_of_consent: AgeOfConsent
    plan: Plan
    languages: Languages
    deletion_requested_at: Annotated[
        Moment | None, Meta(description="Its deletion was asked for then; after 30 days it is purged.")
    ]
    created_at: Moment
    updated_at: Moment


class ChangeSchool(In):
    """What is to change; what is left out stays."""

    name: Name | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    holidays: Holidays | UnsetType = UNSET
    age_of_consent: AgeOfConsent | UnsetType = UNSET
    plan: Annotated[Plan | UnsetType, Meta(description="Only an operator changes it.")] = UNSET
    languages: Languages | UnsetType = UNSET
