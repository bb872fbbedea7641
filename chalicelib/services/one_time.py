"""One-time tokens, sent by mail: 256 bits, stored as hashes, good once and for a while."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chalicelib import tokens
from chalicelib.errors import TokenUsedError
from chalicelib.services import mail
from chalicelib.store import entering
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.security import OneTimeToken

LIFETIMES = {"verify_email": "24 hours", "reset_password": "30 minutes", "set_password": "72 hours"}
MAILS_PER_HOUR = 5  # to one person, whoever asks; against nuisance, so it is not worth a lock
# One statement, whether there is such a user or not: an address that is not known costs the same work.
ISSUE = """
    INSERT INTO one_time_tokens (token_hash, purpose, user_id, school_id, created_at, expires_at)
    SELECT %(hash)s, %(purpose)s, u.id, u.school_id, now(), now() + %(lifetime)s::interval
    FROM users u
    WHERE u.id = %(user)s AND u.status = 'active' AND u.email IS NOT NULL
        AND (%(purpose)s <> 'verify_email' OR u.email_verified_at IS NULL)
        AND %(most)s > (SELECT count(*) FROM one_time_tokens t
                        WHERE t.user_id = u.id AND t.created_at > now() - interval '1 hour')
"""


def send(purpose: str, user_id: UUID | None, *, template: str | None = None) -> None:
    """Mail a new token to that user, whom the transaction has entered as; to nobody if there is no such user.

    Nor does anything go to a user who is disabled, has no address, has nothing left to verify, or got
    `MAILS_PER_HOUR` already. `template` is the mail's; left out, it is the purpose's own.
    """
    token = tokens.new_secret()
    values = {
        "hash": tokens.digest(token),
        "purpose": purpose,
        "lifetime": LIFETIMES[purpose],
        "user": str(user_id or mail.NOBODY),
        "most": MAILS_PER_HOUR,
    }
    issued = database.execute_sql(ISSUE, values).rowcount == 1
    mail.send(template or purpose, user_id if issued else None, token=token)


def redeem(token: str, purposes: Sequence[str]) -> UUID:
    """Use the token and enter as its user; their id. Raises `TokenUsedError`.

    One conditional UPDATE: of two who come at the same time, one gets in.
    """
    token_hash = tokens.digest(token)
    user_id = entering.by_one_time_token(token_hash)
    used = (
        OneTimeToken.update(used_at=now())
        .where(
            OneTimeToken.token_hash == token_hash,
            OneTimeToken.purpose.in_(purposes),
            OneTimeToken.used_at.is_null(),
            OneTimeToken.expires_at > now(),
        )
        .execute()
    )
    if user_id is None or used != 1:
        raise TokenUsedError()
    return user_id


def void_all(user_id: UUID) -> None:
    """Make every token that was sent to that user useless."""
    OneTimeToken.update(used_at=now()).where(
        OneTimeToken.user == user_id, OneTimeToken.used_at.is_null()
    ).execute()
