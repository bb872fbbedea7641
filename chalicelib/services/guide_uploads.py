"""What becomes of an uploaded worksheet: S3 tells of it, it is looked at, and goes where worksheets are kept.

    guides/incoming/{id}/{file key}       as staff upload it; deleted when it was looked at
    guides/kept/{id}/{file key}.pdf       what was taken

As with photos every step can be taken again: S3 may tell of an upload twice, late, and in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from chalicelib import observe, queues
from chalicelib.aws import files, guide_files
from chalicelib.services import guide_pdf, guide_states
from chalicelib.store import entering, outbox
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import Guide

UPLOAD: Final = re.compile(
    r"guides/incoming/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([A-Za-z0-9_-]{43})"
)


class Names(NamedTuple):
    """What names the files of a worksheet."""

    id: UUID
    file_key: str

    @property
    def upload(self) -> str:
        """The file as it is uploaded."""
        return f"guides/incoming/{self.id}/{self.file_key}"

    @property
    def kept(self) -> str:
        """The file that was taken."""
        return f"guides/kept/{self.id}/{self.file_key}.pdf"


def names_of(guide: Guide) -> Names:
    """The names of the files of `guide`."""
    return Names(guide.id, guide.file_key)


def of_upload(key: str) -> Names | None:
    """The names of the worksheet to which the upload `key` belongs; None for one that is no worksheet's."""
    found = UPLOAD.fullmatch(key)
    return Names(UUID(found[1]), found[2]) if found else None


def discard(guides: Iterable[Names]) -> None:
    """Delete every file of these worksheets. Raises `UnavailableError`."""
    keys = [key for names in guides for key in (names.upload, names.kept)]
    if keys:
        guide_files.delete(keys)


def handle(names: Names) -> None:
    """Take one upload from its arrival to its end, or on from where it was left."""
    guide = _found(names)
    if guide is None:  # deleted meanwhile, or never announced
        discard([names])
        observe.event("an upload belongs to no worksheet", guide_id=str(names.id))
        return
    observe.correlation_id.set(guide.correlation_id)
    if guide.state == guide_states.WAITING and not _settle(names):
        return
    guide_files.delete([names.upload])


def _settle(names: Names) -> bool:
    """Look at the upload and note the outcome; False where there is no upload."""
    try:
        content = guide_files.fetch_upload(names.upload, guide_pdf.LARGEST_BYTES)
    except files.TooLargeError:
        _refuse(names.id, guide_pdf.TOO_LARGE)
        return True
    if content is None:
        observe.event("an upload is gone", guide_id=str(names.id))
        return False
    if not guide_pdf.is_pdf(content):
        _refuse(names.id, guide_pdf.WRONG_TYPE)
        return True
    guide_files.store(names.kept, content)
    if not _note(names.id, "arrive"):  # deleted meanwhile, or another upload was refused first
        _drop_unwanted(names)
    return True


def _drop_unwanted(names: Names) -> None:
    """Delete the file that was kept, unless an earlier upload of the same worksheet is at work."""
    guide = _found(names)
    if guide is None or guide.state == guide_states.REFUSED:
        guide_files.delete([names.kept])


def _refuse(guide_id: UUID, reason: str) -> None:
    _note(guide_id, "refuse", reason=reason)
    observe.event("a worksheet was refused", guide_id=str(guide_id), reason=reason)


def _found(names: Names) -> Guide | None:
    with transaction():
        entering.by_guide(names.id)
        guide: Guide | None = Guide.get_or_none(Guide.id == names.id, Guide.file_key == names.file_key)
    return guide


def _note(guide_id: UUID, event: str, **columns: Any) -> bool:
    """Let the worksheet leave `waiting`, and let a good one be read; whether this was who did it."""
    state = guide_states.after(guide_states.GUIDE, guide_states.WAITING, event)
    with transaction():
        school_id = entering.by_guide(guide_id)
        is_waiting = (Guide.id == guide_id) & (Guide.state == guide_states.WAITING)
        if not Guide.update(state=state, updated_at=now(), **columns).where(is_waiting).execute():
            return False
        if state == guide_states.READING:
            outbox.put(queues.GUIDE_INGEST, {"guide_id": str(guide_id)}, school_id=school_id)
    return True
