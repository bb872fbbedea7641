"""The purge: what becomes of accounts and schools once the grace after their request for deletion is over.

An account's row goes, and with it, by foreign keys, all that is about the person. A student's results stay,
as the product has it, but unlinked: they are handed to a nameless stand-in that has an id of its own, so that
nobody who still knows the old id, from a log or an export, finds them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from chalicelib import deadline, observe
from chalicelib.caller import STUDENT
from chalicelib.services import guides, photos
from chalicelib.services.me import GRACE
from chalicelib.services.rounds import RESERVE_SECONDS, UnfinishedError
from chalicelib.store import entering
from chalicelib.store.database import database, run, transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School, User
from chalicelib.store.models.work import Attempt

SCHOOL_BATCH = 1000
NAMELESS = ""

# What a student wrote freely may tell who they are: lines of work, and answers outside the grammar; so may
# what a teacher wrote to them. An answer outside the grammar that a teacher made count keeps its place.
UNLINK = (
    "DELETE FROM attempts WHERE student_id = %(student)s AND verdict = 'unreadable'"
    " AND NOT EXISTS (SELECT 1 FROM attempt_skills s WHERE s.attempt_id = attempts.id)",
    "UPDATE attempts SET answer = '' WHERE student_id = %(student)s AND EXISTS (SELECT 1 FROM diagnoses d"
    " WHERE d.attempt_id = attempts.id AND d.source = 'rule' AND d.verdict = 'unreadable')",
    "UPDATE attempts SET student_id = %(nobody)s, client_id = NULL, steps = '[]'"
    " WHERE student_id = %(student)s",
    "UPDATE diagnoses SET student_id = %(nobody)s, wrong_step = NULL, comment = NULL"
    " WHERE student_id = %(student)s",
    "UPDATE attempt_skills SET student_id = %(nobody)s WHERE student_id = %(student)s",
    "UPDATE mastery SET student_id = %(nobody)s WHERE student_id = %(student)s",
)
# A school goes piece by piece, the many rows first: no statement of it runs into the time limit.
EMPTY_SCHOOL = (
    "DELETE FROM attempts WHERE id IN (SELECT id FROM attempts WHERE school_id = %(school)s LIMIT %(most)s)",
    "DELETE FROM telemetry_events WHERE (student_id, client_id) IN"
    " (SELECT student_id, client_id FROM telemetry_events WHERE school_id = %(school)s LIMIT %(most)s)",
    "DELETE FROM users WHERE id IN (SELECT id FROM users WHERE school_id = %(school)s LIMIT %(most)s)",
)


def users(most: int) -> int:
    """Purge at most `most` accounts that are past their grace; how many.

    Raises `UnfinishedError` at the end where one could not be purged.
    """
    return _each(user, "SELECT users_past_grace(%s)", most)


def user(user_id: UUID) -> bool:
    """Purge one account; whether it was there and past its grace. A student's photos go first, as files."""
    with transaction():
        person = _due_user(user_id)
    if person is None:
        return False
    if person.role == STUDENT and person.school_id is not None:
        photos.purge(person.school_id, user_id)
    return run(partial(_delete_user, user_id))


def _delete_user(user_id: UUID) -> bool:
    """Delete the account, and unlink a student's results, in the open transaction."""
    person = _due_user(user_id)
    if person is None:
        return False
    if person.role == STUDENT and Attempt.select().where(Attempt.student_id == user_id).exists():
        nobody = User.create(school=person.school_id, role=STUDENT, status="deleted", name=NAMELESS)
        for statement in UNLINK:
            database.execute_sql(statement, {"student": str(user_id), "nobody": str(nobody.id)})
    User.delete().where(User.id == user_id).execute()
    return True


def _due_user(user_id: UUID) -> User | None:
    """Enter as that user; their row if their grace is over, locked: the request cannot be taken back."""
    entering.by_user(user_id)
    is_due = (User.id == user_id) & (User.deletion_confirmed_at < now() - GRACE)
    person: User | None = User.select().where(is_due).for_update().first()
    return person


def schools(most: int) -> int:
    """Purge at most `most` schools that are past their grace; how many are gone. Raises as `users`."""
    return _each(school, "SELECT schools_past_grace(%s)", most)


def school(school_id: UUID) -> bool:
    """Purge one school with everything below it; False where its grace lasts or the time did not suffice."""
    with transaction():
        if not _is_due(school_id):
            return False
    photos.purge(school_id)
    guides.purge(school_id)
    for statement in EMPTY_SCHOOL:
        gone = SCHOOL_BATCH
        while gone == SCHOOL_BATCH:
            if deadline.left() < RESERVE_SECONDS:
                return False
            with transaction():
                if not _is_due(school_id):
                    return False
                values = {"school": str(school_id), "most": SCHOOL_BATCH}
                gone = int(database.execute_sql(statement, values).rowcount)
    with transaction():
        return _is_due(school_id) and bool(School.delete().where(School.id == school_id).execute())


def _is_due(school_id: UUID) -> bool:
    """Enter that school; whether its grace is over. Its row is locked: the request cannot be taken back."""
    entering.as_worker(school_id)
    is_due = (School.id == school_id) & (School.deletion_requested_at < now() - GRACE)
    return School.select(School.id).where(is_due).for_update().first() is not None


def _each(purge: Callable[[UUID], bool], due: str, most: int) -> int:
    """Purge each of those whose ids the statement `due` gives; a fault of one does not stop the others."""
    with transaction() as db:
        ids = [UUID(str(row[0])) for row in db.execute_sql(due, (most,)).fetchall()]
    purged, failed = 0, 0
    for each in ids:
        try:
            purged += purge(each)
        except Exception:
            observe.unforeseen("a purge failed", id=str(each))
            failed += 1
    if failed:
        raise UnfinishedError(f"{failed} of {len(ids)} were not purged")
    return purged
