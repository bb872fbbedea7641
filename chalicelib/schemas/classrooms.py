"""Classrooms and who is in them."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.schemas.base import END, Code, Id, In, Moment, Name, Out, PageQuery, Username

Grade = Annotated[
    int, Meta(ge=0, le=13, description="The school year; 0 comes before the first.", examples=[5])
]
MemberRole = Annotated[
    str,
    Meta(pattern=r"^(teacher|student)" + END, description="`teacher` or `student`.", examples=["student"]),
]


class Classroom(Out):
    """A class."""

    id: Id
    name: Name
    grade: Grade | None
    code: Annotated[Code, Meta(description="What its students type to sign in; it lets nobody join.")]
    student_count: Annotated[int, Meta(ge=0, description="How many students are in it.", examples=[28])]
    archived_at: Annotated[Moment | None, Meta(description="Null while it is in use.")]
    created_at: Moment
    updated_at: Moment


class NewClassroom(In):
    """A class to be made."""

    name: Name
    grade: Grade | None = None


class ChangeClassroom(In):
    """What is to change; what is left out stays."""

    name: Name | UnsetType = UNSET
    grade: Grade | UnsetType | None = UNSET
    archived: Annotated[
        bool | UnsetType,
        Meta(description="An archived class lets nobody sign in or join.", examples=[True]),
    ] = UNSET


class ClassroomQuery(PageQuery):
    """Filters for the list of classes."""

    archived: Annotated[bool, Meta(description="The archived ones instead.", examples=[False])] = False


class Member(Out):
    """A teacher or student of a class."""

    user_id: Id
    name: Name
    username: Annotated[Username | None, Meta(description="A student's name for signing in.")]
    role: MemberRole
    joined_at: Moment


class MemberQuery(PageQuery):
    """Filters for the members of a class."""

    role: MemberRole | UnsetType = UNSET


class SetMember(In):
    """What somebody is to be in a class."""

    role: MemberRole


class MoveStudent(In):
    """From which class a student comes, and to which."""

    from_classroom_id: Id
    to_classroom_id: Id


class JoinClassroom(In):
    """The invite code of a class."""

    code: Code
