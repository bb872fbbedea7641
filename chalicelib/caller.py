"""Who makes a call: what every service is told about the person behind a request."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

STUDENT: Final = "student"
TEACHER: Final = "teacher"
PARENT: Final = "parent"
ADMIN: Final = "admin"
OPERATOR: Final = "operator"

STAFF: Final = (TEACHER, ADMIN)
ANYONE: Final = (STUDENT, TEACHER, PARENT, ADMIN, OPERATOR)


class Caller(NamedTuple):
    """A signed-in user, as read from the database in this very request, never from the token."""

    user_id: UUID
    school_id: UUID | None
    role: str
    locale: str
    plan: str | None

    @property
    def school(self) -> UUID:
        """The caller's school. Only for roles that have one: an operator's call must not get here."""
        if self.school_id is None:
            raise RuntimeError("an operator belongs to no school")
        return self.school_id
