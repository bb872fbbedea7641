"""From transcripts to attempts: each line that can be read becomes one, as if the student had typed it.

A line that cannot be read stays in the transcript with the reason; it is no attempt, and holds up no other.
One that its reader is not sure of waits there for somebody's word (`photo_lines.py`).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import msgspec

from chalicelib import observe
from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import NotFoundError, ProblemError
from chalicelib.message import Message
from chalicelib.schemas.attempts import SubmitAttempt
from chalicelib.services import attempts, device_time
from chalicelib.services.transcripts import ATTEMPT, KEPT
from chalicelib.store import entering
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User
from chalicelib.store.models.photos import Transcript

# Why a line is only kept: too long, or what of it is not in the grammar or not there.
BOUNDS, PROBLEM, ANSWER, EXERCISE = "bounds", "problem", "answer", "exercise"


class UnreadableError(Exception):
    """The answer is not in the grammar: what `submit` has stored of it must go again."""


def handle(message: Message) -> None:
    """Make the attempts of a transcript, in the open transaction; nothing where it was done before.

    The row's lock and `processed_at` let one message in at a time and one have an effect; the attempts' own
    client ids, made from the transcript's id and the line's number, hold even without them.
    """
    transcript = _locked(message)
    if transcript is None:
        observe.event("a transcript is gone", transcript_id=message.payload["transcript_id"])
        return
    if transcript.processed_at is not None:
        return
    caller = student_of(transcript)
    lines = [_processed(caller, transcript, number, line) for number, line in enumerate(transcript.lines)]
    Transcript.update(lines=lines, processed_at=now()).where(Transcript.id == transcript.id).execute()
    made = sum(line["status"] == ATTEMPT for line in lines)
    observe.event("transcript", transcript_id=str(transcript.id), attempts=made, others=len(lines) - made)


def student_of(transcript: Transcript) -> Caller:
    """The student whose work it is, as who submits it."""
    student = User.get_by_id(transcript.student_id)
    return Caller(student.id, transcript.school_id, STUDENT, student.locale, None)


def submission(transcript: Transcript, number: int, line: dict[str, Any]) -> SubmitAttempt:
    """The line as the student would have submitted it. Raises msgspec's error where it is out of bounds."""
    asked = {"exercise_id": line["exercise_id"]} if line["exercise_id"] else {"problem": line["problem"]}
    is_late = now() - transcript.created_at >= device_time.OLDEST  # sent again by an operator
    return msgspec.convert(
        {
            **asked,
            **({} if is_late else {"answered_at": transcript.created_at}),
            "answer": line["answer"],
            "steps": line["steps"],
            "client_id": uuid5(transcript.id, str(number)),
        },
        SubmitAttempt,
    )


def _locked(message: Message) -> Transcript | None:
    """The transcript, which nobody else handles until the end of the transaction; None where it is gone."""
    if message.school_id is None or not entering.as_worker(message.school_id):
        return None
    query = Transcript.select().where(Transcript.id == UUID(message.payload["transcript_id"]))
    transcript: Transcript | None = query.for_update().first()
    return transcript


def _processed(caller: Caller, transcript: Transcript, number: int, line: dict[str, Any]) -> dict[str, Any]:
    """The line with what became of it."""
    if "status" in line:  # unreadable, or not sure
        return line
    try:
        with transaction():  # a savepoint: what cannot be read leaves nothing behind
            attempt = attempts.submit(caller, submission(transcript, number, line))
            if attempt.verdict == attempts.UNREADABLE:
                raise UnreadableError()
    except msgspec.ValidationError:
        return {**line, "status": KEPT, "reason": BOUNDS}
    except ProblemError:
        return {**line, "status": KEPT, "reason": PROBLEM}
    except NotFoundError:
        return {**line, "status": KEPT, "reason": EXERCISE}
    except UnreadableError:
        return {**line, "status": KEPT, "reason": ANSWER}
    return {**line, "status": ATTEMPT, "attempt_id": str(attempt.id)}
