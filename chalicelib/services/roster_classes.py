"""The classes of a roster and who is in them: what `classes.csv` and `enrollments.csv` change."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import roster as schemas
from chalicelib.services import audit, invites
from chalicelib.services.members import FITTING_ROLES
from chalicelib.services.roster_lines import ClassLine, EnrollmentLine
from chalicelib.services.roster_people import People
from chalicelib.services.roster_report import Outcome
from chalicelib.store.database import database
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership

UPDATE = """
    UPDATE classrooms c SET name = r.name, grade = r.grade, external_id = r.external_id, updated_at = %(at)s,
        archived_at = CASE WHEN r.is_archived THEN coalesce(c.archived_at, %(at)s) END
    FROM jsonb_to_recordset(%(rows)s)
        AS r (id uuid, name text, grade smallint, external_id text, is_archived boolean)
    WHERE c.id = r.id
"""
PUT_IN = """
    INSERT INTO memberships (classroom_id, user_id, school_id, role, joined_at)
    SELECT r.classroom_id, r.user_id, %(school)s, r.role, %(at)s
    FROM jsonb_to_recordset(%(rows)s) AS r (classroom_id uuid, user_id uuid, role text)
    ON CONFLICT DO NOTHING
"""
TAKE_OUT = """
    DELETE FROM memberships m USING jsonb_to_recordset(%(rows)s) AS r (classroom_id uuid, user_id uuid)
    WHERE m.classroom_id = r.classroom_id AND m.user_id = r.user_id
"""
ARCHIVED = "The class is archived."


class Room:
    """A class as it is, and then as it is to be; `line` is what the report says of it."""

    __slots__ = ("changes", "external_id", "grade", "id", "is_archived", "line", "name")

    def __init__(
        self, room_id: UUID, name: str, grade: int | None, external_id: str | None, *, is_archived: bool
    ) -> None:
        self.id = room_id
        self.name = name
        self.grade = grade
        self.external_id = external_id
        self.is_archived = is_archived
        self.line: schemas.Line | None = None
        self.changes: set[str] = set()

    @property
    def sourced_id(self) -> str:
        """By which id the files name it: Tiza's own, where another system gave none."""
        return self.external_id or str(self.id)

    def change(self, **values: Any) -> None:
        """Note which of `values` are new."""
        for field, value in values.items():
            if getattr(self, field) != value:
                setattr(self, field, value)
                self.changes.add(field)


class Rooms:
    """The classes of a school and who is in them, read once; what the lines ask for is written at the end.

    The classes stay locked to the end of the transaction: none is deleted while somebody is put into it.
    """

    def __init__(self, caller: Caller, people: People) -> None:
        self._caller = caller
        self._people = people
        self._found = {room.sourced_id: room for room in all_rooms(caller, locked=True)}
        self._new: list[Room] = []
        self._members = members(caller)
        self._wanted = dict(self._members)

    def plan(self, line: ClassLine, report: schemas.Line) -> Outcome:
        """What a line of `classes.csv` comes to. Raises `ConflictError`."""
        room = self._found.get(line.sourced_id) or self._unnamed(line)
        if room is None and line.is_over:
            return "unchanged"
        if room is None:
            room = Room(uuid7(), line.name, line.grade, line.sourced_id, is_archived=False)
            room.line = report
            self._new.append(room)
            self._found[line.sourced_id] = room
            return "created"
        if room.line is not None:
            raise ConflictError("An earlier line is about the same class.", reason="repeated")
        if room.is_archived and not line.is_over:
            raise ConflictError(ARCHIVED, reason="archived")
        room.line = report
        grade = room.grade if line.grade is None else line.grade
        if " ".join(room.name.split()) != line.name:
            room.change(name=line.name)
        room.change(grade=grade, is_archived=line.is_over)
        if line.sourced_id != room.sourced_id:
            room.change(external_id=line.sourced_id)
            self._found[line.sourced_id] = room
        return "changed" if room.changes else "unchanged"

    def plan_member(self, line: EnrollmentLine) -> Outcome:
        """What a line of `enrollments.csv` comes to. Raises `NotFoundError` and `ConflictError`."""
        room, person = self._found.get(line.class_id), self._people.find(line.user_id)
        if room is None:
            raise NotFoundError("There is no such class.", path="classSourcedId")
        if person is None or person.status == "deleted":
            raise NotFoundError("There is no such person.", path="userSourcedId")
        if room.is_archived:
            if line.is_over:
                return "unchanged"
            raise ConflictError(ARCHIVED, reason="archived")
        if person.role not in FITTING_ROLES[line.role]:
            fault = f"A {person.role} cannot be a {line.role} of a class."
            raise ConflictError(fault, reason="role_does_not_fit")
        place = (room.id, person.id)
        if line.is_over:
            return "changed" if self._wanted.pop(place, None) else "unchanged"
        if place in self._wanted:
            return "unchanged"
        self._wanted[place] = line.role
        return "created"

    def write(self) -> None:
        """Write what was planned. The people are there already."""
        at, school = now(), str(self._caller.school)
        changed = list({room.id: room for room in self._found.values() if room.changes}.values())
        if self._new:
            Classroom.insert_many([self._row(room) for room in self._new]).execute()
        if changed:
            fields = ("name", "grade", "external_id", "is_archived")
            rows = [{"id": str(room.id), **{f: getattr(room, f) for f in fields}} for room in changed]
            database.execute_sql(UPDATE, {"rows": json.dumps(rows), "at": at})
        put_in = {place: role for place, role in self._wanted.items() if place not in self._members}
        taken_out = {place: role for place, role in self._members.items() if place not in self._wanted}
        for statement, places in ((PUT_IN, put_in), (TAKE_OUT, taken_out)):
            if places:
                values = {"rows": _places(places), "at": at, "school": school}
                database.execute_sql(statement, values)
        self._note(changed, put_in, taken_out)

    def _unnamed(self, line: ClassLine) -> Room | None:
        """The one class of that name which no other system has named yet."""
        alike = [
            room
            for room in self._found.values()
            if room.name == line.name and not (room.external_id or room.is_archived or room.line)
        ]
        return alike[0] if len(alike) == 1 else None

    def _row(self, room: Room) -> dict[str, Any]:
        return {
            "id": room.id,
            "school": self._caller.school,
            "name": room.name,
            "grade": room.grade,
            "external_id": room.external_id,
            "code": invites.new_code(),
        }

    def _note(self, changed: list[Room], put_in: Any, taken_out: Any) -> None:
        caller = self._caller
        audit.record_each(caller, "classroom.created", "classroom", ((room.id, {}) for room in self._new))
        fields = ((room.id, {"fields": sorted(room.changes)}) for room in changed)
        audit.record_each(caller, "classroom.changed", "classroom", fields)
        for action, places in (
            ("classroom.member_added", put_in),
            ("classroom.member_removed", taken_out),
        ):
            about = ((user_id, {"classroom_id": str(room_id)}) for room_id, user_id in places)
            audit.record_each(caller, action, "user", about)


def all_rooms(caller: Caller, *, locked: bool = False) -> list[Room]:
    """The classes of the admin's school, by age; `locked` to the end of the transaction."""
    rooms: Any = Classroom.select().where(Classroom.school == caller.school).order_by(Classroom.id)
    return [
        Room(room.id, room.name, room.grade, room.external_id, is_archived=room.archived_at is not None)
        for room in (rooms.for_update() if locked else rooms)
    ]


def members(caller: Caller) -> dict[tuple[UUID, UUID], str]:
    """Who is in the classes of the admin's school, as what: by class and user."""
    rows: Any = (
        Membership.select(Membership.classroom_id, Membership.user_id, Membership.role)
        .where(Membership.school == caller.school)
        .tuples()
    )
    return {(room_id, user_id): role for room_id, user_id, role in rows}


def _places(places: dict[tuple[UUID, UUID], str]) -> str:
    return json.dumps(
        [
            {"classroom_id": str(room_id), "user_id": str(user_id), "role": role}
            for (room_id, user_id), role in places.items()
        ]
    )
