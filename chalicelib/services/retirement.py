"""Which bugs are retired: an operator has decided that no diagnosis proposes them.

Every diagnosis asks, and the answer hardly ever changes: each process asks the database once a minute.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import Any

from chalicelib import settings
from chalicelib.store.models.work import RetiredBug

KEPT_SECONDS = 60

# By the database's address, as a process may turn to another one: until when it is kept, and the ids.
_kept: dict[str, tuple[float, frozenset[str]]] = {}


def retired() -> frozenset[str]:
    """The ids of the retired bugs, as of the last minute."""
    address, present = settings.get().database_url, monotonic()
    kept_until, bugs = _kept.get(address, (0.0, frozenset[str]()))
    if kept_until <= present:
        bugs = frozenset(moments())
        _kept[address] = (present + KEPT_SECONDS, bugs)
    return bugs


def moments() -> dict[str, datetime]:
    """When each retired bug was retired, by id, as of now."""
    rows: Any = RetiredBug.select(RetiredBug.bug, RetiredBug.retired_at).tuples()
    return dict(rows)


def retire(bug: str) -> bool:
    """Propose `bug` no more; whether that is a change."""
    inserted = RetiredBug.insert(bug=bug).on_conflict_ignore().returning(RetiredBug.bug).execute()
    _kept.clear()
    return bool(list(inserted))


def reinstate(bug: str) -> bool:
    """Propose `bug` again; whether that is a change."""
    deleted: int = RetiredBug.delete().where(RetiredBug.bug == bug).execute()
    _kept.clear()
    return deleted > 0
