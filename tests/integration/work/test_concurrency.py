"""Many at the same moment, and connections that are cut: nothing is lost, doubled or left half-written."""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.learning import bkt
from chalicelib.services import beliefs
from tests.integration.accounts.conftest import at_once
from tests.integration.work.conftest import Scene, replayed, skill_id, submit

BODY = {"problem": "503 - 278", "answer": "375"}


def counts(owner: Any) -> tuple[int, ...]:
    """How many attempts, current diagnoses and moves there are, and the sum of `seq`."""
    owner.execute(
        "SELECT (SELECT count(*) FROM attempts), (SELECT count(*) FROM diagnoses WHERE is_current),"
        " (SELECT count(*) FROM attempt_skills), (SELECT coalesce(sum(seq), 0) FROM mastery)"
    )
    return tuple(owner.fetchone())


def test_one_key_is_one_attempt_however_often_it_is_sent(scene: Scene, owner: Any) -> None:
    headers = {"Idempotency-Key": "the same"}
    replies = at_once(20, lambda _: scene.student.api.post("/v1/attempts", BODY, headers=headers))
    done = [reply for reply in replies if reply.status == 201]
    refused = [reply for reply in replies if reply.status != 201]
    assert done
    assert len({reply.text for reply in done}) == 1
    for reply in refused:
        assert (reply.status, reply.code) == (409, "REQUEST_IN_PROGRESS")
        assert int(reply.headers["Retry-After"]) >= 1
    assert counts(owner) == (1, 1, 1, 1)
    later = scene.student.api.post("/v1/attempts", BODY, headers=headers)
    assert (later.status, later.text) == (201, done[0].text)
    assert counts(owner) == (1, 1, 1, 1)


def test_one_key_is_one_request(scene: Scene, owner: Any) -> None:
    headers = {"Idempotency-Key": "mine"}
    scene.student.api.post("/v1/attempts", BODY, headers=headers)
    other = scene.student.api.post("/v1/attempts", {**BODY, "answer": "225"}, headers=headers)
    assert (other.status, other.code) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert scene.classmate.api.post("/v1/attempts", BODY, headers=headers).status == 201
    assert counts(owner)[0] == 2


def test_a_key_of_a_refused_request_can_be_used_again(scene: Scene, owner: Any) -> None:
    headers = {"Idempotency-Key": "mine"}
    bad = scene.student.api.post("/v1/attempts", {"problem": "503 -", "answer": "1"}, headers=headers)
    assert bad.status == 400
    assert scene.student.api.post("/v1/attempts", BODY, headers=headers).status == 201


def test_answers_at_the_same_moment_all_count(scene: Scene, owner: Any) -> None:
    answers = ["5", "6", "5", "5", "7", "5", "5", "6"]
    replies = at_once(8, lambda number: submit(scene.student, "9 - 4", answers[number]))
    assert {reply.status for reply in replies} == {201}
    assert counts(owner) == (8, 8, 8, 8)
    replayed(owner)


def test_answers_on_the_same_skills_in_any_order_end_in_no_deadlock(scene: Scene, owner: Any) -> None:
    slugs = ("subtraction", "subtraction.borrowing", "subtraction.zeros", "addition")
    skills = [skill_id(scene.teacher, slug) for slug in slugs]
    exercises = [
        scene.teacher.api.post("/v1/exercises", {"problem": "503 - 278", "skill_ids": ids}).data["id"]
        for ids in (skills, skills[::-1], skills[:2], skills[1:])
    ]
    replies = at_once(
        12,
        lambda number: scene.student.api.post(
            "/v1/attempts", {"exercise_id": exercises[number % 4], "answer": "225"}
        ),
    )
    assert {reply.status for reply in replies} == {201}
    assert counts(owner) == (12, 12, 3 * (4 + 4 + 2 + 3), 3 * (4 + 4 + 2 + 3))
    replayed(owner)


def test_one_device_that_sends_twice_at_once_is_stored_once(scene: Scene, owner: Any) -> None:
    body = {**BODY, "client_id": str(uuid4())}
    replies = at_once(6, lambda _: scene.student.api.post("/v1/attempts", body))
    assert {reply.status for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1
    assert counts(owner) == (1, 1, 1, 1)


def test_a_new_fit_applies_from_the_next_answer_on(scene: Scene, owner: Any) -> None:
    submit(scene.student, "9 - 4", "5")
    owner.execute(
        "INSERT INTO skill_parameters (skill_id, version, p_init, p_transit, p_slip, p_guess, created_at)"
        " SELECT id, 2, 0.5, 0.3, 0.2, 0.1, now() FROM skills WHERE slug = 'subtraction'"
    )
    owner.execute("UPDATE skills SET parameter_version = 2 WHERE slug = 'subtraction'")
    first, second = 0.6926829268292682, submit(scene.student, "9 - 4", "6").data["mastery"][0]["p_known"]
    assert second == pytest.approx(bkt.update(first, False, bkt.Parameters(0.5, 0.3, 0.2, 0.1)))
    replayed(owner)


def test_an_answer_whose_connection_is_cut_leaves_nothing_behind(
    scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(scene.student, "9 - 4", "5")
    before = counts(owner)
    move = beliefs.move

    def cut_before_moving(*arguments: Any) -> Any:
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tiza_app'")
        return move(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(beliefs, "move", cut_before_moving)
        reply = submit(scene.student, "9 - 4", "6")
    assert (reply.status, reply.code) == (503, "UNAVAILABLE")
    assert int(reply.headers["Retry-After"]) >= 1
    assert counts(owner) == before
    assert submit(scene.student, "9 - 4", "6").status == 201
    assert counts(owner) == tuple(number + 1 for number in before)
    replayed(owner)


def test_connections_that_are_cut_all_the_time_break_nothing(scene: Scene, owner: Any) -> None:
    stop = threading.Event()

    def cut() -> None:
        while not stop.is_set():
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tiza_app'")
            time.sleep(0.02)

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        keys = [str(uuid4()) for _ in range(40)]
        replies = [submit(scene.student, "9 - 4", "5", client_id=key) for key in keys]
    finally:
        stop.set()
        cutter.join()
    assert {reply.status for reply in replies} <= {201, 503}
    again = [submit(scene.student, "9 - 4", "5", client_id=key) for key in keys]
    assert {reply.status for reply in again} == {201}
    assert counts(owner) == (40, 40, 40, 40)
    replayed(owner)
