"""What a person signs in with: their password, and the outside accounts that may act as them."""

from __future__ import annotations

from chalicelib import tokens
from chalicelib.caller import Caller
from chalicelib.errors import (
    ConflictError,
    CredentialsError,
    NotFoundError,
    UnauthorizedError,
    ValidationError,
)
from chalicelib.schemas import auth as auth_schemas
from chalicelib.schemas import me as schemas
from chalicelib.services import lockout, passwords, sessions
from chalicelib.store import entering
from chalicelib.store.models.people import Identity, User


def change_password(caller: Caller, body: schemas.ChangePassword, address: str) -> auth_schemas.SignedIn:
    """Change one's password; every session ends, and a new one begins here.

    Raises `CredentialsError` for a wrong current password, `LockedError` after too many of them.
    """
    tries = lockout.pair(address, str(caller.user_id))
    lockout.count(tries)
    with entering.working_for(caller):
        stored = User.get_by_id(caller.user_id).secret_hash
    if not passwords.matches(stored, body.current_password):
        raise CredentialsError()
    secret_hash = passwords.hashed(body.new_password)
    with entering.working_for(caller):
        lockout.clear(tries)
        changed = User.update(secret_hash=secret_hash)
        # Another change may have been faster; then the current password was not the current one.
        if changed.where(User.id == caller.user_id, User.secret_hash == stored).execute() != 1:
            raise CredentialsError()
        sessions.end_all(caller.user_id)
        return sessions.start(User.get_by_id(caller.user_id))


def list_identities(caller: Caller) -> list[schemas.Identity]:
    """The outside accounts that may act as the caller."""
    rows = Identity.select().where(Identity.user == caller.user_id).order_by(Identity.created_at)
    return [_shown(identity) for identity in rows]


def link_identity(caller: Caller, body: schemas.LinkIdentity) -> schemas.Identity:
    """Let an outside account act as the caller, who proves with its token that it is theirs.

    Raises `ValidationError` for a token that is not a trusted issuer's, `ConflictError` for an account that
    is linked to somebody else. Linked to the caller already, it stays so.
    """
    try:
        verified = tokens.verify(body.token)
    except UnauthorizedError as error:
        raise ValidationError("The token is not good.", path="$.token", reason="Not a good token.") from error
    if verified.issuer is None:
        raise ValidationError(
            "The token is one of our own.", path="$.token", reason="Not of an outside issuer."
        )
    values = {"issuer": verified.issuer, "subject": verified.subject}
    with entering.working_for(caller):
        Identity.insert(user=caller.user_id, school=caller.school_id, **values).on_conflict_ignore().execute()
        identity = Identity.get_or_none(user=caller.user_id, **values)
    if identity is None:
        raise ConflictError("This outside account is linked to another user.", reason="identity_taken")
    return _shown(identity)


def unlink_identity(caller: Caller, query: schemas.IdentityQuery) -> None:
    """Take back what `link_identity` did. Raises `NotFoundError`."""
    removed = Identity.delete().where(
        Identity.issuer == query.issuer, Identity.subject == query.subject, Identity.user == caller.user_id
    )
    if removed.execute() != 1:
        raise NotFoundError()


def _shown(identity: Identity) -> schemas.Identity:
    return schemas.Identity(issuer=identity.issuer, subject=identity.subject, created_at=identity.created_at)
