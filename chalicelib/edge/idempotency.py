"""`Idempotency-Key`: the same request twice has the effect, and the answer, of once.

The record is written in the transaction of the work, so it exists exactly when the work does. A lock that
does not wait tells a request that is still running from one that is done.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from chalicelib.caller import Caller
from chalicelib.edge.request import Request
from chalicelib.errors import IdempotencyMismatchError, InProgressError, ValidationError
from chalicelib.store.database import Database

LONGEST_KEY = 255
KEPT_HOURS = 24
RETRY_AFTER_SECONDS = 1
# The lock and the look-up are one statement. Should the first request commit between this statement's
# snapshot and its lock, `remember` runs into the primary key, and the caller is told to try again.
LOOK_UP = """
    SELECT pg_try_advisory_xact_lock(hashtextextended(%(lock)s, 0)), r.request_hash, r.status, r.body
    FROM (SELECT 1) AS one
    LEFT JOIN idempotency_records r
        ON r.user_id = %(user)s AND r.key = %(key)s
        AND r.created_at > now() - make_interval(hours => %(hours)s)
"""
REMEMBER = """
    INSERT INTO idempotency_records AS r (user_id, key, school_id, request_hash, status, body, created_at)
    VALUES (%(user)s, %(key)s, %(school)s, %(hash)s, %(status)s, %(body)s, now())
    ON CONFLICT (user_id, key) DO UPDATE SET request_hash = EXCLUDED.request_hash, status = EXCLUDED.status,
        body = EXCLUDED.body, created_at = EXCLUDED.created_at
    WHERE r.created_at <= now() - make_interval(hours => %(hours)s)
"""


class Key(NamedTuple):
    """A caller's key, and what it stands for."""

    value: str
    request_hash: str


def of(request: Request, path: dict[str, str]) -> Key | None:
    """The request's key, or None when it sent none. Raises `ValidationError` for an unfit one."""
    value = request.headers.get("idempotency-key")
    if value is None:
        return None
    if not (0 < len(value) <= LONGEST_KEY and value.isascii() and value.isprintable()):
        raise ValidationError(
            path="Idempotency-Key", reason=f"The key must be 1 to {LONGEST_KEY} printable ASCII characters."
        )
    digest = hashlib.sha256(f"{request.method} {request.path} {sorted(path.items())}\n".encode())
    digest.update(request.body)
    return Key(value, digest.hexdigest())


def recall(db: Database, caller: Caller, key: Key) -> tuple[int, str] | None:
    """The status and body that were answered before, or None: then the caller holds the key's lock.

    Raises `InProgressError` while another request holds it, `IdempotencyMismatchError` for another request.
    """
    user = str(caller.user_id)
    values = {"lock": f"{user}|{key.value}", "user": user, "key": key.value, "hours": KEPT_HOURS}
    locked, request_hash, status, body = db.execute_sql(LOOK_UP, values).fetchone()
    if request_hash is None:
        if not locked:
            raise InProgressError(retry_after=RETRY_AFTER_SECONDS)
        return None
    if request_hash != key.request_hash:
        raise IdempotencyMismatchError()
    return status, body


def remember(db: Database, caller: Caller, key: Key, status: int, body: str) -> None:
    """Keep the answer, in the transaction of the work. Raises `InProgressError` when another was first."""
    values = {
        "user": str(caller.user_id),
        "key": key.value,
        "school": str(caller.school_id) if caller.school_id else None,
        "hash": key.request_hash,
        "status": status,
        "body": body,
        "hours": KEPT_HOURS,
    }
    if db.execute_sql(REMEMBER, values).rowcount != 1:
        raise InProgressError(retry_after=RETRY_AFTER_SECONDS)
