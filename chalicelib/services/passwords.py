"""Passwords and PINs: hashed with Argon2id, as OWASP's password storage cheat sheet sets it.

Hashing takes some tens of milliseconds: no transaction may be open meanwhile.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Any

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
# The hash of a random text that nobody kept: an unknown account costs the same work as a wrong password.
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$0M4rpuzKsjt5eJPkRafv6w$QYndcEgBx5EEuNuy0PV2O9Ky977xDEzqpw2vTgKeSWY"


def hashed(secret: str) -> str:
    """The hash to store for `secret`."""
    text: str = _hasher().hash(_canonical(secret))
    return text


def matches(stored: str | None, secret: str) -> bool:
    """Whether `secret` is the one that `stored` was made from; the same work where nothing is stored."""
    from argon2.exceptions import VerifyMismatchError

    try:
        _hasher().verify(stored or NOBODYS, _canonical(secret))
    except VerifyMismatchError:
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether `stored` was made with other parameters than today's."""
    return bool(_hasher().check_needs_rehash(stored))


def _canonical(secret: str) -> str:
    """The same text however a keyboard composed it (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", secret)


@functools.cache
def _hasher() -> Any:
    from argon2 import PasswordHasher, Type

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)
