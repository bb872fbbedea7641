"""People to act with, and the mails that they get."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from chalicelib import observe, tokens
from chalicelib.services import invites, passwords
from chalicelib.store import database as store
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Invite, Membership
from chalicelib.store.models.people import FamilyLink, School, User
from tests.support.client import ApiClient, Reply

PASSWORD = "correct horse battery"
PIN = "4711"


@functools.cache
def hash_of(secret: str) -> str:
    """Hashed once for all tests."""
    return passwords.hashed(secret)


class Person(NamedTuple):
    """Somebody with an account, signed in."""

    id: UUID
    api: ApiClient
    email: str
    username: str | None


class World:
    """Makes schools, people and classes straight in the database."""

    def __init__(self, client: ApiClient) -> None:
        self.client = client

    def school(self, name: str = "A school") -> UUID:
        school_id = uuid7()
        with self.inside(school_id):
            School.create(id=school_id, name=name)
        return school_id

    def person(self, school_id: UUID | None, role: str, *, secret: str = PASSWORD, **fields: Any) -> Person:
        user_id = uuid7()
        given: dict[str, Any] = {"name": f"{role} {user_id}", "secret_hash": hash_of(secret)}
        if role == "student":
            given |= {"username": f"u{user_id.hex[-12:]}", "secret_hash": hash_of(PIN)}
        else:
            given |= {"email": f"{user_id.hex}@school.example", "email_verified_at": now()}
        given |= fields
        with self.inside(school_id, user_id):
            user = User.create(id=user_id, school=school_id, role=role, **given)
        api = self.client.as_user(tokens.issue(user_id, 1))
        return Person(user_id, api, user.email or "", user.username)

    def classroom(self, school_id: UUID, *members: tuple[Person, str]) -> Classroom:
        with self.inside(school_id):
            classroom: Classroom = Classroom.create(school=school_id, name="4a", code=invites.new_code())
            for person, role in members:
                Membership.create(classroom_id=classroom.id, user_id=person.id, school=school_id, role=role)
        return classroom

    def invite(self, school_id: UUID, kind: str, **fields: Any) -> str:
        given = {"max_uses": 1, "expires_at": now() + timedelta(days=1), "created_by": uuid7(), **fields}
        with self.inside(school_id):
            return str(Invite.create(school=school_id, kind=kind, code=invites.new_code(), **given).code)

    def link(self, school_id: UUID, parent: Person, student: Person, *, confirmed: bool = True) -> UUID:
        with self.inside(school_id):
            link: FamilyLink = FamilyLink.create(
                school=school_id,
                parent_id=parent.id,
                student_id=student.id,
                confirmed_at=now() if confirmed else None,
            )
        return link.id

    @staticmethod
    def inside(school_id: UUID | None, user_id: UUID | None = None) -> Any:
        return _inside(school_id, user_id)


class _inside:
    """A transaction of a school and a user."""

    def __init__(self, school_id: UUID | None, user_id: UUID | None) -> None:
        self._ids = (str(school_id or ""), str(user_id or ""))
        self._transaction = store.transaction()

    def __enter__(self) -> None:
        db = self._transaction.__enter__()
        sql = "SELECT set_config('app.school_id', %s, true), set_config('app.user_id', %s, true)"
        db.execute_sql(sql, self._ids)

    def __exit__(self, *error: Any) -> None:
        self._transaction.__exit__(*error)


class Mailbox(logging.Handler):
    """The mails that a developer would see in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "mail":
            self.mails.append(record.fields)  # type: ignore[attr-defined]

    def last(self, address: str) -> dict[str, Any]:
        return [mail for mail in self.mails if mail["to"] == address][-1]

    def subjects(self, address: str) -> list[str]:
        return [mail["subject"] for mail in self.mails if mail["to"] == address]


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def school(world: World) -> UUID:
    return world.school()


@pytest.fixture
def admin(world: World, school: UUID) -> Person:
    return world.person(school, "admin")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    handlers, level = observe.log.handlers, observe.log.level
    observe.log.handlers = [box]
    observe.log.setLevel(logging.INFO)
    yield box
    observe.log.handlers = handlers
    observe.log.setLevel(level)


def at_once(count: int, call: Callable[[int], Reply]) -> list[Reply]:
    """The replies to `count` calls in as many threads."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(call, range(count)))
