"""A new school year: last year's classes are archived, and their students put into new ones, all at once.

Students stay in the archived class, which is the school's record of who was in it; its teachers leave it, and
with it what they saw of students whom they do not teach any more. What a student knows is the student's, and
moves along. A planned class is known by the id that the school gives it: planned again, it is left as it is.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from msgspec import UNSET, UnsetType

from chalicelib.caller import STUDENT, TEACHER, Caller
from chalicelib.errors import ConflictError, NotFoundError, TizaError
from chalicelib.schemas import roster as schemas
from chalicelib.services import audit, invites, roster, roster_classes
from chalicelib.services.members import FITTING_ROLES
from chalicelib.services.roster_people import everybody
from chalicelib.services.roster_report import fault
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership


class _Undo(Exception):
    """Leaves a savepoint, so that all since it is rolled back."""


def begin(
    caller: Caller, body: schemas.SchoolYear, query: schemas.SchoolYearQuery
) -> schemas.SchoolYearReport:
    """Change the admin's school over to the plan, all of it or nothing; what became of each class.

    Raises `ConflictError` while another change of the school's roster runs.
    """
    roster.alone(caller)
    applied = False
    with suppress(_Undo), database.atomic():
        plan = _Plan(caller)
        made = [plan.make(planned) for planned in body.classes]
        ending = [*body.archive, *(room for planned in body.classes for room in planned.from_classrooms)]
        archived = [plan.archive(room_id) for room_id in dict.fromkeys(ending)]
        if query.dry_run or any(each.error for each in made) or any(each.error for each in archived):
            raise _Undo
        applied = True
        audit.record(caller, "school_year.begun", "school", caller.school, classes=len(made))
    for each in made:
        each.classroom_id = each.classroom_id if applied or each.outcome == "unchanged" else None
    return schemas.SchoolYearReport(applied=applied, classes=made, archived=archived)


class _Plan:
    """The school as it is, its classes locked, to be changed class by class."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        rooms = roster_classes.all_rooms(caller, locked=True)
        self._rooms = {room.id: room for room in rooms}
        self._named = {room.external_id: room.id for room in rooms if room.external_id}
        self._people = {each.id: each for each in everybody(caller) if each.status != "deleted"}
        self._members: dict[UUID, dict[UUID, str]] = {}
        for (room_id, user_id), role in roster_classes.members(caller).items():
            self._members.setdefault(room_id, {})[user_id] = role

    def make(self, planned: schemas.PlannedClass) -> schemas.NewClass:
        """Make a planned class with its people, unless it is there already."""
        said = schemas.NewClass(planned.sourced_id, planned.name, "created", None, 0, 0, None)
        if planned.sourced_id in self._named:
            said.outcome, said.classroom_id = "unchanged", self._named[planned.sourced_id]
            return said
        try:
            students = self._chosen(planned, STUDENT, planned.students)
            teachers = self._chosen(planned, TEACHER, planned.teachers)
        except TizaError as error:
            said.outcome, said.error = "refused", fault(error)
            return said
        room = Classroom.create(
            school=self._caller.school,
            name=planned.name,
            grade=planned.grade,
            external_id=planned.sourced_id,
            code=invites.new_code(),
        )
        self._named[planned.sourced_id] = room.id
        places = [*((each, STUDENT) for each in students), *((each, TEACHER) for each in teachers)]
        if places:
            here = {"classroom_id": room.id, "school": self._caller.school}
            rows = [{**here, "user_id": each, "role": role} for each, role in places]
            Membership.insert_many(rows).execute()
        audit.record(self._caller, "classroom.created", "classroom", room.id)
        about = ((each, {"classroom_id": str(room.id)}) for each, _ in places)
        audit.record_each(self._caller, "classroom.member_added", "user", about)
        said.classroom_id, said.students, said.teachers = room.id, len(students), len(teachers)
        return said

    def archive(self, room_id: UUID) -> schemas.ArchivedClass:
        """Archive a class of the old year, and let its teachers leave it."""
        said = schemas.ArchivedClass(room_id, "changed", None)
        room = self._rooms.get(room_id)
        if room is None:
            said.outcome, said.error = "refused", fault(NotFoundError("There is no such class."))
            return said
        if room.is_archived:
            said.outcome = "unchanged"
            return said
        at = now()
        Classroom.update(archived_at=at, updated_at=at).where(Classroom.id == room_id).execute()
        here = Membership.classroom_id == room_id
        Membership.delete().where(here, Membership.role == TEACHER).execute()
        audit.record(self._caller, "classroom.changed", "classroom", room_id, fields=["archived_at"])
        left = [user_id for user_id, role in self._members.get(room_id, {}).items() if role == TEACHER]
        about = ((each, {"classroom_id": str(room_id)}) for each in left)
        audit.record_each(self._caller, "classroom.member_removed", "user", about)
        return said

    def _chosen(self, planned: schemas.PlannedClass, role: str, named: list[UUID] | UnsetType) -> list[UUID]:
        """Who comes into a planned class as `role`: those named, or those of the classes that it comes from.

        Raises `NotFoundError` for an unknown class or person, `ConflictError` for a class that is archived
        already or a person whose role does not fit.
        """
        coming: list[UUID] = []
        for room_id in planned.from_classrooms:
            room = self._rooms.get(room_id)
            if room is None:
                raise NotFoundError("There is no such class.", id=str(room_id))
            if room.is_archived:
                raise ConflictError("The class is archived.", reason="archived", id=str(room_id))
            there = self._members.get(room_id, {})
            coming += [each for each, is_now in there.items() if is_now == role and each in self._people]
        if named is not UNSET:
            coming = named
        for user_id in coming:
            person = self._people.get(user_id)
            if person is None:
                raise NotFoundError("There is no such person.", id=str(user_id))
            if person.role not in FITTING_ROLES[role]:
                reason = f"A {person.role} cannot be a {role} of a class."
                raise ConflictError(reason, reason="role_does_not_fit", id=str(user_id))
        return list(dict.fromkeys(coming))
