"""The people of a roster: what the lines of `users.csv` change of a school's accounts.

An import makes students, teachers and parents, and never an admin; it changes neither a role nor an address,
and brings nobody back whose account was deleted. A student whom it makes has no PIN yet and cannot sign in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chalicelib.caller import ADMIN, PARENT, STUDENT, TEACHER, Caller
from chalicelib.errors import ConflictError, ValidationError
from chalicelib.schemas import roster as schemas
from chalicelib.services import audit, roster_lines, sessions
from chalicelib.services.roster_lines import UserLine
from chalicelib.services.roster_report import Outcome, refuse
from chalicelib.store.database import database
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School, User

FITTING = {STUDENT: (STUDENT,), TEACHER: (TEACHER, ADMIN), PARENT: (PARENT,), ADMIN: (ADMIN,)}
FIELDS = ("role", "status", "name", "family_name", "external_id", "username", "email")
COLUMNS = f"id uuid, {', '.join(f'{field} text' for field in FIELDS)}"
INSERT = f"""
    INSERT INTO users (id, school_id, role, status, name, family_name, external_id, username, email, locale,
        token_version, created_at, updated_at)
    SELECT r.id, %(school)s, r.role, r.status, r.name, r.family_name, r.external_id, r.username, r.email,
        %(locale)s, 1, %(at)s, %(at)s
    FROM jsonb_to_recordset(%(rows)s) AS r ({COLUMNS})
    ON CONFLICT DO NOTHING
    RETURNING id::text
"""  # noqa: S608 (a constant)
# Null stays as it is: what somebody else changes at this moment is not written back.
UPDATE = f"""
    UPDATE users u SET status = coalesce(r.status, u.status), username = coalesce(r.username, u.username),
        external_id = coalesce(r.external_id, u.external_id), name = coalesce(r.name, u.name),
        family_name = CASE WHEN r.name IS NULL THEN u.family_name ELSE r.family_name END, updated_at = %(at)s
    FROM jsonb_to_recordset(%(rows)s) AS r ({COLUMNS})
    WHERE u.id = r.id AND u.status <> 'deleted'
"""  # noqa: S608 (a constant)


class Person:
    """An account as it is, and then as it is to be; `line` is what the report says of it."""

    __slots__ = (
        "changes", "email", "external_id", "family_name", "id", "line", "name", "role", "status", "username",
    )  # fmt: skip

    def __init__(self, user_id: UUID, role: str, status: str, **texts: str | None) -> None:
        self.id = user_id
        self.role = role
        self.status = status
        self.name = texts["name"] or ""
        self.family_name = texts["family_name"]
        self.external_id = texts["external_id"]
        self.username = texts["username"]
        self.email = texts["email"]
        self.line: schemas.Line | None = None
        self.changes: set[str] = set()

    @property
    def sourced_id(self) -> str:
        """By which id the files name them: Tiza's own, where another system gave none."""
        return self.external_id or str(self.id)

    @property
    def names(self) -> tuple[str, str]:
        """The given name and the family name; split at the first space where it was never told."""
        name = " ".join(self.name.split())
        family = self.family_name
        if family and name.endswith(f" {family}"):
            return name.removesuffix(f" {family}"), family
        given, _, family = name.partition(" ")
        return given, family

    def change(self, **values: str | None) -> None:
        """Note which of `values` are new."""
        for field, value in values.items():
            if getattr(self, field) != value:
                setattr(self, field, value)
                self.changes.add(field)


class People:
    """The accounts of a school, read once; what the lines ask for is written at the end."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._found = {person.sourced_id: person for person in everybody(caller)}
        self._usernames = {p.username: p for p in self._found.values() if p.username}
        self._emails = {p.email: p for p in self._found.values() if p.email}
        self._new: list[Person] = []

    def find(self, sourced_id: str) -> Person | None:
        """Who is named by that id, those included whom an earlier line has made."""
        return self._found.get(sourced_id)

    def plan(self, line: UserLine, report: schemas.Line) -> Outcome:
        """What a line comes to. Raises `ValidationError` and `ConflictError`."""
        person = self._found.get(line.sourced_id) or self._unnamed(line)
        if person is None and line.is_over:
            return "unchanged"
        if person is None:
            return self._create(line, report)
        if person.line is not None:
            raise ConflictError("An earlier line is about the same account.", reason="repeated")
        person.line = report
        return self._change(person, line)

    def write(self) -> list[Person]:
        """Write what was planned; the accounts that were made, without those that met another's address."""
        at, caller = now(), self._caller
        made = self._insert(at)
        changed = list({person.id: person for person in self._found.values() if person.changes}.values())
        if changed:
            rows = _rows((person, person.changes) for person in changed)
            database.execute_sql(UPDATE, {"rows": rows, "at": at})
            if ended := [person.id for person in changed if "status" in person.changes]:
                sessions.end_all(*ended)
        audit.record_each(caller, "user.created", "user", [(each.id, {"role": each.role}) for each in made])
        fields = ((person.id, {"fields": sorted(person.changes)}) for person in changed)
        audit.record_each(caller, "user.changed", "user", fields)
        return made

    def _unnamed(self, line: UserLine) -> Person | None:
        """The account with that user name or address which no other system has named yet."""
        known = self._usernames.get(line.username) if line.role == STUDENT else self._emails.get(line.email)
        if known is None or known.external_id is not None or known.line is not None:
            return None
        return known if line.role is not None and known.role in FITTING[line.role] else None

    def _create(self, line: UserLine, report: schemas.Line) -> Outcome:
        if line.role is None:
            raise ValidationError(path="role", reason="A new account needs a role.")
        if line.role == ADMIN:
            raise ConflictError("Only an admin makes another admin.", reason="admin_by_hand")
        is_student = line.role == STUDENT
        person = Person(
            uuid7(),
            line.role,
            "active" if line.is_enabled else "disabled",
            name=line.name,
            family_name=line.family_name or None,
            external_id=line.sourced_id,
            username=self._free_username(line) if is_student else None,
            email=None if is_student else self._free_email(line),
        )
        person.line = report
        self._new.append(person)
        self._found[line.sourced_id] = person
        if person.username:
            self._usernames[person.username] = person
        if person.email:
            self._emails[person.email] = person
        return "created"

    def _change(self, person: Person, line: UserLine) -> Outcome:
        status = "active" if line.is_enabled and not line.is_over else "disabled"
        if line.role is not None and person.role not in FITTING[line.role]:
            raise ConflictError("An import changes no role.", reason="role_is_fixed")
        if person.status == "deleted":
            if status == "active":
                raise ConflictError("The account was deleted.", reason="account_deleted")
            return "unchanged"
        if person.role == ADMIN and status != person.status:
            raise ConflictError("An import does not touch an admin's access.", reason="admin_by_hand")
        if person.role != STUDENT and line.email and line.email != person.email:
            raise ConflictError("An import changes no address.", reason="email_is_fixed")
        username = person.username
        if person.role == STUDENT and line.username and line.username != username:
            username = self._free_username(line)
            self._usernames[username] = person
        if (line.given_name, line.family_name) != person.names:
            person.change(name=line.name, family_name=line.family_name or None)
            person.changes |= {"name", "family_name"}
        person.change(username=username, status=status)
        if line.sourced_id != person.sourced_id:
            person.change(external_id=line.sourced_id)
            self._found[line.sourced_id] = person
        return "changed" if person.changes else "unchanged"

    def _free_username(self, line: UserLine) -> str:
        """A name that an account gives up in this import is free in the next one only."""
        username = roster_lines.username(line)
        if username in self._usernames:
            raise ConflictError("This user name is taken.", reason="username_taken")
        return username

    def _free_email(self, line: UserLine) -> str:
        email = roster_lines.email(line)
        if email in self._emails:
            raise ConflictError("This e-mail address has an account already.", reason="email_taken")
        return email

    def _insert(self, at: Any) -> list[Person]:
        """Insert the new accounts. Where an address is another school's, only the database knows of it."""
        if not self._new:
            return []
        caller = self._caller
        languages = School.get_by_id(caller.school).languages
        locale = languages[0] if languages else caller.locale
        rows = _rows((person, FIELDS) for person in self._new)
        values = {"school": str(caller.school), "locale": locale, "at": at, "rows": rows}
        inserted = {UUID(row[0]) for row in database.execute_sql(INSERT, values).fetchall()}
        made = []
        for person in self._new:
            if person.id in inserted:
                made.append(person)
                continue
            taken = ("e-mail address", "email_taken") if person.email else ("user name", "username_taken")
            refuse(person.line, ConflictError(f"This {taken[0]} is taken.", reason=taken[1]))
            del self._found[person.sourced_id]
        return made


def everybody(caller: Caller) -> list[Person]:
    """The accounts of the admin's school, by age, the deleted ones included."""
    columns = (User.name, User.family_name, User.external_id, User.username, User.email)
    # Not the stand-ins that keep the results of those who are gone (`purge.py`).
    is_somebody = User.email.is_null(False) | User.username.is_null(False)
    rows: Any = (
        User.select(User.id, User.role, User.status, *columns)
        .where(User.school == caller.school, is_somebody)
        .order_by(User.id)
        .tuples()
    )
    names = [column.name for column in columns]
    return [Person(*row[:3], **dict(zip(names, row[3:], strict=True))) for row in rows]


def _rows(people: Iterable[tuple[Person, Iterable[str]]]) -> str:
    """These fields of these people, for the database."""
    return json.dumps(
        [
            {"id": str(person.id), **{field: getattr(person, field) for field in fields}}
            for person, fields in people
        ]
    )
