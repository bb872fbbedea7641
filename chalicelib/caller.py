"""Who makes a call: what every service is told about the person behind a request."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

STUDENT: Final = "student"
TEACHER: Final = "teacher"
PARENT: Final = "parent"
ADMIN: Final = "admin"
OPERATOR: Final = "operator"
SERVICE: Final = "service"  # another system: never one of ANYONE, only where a route names a scope

STAFF: Final = (TEACHER, ADMIN)
ANYONE: Final = (STUDENT, TEACHER, PARENT, ADMIN, OPERATOR)


class Caller(NamedTuple):
    """A signed-in user, as read from the database in this very request, never from the token.

    Another system is a caller too: its `user_id` is that of its service key, which has `scopes`.
    """

    user_id: UUID
    school_id: UUID | None
    role: str
    locale: str
    plan: str | None
    scopes: tuple[str, ...] = ()

    @property
    def school(self) -> UUID:
        """The caller's school. Only for those who have one: an operator's call must not get here."""
        if self.school_id is None:
            raise RuntimeError("this caller belongs to no school")
        return self.school_id
