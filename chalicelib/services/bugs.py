"""The catalogue of bugs: browsed by all, in their language; operators retire what does not hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError
from chalicelib.schemas import bugs as schemas
from chalicelib.schemas.attempts import TraceLine
from chalicelib.services import audit, findings, retirement
from chalicelib.store import paging

if TYPE_CHECKING:
    from chalicelib.diagnosis import Bug


def list_matching(caller: Caller, query: schemas.CatalogueQuery) -> tuple[list[schemas.Bug], str | None]:
    """The bugs by id; filtered by `query`. Raises `CursorError`."""
    from chalicelib import diagnosis

    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    scope = f"bugs|{caller.locale}|{filters}"
    after = paging.decode(query.cursor, scope, 1)[0] if query.cursor else ""
    retired = retirement.moments()
    words = [] if query.q is UNSET else _folded(query.q).split()
    found = [
        bug
        for bug in sorted(diagnosis.bugs(None if query.topic is UNSET else query.topic))
        if bug.id > after and (bug.id in retired) == query.retired and _holds(bug, words, caller.locale)
    ]
    page = found[: query.limit]
    cursor = paging.encode([page[-1].id], scope) if len(found) > len(page) else None
    return [_shown(bug, retired, caller.locale) for bug in page], cursor


def get(caller: Caller, bug_id: str) -> schemas.Bug:
    """That bug, retired or not. Raises `NotFoundError`."""
    return _shown(_one(bug_id), retirement.moments(), caller.locale)


def change(caller: Caller, bug_id: str, body: schemas.ChangeBug) -> schemas.Bug:
    """Retire a bug or take it back. Diagnoses that were made stay. Raises `NotFoundError`."""
    bug = _one(bug_id)
    if body.retired is True and retirement.retire(bug.id):
        audit.record(caller, "bug.retired", "bug", None, bug=bug.id)
    if body.retired is False and retirement.reinstate(bug.id):
        audit.record(caller, "bug.reinstated", "bug", None, bug=bug.id)
    return get(caller, bug.id)


def _one(bug_id: str) -> Bug:
    from chalicelib.diagnosis import UnknownBugError, bug_named

    try:
        return bug_named(bug_id)
    except UnknownBugError as error:
        raise NotFoundError() from error


def _holds(bug: Bug, words: list[str], locale: str) -> bool:
    """Whether what is said of `bug` holds each of the folded `words`."""
    if not words:
        return True
    text = _folded(" ".join((bug.id, bug.definition, *findings.bug_text(bug.id, locale))))
    return all(word in text for word in words)


def _folded(text: str) -> str:
    """`text` without upper case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _shown(bug: Bug, retired: Mapping[str, datetime], locale: str) -> schemas.Bug:
    from chalicelib.diagnosis import trace

    name, explanation = findings.bug_text(bug.id, locale)
    return schemas.Bug(
        id=bug.id,
        topic=bug.topic,
        name=name,
        explanation=explanation,
        definition=bug.definition,
        prior=bug.prior,
        source=bug.source,
        example=schemas.BugExample(
            problem=bug.problem,
            wrong=bug.wrong,
            correct=bug.correct,
            trace=[TraceLine(**line._asdict()) for line in trace(bug.id, bug.problem, locale)],
        ),
        retired_at=retired.get(bug.id),
    )
