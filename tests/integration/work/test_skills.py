"""Skills: the platform's, in every language; an acyclic graph whoever changes it when."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.accounts.conftest import Person, World, at_once
from tests.integration.work.conftest import Scene, skill_id, submit, walk

NAMES = {"en": "Mental subtraction", "es": "Resta mental"}
NEW = {"slug": "subtraction.mental", "topic": "subtraction", "names": NAMES}


def test_all_topics_have_their_skills_in_order(scene: Scene) -> None:
    skills = walk(scene.student, "/v1/skills", 10)
    assert len(skills) == 25
    assert [skill["position"] for skill in skills] == list(range(25))
    by_slug = {skill["slug"]: skill for skill in skills}
    assert by_slug["subtraction.zeros"]["prerequisites"] == [by_slug["subtraction.borrowing"]["id"]]
    assert by_slug["addition"]["prerequisites"] == []


def test_skills_are_listed_by_topic(scene: Scene) -> None:
    slugs = [skill["slug"] for skill in scene.parent.api.get("/v1/skills?topic=division").data]
    assert slugs == ["division", "division.long"]
    assert scene.parent.api.get("/v1/skills?topic=cooking").status == 400


def test_names_are_in_the_readers_language(scene: Scene, world: World) -> None:
    spanish = world.person(scene.school, "teacher", locale="es")
    found = skill_id(scene.student, "subtraction")
    assert scene.student.api.get(f"/v1/skills/{found}").data["name"] == "Subtraction"
    assert spanish.api.get(f"/v1/skills/{found}").data["name"] == "Resta"


def test_an_unknown_skill_is_not_found(scene: Scene, operator: Person) -> None:
    assert scene.student.api.get(f"/v1/skills/{uuid4()}").status == 404
    assert operator.api.patch(f"/v1/skills/{uuid4()}", {"position": 1}).status == 404
    assert operator.api.delete(f"/v1/skills/{uuid4()}").status == 404
    assert operator.api.put(f"/v1/skills/{uuid4()}/prerequisites", {"prerequisites": []}).status == 404


def test_only_operators_change_skills(scene: Scene) -> None:
    found = skill_id(scene.admin, "subtraction.zeros")
    for person in (scene.student, scene.teacher, scene.parent, scene.admin):
        assert person.api.post("/v1/skills", NEW).status == 403
        assert person.api.patch(f"/v1/skills/{found}", {"position": 1}).status == 403
        assert person.api.delete(f"/v1/skills/{found}").status == 403
        assert person.api.put(f"/v1/skills/{found}/prerequisites", {"prerequisites": []}).status == 403


def test_an_operator_adds_a_skill_that_answers_can_count_towards(operator: Person, scene: Scene) -> None:
    before = skill_id(operator, "subtraction")
    reply = operator.api.post("/v1/skills", {**NEW, "position": 3, "prerequisites": [before]})
    assert reply.status == 201
    assert reply.data["name"] == "Mental subtraction"
    assert reply.data["prerequisites"] == [before]
    exercise = scene.teacher.api.post("/v1/exercises", {"problem": "9 - 4", "skill_ids": [reply.data["id"]]})
    attempt = scene.student.api.post("/v1/attempts", {"exercise_id": exercise.data["id"], "answer": "5"})
    assert [step["skill_id"] for step in attempt.data["mastery"]] == [reply.data["id"]]
    assert attempt.data["mastery"][0]["p_known"] == pytest.approx(0.692683, abs=5e-7)


def test_a_slug_is_taken_once(operator: Person) -> None:
    assert operator.api.post("/v1/skills", NEW).status == 201
    reply = operator.api.post("/v1/skills", NEW)
    assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "slug_taken")


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "addition.mental"}, {"slug": "Subtraction"}, {"slug": "subtraction mental"}, {"slug": ""},
        {"topic": "cooking"}, {"names": {"en": "only"}}, {"names": {**NAMES, "fr": "x"}}, {"position": -1},
        {"prerequisites": ["no-uuid"]}, {"prerequisites": "none"}, {"p_init": 0.5},
    ],
)  # fmt: skip
def test_a_malformed_skill_is_refused(operator: Person, change: dict[str, Any]) -> None:
    reply = operator.api.post("/v1/skills", {**NEW, **change})
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


def test_an_unknown_prerequisite_is_named(operator: Person) -> None:
    unknown = str(uuid4())
    reply = operator.api.post("/v1/skills", {**NEW, "prerequisites": [unknown]})
    assert (reply.status, reply.json["error"]["details"]["skill_ids"]) == (404, [unknown])
    assert operator.api.post("/v1/skills", NEW).status == 201  # nothing of the failed one was kept


def test_an_operator_renames_and_moves_a_skill(operator: Person) -> None:
    found = skill_id(operator, "subtraction.zeros")
    changed = operator.api.patch(f"/v1/skills/{found}", {"names": NAMES}).data
    assert (changed["name"], changed["position"]) == ("Mental subtraction", 4)
    assert operator.api.patch(f"/v1/skills/{found}", {"position": 90}).data["position"] == 90
    assert operator.api.get("/v1/skills?limit=100").data[-1]["id"] == found


def test_a_retired_skill_is_listed_no_more_and_counts_no_more(operator: Person, scene: Scene) -> None:
    found = skill_id(operator, "subtraction.zeros")
    exercise = scene.teacher.api.post("/v1/exercises", {"problem": "503 - 278", "skill_ids": [found]}).data
    assert operator.api.delete(f"/v1/skills/{found}").status == 204
    assert operator.api.delete(f"/v1/skills/{found}").status == 204
    assert found not in [skill["id"] for skill in scene.student.api.get("/v1/skills?limit=100").data]
    assert scene.student.api.get(f"/v1/skills/{found}").data["retired_at"] is not None
    attempt = scene.student.api.post("/v1/attempts", {"exercise_id": exercise["id"], "answer": "225"})
    assert (attempt.data["verdict"], attempt.data["mastery"]) == ("correct", [])
    refused = scene.teacher.api.post("/v1/exercises", {"problem": "9 - 4", "skill_ids": [found]})
    assert refused.status == 404


def test_the_skill_of_a_whole_topic_is_not_retired(operator: Person, scene: Scene) -> None:
    reply = operator.api.delete(f"/v1/skills/{skill_id(operator, 'subtraction')}")
    assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "skill_of_topic")
    assert len(submit(scene.student, "9 - 4", "5").data["mastery"]) == 1


@pytest.mark.parametrize("first", ["addition", "subtraction", "subtraction.zeros"])
def test_a_circle_is_refused_at_any_distance(operator: Person, first: str) -> None:
    # addition <- subtraction <- subtraction.borrowing <- subtraction.zeros
    reply = operator.api.put(
        f"/v1/skills/{skill_id(operator, first)}/prerequisites",
        {"prerequisites": [skill_id(operator, "subtraction.zeros")]},
    )
    assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "cycle")


def test_prerequisites_are_replaced_as_a_whole(operator: Person) -> None:
    zeros, division = (skill_id(operator, slug) for slug in ("subtraction.zeros", "division"))
    path = f"/v1/skills/{zeros}/prerequisites"
    assert operator.api.put(path, {"prerequisites": [division, division]}).data["prerequisites"] == [division]
    assert operator.api.put(path, {"prerequisites": []}).data["prerequisites"] == []


def test_two_changes_at_once_cannot_close_a_circle(operator: Person) -> None:
    pair = (skill_id(operator, "powers"), skill_id(operator, "ratio"))
    for each in pair:
        operator.api.put(f"/v1/skills/{each}/prerequisites", {"prerequisites": []})
    replies = at_once(
        2,
        lambda number: operator.api.put(
            f"/v1/skills/{pair[number]}/prerequisites", {"prerequisites": [pair[1 - number]]}
        ),
    )
    assert sorted(reply.status for reply in replies) == [200, 409]
