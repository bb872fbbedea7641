"""Rate limits: how often one caller may do something within a minute.

One upsert that commits on its own, so that a refused or failed request counts as well.
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib import settings
from chalicelib.edge.request import Request
from chalicelib.errors import RateLimitError
from chalicelib.store.database import Database

WINDOW_SECONDS = 60
COUNT = """
    INSERT INTO rate_counters AS c (key, window_start, calls)
    VALUES (%(key)s, date_bin(make_interval(secs => %(window)s), now(), timestamptz 'epoch'), 1)
    ON CONFLICT (key) DO UPDATE SET
        calls = CASE WHEN c.window_start = EXCLUDED.window_start THEN c.calls + 1 ELSE 1 END,
        window_start = EXCLUDED.window_start
    RETURNING calls, ceil(%(window)s - extract(epoch FROM now() - window_start))::integer
"""


class Limit(NamedTuple):
    """A policy: its name in `RateLimit-Policy`, the setting that holds its calls per minute."""

    name: str
    setting: str


WRITE = Limit("write", "write_rate")
SIGN_IN = Limit("sign-in", "sign_in_rate")
ANONYMOUS = Limit("anonymous", "anonymous_rate")


def by_name(name: str) -> Limit:
    """The policy of that name."""
    return {limit.name: limit for limit in (WRITE, SIGN_IN, ANONYMOUS)}[name]


def take(db: Database, limit: Limit, request: Request) -> dict[str, str]:
    """Count one call of the request's caller; the `RateLimit` headers to answer with.

    The caller is the signed-in user, or the address where nobody is signed in. Raises `RateLimitError`
    once the calls of this window are used up.
    """
    calls_allowed: int = getattr(settings.get(), limit.setting)
    who = request.claims.key if request.claims else f"@{request.address}"
    values = {"key": f"{limit.name}|{who}", "window": WINDOW_SECONDS}
    calls, seconds_left = db.execute_sql(COUNT, values).fetchone()
    if calls > calls_allowed:
        raise RateLimitError(retry_after=max(seconds_left, 1), limit=limit.name)
    return {
        "RateLimit-Policy": f'"{limit.name}";q={calls_allowed};w={WINDOW_SECONDS}',
        "RateLimit": f'"{limit.name}";r={calls_allowed - calls};t={max(seconds_left, 0)}',
    }
