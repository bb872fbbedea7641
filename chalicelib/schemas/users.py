"""The people of a school."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, Email, Id, In, Locale, Moment, Name, Out, PageQuery, Pin, Username

Role = Annotated[
    str,
    Meta(
        pattern=r"^(student|teacher|parent|admin)" + END,
        description="`student`, `teacher`, `parent` or `admin`.",
        examples=["student"],
    ),
]
Status = Annotated[
    str,
    Meta(
        pattern=r"^(active|disabled|deleted)" + END,
        description="`active`; `disabled`: cannot sign in; `deleted`: will be purged.",
        examples=["active"],
    ),
]
BirthDate = Annotated[date, Meta(description="For the age of consent.", examples=["2015-04-01"])]


class User(Out):
    """A person of the school, as its staff sees them."""

    id: Id
    role: Role
    status: Status
    name: Name
    locale: Locale
    email: Annotated[Email | None, Meta(description="Null for a student.")]
    email_verified: Annotated[bool, Meta(description="Whether the address was confirmed.", examples=[True])]
    username: Annotated[Username | None, Meta(description="A student's name for signing in.")]
    birth_date: BirthDate | None
    deletion_requested_at: Moment | None
    deletion_confirmed_at: Annotated[Moment | None, Meta(description="30 days later they are purged.")]
    created_at: Moment


class UserQuery(PageQuery):
    """Filters for the list of users."""

    role: Role | UnsetType = UNSET
    status: Annotated[Status | UnsetType, Meta(description="Left out: all but the deleted.")] = UNSET
    classroom_id: Annotated[Id | UnsetType, Meta(description="Only members of this class.")] = UNSET
    q: Annotated[
        Annotated[str, Meta(min_length=1, max_length=100, examples=["ada"])] | UnsetType,
        Meta(description="Part of the name, user name or address."),
    ] = UNSET


class NewStudent(In, tag_field="role", tag="student"):
    """A student, who signs in with class code, user name and PIN."""

    name: Name
    username: Username
    pin: Pin
    locale: Locale = "en"
    birth_date: BirthDate | UnsetType = UNSET
    classroom_id: Annotated[Id | UnsetType, Meta(description="The class to join at once.")] = UNSET


class NewTeacher(In, tag_field="role", tag="teacher"):
    """A teacher, who gets a mail to set a password."""

    name: Name
    email: Email
    locale: Locale = "en"


class NewAdmin(In, tag_field="role", tag="admin"):
    """An admin, who gets a mail to set a password."""

    name: Name
    email: Email
    locale: Locale = "en"


class NewParent(In, tag_field="role", tag="parent"):
    """A parent, who gets a mail to set a password, and links their child with a code."""

    name: Name
    email: Email
    locale: Locale = "en"


NewUser = NewStudent | NewTeacher | NewAdmin | NewParent


class ChangeUser(In):
    """What is to change; what is left out stays."""

    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    role: Annotated[
        Annotated[str, Meta(pattern=r"^(teacher|admin)" + END, examples=["admin"])] | UnsetType,
        Meta(description="A teacher becomes an admin, or an admin a teacher. Ends all sessions."),
    ] = UNSET
    status: Annotated[
        Annotated[str, Meta(pattern=r"^(active|disabled)" + END, examples=["disabled"])] | UnsetType,
        Meta(description="`disabled` ends all sessions; `active` also brings back who was deleted."),
    ] = UNSET
    username: Annotated[Username | UnsetType, Meta(description="A student's.")] = UNSET
    birth_date: Annotated[BirthDate | UnsetType | None, Meta(description="A student's.")] = UNSET


class NewPin(In):
    """A student's new PIN."""

    pin: Pin


class NewLinkCode(In):
    """How many parents may use a link code, and for how long."""

    max_uses: Annotated[int, Meta(ge=1, le=4, description="How many parents may use it.", examples=[2])] = 1
    days: Annotated[int, Meta(ge=1, le=30, description="For how many days it is good.", examples=[14])] = 14
