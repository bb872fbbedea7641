"""Keys by which other systems call Tiza: hashed, scoped, expiring, for one school or for the platform."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from chalicelib import tokens
from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError, ValidationError
from chalicelib.schemas import base
from chalicelib.schemas import service_keys as schemas
from chalicelib.services import audit
from chalicelib.store import paging
from chalicelib.store.models.base import now
from chalicelib.store.models.operations import ServiceKey

# What makes sense only within a school, or only without one; the rest is for both.
OF_A_SCHOOL = ("attempts:read", "mastery:read")
OF_THE_PLATFORM = ("operations:read",)


def create(caller: Caller, body: schemas.NewServiceKey) -> schemas.IssuedServiceKey:
    """A key for the admin's school, or from an operator for the platform; its secret is told this once.

    Raises `ValidationError` for a scope that does not fit.
    """
    misplaced = OF_THE_PLATFORM if caller.school_id else OF_A_SCHOOL
    for index, scope in enumerate(body.scopes):
        if scope in misplaced:
            owner = "a school's key" if caller.school_id else "a key of the platform"
            raise ValidationError(path=f"$.scopes[{index}]", reason=f"{scope} is not for {owner}.")
    secret = tokens.new_service_key()
    key = ServiceKey.create(
        school=caller.school_id,
        name=body.name,
        secret_hash=tokens.digest(secret),
        scopes=sorted(set(body.scopes)),
        locale=body.locale,
        expires_at=now() + timedelta(days=body.days),
        created_by=caller.user_id,
    )
    audit.record(caller, "service_key.created", "service_key", key.id, scopes=key.scopes)
    return schemas.IssuedServiceKey(key=secret, **_fields(key))


def list_own(caller: Caller, query: base.PageQuery) -> tuple[list[schemas.ServiceKey], str | None]:
    """The keys of the admin's school, or an operator's those of the platform, newest first."""
    rows, cursor = paging.page(
        _own(caller),
        [ServiceKey.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"service_keys|{caller.school_id}",
        descending=True,
    )
    return [schemas.ServiceKey(**_fields(key)) for key in rows], cursor


def revoke(caller: Caller, key_id: UUID) -> None:
    """End a key of one's own. Ending it again changes nothing. Raises `NotFoundError`."""
    key = _own(caller).where(ServiceKey.id == key_id).first()
    if key is None:
        raise NotFoundError()
    ended = ServiceKey.update(revoked_at=now()).where(
        ServiceKey.id == key.id, ServiceKey.revoked_at.is_null()
    )
    if ended.execute():
        audit.record(caller, "service_key.revoked", "service_key", key.id)


def _own(caller: Caller) -> Any:
    if caller.school_id is None:
        return ServiceKey.select().where(ServiceKey.school.is_null())
    return ServiceKey.select().where(ServiceKey.school == caller.school_id)


def _fields(key: ServiceKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "school_id": key.school_id,
        "scopes": key.scopes,
        "locale": key.locale,
        "expires_at": key.expires_at,
        "last_used_on": key.last_used_on,
        "revoked_at": key.revoked_at,
        "created_at": key.created_at,
    }
