"""The audit as a school's admin reads it: newest first, with the names that people have today.

Entries hold ids only. Whoever is gone has no name any more; an operator never has one here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.schemas import audit as schemas
from chalicelib.services import audit, csv_text
from chalicelib.store import paging
from chalicelib.store.ids import lowest_at
from chalicelib.store.models.classes import Classroom
from chalicelib.store.models.operations import ServiceKey
from chalicelib.store.models.people import AuditEntry, User

# An id is made a moment before its entry's time is taken. Ids narrow the search, times decide.
SLACK_SECONDS = 60
MOST_LINES = 10_000
FIELDS = ("id", "created_at", "action", "actor_id", "actor_role", "subject_type", "subject_id", "details")
ACTOR, SUBJECT = FIELDS.index("actor_id"), FIELDS.index("subject_id")
COLUMNS = (
    "id", "at", "action", "actor_id", "actor_role", "actor_name", "subject_type", "subject_id",
    "subject_name", "details",
)  # fmt: skip


def list_entries(caller: Caller, query: schemas.AuditQuery) -> tuple[list[schemas.Entry], str | None]:
    """A page of what was done in the admin's school; that it was read is an entry, too."""
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    rows, cursor = paging.page(
        _found(caller, query),
        [AuditEntry.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"audit|{caller.school}|{filters}",
        descending=True,
    )
    names = _names(each for row in rows for each in (row.actor_id, row.subject_id))
    audit.look(caller, "audit.viewed", "school", [caller.school])
    return [_shown(row, names) for row in rows], cursor


def as_csv(caller: Caller, query: schemas.AuditExport) -> str:
    """The newest 10,000 entries that `query` asks for, as CSV; that they were exported is an entry, too."""
    entries = _found(caller, query)
    if query.before is not UNSET:
        entries = entries.where(AuditEntry.id < query.before)
    newest = entries.order_by(AuditEntry.id.desc()).limit(MOST_LINES)
    rows = list(newest.select(*(getattr(AuditEntry, field) for field in FIELDS)).tuples())
    names = _names(each for row in rows for each in (row[ACTOR], row[SUBJECT]))
    audit.record(caller, "audit.exported", "school", caller.school)
    return csv_text.written(COLUMNS, (_line(row, names) for row in rows))


def _found(caller: Caller, query: schemas.AuditFilters) -> Any:
    entries = AuditEntry.select().where(AuditEntry.school == caller.school)
    for column, wanted in (
        (AuditEntry.actor_id, query.actor_id),
        (AuditEntry.subject_id, query.subject_id),
        (AuditEntry.action, query.action),
    ):
        if wanted is not UNSET:
            entries = entries.where(column == wanted)
    if query.since is not UNSET:
        first = lowest_at(query.since, seconds_later=-SLACK_SECONDS)
        entries = entries.where(AuditEntry.created_at >= query.since, AuditEntry.id >= first)
    if query.until is not UNSET:
        end = lowest_at(query.until, seconds_later=SLACK_SECONDS)
        entries = entries.where(AuditEntry.created_at < query.until, AuditEntry.id < end)
    return entries


def _names(ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """What the people, classes and keys of these ids are called today."""
    wanted = {each for each in ids if each is not None}
    names: dict[UUID, str] = {}
    for model in (User, Classroom, ServiceKey):
        found: Any = model.select(model.id, model.name).where(model.id.in_(wanted - names.keys()))
        names |= dict(found.tuples())
    return names


def _shown(row: AuditEntry, names: Mapping[UUID, str]) -> schemas.Entry:
    return schemas.Entry(
        id=row.id,
        at=row.created_at,
        action=row.action,
        actor=schemas.Actor(id=row.actor_id, role=row.actor_role, name=names.get(row.actor_id)),
        subject=schemas.Subject(
            type=row.subject_type,
            id=row.subject_id,
            name=names.get(row.subject_id) if row.subject_id else None,
        ),
        details=row.details,
    )


def _line(row: tuple[Any, ...], names: Mapping[UUID, str]) -> tuple[object, ...]:
    entry_id, at, action, actor, role, kind, subject, details = row
    time = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    said = json.dumps(details, ensure_ascii=False)
    return (entry_id, time, action, actor, role, names.get(actor), kind, subject, names.get(subject), said)
