"""The calls that the table describes, filled in with what the world holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.caller import ANYONE, TEACHER
from tests.integration.authorization.table import TABLE
from tests.support.client import ApiClient
from tests.support.stage import Stage
from tests.support.world import ISSUER, World


class Call(NamedTuple):
    """What is sent; `body` is JSON, or None where there is none."""

    method: str
    path: str
    body: Any

    @property
    def text(self) -> str:
        return f"{self.path} {self.body}"


def call_of(world: World, route: str, role: str | None, scope: str) -> Call:
    """The call of `route` by somebody in `role` with the things of `scope`."""
    entry, things = TABLE[route], world.of(scope, role or TEACHER)
    method, _, path = route.partition(" ")
    values = {
        "school_id": things.school,
        "user_id": things.student,
        "student_id": things.student,
        "classroom_id": getattr(things, entry.classroom),
        "empty_classroom_id": things.empty_classroom,
        "invite_id": things.staff_invite if "/schools/" in path else things.class_invite,
        "link_id": things.link,
        "attempt_id": things.attempt,
        "review_id": things.review,
        "assignment_id": things.assignment,
        "alert_id": things.alert,
        "photo_id": things.photo,
        "session_id": things.talk,
        "guide_id": getattr(things, entry.guide),
        "submission_id": things.submission,
        "exercise_id": things.exercise,
        "skill_id": world.skill,
        "bug_id": "subtraction.smaller_from_larger",
        "queue": "mail",
        "name": "mail",
        "key_id": things.service_key,
        "kind": "practice_reminder" if "/notifications/" in path else "photos",
        "class_code": things.class_code,
        "link_code": things.link_code,
        "issuer": ISSUER,
        "subject": things.subject,
        "email": world.people[TEACHER].email,
        "verify_token": world.verify_token,
        "reset_token": world.reset_token,
        "refresh_token": world.refresh_token,
    }
    query = f"?{entry.query}" if entry.query else ""
    return Call(method, (path + query).format(**values), filled(entry.body, values))


def filled(value: Any, values: Mapping[str, Any]) -> Any:
    """`value` with the world's things in place of their names."""
    if isinstance(value, Mapping):
        return {name: filled(each, values) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, values) for each in value]
    return value.format(**values) if isinstance(value, str) else value


def allowed(stage: Stage, route: str) -> tuple[ApiClient, Call]:
    """A client that may call `route`, and a call that succeeds."""
    entry = TABLE[route]
    for role in ANYONE:
        for scope in entry.scopes:
            if entry.expected(role, scope) == entry.status:
                return stage.world.people[role].api, call_of(stage.world, route, role, scope)
    raise AssertionError(f"nobody may call {route}")
