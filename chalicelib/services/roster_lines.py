"""The lines of OneRoster's CSV files (1EdTech OneRoster 1.1 and 1.2, CSV binding), as far as Tiza uses them.

Both versions are read: 1.2 tells roles in a file of their own. Everything else that the files may say
(courses, terms, agents, dates of enrolment, addresses of students) is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from chalicelib.caller import ADMIN, PARENT, STUDENT, TEACHER
from chalicelib.errors import ValidationError
from chalicelib.schemas import base
from chalicelib.schemas.roster import SourcedId
from chalicelib.services import csv_text
from chalicelib.services.csv_text import Row

# In the order of the standard, as an export has them.
USER_COLUMNS = (
    "sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds",
    "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds",
    "grades", "password",
)  # fmt: skip
ROLE_COLUMNS = ("userSourcedId", "status", "roleType", "role")
CLASS_COLUMNS = (
    "sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId", "classCode", "classType",
    "location", "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods",
)  # fmt: skip
ENROLLMENT_COLUMNS = (
    "sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId", "userSourcedId", "role",
    "primary", "beginDate", "endDate",
)  # fmt: skip
ROLES = {
    "student": STUDENT, "teacher": TEACHER, "parent": PARENT, "guardian": PARENT, "relative": PARENT,
    "administrator": ADMIN, "siteadministrator": ADMIN,
}  # fmt: skip
ROLES_OUT = {STUDENT: "student", TEACHER: "teacher", PARENT: "parent", ADMIN: "administrator"}
CLASS_ROLES = {"student": STUDENT, "teacher": TEACHER}
IS_OVER = {"": False, "active": False, "tobedeleted": True, "inactive": True}  # the last one of OneRoster 1.0
TRUTH = {"": True, "true": True, "false": False}
GRADES = {"": None, "KG": 0, "PK": 0, **{f"{grade:02}": grade for grade in range(14)}}
GRADES |= {str(grade): grade for grade in range(10)}


class UserLine(NamedTuple):
    """A person. `role` is None where the files do not tell it."""

    sourced_id: str
    is_over: bool
    is_enabled: bool
    role: str | None
    given_name: str
    family_name: str
    username: str
    email: str

    @property
    def name(self) -> str:
        """The name in one piece."""
        return " ".join(filter(None, (self.given_name, self.family_name)))


class ClassLine(NamedTuple):
    """A class."""

    sourced_id: str
    is_over: bool
    name: str
    grade: int | None


class EnrollmentLine(NamedTuple):
    """Somebody's place in a class; the enrolment's own id is not kept."""

    sourced_id: str
    is_over: bool
    class_id: str
    user_id: str
    role: str


def users(text: str) -> list[Row]:
    """The lines of `users.csv`. Raises `ValidationError` for a file that cannot be read."""
    return csv_text.read(text, USER_COLUMNS, ("sourcedId", "givenName", "familyName"), "$.users")


def roles(text: str) -> list[Row]:
    """The lines of `roles.csv`. Raises as `users`."""
    return csv_text.read(text, ROLE_COLUMNS, ("userSourcedId", "role"), "$.roles")


def classes(text: str) -> list[Row]:
    """The lines of `classes.csv`. Raises as `users`."""
    return csv_text.read(text, CLASS_COLUMNS, ("sourcedId", "title"), "$.classes")


def enrollments(text: str) -> list[Row]:
    """The lines of `enrollments.csv`. Raises as `users`."""
    needed = ("classSourcedId", "userSourcedId", "role")
    return csv_text.read(text, ENROLLMENT_COLUMNS, needed, "$.enrollments")


def user(row: Row, roles_told: Mapping[str, str]) -> UserLine:
    """A line of `users.csv`; `roles_told` is what `roles.csv` says, by user. Raises `ValidationError`."""
    sourced_id = _cell(row, "sourcedId", SourcedId)
    given, family = (" ".join(row.cells.get(name, "").split()) for name in ("givenName", "familyName"))
    role = _one_of(row, "role", {"": roles_told.get(sourced_id), **ROLES})
    line = UserLine(
        sourced_id=sourced_id,
        is_over=_one_of(row, "status", IS_OVER),
        is_enabled=_one_of(row, "enabledUser", TRUTH),
        role=role,
        given_name=given,
        family_name=family,
        username=row.cells.get("username", "").lower(),
        email=row.cells.get("email", "").lower(),
    )
    _converted(line.name, base.Name, "familyName" if given else "givenName")
    return line


def role(row: Row) -> tuple[str, str | None]:
    """Whose role a line of `roles.csv` tells, and which; None: not the main one. Raises `ValidationError`."""
    sourced_id = _cell(row, "userSourcedId", SourcedId)
    found = _one_of(row, "role", ROLES)
    is_main = row.cells.get("roleType", "").lower() in ("", "primary")
    return sourced_id, found if is_main and not _one_of(row, "status", IS_OVER) else None


def classroom(row: Row) -> ClassLine:
    """A line of `classes.csv`; several grades, or an unknown one, are none. Raises `ValidationError`."""
    grades = row.cells.get("grades", "")
    return ClassLine(
        sourced_id=_cell(row, "sourcedId", SourcedId),
        is_over=_one_of(row, "status", IS_OVER),
        name=_converted(" ".join(row.cells.get("title", "").split()), base.Name, "title"),
        grade=GRADES.get(grades.upper()),
    )


def enrollment(row: Row) -> EnrollmentLine:
    """A line of `enrollments.csv`. Raises `ValidationError`."""
    return EnrollmentLine(
        sourced_id=row.cells.get("sourcedId", ""),
        is_over=_one_of(row, "status", IS_OVER),
        class_id=_cell(row, "classSourcedId", SourcedId),
        user_id=_cell(row, "userSourcedId", SourcedId),
        role=_one_of(row, "role", CLASS_ROLES),
    )


def username(line: UserLine) -> str:
    """The user name of a student's line. Raises `ValidationError`."""
    name: str = _converted(line.username, base.Username, "username")
    return name


def email(line: UserLine) -> str:
    """The address of a grown-up's line. Raises `ValidationError`."""
    address: str = _converted(line.email, base.Email, "email")
    return address


def _cell(row: Row, column: str, kind: Any) -> Any:
    return _converted(row.cells.get(column, ""), kind, column)


def _one_of(row: Row, column: str, known: Mapping[str, Any]) -> Any:
    """What the cell stands for, upper and lower case being the same. Raises `ValidationError`."""
    text = row.cells.get(column, "").lower()
    if text not in known:
        fits = ", ".join(f"`{name}`" for name in known if name)
        raise ValidationError(path=column, reason=f"Expected one of {fits}")
    return known[text]


def _converted(text: str, kind: Any, column: str) -> Any:
    try:
        return msgspec.convert(text, kind)
    except msgspec.ValidationError as error:
        raise ValidationError(path=column, reason=str(error)) from error
