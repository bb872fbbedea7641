"""Corrections: a better diagnosis replaces one, and mastery follows. All that was said stays on record.

A teacher's word wins: only another member of staff replaces it. The language model has a say while the
attempt is `pending`, that is until it, or staff, have spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Any, Literal, NamedTuple
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import STAFF, Caller
from chalicelib.errors import ValidationError
from chalicelib.schemas import attempts as attempt_schemas
from chalicelib.schemas import corrections as schemas
from chalicelib.schemas.base import PageQuery
from chalicelib.services import (
    assignments_automatic,
    attempts,
    audit,
    beliefs,
    findings,
    retirement,
    reviews,
)
from chalicelib.store import paging
from chalicelib.store.models.base import now
from chalicelib.store.models.reviews import CORRECTED
from chalicelib.store.models.work import Attempt, Diagnosis

INCORRECT = "incorrect"


class Finding(NamedTuple):
    """What is to be said of an answer: the verdict and, of an incorrect one, bugs with their probabilities.

    The bugs are ids of the catalogue, the most probable first; what their probabilities leave is unexplained.
    """

    verdict: str
    bugs: Sequence[tuple[str, float]] = ()


def override(caller: Caller, attempt_id: UUID, body: schemas.Override) -> attempt_schemas.Attempt:
    """Correct a diagnosis by the word of staff, which ends what reviews of it are open.

    Raises `NotFoundError`, and `ValidationError` for a bug that is not in the catalogue of the problem's
    topics, or retired.
    """
    attempt = attempts.visible(caller, attempt_id)
    bug = None if body.bug is UNSET else body.bug
    comment = None if body.comment is UNSET else body.comment
    if bug is not None:
        _check_bug(bug, attempt)
    correct(
        attempt.id,
        Finding(body.verdict, [] if bug is None else [(bug, 1.0)]),
        source="human",
        locale=caller.locale,
        made_by=caller.user_id,
        comment=comment,
    )
    reviews.close(caller, attempt.id, CORRECTED, comment)
    # Not whose it is: once the account has ended, nothing may tell.
    audit.record(caller, "attempt.overridden", "attempt", attempt.id, verdict=body.verdict, bug=bug)
    return attempts.shown(caller, attempts.visible(caller, attempt.id))


def correct(
    attempt_id: UUID,
    finding: Finding,
    *,
    source: Literal["human", "llm"],
    locale: str,
    made_by: UUID | None = None,
    comment: str | None = None,
) -> bool:
    """Make `finding` the current diagnosis of an attempt, and replay mastery; in a transaction of its school.

    False where the attempt is no longer `pending` and it is not staff who speak: then nothing is changed. Two
    at once come one after the other, and both stay on record. `locale` is the language of the stored texts.
    Raises `NotFoundError` where the attempt is gone.
    """
    attempt = attempts.locked(attempt_id)
    if source != "human" and attempt.status != attempts.PENDING:
        return False
    current = (Diagnosis.attempt_id == attempt.id) & Diagnosis.is_current
    before = Diagnosis.get(current)
    Diagnosis.update(is_current=False).where(Diagnosis.id == before.id).execute()
    Diagnosis.create(
        attempt_id=attempt.id,
        school=attempt.school_id,
        student_id=attempt.student_id,
        source=source,
        made_by=made_by,
        comment=comment,
        **_stored(attempt, before, finding, locale),
    )
    changes = {"verdict": finding.verdict, "status": attempts.FINAL, "updated_at": now()}
    Attempt.update(**changes).where(Attempt.id == attempt.id).execute()
    counts_as = attempts.counts_as(finding.verdict)
    if counts_as != attempts.counts_as(before.verdict):
        beliefs.recount(attempt, counts_as)
        assignments_automatic.close_finished(attempt)
    return True


def list_diagnoses(
    caller: Caller, attempt_id: UUID, query: PageQuery
) -> tuple[list[schemas.RecordedDiagnosis], str | None]:
    """All diagnoses that an attempt has had, newest first. Raises `NotFoundError`."""
    attempt = attempts.visible(caller, attempt_id)
    audit.student_read(caller, attempt.student_id, "diagnoses")
    rows, cursor = paging.page(
        Diagnosis.select().where(Diagnosis.attempt_id == attempt.id),
        [Diagnosis.created_at, Diagnosis.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"diagnoses|{attempt.id}",
        descending=True,
    )
    return [_recorded(caller, row, attempt) for row in rows], cursor


def _check_bug(bug: str, attempt: Any) -> None:
    """Raises `ValidationError` for a bug that cannot be behind an answer to the problem of `attempt`."""
    from chalicelib.diagnosis import UnknownBugError, bug_named

    try:
        found = bug_named(bug)
    except UnknownBugError as error:
        raise ValidationError(path="$.bug", reason=f"There is no bug {bug}.") from error
    if found.topic not in findings.topics(attempt.problem):
        reason = f"{bug} is a bug of {found.topic}, not of {attempt.topic}."
        raise ValidationError(path="$.bug", reason=reason)
    if bug in retirement.retired():
        raise ValidationError(path="$.bug", reason=f"{bug} is retired.")


def _stored(attempt: Attempt, before: Diagnosis, finding: Finding, locale: str) -> dict[str, Any]:
    """The columns of a `diagnoses` row that hold `finding`; what it does not speak of stays as it was."""
    best, probability = finding.bugs[0] if finding.bugs else (None, None)
    explained = fsum(share for _, share in finding.bugs)
    return {
        "verdict": finding.verdict,
        "expected": before.expected,
        "candidates": findings.candidates(finding.bugs, attempt, locale) if finding.bugs else [],
        "unexplained": max(0.0, 1 - explained) if finding.verdict == INCORRECT else 0.0,
        "wrong_step": before.wrong_step if finding.verdict == before.verdict else None,
        "locale": locale,
        "bug": best,
        "probability": probability,
    }


def _recorded(caller: Caller, said: Any, attempt: Any) -> schemas.RecordedDiagnosis:
    return schemas.RecordedDiagnosis(
        id=said.id,
        verdict=said.verdict,
        diagnosis=findings.shown(said, attempt, caller.locale),
        is_current=said.is_current,
        made_by=said.made_by if caller.role in STAFF else None,
        created_at=said.created_at,
    )
