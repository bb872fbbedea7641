"""The lines that were read from a photo, as they are shown; and the words for why something was not."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from chalicelib.schemas import photos as schemas
from chalicelib.store.models.photos import Photo, Transcript

TEXTS = Path(__file__).parent.parent / "locales"
WAITING = "waiting"


def shown(photo: Photo, locale: str) -> list[schemas.PhotoLine]:
    """The lines of a photo as they are answered; none while it is not read."""
    transcript = of(photo).first()
    if transcript is None:
        return []
    return [_shown(number, line, locale) for number, line in enumerate(transcript.lines)]


def of(photo: Photo) -> Any:
    """The transcript of a photo, as a query: there is one, or none."""
    return Transcript.select().where(Transcript.photo_id == photo.id, Transcript.source == "photo")


def text(reason: str | None, locale: str) -> str | None:
    """Why a photo was refused, or waits to be read, or a line of it is only kept, in words of a language."""
    return _texts(locale)[reason] if reason else None


def _shown(number: int, line: dict[str, Any], locale: str) -> schemas.PhotoLine:
    reason = line.get("reason")
    return schemas.PhotoLine(
        line=number,
        problem=line["problem"],
        answer=line["answer"],
        steps=line["steps"],
        confidence=line["confidence"],
        status=line.get("status", WAITING),
        reason=reason,
        reason_text=text(reason, locale),
        attempt_id=line.get("attempt_id"),
    )


@functools.cache
def _texts(locale: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((TEXTS / f"photos.{locale}.json").read_text("utf-8"))
    return texts
