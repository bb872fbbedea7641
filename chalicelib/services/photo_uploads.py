"""What becomes of an upload: S3 tells of it, its content is checked, a clean copy takes its place.

S3 may tell of the same upload twice, late, and in any order; the same form may upload twice. So every step
can be taken again: the copy has one name however often it is written, the row leaves `waiting` once, together
with the message that lets the photo be read, and only after that is the upload deleted. No transaction is
open while S3 is waited for.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import unquote_plus
from uuid import UUID

from chalicelib import observe, queues
from chalicelib.aws import files
from chalicelib.message import MalformedMessageError
from chalicelib.schemas.photos import LARGEST_BYTES
from chalicelib.services import guide_pages, guide_uploads, photo_check, photo_files
from chalicelib.services.photo_check import Clean, RefusedError
from chalicelib.services.photo_files import Names
from chalicelib.store import entering, outbox
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.photos import CHECKED, REFUSED, WAITING, Photo

TEST_EVENT: Final = "s3:TestEvent"  # S3 sends it when the notification is set up
CREATED: Final = "ObjectCreated:"
GONE: Final = "gone"


def receive(body: dict[str, Any]) -> None:
    """Check the uploads that a notification of the bucket tells of.

    Raises `UnavailableError` when S3 or the database is away, and `MalformedMessageError` for what is no
    notification.
    """
    if body.get("Event") == TEST_EVENT:
        return
    if not isinstance(body.get("Records"), list):
        raise MalformedMessageError("The body is no notification of a bucket.")
    for record in body["Records"]:
        key = _key(record)
        if names := photo_files.of_upload(key):
            _handle(names)
        elif guide := guide_uploads.of_upload(key):
            guide_uploads.handle(guide)
        else:
            observe.event("a notification tells of no upload of ours")


def _key(record: dict[str, Any]) -> str:
    """The name of the file that was uploaded; empty where it is nothing that we wait for."""
    if not record["eventName"].startswith(CREATED) or record["s3"]["bucket"]["name"] != files.bucket():
        return ""
    return unquote_plus(record["s3"]["object"]["key"])


def _handle(names: Names) -> None:
    """Take one upload from its arrival to its end, or on from where it was left."""
    photo = _found(names)
    if photo is None:  # deleted meanwhile, or never announced
        photo_files.discard([names])
        observe.event("an upload belongs to no photo", photo_id=str(names.id))
        return
    observe.correlation_id.set(photo.correlation_id)
    if photo.status == WAITING and not _settle(photo, names):
        return
    files.delete([names.upload])


def _settle(photo: Photo, names: Names) -> bool:
    """Check the upload and note the outcome; False where there is no upload."""
    try:
        content = files.fetch(names.upload, LARGEST_BYTES)
        if content is None:
            observe.event("an upload is gone", photo_id=str(photo.id))
            return False
        clean = photo_check.check(content, photo.content_type)
    except files.TooLargeError:
        outcome = _note(photo.id, REFUSED, reason=photo_check.TOO_LARGE)
    except RefusedError as refusal:
        outcome = _note(photo.id, REFUSED, reason=refusal.reason)
    else:
        outcome = _keep(photo, names, clean)
    observe.event("photo", photo_id=str(photo.id), outcome=outcome)
    return True


def _keep(photo: Photo, names: Names, clean: Clean) -> str:
    """Store the clean copy, then note it; what became of the photo."""
    files.store(names.image(photo.content_type), clean.image, photo.content_type)
    files.store(names.thumbnail, clean.thumbnail, photo_check.THUMBNAIL_TYPE)
    outcome = _note(photo.id, CHECKED, width=clean.width, height=clean.height)
    if outcome != CHECKED:  # deleted meanwhile, or a second upload was refused first: nobody will ask for it
        files.delete([names.image(photo.content_type), names.thumbnail])
    return outcome


def _found(names: Names) -> Photo | None:
    with transaction():
        entering.by_photo(names.id)
        photo: Photo | None = Photo.get_or_none(Photo.id == names.id, Photo.file_key == names.file_key)
    return photo


def _note(photo_id: UUID, status: str, **columns: Any) -> str:
    """Let the photo leave `waiting`, and let a good one be read; its status afterwards, or `GONE`."""
    with transaction():
        school_id = entering.by_photo(photo_id)
        change = Photo.update(status=status, updated_at=now(), **columns)
        if change.where(Photo.id == photo_id, Photo.status == WAITING).execute():
            if status == CHECKED:
                outbox.put(queues.TRANSCRIBE, {"photo_id": str(photo_id)}, school_id=school_id)
            else:
                guide_pages.refuse(photo_id)
            return status
        photo = Photo.get_or_none(Photo.id == photo_id)
        return photo.status if photo else GONE
