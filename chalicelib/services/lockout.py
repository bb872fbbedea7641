"""Guessing secrets: failures are counted per pair of address and account, and lock that pair for a while.

Every try is counted before the secret is looked at, in one statement that commits on its own: whoever
guesses in parallel gets no more tries than whoever guesses in turn, and no error undoes the count.
"""

from __future__ import annotations

import hashlib
import hmac
import socket

from chalicelib import settings
from chalicelib.errors import LockedError
from chalicelib.store import database
from chalicelib.store.models.security import SignInFailure

FREE_TRIES = 5
WINDOW = "15 minutes"  # after this long without a try, counting starts anew
FIRST_LOCK = "1 minute"  # doubled by each further failure
LONGEST_LOCK = "15 minutes"
# A locked pair updates no row and is answered none.
COUNT = f"""
    INSERT INTO sign_in_failures AS f (pair_hash, failures, last_at) VALUES (%(pair)s, 1, now())
    ON CONFLICT (pair_hash) DO UPDATE SET (failures, last_at, locked_until) = (
        SELECT n, now(), CASE WHEN n >= {FREE_TRIES} THEN now() + least(
            interval '{FIRST_LOCK}' * 2 ^ least(n - {FREE_TRIES}, 10), interval '{LONGEST_LOCK}') END
        FROM (SELECT CASE WHEN greatest(f.last_at, f.locked_until) < now() - interval '{WINDOW}'
            THEN 1 ELSE f.failures + 1 END AS n) AS counted
    )
    WHERE f.locked_until IS NULL OR f.locked_until <= now()
    RETURNING failures
"""  # noqa: S608 (of the constants above)
SECONDS_LEFT = """
    SELECT ceil(extract(epoch FROM locked_until - now()))::integer FROM sign_in_failures WHERE pair_hash = %s
"""


def pair(address: str, account: str) -> str:
    """The name under which the tries from `address` at `account` are counted; it tells neither."""
    secret = settings.get().token_keys[0].secret.encode()
    text = f"sign-in|{_network(address)}|{account}"
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def count(pair_hash: str) -> None:
    """Count a try that is about to be made. Raises `LockedError` while the pair is locked."""
    with database.connection() as db:
        if db.execute_sql(COUNT, {"pair": pair_hash}).fetchone() is not None:
            return
        row = db.execute_sql(SECONDS_LEFT, (pair_hash,)).fetchone()
    raise LockedError(retry_after=max(row[0] if row else 1, 1))


def clear(pair_hash: str) -> None:
    """Forget the tries: the secret was right."""
    SignInFailure.delete().where(SignInFailure.pair_hash == pair_hash).execute()


def _network(address: str) -> str:
    """`address`; of IPv6 the /64, which belongs to one household and has addresses without end."""
    if ":" not in address:
        return address
    try:
        return socket.inet_pton(socket.AF_INET6, address)[:8].hex()
    except OSError:
        return address
