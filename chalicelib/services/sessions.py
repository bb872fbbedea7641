"""Signing in and out, and the chain of refresh tokens that keeps a session alive.

A refresh token is good once: each use replaces it (RFC 9700, 4.14.2). One that comes back after it was
replaced has leaked, or its successor has; nobody can tell which, so the whole family ends, the newest token
included. The one exception is made by order of events, not by a time of grace: a request that had begun
before its token was replaced, such as that of a second browser tab at the same moment, lost a race. It is
told so by a 409, gets no token, and the family stays: it learned nothing that the winner did not know.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import UNSET
from peewee import fn

from chalicelib import observe, settings, tokens
from chalicelib.errors import (
    CredentialsError,
    EmailNotVerifiedError,
    TizaError,
    TokenReplacedError,
    UnauthorizedError,
)
from chalicelib.schemas import auth as schemas
from chalicelib.services import invites, lockout, passwords
from chalicelib.store import entering
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User
from chalicelib.store.models.security import RefreshToken, TokenFamily


class _Account(NamedTuple):
    """Which account somebody claims: by an address, or by a class's code and a user name."""

    who: str
    class_code: str | None

    @classmethod
    def named_by(cls, body: schemas.SignIn) -> _Account:
        if body.email is not UNSET:
            return cls(str(body.email).lower(), None)
        return cls(str(body.username).lower(), invites.normalised(str(body.class_code)))

    @property
    def name(self) -> str:
        """The same text for the same account, however it was typed."""
        return f"{self.class_code or ''}|{self.who}"

    def enter(self) -> UUID | None:
        """Enter as that user; their id."""
        if self.class_code is None:
            return entering.by_email(self.who)
        return entering.by_class_code(self.class_code, self.who)


def sign_in(body: schemas.SignIn, address: str) -> schemas.SignedIn:
    """Start a session for whoever gives the right secret. `address` is the caller's IP address.

    Raises `LockedError`, `CredentialsError` (for whatever is wrong, after the same work), and
    `EmailNotVerifiedError` to somebody who has the right password.
    """
    secret = str(body.password if body.pin is UNSET else body.pin)
    account = _Account.named_by(body)
    tries = lockout.pair(address, account.name)
    lockout.count(tries)
    with transaction():
        user: User | None = User.get_or_none(User.id == (account.enter() or UUID(int=0)))
    is_right = passwords.matches(user.secret_hash if user else None, secret)
    if user is None or not is_right or user.status != "active":
        raise CredentialsError()
    stored = str(user.secret_hash)
    secret_hash = passwords.hashed(secret) if passwords.is_outdated(stored) else stored
    with transaction():
        entering.by_user(user.id)
        lockout.clear(tries)
        signed_in = _admitted(user, secret_hash)
    if signed_in is None:
        raise EmailNotVerifiedError()
    return signed_in


def refresh(body: schemas.Refresh) -> schemas.SignedIn:
    """Replace a refresh token, with a new access token.

    Raises `UnauthorizedError` for a token that is not good, `TokenReplacedError` for the loser of a race.
    A family that is revoked stays revoked: the transaction commits before the error is raised.
    """
    with transaction():
        outcome = _rotated(tokens.digest(body.refresh_token))
    if isinstance(outcome, TizaError):
        raise outcome
    return outcome


def sign_out(body: schemas.Refresh) -> None:
    """End the session of a refresh token; nothing happens where there is none."""
    token_hash = tokens.digest(body.refresh_token)
    entering.by_refresh_token(token_hash)
    family = RefreshToken.select(RefreshToken.family).where(RefreshToken.token_hash == token_hash)
    _revoke(TokenFamily.id.in_(family))


def start(user: User) -> schemas.SignedIn:
    """A new session for `user`, as whom the transaction has entered."""
    family = TokenFamily.create(user=user.id, school=user.school_id)
    return _continued(user, family.id)


def end_all(*user_ids: UUID) -> None:
    """End every session of those users, and make the access tokens that they have useless."""
    ended = User.update(token_version=User.token_version + 1, updated_at=now())
    ended.where(User.id.in_(user_ids)).execute()
    _revoke(TokenFamily.user.in_(user_ids))


def _admitted(user: User, secret_hash: str) -> schemas.SignedIn | None:
    """A session for `user`, or None while the address is not verified.

    Raises `CredentialsError` when the account has changed since the secret was looked at: a session that
    a new password has ended must not begin after it.
    """
    current = (
        User.select()
        .where(User.id == user.id, User.secret_hash == user.secret_hash, User.status == "active")
        .for_update()
        .first()
    )
    if current is None:
        raise CredentialsError()
    if current.email is not None and current.email_verified_at is None:
        return None
    if secret_hash != current.secret_hash:
        User.update(secret_hash=secret_hash).where(User.id == user.id).execute()
    return start(current)


def _rotated(token_hash: str) -> schemas.SignedIn | TizaError:
    """The session with a new refresh token, or the error to raise once this transaction has committed."""
    entering.by_refresh_token(token_hash)
    family = (
        TokenFamily.select()
        .join(RefreshToken, on=(RefreshToken.family == TokenFamily.id))
        .where(RefreshToken.token_hash == token_hash, TokenFamily.revoked_at.is_null())
        .for_update(of=TokenFamily)
        .first()
    )
    if family is None:
        return UnauthorizedError()
    token: Any = (
        RefreshToken.select(RefreshToken, User, fn.now().alias("began_at"))
        .join(User)
        .where(RefreshToken.token_hash == token_hash)
        .get()
    )
    if token.used_at is not None and token.used_at > token.began_at:
        return TokenReplacedError()
    if token.used_at is not None:
        _revoke(TokenFamily.id == family.id)
        observe.event("refresh token reused", user_id=token.user_id, family_id=family.id)
        return UnauthorizedError()
    if token.expires_at <= now() or token.user.status != "active":
        return UnauthorizedError()
    # The clock's time, not the transaction's beginning: what began before this moment could not know of it.
    used = RefreshToken.update(used_at=fn.clock_timestamp())
    used.where(RefreshToken.token_hash == token_hash).execute()
    return _continued(token.user, family.id)


def _continued(user: User, family_id: UUID) -> schemas.SignedIn:
    """The next tokens of a session."""
    current = settings.get()
    refresh_token = tokens.new_secret()
    RefreshToken.create(
        token_hash=tokens.digest(refresh_token),
        family=family_id,
        user=user.id,
        school=user.school_id,
        expires_at=now() + timedelta(seconds=current.refresh_token_seconds),
    )
    return schemas.SignedIn(
        access_token=tokens.issue(user.id, user.token_version),
        refresh_token=refresh_token,
        expires_in=current.access_token_seconds,
        user=schemas.SignedInUser(
            id=user.id, role=user.role, name=user.name, school_id=user.school_id, locale=user.locale
        ),
    )


def _revoke(families: object) -> None:
    """Revoke the token families that the condition names."""
    TokenFamily.update(revoked_at=now()).where(families, TokenFamily.revoked_at.is_null()).execute()
