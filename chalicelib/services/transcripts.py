"""Transcripts: lines of a student's work, as they were read from a photo or graded in a worksheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from chalicelib import queues
from chalicelib.store import outbox
from chalicelib.store.models.photos import SOURCES, Transcript

# Readers of pictures and of PDFs let through what a request may not hold (`edge/request.py`).
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
MARK = "\ufffd"
# What becomes of a line: an attempt; only kept, for a reason; or nothing until somebody says what it is.
ATTEMPT, KEPT, UNSURE = "attempt", "kept", "unsure"
UNREADABLE = "unreadable"  # a reason to keep one


class Line(NamedTuple):
    """One problem with the student's answer to it, as text. `confidence` (0 to 1) is the reader's own.

    `exercise_id` names the exercise, where it is known to be one; the problem is then the exercise's. One
    whose `status` is `UNSURE` or `UNREADABLE` is made into no attempt; of the second `problem` is its text.
    """

    problem: str
    answer: str
    steps: Sequence[str] = ()
    confidence: float = 1.0
    exercise_id: UUID | None = None
    status: str | None = None


def record(
    school_id: UUID, student_id: UUID, source: str, lines: Sequence[Line], *, photo_id: UUID | None = None
) -> UUID:
    """Keep the lines of one piece of work, and have them made into attempts; the transcript's id.

    In a transaction that has entered the school. `source` is `photo` or `guide`.
    """
    if source not in SOURCES:
        raise ValueError(f"there is no source {source}")
    transcript: Transcript = Transcript.create(
        school=school_id,
        student_id=student_id,
        photo_id=photo_id,
        source=source,
        lines=[stored(line) for line in lines],
    )
    outbox.put(queues.REPROCESS, {"transcript_id": str(transcript.id)}, school_id=school_id)
    return transcript.id


def stored(line: Line) -> dict[str, object]:
    """A line as it is stored."""
    return {
        "problem": _storable(line.problem),
        "answer": _storable(line.answer),
        "steps": [_storable(step) for step in line.steps],
        "confidence": line.confidence,
        "exercise_id": str(line.exercise_id) if line.exercise_id else None,
        **_status(line.status),
    }


def _status(status: str | None) -> dict[str, object]:
    if status == UNREADABLE:
        return {"status": KEPT, "reason": UNREADABLE}
    return {"status": status} if status else {}


def _storable(text: str) -> str:
    """`text` with a mark for each character that Postgres cannot hold, or that no client may send."""
    return UNFIT.sub(MARK, text)
