"""What a person sees and changes about themselves."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.auth import GivenPassword
from chalicelib.schemas.base import Email, Id, In, Locale, Moment, Name, Out, Password, Username

Issuer = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="The issuer's `iss`.",
        examples=["https://login.example.org"],
    ),
]
Subject = Annotated[
    str,
    Meta(min_length=1, max_length=255, description="The account's `sub` there.", examples=["auth0|5f7c8ec7"]),
]


class Deletion(Out):
    """A deletion that was asked for."""

    requested_at: Moment
    confirmed_at: Annotated[
        Moment | None, Meta(description="Null while a student's request waits for a parent or an admin.")
    ]
    purge_after: Annotated[Moment | None, Meta(description="Until then it can be taken back.")]


class OwnSchool(Out):
    """The school that the caller belongs to."""

    id: Id
    name: Name


class Me(Out):
    """The caller."""

    id: Id
    role: Annotated[
        str,
        Meta(description="`student`, `teacher`, `parent`, `admin` or `operator`.", examples=["teacher"]),
    ]
    name: Name
    locale: Locale
    email: Annotated[Email | None, Meta(description="Null for a student.")]
    username: Annotated[Username | None, Meta(description="A student's name for signing in.")]
    school: Annotated[OwnSchool | None, Meta(description="Null for an operator.")]
    deletion: Annotated[Deletion | None, Meta(description="Null unless it was asked for.")]
    created_at: Moment


class ChangeMe(In):
    """What is to change; what is left out stays."""

    name: Annotated[Name | UnsetType, Meta(description="A student's is kept by the school.")] = UNSET
    locale: Locale | UnsetType = UNSET


class ChangePassword(In):
    """The password as it is, and as it shall be."""

    current_password: GivenPassword
    new_password: Password


class Identity(Out):
    """An account at an outside OpenID issuer that may act as the caller."""

    issuer: Issuer
    subject: Subject
    created_at: Moment


class LinkIdentity(In):
    """Proof that the caller holds an account at a trusted issuer."""

    token: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=8192,
            description="A token of that issuer, made for this API.",
            examples=["eyJhbGciOi..."],
        ),
    ]


class IdentityQuery(In):
    """Which identity."""

    issuer: Issuer
    subject: Subject
