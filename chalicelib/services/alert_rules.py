"""The hourly look at every school: alerts are raised, kept up to date, and closed when their cause is gone.

What is due follows from what is stored, never from the hour: a run that was missed is made good by the next.
That one alert is open for one thing is held by the database, also between two runs at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.services import alert_causes, rounds
from chalicelib.services.alert_causes import Causes, Key
from chalicelib.store.database import database
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.people import School

SEVERITY = {
    "student_at_risk": "high",
    "student_dropped": "high",
    "student_inactive": "medium",
    "unit_off_track": "high",
    "shared_bug": "medium",
    "guide_ready": "low",
    "guide_graded": "low",
}
REST = timedelta(days=3)  # after staff resolved an alert, before it is raised again

STANDING = """
    SELECT id::text, status, details, classroom_id::text, type, skill_id::text, student_id::text, bug
    FROM alerts
    WHERE school_id = %(school)s AND type = ANY(%(types)s)
        AND (status = 'open' OR (status = 'resolved' AND ended_at > %(rested)s))
"""
RAISE = """
    INSERT INTO alerts (id, school_id, classroom_id, type, severity, status, skill_id, student_id, bug,
        details, created_at, updated_at)
    SELECT a.id, %(school)s, a.classroom_id, a.type, a.severity, 'open', a.skill_id, a.student_id, a.bug,
        a.details, %(at)s, %(at)s
    FROM jsonb_to_recordset(%(alerts)s) AS a (id uuid, classroom_id uuid, type text, severity text,
        skill_id uuid, student_id uuid, bug text, details jsonb)
    ON CONFLICT DO NOTHING
"""
UPDATE = """
    UPDATE alerts SET details = changed.details, updated_at = %(at)s
    FROM jsonb_to_recordset(%(alerts)s) AS changed (id uuid, details jsonb)
    WHERE alerts.id = changed.id AND alerts.status = 'open'
"""
CLOSE = """
    UPDATE alerts SET status = 'closed', ended_at = %(at)s, updated_at = %(at)s
    WHERE id = ANY(%(alerts)s::uuid[]) AND status = 'open'
"""


class Open(NamedTuple):
    """An alert that is open."""

    id: str
    details: dict[str, Any]


class Changes(NamedTuple):
    """What is to be done so that the open alerts are those that there is cause for."""

    raised: Causes
    updated: dict[str, dict[str, Any]]  # the new details by the alert's id
    closed: list[str]


def run(at: datetime | None = None) -> dict[str, int]:
    """Look at every school; how many alerts were raised, updated and closed.

    `at` is the moment to look at, if it is not this one. Raises `UnfinishedError` where a school failed.
    """
    moment = at or now()
    return rounds.through_schools(lambda school_id: of_school(school_id, moment))


def of_school(school_id: UUID, at: datetime) -> dict[str, int]:
    """The same for one school, which the transaction has entered."""
    school = School.get_by_id(school_id)
    causes = alert_causes.of_school(school, at)
    standing, resting = _standing(school_id, at)
    changes = compared(causes, standing, resting)
    return {
        "raised": _raise(school_id, changes.raised, at),
        "updated": _update(changes.updated, at),
        "closed": _close(changes.closed, at),
    }


def compared(causes: Causes, standing: Mapping[Key, Open], resting: Collection[Key]) -> Changes:
    """What to change, given the causes, the open alerts, and what staff resolved a short while ago."""
    return Changes(
        raised={
            key: details for key, details in causes.items() if key not in standing and key not in resting
        },
        updated={
            alert.id: causes[key]
            for key, alert in standing.items()
            if key in causes and causes[key] != alert.details
        },
        closed=[alert.id for key, alert in standing.items() if key not in causes],
    )


def _standing(school_id: UUID, at: datetime) -> tuple[dict[Key, Open], set[Key]]:
    values = {"school": str(school_id), "types": list(SEVERITY), "rested": at - REST}
    standing: dict[Key, Open] = {}
    resting: set[Key] = set()
    for alert_id, status, details, *key in database.execute_sql(STANDING, values).fetchall():
        if status == "open":
            standing[Key(*key)] = Open(alert_id, details)
        else:
            resting.add(Key(*key))
    return standing, resting


def _raise(school_id: UUID, causes: Causes, at: datetime) -> int:
    alerts = [
        {"id": str(uuid7()), "severity": SEVERITY[key.type], "details": details, **key._asdict()}
        for key, details in causes.items()
    ]
    return _written(RAISE, alerts, at, school=str(school_id))


def _update(details: Mapping[str, dict[str, Any]], at: datetime) -> int:
    return _written(UPDATE, [{"id": key, "details": value} for key, value in details.items()], at)


def _close(ids: list[str], at: datetime) -> int:
    if not ids:
        return 0
    return int(database.execute_sql(CLOSE, {"alerts": ids, "at": at}).rowcount)


def _written(sql: str, alerts: list[dict[str, Any]], at: datetime, **values: Any) -> int:
    """Write `alerts` in one statement; how many rows that made or changed."""
    if not alerts:
        return 0
    return int(database.execute_sql(sql, {"alerts": json.dumps(alerts), "at": at, **values}).rowcount)
