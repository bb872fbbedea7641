"""The nightly cleanup: what is past its time goes, in batches, each a transaction of its own.

`retention.py` says what that is. What a run has no time for, or fails at, the next night makes good.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from chalicelib import deadline, observe
from chalicelib.services import photos, purge, retention, second_opinion, stories
from chalicelib.services.rounds import RESERVE_SECONDS, UnfinishedError
from chalicelib.store.database import connection, transaction

BATCH = 1000


def run() -> dict[str, int]:
    """Delete what is past its time; how many rows of each table, not counting those that foreign keys take.

    `pending_attempts` and `pending_stories` are not deleted: they wait no more for a language model.

    Raises `UnfinishedError` at the end where a part failed or had no time.
    """
    parts: dict[str, Callable[[int], int]] = {
        "schools": purge.schools,
        "users": purge.users,
        "photos": photos.expire,
        "pending_attempts": second_opinion.end_waiting,
        "pending_stories": stories.end_waiting,
        **{table: partial(expire, table) for table in retention.BY_AGE},
    }
    counts, unfinished = dict.fromkeys(parts, 0), []
    with connection():
        for table, part in parts.items():
            try:
                while deadline.left() > RESERVE_SECONDS:
                    gone = part(BATCH)
                    counts[table] += gone
                    if gone < BATCH:
                        break
                else:
                    unfinished.append(table)
            except Exception:
                observe.unforeseen("a part of the cleanup failed", table=table)
                unfinished.append(table)
    if unfinished:
        observe.event("the cleanup is not finished", deleted=counts, unfinished=unfinished)
        raise UnfinishedError(f"not finished: {', '.join(unfinished)}")
    return {table: count for table, count in counts.items() if count}


def expire(table: str, most: int) -> int:
    """Delete at most `most` rows of `table` that are past their time; how many."""
    with transaction() as db:
        return int(db.execute_sql("SELECT expire(%s, %s)", (table, most)).fetchone()[0])
