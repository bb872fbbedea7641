"""Keyset pagination: a page and the cursor of the next.

A cursor holds the last row's sort values, signed, and bound to the list that made it: one that was changed,
or comes from another list, is an error, never a wrong page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

import peewee

from chalicelib import settings
from chalicelib.errors import CursorError

SIGNATURE_BYTES = 12


def page(
    query: Any, keys: Sequence[Any], *, limit: int, cursor: str | None, scope: str, descending: bool = False
) -> tuple[list[Any], str | None]:
    """The rows of `query` after `cursor`, at most `limit`, sorted by `keys`, and the next cursor or None.

    `keys` are Peewee fields of the selected model, together unique and never null. `scope` names the list
    and its filters. Raises `CursorError`.
    """
    order = [key.desc() if descending else key.asc() for key in keys]
    rest = query.where(after(cursor, keys, scope, descending=descending))
    rows = list(rest.order_by(*order).limit(limit + 1))
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], encode([_json(last.__data__[key.name]) for key in keys], scope)


def after(cursor: str | None, keys: Sequence[Any], scope: str, *, descending: bool = False) -> Any:
    """The condition for rows that come after `cursor`; without one, all do. Raises `CursorError`."""
    if cursor is None:
        return peewee.SQL("true")
    last, here = peewee.Tuple(*decode(cursor, scope, len(keys))), peewee.Tuple(*keys)
    return here < last if descending else here > last


def encode(values: Sequence[Any], scope: str) -> str:
    """A cursor for the row with these sort values, in the list `scope`."""
    payload = json.dumps(values, separators=(",", ":")).encode()
    return f"{_text(payload)}.{_text(_signature(payload, scope))}"


def decode(cursor: str, scope: str, count: int) -> list[Any]:
    """The `count` sort values of a cursor made by `encode` for the same `scope`. Raises `CursorError`."""
    head, _, tail = cursor.partition(".")
    try:
        payload, signature = _bytes(head), _bytes(tail)
    except (binascii.Error, ValueError) as error:
        raise CursorError() from error
    if not hmac.compare_digest(signature, _signature(payload, scope)):
        raise CursorError()
    values: list[Any] = json.loads(payload)
    if len(values) != count:
        raise CursorError()
    return values


def _signature(payload: bytes, scope: str) -> bytes:
    secret = settings.get().token_keys[0].secret.encode()
    return hmac.new(secret, b"cursor|" + scope.encode() + b"|" + payload, hashlib.sha256).digest()[
        :SIGNATURE_BYTES
    ]


def _json(value: Any) -> Any:
    return value if isinstance(value, int | float | str) else str(value)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
