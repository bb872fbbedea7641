"""The photos of worksheets: between the reading of photos and the grading of what was handed in.

A photo that is a page of a submission is read like any other. What was read does not become attempts by
itself: it is handed over here, and once all pages are read the submission is graded.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chalicelib import observe, queues
from chalicelib.services import guide_states, transcripts
from chalicelib.services.guide_states import SUBMISSION, WAITING
from chalicelib.services.transcripts import Line
from chalicelib.store import outbox
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import GuidePage, GuideSubmission


def take(photo_id: UUID, lines: Sequence[Line]) -> bool:
    """Take the lines of a photo that is a page of a worksheet; False where it is none.

    In the open transaction, which has entered the school. The submission's row is locked, so that of the last
    two pages one sees the other.
    """
    page = _page(photo_id)
    if page is None:
        return False
    submission = _locked(page.submission_id)
    stored = [transcripts.stored(line) for line in lines]
    GuidePage.update(lines=stored).where(GuidePage.photo_id == photo_id).execute()
    of_submission = GuidePage.submission_id == submission.id
    is_missing = GuidePage.select().where(of_submission, GuidePage.lines.is_null()).exists()
    if submission.state == WAITING and not is_missing:
        _move(submission, "transcribe")
        payload = {"submission_id": str(submission.id)}
        outbox.put(queues.GUIDE_GRADE, payload, school_id=submission.school_id)
    return True


def refuse(photo_id: UUID) -> None:
    """Note that a photo was refused: if it is a page of a worksheet, that submission fails."""
    page = _page(photo_id)
    if page is None:
        return
    submission = _locked(page.submission_id)
    if submission.state == WAITING:
        _move(submission, "fail")


def _move(submission: GuideSubmission, event: str) -> None:
    state = guide_states.after(SUBMISSION, submission.state, event)
    changes = {"state": state, "updated_at": now()}
    GuideSubmission.update(**changes).where(GuideSubmission.id == submission.id).execute()
    observe.event("guide submission", submission_id=str(submission.id), event=event, state=state)


def _page(photo_id: UUID) -> GuidePage | None:
    page: GuidePage | None = GuidePage.get_or_none(GuidePage.photo_id == photo_id)
    return page


def _locked(submission_id: UUID) -> GuideSubmission:
    query = GuideSubmission.select().where(GuideSubmission.id == submission_id)
    submission: GuideSubmission = query.for_update().get()
    return submission
