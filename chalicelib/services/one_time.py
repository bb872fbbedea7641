"""One-time tokens, sent by mail: 256 bits, stored as hashes, good once and for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from chalicelib import tokens
from chalicelib.errors import TokenUsedError
from chalicelib.store import entering
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User
from chalicelib.store.models.security import OneTimeToken

LIFETIMES = {
    "verify_email": timedelta(hours=24),
    "reset_password": timedelta(minutes=30),
    "set_password": timedelta(hours=72),
}


def mint(purpose: str, user: User) -> str:
    """A new token for `user`, whose life begins now. It is told here once; its hash is stored."""
    token, begins = tokens.new_secret(), now()
    OneTimeToken.create(
        token_hash=tokens.digest(token),
        purpose=purpose,
        user=user.id,
        school=user.school_id,
        created_at=begins,
        expires_at=begins + LIFETIMES[purpose],
    )
    return token


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
