"""Which skills have changed: new and corrected answers, counted school by school since the last count.

A night reads of each school only what has changed since the night before, by the index on when attempts were
last changed; a skill that nobody has practised is not read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.services import rounds
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.fits import FitBacklog, FitMark

BATCH = 10_000  # attempts that one statement counts
# An attempt is stamped before it is committed: one that old was committed or rolled back long ago.
SETTLED = timedelta(minutes=5)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

# A skill waits for a fit once that many answers are new or corrected, and that share of those last seen: with
# more answers behind them the parameters move less.
ENOUGH_CHANGED = 200
SHARE_CHANGED = 0.05

LAST_OF_BATCH = """
    SELECT updated_at FROM attempts
    WHERE school_id = %(school)s AND updated_at > %(since)s AND updated_at <= %(until)s
    ORDER BY updated_at OFFSET %(batch)s LIMIT 1
"""
COUNT = """
    INSERT INTO fit_backlogs AS b (skill_id, waiting, fitted)
    SELECT s.skill_id, count(*), 0
    FROM attempts a JOIN attempt_skills s ON s.attempt_id = a.id
    WHERE a.school_id = %(school)s AND a.updated_at > %(since)s AND a.updated_at <= %(until)s
    GROUP BY s.skill_id
    ON CONFLICT (skill_id) DO UPDATE SET waiting = b.waiting + excluded.waiting
"""
WAITING = """
    SELECT s.id, b.waiting, b.fitted FROM fit_backlogs b JOIN skills s ON s.id = b.skill_id
    WHERE s.retired_at IS NULL AND b.waiting >= greatest(%(enough)s, %(share)s * b.fitted)
    ORDER BY b.begun_at NULLS FIRST, s.position, s.id
"""


class Waiting(NamedTuple):
    """A skill that waits for a fit: how many answers are new or corrected, how many the last fit knew of."""

    skill_id: UUID
    changed: int
    fitted: int


def count_changed() -> None:
    """Count what has changed in every school. Raises `UnfinishedError` where a school was not counted."""
    rounds.through_schools(_count)


def waiting() -> Sequence[Waiting]:
    """The skills that wait for a fit, in the open transaction.

    The one whose fit was begun longest ago comes first: what fails each time holds up nothing else.
    """
    values = {"enough": ENOUGH_CHANGED, "share": SHARE_CHANGED}
    return [Waiting(*row) for row in database.execute_sql(WAITING, values).fetchall()]


def begin(skill_id: UUID) -> None:
    """Note that the fit of a skill begins, in the open transaction."""
    FitBacklog.update(begun_at=now()).where(FitBacklog.skill == skill_id).execute()


def end(skill: Waiting, answers: int) -> None:
    """Note that a skill was fitted and has so many answers; what changed meanwhile still waits."""
    left = FitBacklog.waiting - skill.changed
    FitBacklog.update(waiting=left, fitted=answers).where(FitBacklog.skill == skill.skill_id).execute()


def _count(school_id: UUID) -> dict[str, int]:
    """Count what has changed in one school, which the open transaction has entered, and mark how far."""
    mark = FitMark.get_or_none(FitMark.school == school_id)
    since, settled = mark.counted_until if mark else BEGINNING, now() - SETTLED
    while since < settled:
        values: dict[str, Any] = {"school": str(school_id), "since": since, "until": settled, "batch": BATCH}
        last = database.execute_sql(LAST_OF_BATCH, values).fetchone()
        since = last[0] if last else settled
        database.execute_sql(COUNT, {**values, "until": since})
    FitMark.insert(school=school_id, counted_until=since).on_conflict(
        conflict_target=[FitMark.school], preserve=[FitMark.counted_until]
    ).execute()
    return {}
