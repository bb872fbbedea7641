"""Fits as an operator reads them. They are made by `calibrate.py`."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from chalicelib.schemas import fits as schemas
from chalicelib.store import paging
from chalicelib.store.models.fits import BKT, Fit


def list_all(query: schemas.FitQuery) -> tuple[list[schemas.Fit], str | None]:
    """The fits, newest first; filtered by `query`."""
    fits: Any = Fit.select()
    if query.skill_id is not UNSET:
        fits = fits.where(Fit.skill == query.skill_id)
    if query.kind is not UNSET:
        fits = fits.where(Fit.kind == query.kind)
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    rows, cursor = paging.page(
        fits, [Fit.id], limit=query.limit, cursor=query.cursor, scope=f"fits|{filters}", descending=True
    )
    return [_shown(row) for row in rows], cursor


def _shown(fit: Any) -> schemas.Fit:
    return schemas.Fit(
        id=fit.id,
        kind=fit.kind,
        skill_id=fit.skill_id,
        answers=fit.answers,
        students=fit.students,
        exercises=fit.exercises,
        parameters=fit.parameters if fit.kind == BKT else None,
        log_likelihood=fit.log_likelihood,
        standing_log_likelihood=fit.standing_log_likelihood,
        held_out_log_likelihood=fit.held_out_log_likelihood,
        standing_held_out_log_likelihood=fit.standing_held_out_log_likelihood,
        iterations=fit.iterations,
        milliseconds=fit.milliseconds,
        is_accepted=fit.reason is None,
        reason=fit.reason,
        seen_until=fit.seen_until,
        created_at=fit.created_at,
    )
