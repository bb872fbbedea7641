"""The catalogue of bugs, and what becomes of a bug that an operator retires."""

from __future__ import annotations

from time import monotonic
from typing import Any
from urllib.parse import quote

import peewee
import pytest

from chalicelib.diagnosis import bug_text, bugs
from chalicelib.services import retirement
from tests.integration.accounts.conftest import Person, World
from tests.integration.work.conftest import Scene, submit, walk

SMALLER_FROM_LARGER = "subtraction.smaller_from_larger"


def retire(operator: Person, bug: str, retired: bool = True) -> dict[str, Any]:
    reply = operator.api.patch(f"/v1/bugs/{bug}", {"retired": retired})
    assert reply.status == 200, reply.text
    changed: dict[str, Any] = reply.data
    return changed


def found(person: Person, query: str) -> list[str]:
    return [bug["id"] for bug in person.api.get(f"/v1/bugs?limit=100&{query}").data]


def proposed(attempt: dict[str, Any]) -> list[str]:
    return [candidate["bug"] for candidate in attempt["diagnosis"]["candidates"]]


def test_a_bug_is_shown_with_a_worked_example(scene: Scene) -> None:
    bug = scene.student.api.get(f"/v1/bugs/{SMALLER_FROM_LARGER}").data
    [known] = [each for each in bugs("subtraction") if each.id == SMALLER_FROM_LARGER]
    assert (bug["id"], bug["topic"], bug["retired_at"]) == (known.id, "subtraction", None)
    assert (bug["definition"], bug["source"], bug["prior"]) == (known.definition, known.source, known.prior)
    assert (bug["name"], bug["explanation"]) == bug_text(known.id, "en")
    example = bug["example"]
    assert (example["problem"], example["wrong"], example["correct"]) == (
        known.problem,
        known.wrong,
        known.correct,
    )
    assert "".join(line["wrote"] for line in reversed(example["trace"])) == known.wrong
    assert sum(line["first_departure"] for line in example["trace"]) == 1


def test_the_catalogue_is_listed_whole_and_in_pages(scene: Scene) -> None:
    assert [bug["id"] for bug in walk(scene.student, "/v1/bugs", limit=50)] == sorted(
        each.id for each in bugs()
    )


def test_every_bug_can_be_read_by_itself(scene: Scene) -> None:
    for bug in walk(scene.teacher, "/v1/bugs", limit=100):
        assert scene.teacher.api.get(f"/v1/bugs/{bug['id']}").data == bug


@pytest.mark.parametrize(
    "bug", ["subtraction.nonsense", "nonsense", "slip.fact", "addition.no_carry+addition.all_digits"]
)
def test_what_is_not_in_the_catalogue_is_not_found(operator: Person, bug: str) -> None:
    for reply in (
        operator.api.get(f"/v1/bugs/{quote(bug)}"),
        operator.api.patch(f"/v1/bugs/{quote(bug)}", {"retired": True}),
    ):
        assert (reply.status, reply.code) == (404, "NOT_FOUND")


def test_bugs_are_found_by_topic_and_words(scene: Scene, world: World) -> None:
    student = scene.student
    assert found(student, "topic=ratio") == sorted(bug.id for bug in bugs("ratio"))
    assert SMALLER_FROM_LARGER in found(student, "q=LARGER%20smaller")
    assert SMALLER_FROM_LARGER in found(student, "topic=subtraction&q=smaller_from")
    assert SMALLER_FROM_LARGER not in found(student, "topic=addition&q=smaller")
    assert found(student, "q=smaller%20nonsense") == []
    spanish = world.person(scene.school, "teacher", locale="es")
    name, _ = bug_text(SMALLER_FROM_LARGER, "es")
    assert SMALLER_FROM_LARGER in found(spanish, f"q={quote(name)}")
    assert SMALLER_FROM_LARGER not in found(student, f"q={quote(name)}")
    accented = [bug.id for bug in bugs() if "división" in bug_text(bug.id, "es")[1].lower()]
    assert accented
    assert set(accented) <= set(found(spanish, "q=division"))


def test_texts_are_in_the_callers_language(scene: Scene, world: World) -> None:
    spanish = world.person(scene.school, "student", locale="es")
    bug = spanish.api.get(f"/v1/bugs/{SMALLER_FROM_LARGER}").data
    assert (bug["name"], bug["explanation"]) == bug_text(SMALLER_FROM_LARGER, "es")
    english = scene.student.api.get(f"/v1/bugs/{SMALLER_FROM_LARGER}").data
    assert bug["example"]["trace"][0]["place"] != english["example"]["trace"][0]["place"]


def test_a_cursor_belongs_to_its_filters(scene: Scene) -> None:
    cursor = scene.student.api.get("/v1/bugs?limit=1").json["meta"]["next_cursor"]
    assert scene.student.api.get(f"/v1/bugs?limit=1&cursor={cursor}").status == 200
    for other in ("topic=ratio", "q=zero", "retired=true"):
        assert scene.student.api.get(f"/v1/bugs?{other}&cursor={cursor}").code == "INVALID_CURSOR"


@pytest.mark.parametrize("query", ["topic=poetry", "q=", f"q={'x' * 101}", "retired=2", "limit=0", "page=2"])
def test_a_malformed_query_is_refused(scene: Scene, query: str) -> None:
    reply = scene.student.api.get(f"/v1/bugs?{query}")
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


def test_what_is_unchanged_is_not_sent_again(scene: Scene, operator: Person) -> None:
    for path in ("/v1/bugs?limit=5", "/v1/bugs/addition.all_digits"):
        tag = {"If-None-Match": scene.student.api.get(path).headers["ETag"]}
        assert scene.student.api.get(path, headers=tag).status == 304
        retire(operator, "addition.all_digits")
        assert scene.student.api.get(path, headers=tag).status == 200
        retire(operator, "addition.all_digits", False)


def test_a_retired_bug_leaves_the_list_and_the_diagnoses(scene: Scene, operator: Person) -> None:
    before = submit(scene.student, "503 - 278", "375").data
    assert SMALLER_FROM_LARGER in proposed(before)
    assert retire(operator, SMALLER_FROM_LARGER)["retired_at"] is not None
    assert SMALLER_FROM_LARGER not in found(scene.student, "topic=subtraction")
    assert found(scene.student, "retired=true") == [SMALLER_FROM_LARGER]
    after = submit(scene.classmate, "503 - 278", "375").data
    assert not any(SMALLER_FROM_LARGER in bug for bug in proposed(after))
    assert proposed(after) == [bug for bug in proposed(before) if bug != SMALLER_FROM_LARGER]
    assert after["diagnosis"]["unexplained"] > before["diagnosis"]["unexplained"]
    assert scene.student.api.get(f"/v1/attempts/{before['id']}").data == before
    assert retire(operator, SMALLER_FROM_LARGER, False)["retired_at"] is None
    assert proposed(submit(scene.classmate, "503 - 278", "375").data)[0] == SMALLER_FROM_LARGER
    assert found(scene.student, "retired=true") == []


def test_a_diagnosis_is_told_in_another_language_as_it_was_said(
    scene: Scene, operator: Person, world: World
) -> None:
    """Before or after the retirement: the same candidates, and none in the wrong language."""
    before = submit(scene.student, "503 - 278", "375").data
    retire(operator, SMALLER_FROM_LARGER)
    after = submit(scene.student, "503 - 278", "375").data
    spanish = world.person(scene.school, "admin", locale="es")
    for attempt in (before, after):
        told = spanish.api.get(f"/v1/attempts/{attempt['id']}").data
        assert proposed(told) == proposed(attempt)
        for candidate in told["diagnosis"]["candidates"]:
            assert (candidate["name"], candidate["explanation"]) == bug_text(candidate["bug"], "es")


def test_only_a_change_is_noted(operator: Person, owner: Any) -> None:
    first = retire(operator, SMALLER_FROM_LARGER)
    assert retire(operator, SMALLER_FROM_LARGER) == first
    assert operator.api.patch(f"/v1/bugs/{SMALLER_FROM_LARGER}", {}).data == first
    for _ in range(2):
        retire(operator, SMALLER_FROM_LARGER, False)
    owner.execute("SELECT action, actor_id, details FROM audit_entries ORDER BY id")
    bug = {"bug": SMALLER_FROM_LARGER}
    assert owner.fetchall() == [
        ("bug.retired", operator.id, bug),
        ("bug.reinstated", operator.id, bug),
    ]


def test_nobody_else_retires_a_bug_not_even_past_the_api(
    scene: Scene, operator: Person, world: World
) -> None:
    reply = scene.admin.api.patch(f"/v1/bugs/{SMALLER_FROM_LARGER}", {"retired": True})
    assert (reply.status, reply.code) == (403, "FORBIDDEN")
    retire(operator, SMALLER_FROM_LARGER)
    with world.inside(scene.school, scene.admin.id):
        assert retirement.reinstate(SMALLER_FROM_LARGER) is False
        assert list(retirement.moments()) == [SMALLER_FROM_LARGER]
    with (
        pytest.raises(peewee.ProgrammingError, match="row-level security"),
        world.inside(scene.school, scene.admin.id),
    ):
        retirement.retire("addition.all_digits")


def test_what_another_process_retires_is_known_within_a_minute(
    scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SMALLER_FROM_LARGER in proposed(submit(scene.student, "503 - 278", "375").data)
    owner.execute("INSERT INTO retired_bugs VALUES (%s, now())", (SMALLER_FROM_LARGER,))
    assert SMALLER_FROM_LARGER in proposed(submit(scene.student, "503 - 278", "375").data)
    later = monotonic() + retirement.KEPT_SECONDS
    monkeypatch.setattr(retirement, "monotonic", lambda: later)
    assert SMALLER_FROM_LARGER not in proposed(submit(scene.student, "503 - 278", "375").data)
