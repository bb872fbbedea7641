"""What the lines of OneRoster's files mean to Tiza."""

from __future__ import annotations

import pytest

from chalicelib.errors import ValidationError
from chalicelib.services import roster_lines
from chalicelib.services.csv_text import Row
from chalicelib.services.roster_lines import ClassLine, EnrollmentLine, UserLine

ADA = {
    "sourcedId": "s1",
    "givenName": " Ada  María",
    "familyName": "López ",
    "username": "Ada.L",
    "role": "Student",
}
ENROLMENT = {"classSourcedId": "c1", "userSourcedId": "s1", "role": "teacher"}


def row(**cells: str) -> Row:
    return Row(2, cells, False)


def test_a_person() -> None:
    line = roster_lines.user(row(**ADA, email="ADA@school.example"), {})
    assert line == UserLine("s1", False, True, "student", "Ada María", "López", "ada.l", "ada@school.example")
    assert line.name == "Ada María López"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"status": "tobedeleted"}, (True, True)),
        ({"status": "active", "enabledUser": "FALSE"}, (False, False)),
        ({"status": "inactive", "enabledUser": "true"}, (True, True)),
    ],
)
def test_who_is_to_end(cells: dict[str, str], told: tuple[bool, bool]) -> None:
    line = roster_lines.user(row(**ADA | cells), {})
    assert (line.is_over, line.is_enabled) == told


def test_version_1_2_tells_roles_in_a_file_of_their_own() -> None:
    told = roster_lines.role(row(userSourcedId="s1", role="guardian", roleType="primary"))
    assert told == ("s1", "parent")
    assert roster_lines.role(row(userSourcedId="s1", role="teacher", roleType="secondary")) == ("s1", None)
    assert roster_lines.user(row(**ADA | {"role": ""}), dict([told])).role == "parent"
    assert roster_lines.user(row(**ADA | {"role": ""}), {}).role is None


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"sourcedId": ""}, "sourcedId"),
        ({"sourcedId": "x" * 256}, "sourcedId"),
        ({"givenName": "", "familyName": ""}, "givenName"),
        ({"familyName": "x" * 100}, "familyName"),
        ({"role": "aide"}, "role"),
        ({"status": "gone"}, "status"),
        ({"enabledUser": "yes"}, "enabledUser"),
    ],
)
def test_a_cell_that_means_nothing_is_named(wrong: dict[str, str], path: str) -> None:
    with pytest.raises(ValidationError) as caught:
        roster_lines.user(row(**ADA | wrong), {})
    assert caught.value.details["path"] == path


@pytest.mark.parametrize(
    ("grades", "grade"), [("04", 4), ("4", 4), ("13", 13), ("KG", 0), ("kg", 0), ("04,05", None), ("", None)]
)
def test_a_class(grades: str, grade: int | None) -> None:
    line = roster_lines.classroom(row(sourcedId="c1", title="4a", grades=grades))
    assert line == ClassLine("c1", False, "4a", grade)


def test_an_enrolment() -> None:
    line = roster_lines.enrollment(row(**ENROLMENT, status="tobedeleted"))
    assert line == EnrollmentLine("", True, "c1", "s1", "teacher")
    with pytest.raises(ValidationError):
        roster_lines.enrollment(row(**ENROLMENT | {"role": "administrator"}))
