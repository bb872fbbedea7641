"""Every route x every role x own, another class's and another school's objects.

Beside the status of each answer it is held that a refusal changes nothing and shows nothing; that reading
changes nothing but the record of who read; and that nobody ever touches or sees another school, except an
operator at work in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

import app
from chalicelib.caller import ADMIN, ANYONE, OPERATOR, PARENT, SERVICE, STUDENT, TEACHER
from chalicelib.edge.http import Endpoint
from tests.integration.authorization.calls import Call, call_of
from tests.integration.authorization.table import TABLE
from tests.support.client import Reply
from tests.support.stage import Stage
from tests.support.world import CLASSMATE, OTHER_CLASS, OTHER_SCHOOL, OWN, World

CODES = {401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND"}
HERE = {OWN, CLASSMATE, OTHER_CLASS, TEACHER, PARENT, ADMIN, "class", "teachers_class", "other_classes"}
HERE |= {"staff_invite", "school", "keys", "worksheets"}
THERE = {OTHER_SCHOOL, "there"}
# Whose data each role may ever be shown.
SHOWN = {
    None: set(),
    STUDENT: {OWN, "class", "school", "worksheets"},
    TEACHER: {OWN, CLASSMATE, TEACHER, PARENT, "class", "teachers_class", "school", "worksheets"},
    PARENT: {OWN, PARENT, "school", "worksheets"},
    ADMIN: HERE,
    OPERATOR: {OPERATOR, "school"},
    SERVICE: {OWN, CLASSMATE, OTHER_CLASS},
}


class Case(NamedTuple):
    """Somebody in `role` (None: nobody is signed in) calls a route with the things of `scope`."""

    route: str
    role: str | None
    scope: str

    @property
    def status(self) -> int:
        return TABLE[self.route].expected(self.role, self.scope)

    def __str__(self) -> str:
        return f"{self.route}-{self.role or 'nobody'}-{self.scope}"


def cases() -> list[Case]:
    return [
        Case(route, role, scope)
        for route, entry in TABLE.items()
        for role in (None, *ANYONE, SERVICE)
        for scope in (entry.scopes if role else entry.scopes[:1])
    ]


def shown_too_much(world: World, case: Case, call: Call, reply: Reply) -> set[str]:
    """What the answer tells that it may not: neither said by the caller, nor theirs to see."""
    owners = HERE if TABLE[case.route].public else SHOWN[case.role]
    if reply.status < 400 and case.role == OPERATOR and "{school_id}" in case.route:
        owners = THERE if case.scope == OTHER_SCHOOL else HERE
    if reply.status < 400 and case.role == STUDENT and case.route == "POST /v1/classrooms/join":
        owners = owners | {"other_classes"}
    seen = {text for owner in owners if owner in world.texts for text in world.texts[owner]}
    if case.role == PARENT:  # who sees that a link waits, and not who the child is
        waiting = [CLASSMATE, case.scope] if reply.status == 201 else [CLASSMATE]
        seen |= {str(getattr(world.of(scope), part)) for scope in waiting for part in ("link", "student")}
    if case.role == OPERATOR:
        seen |= {str(world.things[OTHER_SCHOOL].school), "Escuela There"}
    hidden = {text for texts in world.texts.values() for text in texts} - seen
    return {text for text in hidden if text in reply.text and text not in call.text}


def test_every_route_has_an_entry_and_every_entry_a_route() -> None:
    routes = {f"{endpoint.method} {endpoint.path}" for endpoint in app.api.endpoints}
    assert set(TABLE) == routes


@pytest.mark.parametrize("endpoint", app.api.endpoints, ids=lambda e: f"{e.method} {e.path}")
def test_what_a_route_says_about_its_roles_is_what_the_table_has(endpoint: Endpoint) -> None:
    entry = TABLE[f"{endpoint.method} {endpoint.path}"]
    assert entry.public == (endpoint.allow is None)
    assert set(entry.who) == {*(endpoint.allow or ()), *((SERVICE,) if endpoint.scope else ())}


@pytest.mark.parametrize("route", TABLE)
def test_a_route_with_ids_is_tried_with_the_ids_of_others(route: str) -> None:
    ids = set(re.findall(r"{(\w+)}", route)) - {"skill_id", "bug_id", "kind", "queue", "name"}
    assert not ids or OTHER_SCHOOL in TABLE[route].scopes


@pytest.mark.parametrize("case", cases(), ids=str)
def test_who_may_do_what(case: Case, stage: Stage) -> None:
    call = call_of(stage.world, case.route, case.role, case.scope)
    client = stage.world.people[case.role].api if case.role else stage.client
    with stage.act() as changes:
        reply = client.call(call.method, call.path, json=call.body)
    assert reply.status == case.status, reply.text
    assert reply.status not in CODES or reply.code == CODES[reply.status]
    assert shown_too_much(stage.world, case, call, reply) == set()
    if reply.status >= 400:
        assert changes.tables == set()
    elif call.method == "GET":
        assert changes.tables <= {"audit_entries"}
    if case.scope != OTHER_SCHOOL:
        assert changes.there == set()
