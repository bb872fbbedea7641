"""A school's roster as OneRoster's CSV files, and the change to a new school year."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.schemas.base import END, Id, In, Moment, Name, Out
from chalicelib.schemas.classrooms import Grade

SourcedId = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=255,
        pattern=r"^\S(.*\S)?" + END,
        description="The id that the school's own system has for it; unique among its kind in the school.",
        examples=["4711"],
    ),
]
File = Annotated[
    str,
    Meta(
        min_length=1,
        description="The text of the file: columns separated by `,`, `;` or tabs, in any order; others are "
        "passed over.",
    ),
]
USERS = "sourcedId,enabledUser,role,username,givenName,familyName,email\ns1,true,student,ada.l,Ada,López,"
CLASSES = "sourcedId,status,title,grades\nc1,,4a,04"
ENROLLMENTS = "sourcedId,status,classSourcedId,userSourcedId,role\ne1,,c1,s1,student"


class Import(In):
    """The texts of the files, one of them or several."""

    users: Annotated[
        Annotated[File, Meta(examples=[USERS])] | UnsetType,
        Meta(description="`users.csv`. Needs `sourcedId`, `givenName` and `familyName`."),
    ] = UNSET
    roles: Annotated[
        Annotated[File, Meta(examples=["userSourcedId,roleType,role\ns1,primary,student"])] | UnsetType,
        Meta(description="`roles.csv` of OneRoster 1.2, whose `users.csv` has no roles."),
    ] = UNSET
    classes: Annotated[
        Annotated[File, Meta(examples=[CLASSES])] | UnsetType,
        Meta(description="`classes.csv`. Needs `sourcedId` and `title`."),
    ] = UNSET
    enrollments: Annotated[
        Annotated[File, Meta(examples=[ENROLLMENTS])] | UnsetType,
        Meta(description="`enrollments.csv`. Needs `classSourcedId`, `userSourcedId` and `role`."),
    ] = UNSET


DryRun = Annotated[bool, Meta(description="Only say what would be done.", examples=[True])]


class ImportQuery(In):
    """How an import is made."""

    dry_run: DryRun = False
    all_or_nothing: Annotated[
        bool, Meta(description="Write nothing if any line is refused.", examples=[False])
    ] = False


class Fault(Out):
    """Why a line was refused, as the error of a request says it."""

    code: Annotated[str, Meta(examples=["CONFLICT"])]
    message: Annotated[str, Meta(examples=["This user name is taken."])]
    details: Annotated[dict[str, Any], Meta(examples=[{"reason": "username_taken"}])]


Outcome = Annotated[
    Literal["created", "changed", "unchanged", "refused"],
    Meta(description="What became of it.", examples=["created"]),
]


class Line(Out):
    """What became of one line."""

    file: Annotated[Literal["users", "roles", "classes", "enrollments"], Meta(examples=["users"])]
    line: Annotated[int, Meta(ge=1, description="Where it begins in the file.", examples=[2])]
    sourced_id: Annotated[str, Meta(examples=["s1"])]
    outcome: Outcome
    error: Annotated[Fault | None, Meta(description="Of a refused line.")]


class Counts(Out):
    """How many lines came out how."""

    created: Annotated[int, Meta(ge=0, examples=[3])]
    changed: Annotated[int, Meta(ge=0, examples=[0])]
    unchanged: Annotated[int, Meta(ge=0, examples=[120])]
    refused: Annotated[int, Meta(ge=0, examples=[1])]


class ImportReport(Out):
    """What an import did, or would do, line by line."""

    applied: Annotated[bool, Meta(description="Whether anything was written.", examples=[True])]
    counts: Counts
    lines: list[Line]


class PlannedClass(In):
    """A class of the new school year."""

    sourced_id: SourcedId
    name: Name
    grade: Grade | None = None
    from_classrooms: Annotated[
        list[Id], Meta(max_length=50, description="The classes that it comes from; they are archived.")
    ] = field(default_factory=list)
    students: Annotated[
        Annotated[list[Id], Meta(max_length=500)] | UnsetType,
        Meta(description="Left out: all students of those classes."),
    ] = UNSET
    teachers: Annotated[
        Annotated[list[Id], Meta(max_length=50)] | UnsetType,
        Meta(description="Left out: all teachers of those classes."),
    ] = UNSET


class SchoolYear(In):
    """The classes of the new school year, and which others end."""

    classes: Annotated[list[PlannedClass], Meta(max_length=200)] = field(default_factory=list)
    archive: Annotated[
        list[Id], Meta(max_length=200, description="Classes that end and come from nowhere else.")
    ] = field(default_factory=list)


class SchoolYearQuery(In):
    """How the change is made."""

    dry_run: DryRun = False


class NewClass(Out):
    """What became of a planned class."""

    sourced_id: SourcedId
    name: Name
    outcome: Outcome
    classroom_id: Annotated[Id | None, Meta(description="Null in a dry run, and where it was refused.")]
    students: Annotated[int, Meta(ge=0, description="Students who were put in.", examples=[28])]
    teachers: Annotated[int, Meta(ge=0, description="Teachers who were put in.", examples=[1])]
    error: Annotated[Fault | None, Meta(description="Of a refused one.")]


class ArchivedClass(Out):
    """What became of a class of the old year."""

    classroom_id: Id
    outcome: Outcome
    error: Annotated[Fault | None, Meta(description="Of a refused one.")]


class SchoolYearReport(Out):
    """What the change did, or would do."""

    applied: Annotated[bool, Meta(description="False after a dry run, or where anything was refused.")]
    classes: list[NewClass]
    archived: list[ArchivedClass]


class Pins(In):
    """Whose PINs are to be set."""

    students: Annotated[
        Literal["without_pin", "all"],
        Meta(description="`without_pin`: only those who have none yet.", examples=["without_pin"]),
    ] = "without_pin"


class StudentPin(Out):
    """What a student signs in with, beside the class's code."""

    user_id: Id
    name: Name
    username: Annotated[str, Meta(examples=["ada.l"])]
    pin: Annotated[str, Meta(description="Told this once.", examples=["471108"])]


class PinSheet(Out):
    """The new PINs of a class, to be printed and cut."""

    classroom_id: Id
    class_name: Name
    class_code: Annotated[str, Meta(examples=["K7QM-2XWA"])]
    set_at: Moment
    students: list[StudentPin]
