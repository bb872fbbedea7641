"""Somebody's word on a line of a photo that was not read, or not surely.

The student or a teacher may say what it is. It then becomes the student's attempt, as if it had been read so.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ConflictError, NotFoundError, ValidationError
from chalicelib.schemas import attempts as attempt_schemas
from chalicelib.schemas import photos as schemas
from chalicelib.services import attempts, audit, photo_lines, photos, reprocess
from chalicelib.services.transcripts import ATTEMPT
from chalicelib.store.models.photos import Transcript


def say(caller: Caller, photo_id: UUID, body: schemas.SaidLine) -> attempt_schemas.Attempt:
    """Make a line of a photo the student's attempt, as it was read or as `body` says that it is.

    Raises `NotFoundError` for a photo or line that there is not, `ConflictError` for one that is an attempt,
    or about to become one, `ProblemError`, and `ValidationError` for an answer outside the grammar.
    """
    photo = photos.one(caller, photo_id)
    transcript = photo_lines.of(photo).for_update().first()
    if transcript is None or body.line >= len(transcript.lines):
        raise NotFoundError("There is no such line.", line=body.line)
    before = transcript.lines[body.line]
    if before.get("status", ATTEMPT) == ATTEMPT:
        raise ConflictError("The line is an attempt, or about to become one.", reason="line_is_attempt")
    line = _said(before, body)
    attempt = _submitted(transcript, body.line, line)
    changed = {**line, "status": ATTEMPT, "attempt_id": str(attempt.id)}
    lines = [changed if each is before else each for each in transcript.lines]
    Transcript.update(lines=lines).where(Transcript.id == transcript.id).execute()
    if caller.role == STUDENT:
        return attempt
    audit.record(caller, "photo.line_said", "user", photo.student_id, photo_id=str(photo_id))
    return attempts.shown(caller, attempts.visible(caller, attempt.id))


def _said(line: dict[str, Any], body: schemas.SaidLine) -> dict[str, Any]:
    """The line with what `body` says of it; another problem is no longer the exercise's."""
    named = {name: getattr(body, name) for name in ("problem", "answer", "steps")}
    said = {name: value for name, value in named.items() if value is not UNSET}
    is_other = said.get("problem", line["problem"]) != line["problem"]
    kept = {name: value for name, value in line.items() if name != "reason"}
    return {**kept, **said, **({"exercise_id": None} if is_other else {})}


def _submitted(transcript: Transcript, number: int, line: dict[str, Any]) -> attempt_schemas.Attempt:
    """The attempt that the line becomes."""
    try:
        submission = reprocess.submission(transcript, number, line)
    except msgspec.ValidationError as error:
        raise ValidationError(path="$.line", reason="As it was read it is too long.") from error
    attempt = attempts.submit(reprocess.student_of(transcript), submission)
    if attempt.verdict == attempts.UNREADABLE:
        raise ValidationError(path="$.answer", reason="The answer cannot be read.")
    return attempt
