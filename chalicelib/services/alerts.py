"""Alerts as staff read and resolve them. They are raised by `alert_rules.py`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError
from chalicelib.schemas import alerts as schemas
from chalicelib.services import access, audit
from chalicelib.store import paging
from chalicelib.store.models.alerts import Alert
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom


def list_visible(caller: Caller, query: schemas.AlertQuery) -> tuple[list[schemas.Alert], str | None]:
    """The alerts of the classes that the caller may see, newest first; filtered by `query`.

    Raises `NotFoundError` for a class that the caller may not see.
    """
    alerts = _visible(caller)
    if query.classroom_id is not UNSET:
        alerts = alerts.where(Alert.classroom_id == access.classroom(caller, query.classroom_id).id)
    for column, wanted in (
        (Alert.type, query.type),
        (Alert.severity, query.severity),
        (Alert.status, query.status),
    ):
        if wanted is not UNSET:
            alerts = alerts.where(column == wanted)
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    rows, cursor = paging.page(
        alerts,
        [Alert.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"alerts|{caller.user_id}|{filters}",
        descending=True,
    )
    about = (row.student_id for row in rows if row.student_id is not None)
    audit.students_read(caller, about, "alerts")
    return [_shown(alert) for alert in rows], cursor


def get(caller: Caller, alert_id: UUID) -> schemas.Alert:
    """That alert, of a class that the caller may see. Raises `NotFoundError`."""
    alert = _one(caller, alert_id)
    if alert.student_id is not None:
        audit.student_read(caller, alert.student_id, "alert")
    return _shown(alert)


def resolve(caller: Caller, alert_id: UUID) -> schemas.Alert:
    """Note that the caller has dealt with it; nothing changes where somebody had. Raises `NotFoundError`.

    One that has closed itself is resolved all the same: its cause may come back tomorrow.
    """
    alert = _one(caller, alert_id)
    changes = {"status": "resolved", "resolved_by": caller.user_id, "ended_at": now(), "updated_at": now()}
    is_to_do = (Alert.id == alert.id) & (Alert.status != "resolved")
    if Alert.update(**changes).where(is_to_do).execute():
        audit.record(caller, "alert.resolved", "alert", alert.id)
    return _shown(_one(caller, alert_id))


def _visible(caller: Caller) -> Any:
    classrooms = access.visible_classrooms(caller).select(Classroom.id)
    return Alert.select().where(Alert.school == caller.school, Alert.classroom_id.in_(classrooms))


def _one(caller: Caller, alert_id: UUID) -> Alert:
    alert: Alert | None = _visible(caller).where(Alert.id == alert_id).first()
    if alert is None:
        raise NotFoundError()
    return alert


def _shown(alert: Any) -> schemas.Alert:
    return schemas.Alert(
        id=alert.id,
        classroom_id=alert.classroom_id,
        type=alert.type,
        severity=alert.severity,
        status=alert.status,
        skill_id=alert.skill_id,
        student_id=alert.student_id,
        bug=alert.bug,
        details=alert.details,
        created_at=alert.created_at,
        updated_at=alert.updated_at,
        ended_at=alert.ended_at,
        resolved_by=alert.resolved_by,
    )
