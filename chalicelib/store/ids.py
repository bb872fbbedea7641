"""UUID version 7 (RFC 9562, 5.7): keys that sort by the time they were made."""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, 74 random bits; ever increasing within the process.

    Monotonic as RFC 9562, 6.2, method 2 has it: within one millisecond the random part is counted up.
    """
    global _last
    random = int.from_bytes(os.urandom(10), "big")
    value = (time.time_ns() // 1_000_000) << 80 | random
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    with _lock:
        if value <= _last:
            value = _last + 1 + (random & 0xFFFF)
        _last = value
    return UUID(int=value)


def lowest_at(moment: datetime, *, seconds_later: float = 0) -> UUID:
    """The lowest UUIDv7 of the millisecond of `moment`, an aware datetime: below all that was made since.

    `seconds_later`, or earlier where that is negative. No id was made before 1970.
    """
    milliseconds = max(0, int((moment.timestamp() + seconds_later) * 1000))
    return UUID(int=milliseconds << 80 | 0x7000 << 64 | 0x8000 << 48)
