"""Addresses that get no more mail, as their mailbox does not exist or somebody complained there.

Only the hash of an address is kept: it outlives the account, and tells nobody who had one.
"""

from __future__ import annotations

from chalicelib import tokens
from chalicelib.store.models.mails import MailSuppression

BOUNCE, COMPLAINT = "bounce", "complaint"


def add(address: str, reason: str) -> None:
    """Send nothing more to `address`, for `reason`; the first one stays."""
    MailSuppression.insert(address_hash=_hash(address), reason=reason).on_conflict_ignore().execute()


def holds(address: str) -> bool:
    """Whether `address` gets no mail."""
    found = MailSuppression.select().where(MailSuppression.address_hash == _hash(address))
    return bool(found.exists())


def _hash(address: str) -> str:
    return tokens.digest(address.lower())
