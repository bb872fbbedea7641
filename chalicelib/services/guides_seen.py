"""Who sees which worksheets, and how they are shown.

Staff see those that they made and those of the classes that they see; students and parents what was given to
their own, or their children's, classes. What is right is shown to staff alone.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from chalicelib.aws import guide_files
from chalicelib.caller import ADMIN, STAFF, STUDENT, Caller
from chalicelib.errors import NotFoundError
from chalicelib.schemas import guides as schemas
from chalicelib.services import access, guide_questions, guide_uploads
from chalicelib.services.guide_questions import Question
from chalicelib.services.guide_states import CLOSED, PUBLISHED, REFUSED, WAITING
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.guides import Guide, GuideClassroom, GuidePublication
from chalicelib.store.models.people import User

ADDRESS_SECONDS: Final = 300
TEXTS = Path(__file__).parent.parent / "locales"


def visible(caller: Caller) -> Any:
    """The worksheets that `caller` may see, as a query on `Guide`."""
    guides = Guide.select().where(Guide.school == caller.school)
    if caller.role == ADMIN:
        return guides
    if caller.role in STAFF:
        rooms = access.visible_classrooms(caller).select(Classroom.id)
        is_theirs = (Guide.created_by == caller.user_id) | Guide.classroom_id.in_(rooms)
        return guides.where(is_theirs | Guide.id.in_(_given_to(rooms)))
    rooms = _rooms_of(access.visible_students(caller).select(User.id))
    return guides.where(Guide.state.in_((PUBLISHED, CLOSED)), Guide.id.in_(_given_to(rooms)))


def one(caller: Caller, guide_id: UUID) -> Guide:
    """That worksheet, if `caller` may see it. Raises `NotFoundError`."""
    found: Guide | None = visible(caller).where(Guide.id == guide_id).first()
    if found is None:
        raise NotFoundError()
    return found


def locked(caller: Caller, guide_id: UUID) -> Guide:
    """The same; nobody else changes its row until the end of the transaction. Raises `NotFoundError`."""
    query = visible(caller).where(Guide.id == guide_id)
    found: Guide | None = query.for_update("FOR NO KEY UPDATE").first()  # who hands in goes on
    if found is None:
        raise NotFoundError()
    return found


def summaries(caller: Caller, guides: Sequence[Guide]) -> list[schemas.GuideSummary]:
    """Worksheets in a list; two statements for all."""
    ids = [each.id for each in guides]
    given = _classrooms(caller, ids)
    published = {row.guide_id: row for row in _publications(ids)}
    return [
        schemas.GuideSummary(**_summary(caller, each, given[each.id], published.get(each.id)))
        for each in guides
    ]


def whole(caller: Caller, guide: Any) -> schemas.Guide:
    """A worksheet with its questions: of a student those that were published, of staff the last ones."""
    published = next(iter(_publications([guide.id])), None)
    is_staff = caller.role in STAFF
    version = guide.version if published is None or is_staff else published.version
    given = _classrooms(caller, [guide.id])[guide.id]
    questions = guide_questions.of_version(guide.id, version)
    return schemas.Guide(
        **_summary(caller, guide, given, published),
        reason=guide.reason,
        reason_text=_text(guide.reason, caller.locale),
        held_text=_text(guide.held, caller.locale),
        pages=guide.pages,
        unread=guide.unread,
        questions=[question(each, tells=is_staff) for each in questions],
        file=_file(guide),
    )


def question(asked: Question, *, tells: bool) -> schemas.Question:
    """A question as it is answered; what is right only where that is told."""
    return schemas.Question(
        id=asked.id,
        label=asked.label,
        text=asked.text,
        problem=asked.problem,
        skill_id=asked.skill_id,
        answer=asked.answer if tells else None,
        found_by=asked.found_by,
        answered_by=asked.answered_by if tells else None,
        is_confirmed=asked.is_confirmed,
    )


def publication(guide_id: UUID) -> GuidePublication:
    """How a worksheet was published. Raises `NotFoundError` where it was not."""
    found: GuidePublication | None = GuidePublication.get_or_none(GuidePublication.guide_id == guide_id)
    if found is None:
        raise NotFoundError()
    return found


def members(guide_id: UUID) -> Any:
    """The students to whom a worksheet is given, as a query on `Membership`."""
    rooms = GuideClassroom.select(GuideClassroom.classroom_id).where(GuideClassroom.guide_id == guide_id)
    return Membership.select().where(Membership.classroom_id.in_(rooms), Membership.role == STUDENT)


def _given_to(rooms: Any) -> Any:
    return GuideClassroom.select(GuideClassroom.guide_id).where(GuideClassroom.classroom_id.in_(rooms))


def _rooms_of(students: Any) -> Any:
    return Membership.select(Membership.classroom_id).where(
        Membership.user_id.in_(students), Membership.role == STUDENT
    )


def _classrooms(caller: Caller, ids: Sequence[UUID]) -> Mapping[UUID, list[UUID]]:
    """The classes to which each of these is given: for students their own, for parents none."""
    given = GuideClassroom.select().where(GuideClassroom.guide_id.in_(list(ids)))
    if caller.role not in STAFF:
        rooms = access.visible_classrooms(caller).select(Classroom.id)
        given = given.where(GuideClassroom.classroom_id.in_(rooms))
    found: dict[UUID, list[UUID]] = {each: [] for each in ids}
    for row in given.order_by(GuideClassroom.classroom_id):
        found[row.guide_id].append(row.classroom_id)
    return found


def _publications(ids: Sequence[UUID]) -> Iterable[GuidePublication]:
    return GuidePublication.select().where(GuidePublication.guide_id.in_(list(ids)))


def _summary(
    caller: Caller, guide: Guide, given: list[UUID], published: GuidePublication | None
) -> dict[str, Any]:
    is_staff = caller.role in STAFF
    return {
        "id": guide.id,
        "title": guide.title,
        "state": guide.state,
        "held": guide.held,
        "classroom_id": guide.classroom_id if is_staff else None,
        "classroom_ids": given,
        "version": guide.version,
        "due_at": published.due_at if published else None,
        "most_submissions": published.most_submissions if published else None,
        "created_by": guide.created_by if is_staff else None,
        "created_at": guide.created_at,
        "updated_at": guide.updated_at,
    }


def _file(guide: Guide) -> schemas.File | None:
    if guide.state in (WAITING, REFUSED):
        return None
    return schemas.File(
        url=guide_files.address(guide_uploads.names_of(guide).kept, ADDRESS_SECONDS),
        expires_at=now() + timedelta(seconds=ADDRESS_SECONDS),
    )


def _text(reason: str | None, locale: str) -> str | None:
    return _texts(locale)[reason] if reason else None


@functools.cache
def _texts(locale: str) -> dict[str, str]:
    """Why a worksheet was refused, or waits, in words of a language, by reason."""
    texts: dict[str, str] = json.loads((TEXTS / f"guides.{locale}.json").read_text("utf-8"))
    return texts
