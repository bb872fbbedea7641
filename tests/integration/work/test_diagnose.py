"""`POST /v1/diagnose`: the engine's word, and nothing stored."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.accounts.conftest import Person
from tests.integration.work.conftest import Scene, submit

TABLES = ("attempts", "diagnoses", "mastery", "attempt_skills", "audit_entries", "idempotency_records")


def ask(person: Person, problem: str, answer: str, **fields: Any) -> dict[str, Any]:
    reply = person.api.post("/v1/diagnose", {"problem": problem, "answer": answer, **fields})
    assert reply.status == 200, reply.text
    data: dict[str, Any] = reply.data
    return data


def test_it_says_what_an_attempt_is_told_and_stores_nothing(scene: Scene, owner: Any) -> None:
    said = ask(scene.student, "503-278", "375", steps=["503 - 278 = 375"])
    for table in TABLES:
        owner.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert owner.fetchone() == (0,), table
    attempt = submit(scene.student, "503-278", "375", steps=["503 - 278 = 375"]).data
    assert said == {name: attempt[name] for name in ("topic", "problem", "verdict", "expected", "diagnosis")}
    assert said["diagnosis"]["candidates"]


def test_everybody_who_is_signed_in_may_ask(scene: Scene, operator: Person) -> None:
    for person in (scene.student, scene.teacher, scene.parent, scene.admin, operator):
        assert ask(person, "503 - 278", "225")["verdict"] == "correct"


def test_earlier_answers_tell_bugs_apart(scene: Scene) -> None:
    def best(history: list[dict[str, str]]) -> tuple[str, float]:
        first = ask(scene.teacher, "503 - 278", "375", history=history)["diagnosis"]["candidates"][0]
        return first["bug"], first["probability"]

    bug, before = best([])
    again, after = best([{"problem": "62 - 38", "answer": "36"}, {"problem": "nonsense", "answer": "5"}])
    assert bug == again == "subtraction.smaller_from_larger"
    assert after > before


def test_another_language_can_be_asked_for(scene: Scene) -> None:
    english, spanish = (
        ask(scene.teacher, "503 - 278", "375", locale=locale)["diagnosis"]["candidates"]
        for locale in ("en", "es")
    )
    assert [each["bug"] for each in english] == [each["bug"] for each in spanish]
    assert all(one["name"] != other["name"] for one, other in zip(english, spanish, strict=True))
    assert ask(scene.teacher, "2,5 + 0,35", "2,85", locale="es")["verdict"] == "correct"


@pytest.mark.parametrize("answer", ["", "?", "two hundred"])
def test_the_right_answer_is_kept_back_where_none_was_given(scene: Scene, answer: str) -> None:
    said = ask(scene.student, "503 - 278", answer)
    assert (said["verdict"], said["expected"], said["diagnosis"]["unexplained"]) == ("unreadable", None, 0)


def test_a_problem_outside_the_grammar_is_explained(scene: Scene) -> None:
    reply = scene.student.api.post("/v1/diagnose", {"problem": "503 minus 278", "answer": "225"})
    assert (reply.status, reply.code) == (400, "PROBLEM_SYNTAX_ERROR")
    assert reply.json["error"]["details"]["position"] == 4


@pytest.mark.parametrize(
    "change",
    [
        {"problem": ""}, {"problem": "1" * 201}, {"answer": "2" * 501}, {"answer": 2}, {"steps": ["x"] * 51},
        {"history": [{"problem": "1 + 1", "answer": "2"}] * 41}, {"history": [["1 + 1", "2"]]},
        {"history": [{"problem": "1 + 1"}]}, {"locale": "fr"}, {"exercise_id": "x"}, {"store": True},
    ],
)  # fmt: skip
def test_a_malformed_question_is_refused(scene: Scene, change: dict[str, Any]) -> None:
    reply = scene.student.api.post("/v1/diagnose", {"problem": "1 + 1", "answer": "2", **change})
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


def test_it_counts_as_a_write(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib import settings

    monkeypatch.setenv("TIZA_WRITE_RATE", "2")
    settings.reset()
    body = {"problem": "1 + 1", "answer": "2"}
    replies = [scene.parent.api.post("/v1/diagnose", body) for _ in range(3)]
    assert [reply.status for reply in replies] == [200, 200, 429]
    assert (replies[2].code, "Retry-After" in replies[2].headers) == ("RATE_LIMITED", True)
