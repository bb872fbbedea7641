"""What is given to a reader of photos and what it gives back, and the reader that a process brings along.

That one reads where no language model is set up. What ships brings none; a developer's machine has
`dev/reader.py`. Whoever reads, what was read is held against the grammar in one place (`photo_work.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

TASK: Final = "transcribe"

Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
Line = Annotated[str, msgspec.Meta(max_length=500)]


class Sheet(NamedTuple):
    """A photo that is to be read, as a file of that type, and what is known of the work on it.

    `problem`, in its canonical form, is what the student said that the work is on; `exercise_id` names the
    exercise that it is. `locale` is the language in which numbers are written.
    """

    school_id: UUID
    content: bytes
    content_type: str
    problem: str | None = None
    exercise_id: UUID | None = None
    locale: str = "en"


class Piece(msgspec.Struct, forbid_unknown_fields=True):
    """What a reader found in one place: a problem with the steps and the answer, or text that is unreadable.

    Without a `problem` it is an answer to the sheet's. `confidence` is how sure the reader is of all of it.
    """

    confidence: Confidence
    problem: Annotated[str, msgspec.Meta(max_length=200)] = ""
    steps: Annotated[list[Line], msgspec.Meta(max_length=50)] = []
    answer: Line = ""
    unreadable: Line = ""


Reader: TypeAlias = Callable[[Sheet], list[Piece]]

_embedded: Reader | None = None


def embed(reader: Reader | None) -> None:
    """Have `reader` read where no language model is set up."""
    global _embedded
    _embedded = reader


def embedded() -> Reader | None:
    """The reader that this process brings along, if any."""
    return _embedded
