"""Registering, signing in, and the mails that prove an address."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, Code, Email, Id, In, Locale, Name, Out, Password, Pin, Username
from chalicelib.schemas.schools import TimeZone

OneTimeToken = Annotated[
    str,
    Meta(
        min_length=43,
        max_length=43,
        pattern=r"^[A-Za-z0-9_-]+" + END,
        description="The token of a mail.",
        examples=["3q2-7wQnYt8vR1xZ5bKc0dLe9fMg4hNi6jOk2lPm8sA"],
    ),
]
RefreshToken = Annotated[
    str,
    Meta(
        min_length=43,
        max_length=43,
        pattern=r"^[A-Za-z0-9_-]+" + END,
        description="The newest refresh token of this sign-in.",
        examples=["Vb7-2mXnQw4tR9yL5kJh8gFd1sAp6oIu3eZc0xWv_Bn"],
    ),
]
GivenPassword = Annotated[
    str, Meta(min_length=1, max_length=200, description="The password.", examples=["correct horse battery"])
]


class FoundedSchool(In):
    """A school that comes into being."""

    name: Name
    time_zone: TimeZone


class RegisterTeacher(In, tag_field="kind", tag="teacher"):
    """A teacher, who founds a school and becomes its first admin, or comes in by a staff invite."""

    email: Email
    password: Password
    name: Name
    locale: Locale = "en"
    school: FoundedSchool | UnsetType = UNSET
    invite_code: Code | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.school is UNSET) == (self.invite_code is UNSET):
            raise ValueError("Give either `school` or `invite_code`")


class RegisterStudent(In, tag_field="kind", tag="student"):
    """A student, who joins a class by its invite code and needs no e-mail address."""

    class_code: Code
    username: Username
    pin: Pin
    name: Name
    locale: Locale = "en"


class RegisterParent(In, tag_field="kind", tag="parent"):
    """A parent, whose link to the child counts once the school has confirmed it."""

    link_code: Code
    email: Email
    password: Password
    name: Name
    locale: Locale = "en"


Registration = Annotated[
    RegisterTeacher | RegisterStudent | RegisterParent,
    Meta(
        examples=[
            {
                "kind": "teacher",
                "email": "ada@school.example",
                "password": "correct horse battery",
                "name": "Ada López",
                "school": {"name": "Escuela Tiza", "time_zone": "Europe/Madrid"},
            },
            {
                "kind": "teacher",
                "email": "ada@school.example",
                "password": "correct horse battery",
                "name": "Ada López",
                "invite_code": "K7QM-2XWA",
            },
            {
                "kind": "student",
                "class_code": "K7QM-2XWA",
                "username": "leo.m",
                "pin": "4711",
                "name": "Leo Martín",
            },
            {
                "kind": "parent",
                "link_code": "K7QM-2XWA",
                "email": "eva@home.example",
                "password": "correct horse battery",
                "name": "Eva Martín",
            },
        ],
        extra_json_schema={
            "oneOf": [
                {"required": ["school"]},
                {"required": ["invite_code"]},
                {"properties": {"kind": {"enum": ["student", "parent"]}}},
            ]
        },
    ),
]


class Registered(Out):
    """What happens next."""

    status: Annotated[
        str,
        Meta(
            description="`verification_sent`: a mail is on its way, and says how to go on. "
            "`ready`: sign in with `class_code`, `username` and the PIN.",
            examples=["verification_sent"],
        ),
    ]
    class_code: Annotated[Code | None, Meta(description="The class's sign-in code; for a student.")] = None
    username: Annotated[Username | None, Meta(description="As it is stored; for a student.")] = None


class SignIn(In):
    """Either `email` and `password`, or `class_code`, `username` and `pin`."""

    email: Email | UnsetType = UNSET
    password: GivenPassword | UnsetType = UNSET
    class_code: Code | UnsetType = UNSET
    username: Username | UnsetType = UNSET
    pin: Pin | UnsetType = UNSET

    def __post_init__(self) -> None:
        given = [name for name in self.__struct_fields__ if getattr(self, name) is not UNSET]
        if given not in (["email", "password"], ["class_code", "username", "pin"]):
            raise ValueError("Give `email` and `password`, or `class_code`, `username` and `pin`")


EitherSignIn = Annotated[
    SignIn,
    Meta(
        examples=[
            {"email": "ada@school.example", "password": "correct horse battery"},
            {"class_code": "K7QM-2XWA", "username": "leo.m", "pin": "4711"},
        ],
        extra_json_schema={
            "oneOf": [
                {
                    "required": ["email", "password"],
                    "properties": {"class_code": False, "username": False, "pin": False},
                },
                {
                    "required": ["class_code", "username", "pin"],
                    "properties": {"email": False, "password": False},
                },
            ]
        },
    ),
]


class SignedInUser(Out):
    """Who signed in."""

    id: Id
    role: Annotated[str, Meta(examples=["teacher"])]
    name: Name
    school_id: Annotated[Id | None, Meta(description="Null for an operator.")]
    locale: Locale


class SignedIn(Out):
    """A session: send `access_token` as a bearer token; exchange `refresh_token` before it expires."""

    access_token: Annotated[str, Meta(description="A JWT (RFC 9068).", examples=["eyJhbGciOi..."])]
    refresh_token: RefreshToken
    expires_in: Annotated[int, Meta(description="Life of the access token in seconds.", examples=[900])]
    user: SignedInUser
    token_type: Annotated[str, Meta(examples=["Bearer"])] = "Bearer"  # noqa: S105 (RFC 6750)


class Refresh(In):
    """The newest refresh token of a session."""

    refresh_token: RefreshToken


class VerifyEmail(In):
    """The token of the mail that asks to confirm an address."""

    token: OneTimeToken


class Address(In):
    """An e-mail address that may or may not be known."""

    email: Email


class ResetPassword(In):
    """The token of a mail, and the password to be."""

    token: OneTimeToken
    password: Password


class Sent(Out):
    """The same answer, whether the address is known or not."""

    status: Annotated[
        str, Meta(description="If the address is known, a mail is on its way.", examples=["sent"])
    ] = "sent"
