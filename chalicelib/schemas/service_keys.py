"""Keys by which other systems call Tiza."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from chalicelib.schemas.base import Id, In, Locale, Moment, Name, Out

Scope = Literal[
    "diagnose",
    "exercises:generate",
    "bugs:read",
    "skills:read",
    "attempts:read",
    "mastery:read",
    "operations:read",
]
Scopes = Annotated[
    list[Scope],
    Meta(
        min_length=1,
        max_length=7,
        description="What it may do. `attempts:read` and `mastery:read` are for a school's key, "
        "`operations:read` is for the platform's.",
        examples=[["diagnose", "bugs:read"]],
    ),
]
KeyName = Annotated[Name, Meta(description="Which system it is for.", examples=["Gradebook sync"])]


class NewServiceKey(In):
    """A key for another system."""

    name: KeyName
    scopes: Scopes
    days: Annotated[int, Meta(ge=1, le=365, description="For how many days it is good.", examples=[180])] = 90
    locale: Annotated[Locale, Meta(description="Language of the texts that it is answered.")] = "en"


class ServiceKey(Out):
    """A key of another system, without its secret."""

    id: Id
    name: KeyName
    school_id: Annotated[Id | None, Meta(description="The school that it opens; null: the platform's.")]
    scopes: Scopes
    locale: Locale
    expires_at: Moment
    last_used_on: Annotated[date | None, Meta(description="The last day (UTC) on which it was used.")]
    revoked_at: Moment | None
    created_at: Moment


class IssuedServiceKey(ServiceKey):
    """A new key with its secret, which is told this once."""

    key: Annotated[
        str,
        Meta(
            description="Send it as `Authorization: Bearer <key>`. Only its hash is kept.",
            examples=["tiza_sk_0000000000000000000000000000000000000000000"],
        ),
    ]
