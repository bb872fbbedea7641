"""Which of the tutor's sources belong to what a student says.

They are found by the vectors of a model, where one is set up for `embed`, the database has the extension
`vector`, and all texts have theirs; until then by full-text search in the student's language. Vectors are
made by the worker `tutor_index`, as there are dozens of texts. They are too few for an index: all that may be
read are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from chalicelib import deadline, observe, queues, settings
from chalicelib.caller import Caller
from chalicelib.errors import TizaError
from chalicelib.llm.configuration import EMBED
from chalicelib.message import Message
from chalicelib.services import language_model
from chalicelib.services import tutor_sources as sources
from chalicelib.services.tutor_sources import Source
from chalicelib.store import entering, outbox
from chalicelib.store.database import database, transaction
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User

MOST_FOUND: Final = 4
RESERVE_SECONDS: Final = 10.0  # with less time left no model is asked
LANGUAGES: Final = {"en": "english", "es": "spanish"}  # of full-text search, by locale
# Any word that they share counts, the rarer and the more often the more.
BY_WORDS = """
    WITH asked AS (
        SELECT replace(plainto_tsquery(%(language)s::regconfig, %(words)s)::text, '&', '|')::tsquery AS query
    )
    SELECT listed.place::int
    FROM asked, unnest(%(texts)s::text[]) WITH ORDINALITY AS listed (text, place)
    WHERE to_tsvector(%(language)s::regconfig, listed.text) @@ asked.query
    ORDER BY ts_rank(to_tsvector(%(language)s::regconfig, listed.text), asked.query) DESC, place
    LIMIT %(most)s
"""
HAS_EXTENSION = "SELECT to_regtype('vector') IS NOT NULL"
PRESENT = (
    "SELECT DISTINCT text_hash FROM text_vectors WHERE model = %(model)s AND text_hash = ANY(%(hashes)s)"
)
BY_VECTOR = """
    SELECT listed.place::int
    FROM unnest(%(hashes)s::text[]) WITH ORDINALITY AS listed (hash, place)
    JOIN text_vectors v ON v.text_hash = listed.hash AND v.model = %(model)s
    ORDER BY v.vector::vector <=> %(vector)s::real[]::vector, place
    LIMIT %(most)s
"""
ADD = """
    INSERT INTO text_vectors (id, school_id, model, text_hash, vector, created_at)
    VALUES (%(id)s, %(school)s, %(model)s, %(hash)s, %(vector)s::real[], %(at)s)
    ON CONFLICT DO NOTHING
"""


def relevant(
    listed: Sequence[Source], words: str, locale: str, vector: Sequence[float] | None
) -> list[Source]:
    """Those of `listed` that belong most to a student's words; best first. In a transaction.

    `vector` is that of the words, where `have_vectors`.
    """
    if vector is not None:
        hashes = [each.hash for each in listed]
        asked: dict[str, Any] = {"hashes": hashes, "model": _model(), "vector": [*vector]}
        rows = database.execute_sql(BY_VECTOR, {**asked, "most": MOST_FOUND})
    else:
        texts = [f"{each.title} {each.text}" for each in listed]
        asked = {"language": LANGUAGES.get(locale, "simple"), "words": words, "texts": texts}
        rows = database.execute_sql(BY_WORDS, {**asked, "most": MOST_FOUND})
    return [listed[place - 1] for (place,) in rows]


def have_vectors(listed: Sequence[Source]) -> bool:
    """Whether all of `listed` have vectors that can be compared."""
    return _lacking(listed) == []


def vector_of(school_id: UUID, words: str) -> list[float] | None:
    """The vector of a student's words; None where the model is away. In no transaction."""
    if deadline.left() < 2 * RESERVE_SECONDS:
        return None
    try:
        return language_model.embedding(school_id, words)
    except TizaError as error:
        observe.event("the tutor searches by words", school_id=str(school_id), reason=error.code)
        return None


def prepare(caller: Caller, topic: str) -> None:
    """Have vectors made of what the student may be told about a topic, where some are missing."""
    if _lacking(sources.readable(caller.user_id, topic, caller.locale)):
        payload = {"student_id": str(caller.user_id), "topic": topic}
        outbox.put(queues.TUTOR_INDEX, payload, school_id=caller.school)


def index(message: Message) -> None:
    """Make the vectors that are missing of what a student may be told about a topic. For the worker.

    What there is no time or no model for, the next talk asks for again: meanwhile words are searched.
    """
    school_id = message.school_id
    if school_id is None:
        return
    student_id, topic = UUID(message.payload["student_id"]), str(message.payload["topic"])
    with transaction():
        lacking = _lacking(_readable_by(school_id, student_id, topic)) or []
    made = 0
    for source in lacking:
        if deadline.left() < RESERVE_SECONDS:
            break
        try:
            vector = language_model.embedding(school_id, source.text)
        except TizaError as error:
            observe.event("vectors could not be made", school_id=str(school_id), reason=error.code)
            break
        with transaction():
            entering.as_worker(school_id)
            _add(school_id, source, vector)
        made += 1
    observe.event("vectors", school_id=str(school_id), lacking=len(lacking), made=made)


def _readable_by(school_id: UUID, student_id: UUID, topic: str) -> list[Source]:
    """What `readable` gives, for a student who may be gone. Enters the school."""
    if not entering.as_worker(school_id):
        return []
    student = User.get_or_none(User.id == student_id)
    if student is None:
        return []
    return sources.readable(student.id, topic, student.locale)


def _lacking(listed: Sequence[Source]) -> list[Source] | None:
    """Those of `listed` without a vector; None where vectors can be of no use."""
    model = _model()
    if model is None or not database.execute_sql(HAS_EXTENSION).fetchone()[0]:
        return None
    hashes = [each.hash for each in listed]
    rows = database.execute_sql(PRESENT, {"model": model, "hashes": hashes}).fetchall()
    present = {found for (found,) in rows}
    return [each for each in listed if each.hash not in present]


def _add(school_id: UUID, source: Source, vector: Sequence[float]) -> None:
    """Keep a vector: of the catalogue for all schools, of a worksheet for its own."""
    values = {
        "id": str(uuid7()),
        "school": str(school_id) if source.kind == "guide" else None,
        "model": _model(),
        "hash": source.hash,
        "vector": [*vector],
        "at": now(),
    }
    database.execute_sql(ADD, values)


def _model() -> str | None:
    """The model that makes vectors, if one is set up."""
    found = settings.get().llm
    return str(found.models[EMBED][0]) if found is not None and EMBED in found.models else None
