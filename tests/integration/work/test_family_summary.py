"""What a parent is told of their child's week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.services import family_summary
from chalicelib.store import database as store
from chalicelib.store import entering
from tests.integration.work.conftest import Scene, submit

# The smaller digit from the larger, in each column.
WRONG = (("6203 - 1857", "5654"), ("9402 - 3765", "6363"), ("7031 - 4598", "3567"))


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def test_a_week_is_summed_up(scene: Scene) -> None:
    for problem, answer in WRONG:
        submit(scene.student, problem, answer)
    submit(scene.student, "61 - 28", "33")
    submit(scene.student, "61 + 28", "89")
    submit(scene.student, "61 + 28", "??")
    told = scene.parent.api.get(f"/v1/families/children/{scene.student.id}/summary").data
    assert (told["answers"], told["right"]) == (5, 2)
    by_slug = {skill["slug"]: skill for skill in told["skills"]}
    assert list(by_slug) == ["addition", "subtraction"]
    assert by_slug["addition"]["p_known_before"] == 0.3
    assert round(by_slug["addition"]["p_known"], 6) == 0.692683
    assert (by_slug["addition"]["level_before"], by_slug["addition"]["level"]) == ("at_risk", "struggling")
    assert by_slug["subtraction"]["answers"] == 4
    bugs = {bug["bug"]: bug for bug in told["bugs"]}
    assert bugs["subtraction.smaller_from_larger"]["answers"] == 3
    assert not any(bug.startswith("slip.") for bug in bugs)


def test_only_the_days_that_are_asked_for_count(scene: Scene) -> None:
    submit(scene.student, "61 + 28", "89", answered_at=days_ago(9))
    submit(scene.student, "61 + 28", "88", answered_at=days_ago(2))
    told = scene.parent.api.get(f"/v1/families/children/{scene.student.id}/summary").data
    assert (told["answers"], told["right"]) == (1, 0)
    (addition,) = told["skills"]
    assert round(addition["p_known_before"], 6) == 0.692683, "as it stood after the week before"
    assert addition["p_known"] < addition["p_known_before"]
    before = family_summary.DAYS
    with store.transaction():
        entering.as_worker(scene.school)
        until = datetime.now(UTC) - timedelta(days=before)
        earlier = family_summary.of(scene.student.id, until - timedelta(days=before), until, "en")
    assert (earlier.answers, earlier.right, earlier.skills[0].p_known_before) == (1, 1, 0.3)


def test_a_child_who_did_nothing_has_an_empty_week(scene: Scene) -> None:
    told = scene.parent.api.get(f"/v1/families/children/{scene.student.id}/summary").data
    assert (told["answers"], told["right"], told["skills"], told["bugs"]) == (0, 0, [], [])


def test_it_is_told_in_the_parents_words(scene: Scene, owner: Any) -> None:
    for problem, answer in WRONG:
        submit(scene.student, problem, answer)
    path = f"/v1/families/children/{scene.student.id}/summary"
    english = scene.parent.api.get(path).data
    assert scene.parent.api.patch("/v1/me", {"locale": "es"}).status == 200
    spanish = scene.parent.api.get(path).data
    assert spanish["bugs"][0]["explanation"] != english["bugs"][0]["explanation"]
    assert [skill["name"] for skill in spanish["skills"]] == ["Resta"]


def test_the_children_of_others_are_not_found(scene: Scene, elsewhere: Scene) -> None:
    for child in (scene.classmate, elsewhere.student):
        assert scene.parent.api.get(f"/v1/families/children/{child.id}/summary").code == "NOT_FOUND"
    assert scene.teacher.api.get(f"/v1/families/children/{scene.student.id}/summary").code == "FORBIDDEN"
