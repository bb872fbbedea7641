"""Into a school: how a transaction learns for whom it works, before it may read anything.

Row-level security shows a transaction that has entered nowhere nothing at all. Each function here is one
round trip to a database function of migration 0003, which looks one thing up, sets the transaction's school
and user from it, and tells no more than an id. What is not found enters nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from chalicelib.caller import SERVICE, Caller
from chalicelib.store.database import Database, database, transaction


@contextmanager
def working_for(caller: Caller) -> Iterator[Database]:
    """A transaction for `caller`, in a service that opens its own."""
    with transaction() as db:
        if caller.role == SERVICE:
            as_service(caller.user_id)
        else:
            by_user(caller.user_id)
        yield db


def by_user(user_id: UUID) -> bool:
    """Enter the school of that user, as that user; whether there is one."""
    return _first("SELECT user_id FROM enter_by_user(%s)", user_id) is not None


def by_email(email: str) -> UUID | None:
    """Enter as the user with that address (in lower case); their id."""
    return _id("SELECT enter_by_email(%s)", email)


def by_class_code(code: str, username: str) -> UUID | None:
    """Enter as the student with that user name in the class with that sign-in code; their id."""
    return _id("SELECT enter_by_class_code(%s, %s)", code, username)


def by_refresh_token(token_hash: str) -> UUID | None:
    """Enter as the user to whom that refresh token was given, good or not; their id."""
    return _id("SELECT enter_by_refresh_token(%s)", token_hash)


def by_one_time_token(token_hash: str) -> UUID | None:
    """Enter as the user to whom that one-time token was mailed, good or not; their id."""
    return _id("SELECT enter_by_one_time_token(%s)", token_hash)


def by_unsubscribe_token(token: str) -> UUID | None:
    """Enter as the user in whose mails that token stands; their id."""
    return _id("SELECT enter_by_unsubscribe_token(%s)", token)


def by_photo(photo_id: UUID) -> UUID | None:
    """Enter the school to which that photo was handed in, as nobody; the school's id."""
    return _id("SELECT enter_by_photo(%s)", photo_id)


def by_guide(guide_id: UUID) -> UUID | None:
    """Enter the school that made that worksheet, as nobody; the school's id."""
    return _id("SELECT enter_by_guide(%s)", guide_id)


def by_invite(code: str) -> UUID | None:
    """Enter the school that made that invite, good or not, as nobody; the school's id."""
    return _id("SELECT enter_by_invite(%s)", code)


def new_school(school_id: UUID) -> None:
    """Enter a school that is about to be founded, as nobody."""
    _first("SELECT enter_new_school(%s)", school_id)


def as_operator(school_id: UUID) -> bool:
    """Enter any school, in a transaction that an operator's call has entered before; whether it exists."""
    return _id("SELECT enter_as_operator(%s)", school_id) is not None


def as_service(key_id: UUID) -> bool:
    """Enter as that service key, in the school that it is bound to, if any; whether it is still good."""
    return _id("SELECT enter_as_service(%s)", key_id) is not None


def as_worker(school_id: UUID) -> bool:
    """Enter any school, as nobody, in a worker's transaction; whether it exists."""
    return _id("SELECT enter_as_worker(%s)", school_id) is not None


def all_schools() -> list[UUID]:
    """The ids of all schools, for scheduled work that goes through them. Enters nowhere."""
    rows = database.execute_sql("SELECT all_schools()").fetchall()
    return [row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in rows]


def email_is_taken(email: str) -> bool:
    """Whether any user of any school has that address (in lower case). Enters nowhere."""
    return bool(_first("SELECT email_is_taken(%s)", email))


def _id(sql: str, *values: Any) -> UUID | None:
    found = _first(sql, *values)
    return UUID(found) if isinstance(found, str) else found


def _first(sql: str, *values: Any) -> Any:
    """The first column of the first row, or None."""
    parameters = tuple(str(value) if isinstance(value, UUID) else value for value in values)
    row = database.execute_sql(sql, parameters).fetchone()
    return row[0] if row else None
