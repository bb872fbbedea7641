"""Photos of work on paper: announced here, uploaded by the client straight to S3, checked by a worker.

A photo lives for 30 days; what was read from it stays. Whoever deletes one deletes its files first and then
its row: should it break off between the two, it can be done again.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib import observe
from chalicelib.aws import files
from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ConflictError, ConsentRequiredError, NotFoundError, SwitchedOffError
from chalicelib.schemas import photos as schemas
from chalicelib.services import access, audit, consents, photo_files, photo_lines, switches
from chalicelib.store import entering, paging
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User
from chalicelib.store.models.photos import CHECKED, WAITING, Photo
from chalicelib.store.models.work import Exercise

FEATURE = "photos"  # as the switch and the consent are named
FORM_SECONDS = 600
ADDRESS_SECONDS = 300
KEPT = timedelta(days=30)
AWAITED = timedelta(days=1)  # for the upload; the bucket keeps an unchecked one no longer
RETRY_AFTER_SECONDS = 600
BATCH = 100


def announce(caller: Caller, body: schemas.NewPhoto) -> schemas.Announced:
    """Expect a photo of the student, and say how to upload it.

    Under a `client_id` that was used before it is the same photo, with a new form while it is waited for.
    Raises `SwitchedOffError`, `ConsentRequiredError` for a minor without consent, `NotFoundError` for an
    unknown exercise, `ProblemError`, and `ConflictError` for a `client_id` that belongs to another photo.
    """
    files.bucket()
    if not switches.is_on(FEATURE, caller.school):
        raise SwitchedOffError(retry_after=RETRY_AFTER_SECONDS, feature=FEATURE)
    if not consents.given(caller.user_id, FEATURE):
        raise ConsentRequiredError(kind=FEATURE)
    photo = Photo(
        school=caller.school,
        student_id=caller.user_id,
        client_id=body.client_id,
        content_type=body.content_type,
        size=body.size,
        file_key=secrets.token_urlsafe(32),
        correlation_id=observe.correlation_id.get(),
        **_asked(caller, body),
    )
    inserted = Photo.insert(photo.__data__).on_conflict_ignore().returning(Photo.id).execute()
    if not list(inserted):
        photo = _announced_before(photo)
    return _announced(photo)


def get(caller: Caller, photo_id: UUID) -> schemas.Photo:
    """That photo with the addresses of its files, of a student whose work the caller may see.

    Raises `NotFoundError`.
    """
    photo = one(caller, photo_id)
    audit.student_read(caller, photo.student_id, "photo")
    return schemas.Photo(
        **msgspec.structs.asdict(_summary(photo, caller.locale)),
        width=photo.width,
        height=photo.height,
        files=_files(photo),
        lines=photo_lines.shown(photo, caller.locale),
    )


def list_visible(caller: Caller, query: schemas.PhotoQuery) -> tuple[list[schemas.PhotoSummary], str | None]:
    """The photos that the caller may see, newest first. Raises `NotFoundError` for a student they may not."""
    photos = _visible(caller)
    if query.student_id is not UNSET:
        student = access.student(caller, query.student_id)
        audit.student_read(caller, student.id, "photos")
        photos = photos.where(Photo.student_id == student.id)
    if query.status is not UNSET:
        photos = photos.where(Photo.status == query.status)
    rows, cursor = paging.page(
        photos,
        [Photo.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"photos|{caller.user_id}|{query.student_id}|{query.status}",
        descending=True,
    )
    if query.student_id is UNSET:
        audit.students_read(caller, (row.student_id for row in rows), "photos")
    return [_summary(row, caller.locale) for row in rows], cursor


def remove(caller: Caller, photo_id: UUID) -> None:
    """Delete a photo and its files. Raises `NotFoundError` and `UnavailableError`.

    Opens transactions of its own: none is open while S3 is waited for.
    """
    with entering.working_for(caller):
        photo = one(caller, photo_id)
    photo_files.discard([photo_files.of(photo)])
    with entering.working_for(caller):
        is_deleted = Photo.delete().where(Photo.id == photo_id).execute()
        if is_deleted and caller.user_id != photo.student_id:
            audit.record(caller, "photo.deleted", "user", photo.student_id, photo_id=str(photo_id))


def expire(limit: int) -> int:
    """Delete at most `limit` photos whose time is over, with their files; how many. For the cleanup.

    In no transaction: it opens short ones of its own. Raises `UnavailableError`.
    """
    present = now()
    is_due = (Photo.created_at < present - KEPT) | (
        (Photo.status == WAITING) & (Photo.created_at < present - AWAITED)
    )
    with transaction():
        schools = entering.all_schools()
    count = 0
    for school_id in schools:
        while count < limit:
            deleted = _purge_some(school_id, is_due, min(BATCH, limit - count))
            count += deleted
            if not deleted:
                break
    return count


def purge(school_id: UUID, student_id: UUID | None = None) -> int:
    """Delete all photos, with their files, of a student or of a whole school that is about to go; how many.

    Before the rows go with the account: they alone tell the files' names. In no transaction, as `expire`.
    """
    which = Photo.school == school_id if student_id is None else Photo.student_id == student_id
    count = 0
    while deleted := _purge_some(school_id, which, BATCH):
        count += deleted
    return count


def _purge_some(school_id: UUID, which: Any, limit: int) -> int:
    """Delete at most `limit` photos of a school, files first; how many."""
    with transaction():
        entering.as_worker(school_id)
        names = [photo_files.of(photo) for photo in Photo.select().where(which).limit(limit)]
    if not names:
        return 0
    photo_files.discard(names)
    with transaction():
        entering.as_worker(school_id)
        Photo.delete().where(Photo.id.in_([each.id for each in names])).execute()
    return len(names)


def _asked(caller: Caller, body: schemas.NewPhoto) -> dict[str, Any]:
    """What the photo is an answer to, as columns. Raises `NotFoundError` and `ProblemError`."""
    if body.problem is not UNSET:
        from chalicelib.services import findings

        return {"problem": str(findings.read_problem(body.problem, caller.locale))}
    if body.exercise_id is UNSET:
        return {}
    from chalicelib.services import exercises

    if not exercises.visible(caller).where(Exercise.id == body.exercise_id).exists():
        raise NotFoundError("There is no such exercise.", exercise_id=str(body.exercise_id))
    return {"exercise": body.exercise_id}


def _announced_before(sent: Photo) -> Photo:
    """The photo that was announced under the same client id. Raises `ConflictError` if it is another."""
    of_client = (Photo.student_id == sent.student_id) & (Photo.client_id == sent.client_id)
    photo: Photo = Photo.get(of_client)
    if any(_described(sent)[name] != value for name, value in _described(photo).items()):
        raise ConflictError("The client id belongs to another photo.", reason="client_id_reused")
    return photo


def _described(photo: Photo) -> dict[str, Any]:
    """What the client said of the photo."""
    return {
        "content_type": photo.content_type,
        "size": photo.size,
        "exercise_id": photo.exercise_id,
        "problem": photo.problem,
    }


def _announced(photo: Any) -> schemas.Announced:
    return schemas.Announced(id=photo.id, status=photo.status, upload=_form(photo))


def _form(photo: Photo) -> schemas.UploadForm | None:
    if photo.status != WAITING:
        return None
    form = files.upload_form(
        photo_files.of(photo).upload,
        photo.content_type,
        schemas.LARGEST_BYTES,
        present=now(),
        seconds=FORM_SECONDS,
    )
    return schemas.UploadForm(url=form.url, fields=form.fields, expires_at=form.expires_at)


def _visible(caller: Caller) -> Any:
    """The photos that `caller` may see."""
    photos = Photo.select().where(Photo.school == caller.school)
    if caller.role == STUDENT:
        return photos.where(Photo.student_id == caller.user_id)
    return photos.where(Photo.student_id.in_(access.visible_students(caller).select(User.id)))


def one(caller: Caller, photo_id: UUID) -> Photo:
    """That photo's row, if the caller may see it. Raises `NotFoundError`."""
    photo: Photo | None = _visible(caller).where(Photo.id == photo_id).first()
    if photo is None:
        raise NotFoundError()
    return photo


def _summary(photo: Any, locale: str) -> schemas.PhotoSummary:
    return schemas.PhotoSummary(
        id=photo.id,
        student_id=photo.student_id,
        exercise_id=photo.exercise_id,
        problem=photo.problem,
        content_type=photo.content_type,
        status=photo.status,
        reason=photo.reason,
        reason_text=photo_lines.text(photo.reason, locale),
        reading=_reading(photo),
        reading_reason=photo.read_reason,
        reading_reason_text=photo_lines.text(photo.read_reason, locale),
        created_at=photo.created_at,
        updated_at=photo.updated_at,
    )


def _reading(photo: Any) -> Literal["waiting", "read"] | None:
    """How it stands with what is on the photo."""
    if photo.status != CHECKED:
        return None
    return "waiting" if photo.read_at is None else "read"


def _files(photo: Photo) -> schemas.Files | None:
    if photo.status != CHECKED:
        return None
    names = photo_files.of(photo)
    return schemas.Files(
        image_url=files.address(names.image(photo.content_type), ADDRESS_SECONDS),
        thumbnail_url=files.address(names.thumbnail, ADDRESS_SECONDS),
        expires_at=now() + timedelta(seconds=ADDRESS_SECONDS),
    )
