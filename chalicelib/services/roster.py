"""A school's roster as OneRoster's CSV files, read in line by line, and given out so that it reads in again.

An import looks at everything first and writes at the end, in a few statements. A dry run writes, too, and
takes all of it back: so it finds what only the database can know, and its report is that of the real run.
Lines that are not there mean nothing: what is to end must say so by its `status`.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
import peewee
from msgspec import UNSET

from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ConflictError, ValidationError
from chalicelib.schemas import roster as schemas
from chalicelib.services import audit, csv_text, mail, roster_lines
from chalicelib.services.csv_text import Row
from chalicelib.services.roster_classes import Rooms, all_rooms, members
from chalicelib.services.roster_lines import ROLES_OUT
from chalicelib.services.roster_people import People, Person, everybody
from chalicelib.services.roster_report import Outcome, Report
from chalicelib.store.database import database

MOST_LINES = 10_000
ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('roster|' || %s, 0))"
RETRY_AFTER_SECONDS = 5
READ = {
    "users": roster_lines.users,
    "roles": roster_lines.roles,
    "classes": roster_lines.classes,
    "enrollments": roster_lines.enrollments,
}


class _Undo(Exception):
    """Leaves a savepoint, so that all since it is rolled back."""


def take(caller: Caller, body: schemas.Import, query: schemas.ImportQuery) -> schemas.ImportReport:
    """Import the files into the admin's school; what became of each line.

    Raises `ValidationError` for a file that cannot be read, and `ConflictError` while another import of the
    school runs or where somebody changed the same accounts at this moment.
    """
    files = _files(body)
    alone(caller)
    report, applied = Report(), False
    made: list[Person] = []
    try:
        with suppress(_Undo), database.atomic():
            made = _written(caller, files, report)
            if query.dry_run or (query.all_or_nothing and report.counts.refused):
                raise _Undo
            applied = True
    except peewee.IntegrityError as error:
        fault = "Somebody changed the same accounts at this moment. Try again."
        raise ConflictError(fault, reason="changed_meanwhile", retry_after=RETRY_AFTER_SECONDS) from error
    if applied:
        for person in made:
            if person.role != STUDENT and person.status == "active":
                mail.send("set_password", person.id, school_id=caller.school)
        counts = msgspec.structs.asdict(report.counts)
        audit.record(caller, "roster.imported", "school", caller.school, **counts)
    return report.shown(applied=applied)


def alone(caller: Caller) -> None:
    """Be the only one who changes the school's roster as a whole. Raises `ConflictError`; does not wait."""
    if not database.execute_sql(ALONE, (str(caller.school),)).fetchone()[0]:
        fault = "Another change of the whole roster is running."
        raise ConflictError(fault, reason="roster_is_changing", retry_after=RETRY_AFTER_SECONDS)


def users_csv(caller: Caller) -> str:
    """The people of the admin's school as `users.csv`, without those who are deleted."""
    rows = [_user_cells(caller, person) for person in everybody(caller) if person.status != "deleted"]
    return _exported(caller, "users", roster_lines.USER_COLUMNS, rows)


def classes_csv(caller: Caller) -> str:
    """The classes of the admin's school that are in use, as `classes.csv`."""
    rows = [
        {
            "sourcedId": room.sourced_id,
            "title": room.name,
            "grades": _grade(room.grade),
            "classType": "homeroom",
            "schoolSourcedId": str(caller.school),
        }
        for room in all_rooms(caller)
        if not room.is_archived
    ]
    return _exported(caller, "classes", roster_lines.CLASS_COLUMNS, rows)


def enrollments_csv(caller: Caller) -> str:
    """Who is in the classes of the admin's school that are in use, as `enrollments.csv`."""
    people = {person.id: person.sourced_id for person in everybody(caller) if person.status != "deleted"}
    rooms = {room.id: room.sourced_id for room in all_rooms(caller) if not room.is_archived}
    rows = [
        {
            "sourcedId": f"{rooms[room_id]}:{people[user_id]}",
            "classSourcedId": rooms[room_id],
            "schoolSourcedId": str(caller.school),
            "userSourcedId": people[user_id],
            "role": role,
        }
        for (room_id, user_id), role in sorted(members(caller).items())
        if room_id in rooms and user_id in people
    ]
    return _exported(caller, "enrollments", roster_lines.ENROLLMENT_COLUMNS, rows)


def _files(body: schemas.Import) -> dict[str, list[Row]]:
    texts = msgspec.structs.asdict(body)
    files = {name: read(texts[name]) if texts[name] is not UNSET else [] for name, read in READ.items()}
    if sum(map(len, files.values())) > MOST_LINES:
        reason = f"The files have more than {MOST_LINES} lines together. Send them in parts."
        raise ValidationError(path="$", reason=reason)
    return files


def _written(caller: Caller, files: dict[str, list[Row]], report: Report) -> list[Person]:
    """Do what the lines ask for; the people who were made."""
    people = People(caller)
    rooms = Rooms(caller, people)  # locks the classes, which everybody does before they lock people
    told: dict[str, str] = {}
    report.take("roles", files["roles"], lambda row, _: _tell(told, row))
    report.take("users", files["users"], lambda row, line: people.plan(roster_lines.user(row, told), line))
    made = people.write()
    report.take("classes", files["classes"], lambda row, line: rooms.plan(roster_lines.classroom(row), line))
    report.take(
        "enrollments", files["enrollments"], lambda row, _: rooms.plan_member(roster_lines.enrollment(row))
    )
    rooms.write()
    return made


def _tell(told: dict[str, str], row: Row) -> Outcome:
    """Note what a line of `roles.csv` tells; what that changes, the line of the person says."""
    sourced_id, role = roster_lines.role(row)
    if role is not None:
        told.setdefault(sourced_id, role)
    return "unchanged"


def _user_cells(caller: Caller, person: Person) -> dict[str, str]:
    given, family = person.names
    return {
        "sourcedId": person.sourced_id,
        "enabledUser": "true" if person.status == "active" else "false",
        "orgSourcedIds": str(caller.school),
        "role": ROLES_OUT[person.role],
        "username": person.username or person.email or "",
        "givenName": given,
        "familyName": family,
        "email": person.email or "",
    }


def _grade(grade: int | None) -> str:
    """A grade as OneRoster writes it (the codes of CEDS)."""
    if grade is None:
        return ""
    return f"{grade:02}" if grade else "KG"


def _exported(caller: Caller, name: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    audit.record(caller, "roster.exported", "school", caller.school, file=name)
    return csv_text.written(columns, ([row.get(column, "") for column in columns] for row in rows))
