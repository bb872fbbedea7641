"""Whoever of the staff reads a student's record is noted, whichever route they come by."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from chalicelib.caller import ADMIN, SERVICE, TEACHER
from chalicelib.store.models.people import AuditEntry
from tests.integration.accounts.conftest import World as Maker
from tests.integration.authorization.calls import call_of
from tests.integration.authorization.table import TABLE
from tests.support.stage import Stage
from tests.support.world import ANSWERED, ANY, OWN

# Who belongs to the school or a class, and who did something; nothing of what a student answered or knows.
TELL_NAMES_ONLY = {
    "GET /v1/users",
    "GET /v1/classrooms/{classroom_id}/members",
    "GET /v1/families/links",
    "GET /v1/audit",
    "GET /v1/audit.csv",
    "GET /v1/roster/users.csv",
    "GET /v1/roster/enrollments.csv",
}
READING = (".viewed", ".exported")


class Look(NamedTuple):
    route: str
    role: str
    scope: str

    def __str__(self) -> str:
        return f"{self.route}-{self.role}"


def looks() -> list[Look]:
    return [
        Look(route, role, scope)
        for route, entry in TABLE.items()
        for role in (TEACHER, ADMIN, SERVICE)
        for scope in (OWN, ANY)
        if route.startswith("GET ") and route not in TELL_NAMES_ONLY
        if not entry.public and scope in entry.scopes and entry.expected(role, scope) == 200
    ]


@pytest.mark.parametrize("look", looks(), ids=str)
def test_a_look_at_a_record_is_noted(look: Look, stage: Stage) -> None:
    world = stage.world
    call = call_of(world, look.route, look.role, look.scope)
    own = world.things[OWN]
    with stage.act() as changes:
        reply = world.people[look.role].api.call(call.method, call.path)
        with Maker.inside(own.school):
            noted = {entry.subject_id for entry in AuditEntry.select() if entry.action.endswith(READING)}
    assert reply.status == 200
    if any(text in reply.text for text in (str(own.student), ANSWERED[OWN])):
        assert "audit_entries" in changes.tables
        assert noted & {own.student, own.classroom, own.school}
