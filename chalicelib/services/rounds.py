"""Scheduled work that goes through all schools: each in a transaction, and no school's fault is another's."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from uuid import UUID

from chalicelib import deadline, observe
from chalicelib.store import database, entering

RESERVE_SECONDS = 15.0  # a school is not begun with less time left


class UnfinishedError(Exception):
    """A part of scheduled work failed, or had no time; what was done stays done. The log has the faults."""


def through_schools(work: Callable[[UUID], Mapping[str, int]]) -> dict[str, int]:
    """Do `work` in each school; the sums of what it counted, with the number of `schools`.

    Raises `UnfinishedError` at the end where a school failed or there was no time for it. The order is
    another each time, so that it is never the same school that has to wait.
    """
    with database.connection():
        schools = entering.all_schools()
        random.shuffle(schools)
        counts, left = Counter({"schools": len(schools)}), 0
        for school_id in schools:
            if deadline.left() < RESERVE_SECONDS:
                left += 1
                continue
            try:
                counts.update(_in_school(work, school_id))
            except Exception:
                observe.unforeseen("a school's part failed", school_id=str(school_id))
                left += 1
    if left:
        raise UnfinishedError(f"{left} of {len(schools)} schools were not done")
    return dict(counts)


def _in_school(work: Callable[[UUID], Mapping[str, int]], school_id: UUID) -> Mapping[str, int]:
    def entered() -> Mapping[str, int]:
        return work(school_id) if entering.as_worker(school_id) else {}

    return database.run(entered)
