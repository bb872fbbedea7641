"""Worksheets (guides) as staff make, list, change and delete them.

A worksheet goes from state to state as `guide_states.py` has it. Its questions are found by `guide_ingest`
and answered by `guide_solve`, looked at in `guide_review`, and given to students in `guide_publish`.
"""

from __future__ import annotations

import secrets
from datetime import UTC
from typing import Any, Final
from uuid import UUID

from msgspec import UNSET

from chalicelib import observe, queues
from chalicelib.aws import files, guide_files
from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import guides as schemas
from chalicelib.schemas import photos as photo_schemas
from chalicelib.services import (
    access,
    audit,
    guide_states,
    guide_steps,
    guide_uploads,
    guides_seen,
    language_model,
)
from chalicelib.services.guide_states import GUIDE, READING, SOLVING, WAITING
from chalicelib.store import entering, outbox, paging
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import Guide, GuideClassroom, GuidePublication

FORM_SECONDS: Final = 600
BATCH: Final = 100


def announce(caller: Caller, body: schemas.NewGuide) -> schemas.Announced:
    """Expect the PDF of a worksheet, and say how to upload it.

    Under a `client_id` that was used before it is the same one, with a new form while it is waited for.
    Raises `NotFoundError` for a class that the caller may not see, `SwitchedOffError` where this stage has no
    place for files, and `ConflictError` for a `client_id` that belongs to another worksheet.
    """
    files.bucket()
    classroom = access.classroom(caller, body.classroom_id)
    guide: Any = Guide(
        school=caller.school,
        classroom_id=classroom.id,
        created_by=caller.user_id,
        client_id=body.client_id,
        title=body.title,
        locale=caller.locale,
        size=body.size,
        file_key=secrets.token_urlsafe(32),
        correlation_id=observe.correlation_id.get(),
    )
    inserted = Guide.insert(guide.__data__).on_conflict_ignore().returning(Guide.id).execute()
    if list(inserted):
        audit.record(caller, "guide.created", "guide", guide.id, classroom_id=str(classroom.id))
    else:
        guide = _announced_before(guide)
    return schemas.Announced(id=guide.id, state=guide.state, upload=_form(guide))


def list_visible(caller: Caller, query: schemas.GuideQuery) -> tuple[list[schemas.GuideSummary], str | None]:
    """The worksheets that the caller may see, newest first. Raises `NotFoundError` as `access` does."""
    guides = guides_seen.visible(caller)
    if query.classroom_id is not UNSET:
        room = access.classroom(caller, query.classroom_id)
        given = GuideClassroom.select(GuideClassroom.guide_id).where(GuideClassroom.classroom_id == room.id)
        guides = guides.where((Guide.classroom_id == room.id) | Guide.id.in_(given))
    if query.state is not UNSET:
        guides = guides.where(Guide.state == query.state)
    rows, cursor = paging.page(
        guides,
        [Guide.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"guides|{caller.user_id}|{query.classroom_id}|{query.state}",
        descending=True,
    )
    return guides_seen.summaries(caller, rows), cursor


def get(caller: Caller, guide_id: UUID) -> schemas.Guide:
    """That worksheet with its questions. Raises `NotFoundError`."""
    return guides_seen.whole(caller, guides_seen.one(caller, guide_id))


def go_on(caller: Caller, guide_id: UUID, body: schemas.GoOn) -> schemas.Guide:
    """Try at once, or wait no more, for the language model that a worksheet waits for.

    Raises `NotFoundError`, `ConflictError` where it is in neither `reading` nor `solving`, and
    `SwitchedOffError` for a model that is off or not set up.
    """
    guide = guides_seen.locked(caller, guide_id)
    guide_states.after(GUIDE, guide.state, "go_on")
    if not body.without_model:
        language_model.require(guide_steps.TASK, caller.school)
    changes = {"held": None, "is_without_model": body.without_model, "updated_at": now()}
    Guide.update(**changes).where(Guide.id == guide.id).execute()
    queue = {READING: queues.GUIDE_INGEST, SOLVING: queues.GUIDE_SOLVE}[guide.state]
    outbox.put(queue, {"guide_id": str(guide.id)}, school_id=caller.school)
    return get(caller, guide_id)


def change(caller: Caller, guide_id: UUID, body: schemas.ChangeGuide) -> schemas.Guide:
    """Change a worksheet's title and, once it is published, its due date and limit; close it, or reopen it.

    Raises `NotFoundError`, and `ConflictError` where it is not published.
    """
    guide = guides_seen.locked(caller, guide_id)
    changed = []
    if body.title is not UNSET and body.title != guide.title:
        changed.append("title")
        Guide.update(title=body.title, updated_at=now()).where(Guide.id == guide.id).execute()
    published: dict[str, Any] = {}
    if body.due_at is not UNSET:
        published["due_at"] = body.due_at.astimezone(UTC)
    if body.most_submissions is not UNSET:
        published["most_submissions"] = body.most_submissions
    if published:
        which = GuidePublication.guide_id == guide.id
        if not GuidePublication.update(**published).where(which).execute():
            raise ConflictError("The worksheet is not published yet.", reason="not_published")
        changed += sorted(published)
    if body.closed is not UNSET and body.closed != (guide.state == guide_states.CLOSED):
        state = guide_states.after(GUIDE, guide.state, "close" if body.closed else "reopen")
        Guide.update(state=state, updated_at=now()).where(Guide.id == guide.id).execute()
        changed.append("state")
    if changed:
        audit.record(caller, "guide.changed", "guide", guide.id, fields=changed)
    return get(caller, guide_id)


def remove(caller: Caller, guide_id: UUID) -> None:
    """Delete a worksheet with its file and all that was handed in; the attempts stay.

    Raises `NotFoundError` and `UnavailableError`. Opens transactions of its own: none is open while S3 is
    waited for.
    """
    with entering.working_for(caller):
        guide = guides_seen.one(caller, guide_id)
    guide_uploads.discard([guide_uploads.names_of(guide)])
    with entering.working_for(caller):
        if Guide.delete().where(Guide.id == guide_id).execute():
            audit.record(caller, "guide.deleted", "guide", guide_id, title=guide.title)


def purge(school_id: UUID) -> int:
    """Delete all worksheets, with their files, of a school that is about to go; how many.

    Before the rows go with the school: they alone tell the files' names. In no transaction.
    """
    count = 0
    while True:
        with transaction():
            entering.as_worker(school_id)
            found = list(Guide.select().where(Guide.school == school_id).limit(BATCH))
        if not found:
            return count
        guide_uploads.discard([guide_uploads.names_of(each) for each in found])
        with transaction():
            entering.as_worker(school_id)
            Guide.delete().where(Guide.id.in_([each.id for each in found])).execute()
        count += len(found)


def _announced_before(sent: Guide) -> Guide:
    """The worksheet that was announced under the same client id. Raises `ConflictError` if it is another."""
    of_client = (Guide.created_by == sent.created_by) & (Guide.client_id == sent.client_id)
    guide: Guide | None = Guide.get_or_none(of_client)
    if guide is None:
        raise NotFoundError()
    if (guide.classroom_id, guide.title, guide.size) != (sent.classroom_id, sent.title, sent.size):
        raise ConflictError("The client id belongs to another worksheet.", reason="client_id_reused")
    return guide


def _form(guide: Guide) -> photo_schemas.UploadForm | None:
    if guide.state != WAITING:
        return None
    name = guide_uploads.names_of(guide).upload
    form = guide_files.upload_form(name, schemas.LARGEST_BYTES, present=now(), seconds=FORM_SECONDS)
    return photo_schemas.UploadForm(url=form.url, fields=form.fields, expires_at=form.expires_at)
