"""A school with a class at work, and another school from which nothing of it may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from chalicelib.caller import Caller
from dev import replay_check
from tests.integration.accounts.conftest import Person, World
from tests.support import demo
from tests.support.client import ApiClient, Reply
from tests.support.postgres import TestServer


class Scene(NamedTuple):
    """One school: its class has a teacher and two students, one with a parent; another teacher stands by."""

    school: UUID
    classroom: UUID
    admin: Person
    teacher: Person
    other_teacher: Person
    student: Person
    classmate: Person
    parent: Person

    def caller(self, person: Person, role: str, locale: str = "en") -> Caller:
        """`person` as a service is told about them."""
        return Caller(person.id, self.school, role, locale, "free")


def made(world: World) -> Scene:
    """A scene in a school of its own."""
    school = world.school()
    admin, teacher, other = (world.person(school, role) for role in ("admin", "teacher", "teacher"))
    student, classmate = (world.person(school, "student") for _ in range(2))
    parent = world.person(school, "parent")
    world.link(school, parent, student)
    classroom = world.classroom(school, (teacher, "teacher"), (student, "student"), (classmate, "student"))
    return Scene(school, classroom.id, admin, teacher, other, student, classmate, parent)


@pytest.fixture(scope="session")
def demo_template(postgres: TestServer) -> None:
    demo.make_template(postgres)


@pytest.fixture(scope="module")
def seeded(postgres: TestServer, demo_template: None) -> Iterator[demo.Seeded]:
    """The demo schools. Tests that use them are of the xdist group `seed`: so they are made once."""
    with demo.cloned(postgres) as made:
        yield made


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def scene(world: World) -> Scene:
    return made(world)


@pytest.fixture
def elsewhere(world: World) -> Scene:
    """Another school."""
    return made(world)


@pytest.fixture
def operator(world: World) -> Person:
    return world.person(None, "operator")


def submit(person: Person, problem: str, answer: str, **fields: Any) -> Reply:
    """`person` answers `problem`."""
    return person.api.post("/v1/attempts", {"problem": problem, "answer": answer, **fields})


def skill_id(person: Person, slug: str) -> str:
    """The id of the skill `slug`."""
    skills = person.api.get("/v1/skills?limit=100").data
    return next(skill["id"] for skill in skills if skill["slug"] == slug)


def walk(person: Person, path: str, limit: int = 2) -> list[Any]:
    """All items of a list, page by page."""
    items: list[Any] = []
    mark = "&" if "?" in path else "?"
    page = person.api.get(f"{path}{mark}limit={limit}").json
    while True:
        items += page["data"]
        cursor = page["meta"]["next_cursor"]
        if cursor is None:
            return items
        assert len(page["data"]) == limit
        page = person.api.get(f"{path}{mark}limit={limit}&cursor={cursor}").json


def replayed(owner: Any) -> None:
    """Play the whole history again, skill by skill; what is stored must come out to the last bit."""
    assert list(replay_check.faults(owner)) == []
