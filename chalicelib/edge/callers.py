"""From a token's claims to the caller: the first statement of every signed-in request."""

from __future__ import annotations

from uuid import UUID

from chalicelib.caller import SERVICE, Caller
from chalicelib.edge.request import Claims
from chalicelib.errors import UnauthorizedError
from chalicelib.store.database import Database

BY_USER = "SELECT user_id, school_id, role, status, token_version, locale, plan FROM enter_by_user(%s)"
BY_IDENTITY = (
    "SELECT user_id, school_id, role, status, token_version, locale, plan FROM enter_by_identity(%s, %s)"
)
BY_SERVICE_KEY = "SELECT key_id, school_id, scopes, locale, plan FROM enter_by_service_key(%s)"


def enter(db: Database, claims: Claims) -> Caller:
    """Read who `claims` stand for and set the transaction's school, in one round trip.

    Raises `UnauthorizedError` for an unknown, disabled or deleted user, and for one of our own tokens that
    was issued before the user's tokens were revoked; and for a service key that is unknown or at its end.
    """
    if claims.is_service_key:
        return _service(db, claims)
    if claims.issuer is None:
        row = db.execute_sql(BY_USER, (claims.subject,)).fetchone()
    else:
        row = db.execute_sql(BY_IDENTITY, (claims.issuer, claims.subject)).fetchone()
    if row is None:
        raise UnauthorizedError()
    user_id, school_id, role, status, token_version, locale, plan = row
    if status != "active" or (claims.issuer is None and token_version != claims.token_version):
        raise UnauthorizedError()
    return Caller(_uuid(user_id), _uuid(school_id) if school_id else None, role, locale, plan)


def check_service_key(db: Database, claims: Claims) -> None:
    """Raises `UnauthorizedError` unless the service key of `claims` is good. Enters nowhere.

    Asked before a call is counted: otherwise keys that somebody made up would each leave a counter.
    """
    if not db.execute_sql("SELECT service_key_is_good(%s)", (claims.subject,)).fetchone()[0]:
        raise UnauthorizedError()


def _service(db: Database, claims: Claims) -> Caller:
    row = db.execute_sql(BY_SERVICE_KEY, (claims.subject,)).fetchone()
    if row is None:
        raise UnauthorizedError()
    key_id, school_id, scopes, locale, plan = row
    return Caller(
        _uuid(key_id), _uuid(school_id) if school_id else None, SERVICE, locale, plan, tuple(scopes)
    )


def _uuid(value: str | UUID) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
