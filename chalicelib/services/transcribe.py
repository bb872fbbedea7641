"""The worker `transcribe`: a photo becomes lines of work, which become attempts (`reprocess.py`).

Nothing is lost where it cannot be read now: the photo waits, with the reason, and the sweep sends it again
when its pause is over and there is somebody to read it. So no message returns for want of a reader, and none
dies of it; what returns are faults of ours and S3's. A claim keeps a message that is delivered twice at once
from being paid for twice. No transaction is open while S3 or a reader is waited for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from chalicelib import deadline, observe, queues
from chalicelib.aws import files
from chalicelib.errors import (
    BudgetSpentError,
    ModelUnavailableError,
    SwitchedOffError,
    TizaError,
    UnavailableError,
)
from chalicelib.message import Message
from chalicelib.services import (
    consents,
    guide_pages,
    language_model,
    photo_files,
    photo_work,
    photos,
    readers,
    switches,
    transcripts,
)
from chalicelib.services.readers import Reader, Sheet
from chalicelib.services.transcripts import Line
from chalicelib.store import database, entering, outbox
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User
from chalicelib.store.models.photos import CHECKED, Photo
from chalicelib.store.models.work import Exercise

# Why a photo waits.
NOT_SET_UP, SWITCHED_OFF, CONSENT = "not_set_up", "switched_off", "consent_required"
BUDGET, UNAVAILABLE = "budget_spent", "unavailable"
REASONS: Final = (NOT_SET_UP, SWITCHED_OFF, CONSENT, BUDGET, UNAVAILABLE)

LEASE: Final = timedelta(seconds=queues.TRANSCRIBE.timeout_seconds + 5)  # its holder has died by then
MOST_BYTES: Final = 60_000_000  # a clean copy has fewer, whatever it shows
RESERVE_SECONDS: Final = 10.0  # with less time left nobody is asked: it would look as if the model were slow
PAUSE: Final = timedelta(hours=1)
# While readers are away; each is twice as long as the one before.
FIRST_PAUSE, LONGEST_PAUSE, MOST_DOUBLED = timedelta(minutes=5), timedelta(days=1), 8
MOST_RESUMED: Final = 100  # of a sweep


class Claimed(NamedTuple):
    """A photo that this worker alone is to read now, and by whom."""

    photo: Photo
    reader: Reader
    problem: str | None
    locale: str


def handle(message: Message) -> None:
    """Have a photo read, and write down what is on it; nothing where it was read before, or is gone.

    Raises `UnavailableError` while somebody else reads it, and when S3 is away.
    """
    school_id, photo_id = message.school_id, UUID(message.payload["photo_id"])
    if school_id is None:
        return
    claimed = database.run(lambda: _claimed(school_id, photo_id))
    if claimed is None:
        return
    name = photo_files.of(claimed.photo).image(claimed.photo.content_type)
    content = files.fetch_photo(name, MOST_BYTES)
    if content is None:
        observe.event("a photo is gone", photo_id=str(photo_id))
        return
    if deadline.left() < RESERVE_SECONDS:
        raise UnavailableError("No time is left to read the photo.")
    try:
        lines = _read(claimed, content)
    except (SwitchedOffError, BudgetSpentError, ModelUnavailableError) as error:
        reason = _reason(error)
        database.run(lambda: _wait(school_id, photo_id, reason))
    else:
        database.run(lambda: _store(school_id, photo_id, lines))


def resume() -> int:
    """Send those photos to be read whose pause is over, if there is somebody to read them; how many."""
    if _reader() is None:
        return 0
    with database.transaction() as db:
        sql = "SELECT photo_id, school_id FROM photos_to_read(%s)"
        rows = db.execute_sql(sql, (MOST_RESUMED,)).fetchall()
        for photo_id, school_id in rows:
            outbox.put(queues.TRANSCRIBE, {"photo_id": str(photo_id)}, school_id=UUID(str(school_id)))
    return len(rows)


def _claimed(school_id: UUID, photo_id: UUID) -> Claimed | None:
    """The photo, claimed for this worker, in the open transaction; None where it is not to be read now."""
    photo = _locked(school_id, photo_id)
    if photo is None or photo.status != CHECKED or photo.read_at is not None:
        return None
    present = now()
    if photo.read_reason is None and photo.read_after is not None and photo.read_after > present:
        raise UnavailableError("Somebody else is reading this photo.")
    observe.correlation_id.set(photo.correlation_id)
    reader = _reader()
    reason = _forbidden(photo) if reader else NOT_SET_UP
    if reader is None or reason is not None:
        _wait(school_id, photo_id, reason or NOT_SET_UP)
        return None
    _change(photo_id, read_reason=None, read_after=present + LEASE)
    student = User.get_by_id(photo.student_id)
    exercise = Exercise.get_or_none(Exercise.id == photo.exercise_id) if photo.exercise_id else None
    return Claimed(photo, reader, exercise.problem if exercise else photo.problem, student.locale)


def _reader() -> Reader | None:
    """Who is to read: a language model where one is set up. None where this stage has nobody."""
    if not language_model.is_set_up(readers.TASK):
        return readers.embedded()
    from chalicelib.services import transcribe_question

    return transcribe_question.ask


def _forbidden(photo: Photo) -> str | None:
    """Why nobody may read the photo now, whoever let it be handed in."""
    if not switches.is_on(photos.FEATURE, photo.school_id):
        return SWITCHED_OFF
    return None if consents.given(photo.student_id, photos.FEATURE) else CONSENT


def _read(claimed: Claimed, content: bytes) -> list[Line]:
    """The lines of work on the photo."""
    photo = claimed.photo
    sheet = Sheet(
        photo.school_id, content, photo.content_type, claimed.problem, photo.exercise_id, claimed.locale
    )
    return photo_work.lines(sheet, claimed.reader(sheet))


def _store(school_id: UUID, photo_id: UUID, lines: list[Line]) -> None:
    """Write down what was read, and have attempts made of it, in the open transaction; once.

    Nothing where the photo was deleted meanwhile: what it showed is then nobody's business.
    """
    photo = _locked(school_id, photo_id)
    if photo is None or photo.read_at is not None:
        observe.event("a photo is gone", photo_id=str(photo_id))
        return
    _change(photo_id, read_at=now(), read_reason=None, read_after=None, updated_at=now())
    if not guide_pages.take(photo_id, lines) and lines:
        transcripts.record(school_id, photo.student_id, "photo", lines, photo_id=photo_id)
    observe.event("a photo was read", photo_id=str(photo_id), lines=len(lines))


def _wait(school_id: UUID, photo_id: UUID, reason: str) -> None:
    """Let the photo wait, in the open transaction."""
    photo = _locked(school_id, photo_id)
    if photo is None or photo.read_at is not None:
        return
    tries = photo.read_tries + (reason == UNAVAILABLE)
    _change(
        photo_id,
        read_reason=reason,
        read_after=now() + _pause(reason, tries),
        read_tries=tries,
        updated_at=now(),
    )
    observe.event("a photo waits to be read", photo_id=str(photo_id), reason=reason)


def _reason(error: TizaError) -> str:
    """Why the photo has to wait, where it was asked to be read."""
    if isinstance(error, SwitchedOffError):
        return str(error.details["reason"])
    return BUDGET if isinstance(error, BudgetSpentError) else UNAVAILABLE


def _pause(reason: str, tries: int) -> timedelta:
    """For how long it waits. Where nobody is set up the sweep sends it as soon as somebody is."""
    if reason == NOT_SET_UP:
        return timedelta()
    if reason == UNAVAILABLE and tries <= MOST_DOUBLED:
        return FIRST_PAUSE * (1 << (tries - 1))
    return LONGEST_PAUSE if reason == UNAVAILABLE else PAUSE


def _locked(school_id: UUID, photo_id: UUID) -> Photo | None:
    """The photo, which nobody else changes until the end of the open transaction; None where it is gone."""
    if not entering.as_worker(school_id):
        return None
    query: Any = Photo.select().where(Photo.id == photo_id)
    photo: Photo | None = query.for_update().first()
    return photo


def _change(photo_id: UUID, **columns: Any) -> None:
    Photo.update(**columns).where(Photo.id == photo_id).execute()
