"""The demo data: true to the catalogue, made by the services, put there once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest

from chalicelib import diagnosis, settings
from dev import seed
from tests.integration.work.conftest import replayed
from tests.support.client import ApiClient
from tests.support.demo import Seeded

pytestmark = pytest.mark.xdist_group("seed")  # the school is made once, which takes a while


def rows(seeded: Seeded, sql: str) -> list[tuple[Any, ...]]:
    seeded.owner.execute(sql)
    found: list[tuple[Any, ...]] = seeded.owner.fetchall()
    return found


def signed_in(seeded: Seeded, role: str, number: int = 0) -> ApiClient:
    """The client of the demo user of that role; of several, that one."""
    import app

    client = ApiClient(app.app)
    user = [user for user in seeded.users if user.role == role][number]
    reply = client.post("/v1/auth/login", user.login)
    assert (reply.status, reply.data["user"]["role"]) == (200, role)
    return client.as_user(reply.data["access_token"])


def test_there_is_somebody_of_each_role_who_can_sign_in(seeded: Seeded) -> None:
    for role in ("student", "teacher", "parent", "admin", "operator"):
        assert signed_in(seeded, role).get("/v1/me").data["role"] == role


def test_all_published_wrong_answers_are_there(seeded: Seeded) -> None:
    answered = set(rows(seeded, "SELECT problem, answer FROM attempts WHERE verdict = 'incorrect'"))
    for bug in diagnosis.bugs():
        assert (str(diagnosis.parse_problem(bug.problem)), bug.wrong) in answered, bug.id


def test_the_answers_are_of_the_last_two_weeks_in_school_hours(seeded: Seeded) -> None:
    times = [when for (when,) in rows(seeded, "SELECT answered_at FROM attempts")]
    assert len(times) > 500
    present = datetime.now(UTC)
    assert all(present - timedelta(days=15) < when < present for when in times)
    assert all(when.weekday() < 5 and 8 <= when.hour < 14 for when in times)


def test_mastery_follows_from_the_answers(seeded: Seeded) -> None:
    replayed(seeded.owner)


def test_the_class_has_something_to_show(seeded: Seeded) -> None:
    teacher = signed_in(seeded, "teacher")
    [classroom] = teacher.get("/v1/classrooms").data
    assert classroom["student_count"] == 30
    heat_map = teacher.get(f"/v1/classrooms/{classroom['id']}/mastery").data
    cells = [cell for row in heat_map["students"] for cell in row["cells"] if cell]
    assert len(heat_map["students"]) == 30
    assert {cell["level"] for cell in cells} >= {"at_risk", "struggling", "mastered"}
    bugs = teacher.get(f"/v1/classrooms/{classroom['id']}/bugs").data["bugs"]
    assert bugs[0]["students"] >= 4
    assert len(teacher.get("/v1/exercises?limit=100").data) >= 15


def test_a_parent_sees_their_child(seeded: Seeded) -> None:
    parent, student = signed_in(seeded, "parent"), signed_in(seeded, "student")
    child = student.get("/v1/me").data["id"]
    assert parent.get(f"/v1/students/{child}/mastery").data["skills"]


def test_the_other_school_sees_none_of_it(seeded: Seeded) -> None:
    stranger, teacher = signed_in(seeded, "teacher", -1), signed_in(seeded, "teacher")
    theirs, ours = (each.get("/v1/attempts?limit=100").data for each in (stranger, teacher))
    assert theirs
    assert not {each["id"] for each in theirs} & {each["id"] for each in ours}
    assert stranger.get(f"/v1/attempts/{ours[0]['id']}").status == 404


def test_mastery_follows_from_corrections_too(seeded: Seeded) -> None:
    teacher = signed_in(seeded, "teacher")
    attempts = teacher.get("/v1/attempts?limit=100").data[::5]
    for attempt, verdict in zip(attempts, cycle(("correct", "incorrect", "unreadable")), strict=False):
        reply = teacher.post(f"/v1/attempts/{attempt['id']}/override", {"verdict": verdict})
        assert (reply.status, reply.data["diagnosis"]["source"]) == (201, "human")
    replayed(seeded.owner)


def test_a_second_time_changes_nothing(seeded: Seeded) -> None:
    sql = "SELECT count(*), max(created_at), (SELECT count(*) FROM users) FROM attempts"
    before = rows(seeded, sql)
    assert seed.ensure(seeded.owner_url, seeded.app_url) == seeded.users
    assert rows(seeded, sql) == before


def test_only_the_dev_stage_is_seeded(seeded: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_STAGE", "staging")
    monkeypatch.setenv("TIZA_MAIL", "ses")
    monkeypatch.setenv("TIZA_MAIL_FROM", "Tiza <hello@tiza.example>")
    monkeypatch.setenv("TIZA_TOKEN_KEYS", "k:" + "s" * 40)
    settings.reset()
    try:
        with pytest.raises(seed.SeedError):
            seed.ensure(seeded.owner_url, seeded.app_url)
    finally:
        monkeypatch.undo()
        settings.reset()


def test_only_the_database_that_tiza_works_with_is_seeded(seeded: Seeded) -> None:
    with pytest.raises(seed.SeedError):
        seed.ensure(seeded.owner_url, seeded.app_url + "_other")
