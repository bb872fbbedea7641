"""What a device may say of when something happened: it may have been offline, and its clock may be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.errors import ValidationError

OLDEST = timedelta(days=30)
CLOCK_SKEW = timedelta(minutes=5)


def check(moment: datetime, present: datetime, path: str) -> None:
    """Raises `ValidationError`, naming the field at `path`, for a moment out of bounds."""
    if not present - OLDEST <= moment <= present + CLOCK_SKEW:
        fault = "The time lies more than 30 days back, or more than 5 minutes ahead."
        raise ValidationError(path=path, reason=fault)
