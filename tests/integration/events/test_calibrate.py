"""The nightly fit: what has changed is fitted anew, and a run goes on where the one before ended."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import peewee
import pytest

import app
from chalicelib import deadline
from chalicelib.learning.bkt import Parameters
from chalicelib.services import calibrate, calibrate_answers, calibrate_counts, calibrate_fits
from chalicelib.services.calibrate_answers import Answers
from chalicelib.services.calibrate_fits import Judged
from chalicelib.services.rounds import UnfinishedError
from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.models.base import now
from chalicelib.store.models.fits import FitBacklog, FitMark
from chalicelib.store.models.work import Exercise
from dev import lambdas
from dev.bench import answers
from tests.integration.accounts.conftest import World
from tests.integration.work.conftest import made, replayed, skill_id, submit
from tests.support.client import ApiClient

EACH = 10  # answers of a student to a skill
NONE_LEFT = {"skills": 0, "fits": 0, "accepted": 0, "left": 0}
FOUND = Parameters(0.25, 0.15, 0.08, 0.18, 0.01)


class Filled(NamedTuple):
    """Students of two schools, a skill, its exercises: the platform's, and the first school's own."""

    students: list[tuple[UUID, UUID]]
    skill: str
    shared: list[answers.Exercise]
    own: list[answers.Exercise]


class Fill:
    """Writes simulated answers of students of two schools."""

    def __init__(self, owner: Any, students_each: int) -> None:
        self._owner = owner
        self._draw = random.Random(7)  # noqa: S311 (a simulation)
        self.students = answers.people(owner, 2, students_each)
        self.school = self.students[0][0]

    def skill(self) -> Filled:
        """A new skill, with answers to it."""
        (skill,) = answers.skills(self._owner, 1)
        shared = answers.exercises(self._owner, self._draw, skill, 4)
        own = answers.exercises(self._owner, self._draw, skill, 1, self.school)
        here = [each for each in self.students if each[0] == self.school]
        there = [each for each in self.students if each[0] != self.school]
        for whose, given in ((here, [*shared, *own]), (there, shared)):
            answers.write(self._owner, answers.answers(self._draw, whose, skill, given, EACH), now())
        return Filled(self.students, str(skill), shared, own)


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed counts at once."""
    monkeypatch.setattr(calibrate_counts, "SETTLED", timedelta(0))


@pytest.fixture
def fill(owner: Any) -> Fill:
    return Fill(owner, 12)


def answered(seen: Answers) -> int:
    return sum(len(each.sequence) for each in seen.students)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Answers]:
    """Fits that take no time and find the same each time; what they were given."""
    given: list[Answers] = []

    def of_skill(seen: Answers, _: Parameters) -> Judged:
        assert store.database.is_closed()  # no connection is kept, let alone a transaction
        given.append(seen)
        return Judged("bkt", answered(seen), len(seen.students), None, 0.1, parameters=FOUND)

    monkeypatch.setattr(calibrate_fits, "of_skill", of_skill)
    monkeypatch.setattr(calibrate_fits, "of_exercises", lambda _: Judged("irt", 0, 0, "too_few_answers", 0.0))
    return given


def rows(owner: Any, query: str, *values: Any) -> list[tuple[Any, ...]]:
    owner.execute(query, values)
    return list(owner.fetchall())


def in_force(owner: Any) -> list[tuple[Any, ...]]:
    """The parameters of every skill and exercise that are in force."""
    return rows(
        owner,
        "SELECT s.id, p.version, p.p_init, p.p_transit, p.p_slip, p.p_guess, p.p_forget FROM skills s"
        " JOIN skill_parameters p ON p.skill_id = s.id AND p.version = s.parameter_version ORDER BY 1",
    ) + rows(owner, "SELECT id, difficulty, discrimination FROM exercises ORDER BY 1")


def stored(owner: Any) -> list[tuple[Any, ...]]:
    """What fits were written down, without their ids and times."""
    return rows(
        owner,
        "SELECT skill_id, kind, answers, students, exercises, reason FROM fits ORDER BY skill_id, kind",
    )


def stop_after(monkeypatch: pytest.MonkeyPatch, asked: int) -> None:
    """Let there be no more time after it was asked for so many times."""
    left = [calibrate.deadline.NEVER] * asked
    monkeypatch.setattr(deadline, "left", lambda: left.pop() if left else 0.0)


def test_what_the_answers_say_is_put_in_force(owner: Any, client: ApiClient) -> None:
    given = Fill(owner, 90).skill()
    assert lambdas.call_schedule(app.calibrate, "calibrate", "eu-west-1", 900) == {
        "skills": 1, "fits": 2, "accepted": 2, "left": 0,
    }  # fmt: skip
    assert rows(owner, "SELECT parameter_version FROM skills WHERE id = %s", given.skill) == [(2,)]
    (version_2,) = rows(
        owner,
        "SELECT p_init, p_transit, p_slip, p_guess, p_forget FROM skill_parameters"
        " WHERE skill_id = %s AND version = 2",
        given.skill,
    )
    items = {
        key: item for key, *item in rows(owner, "SELECT id::text, difficulty, discrimination FROM exercises")
    }
    assert [0.0, 1.0] not in items.values()
    assert items.keys() == {str(each.id) for each in (*given.shared, *given.own)}
    operator = World(client).person(None, "operator")
    irt, bkt = operator.api.get("/v1/operations/fits").data
    assert sorted(bkt["parameters"].values()) == sorted(version_2)
    assert (bkt["kind"], bkt["answers"], bkt["students"], bkt["is_accepted"]) == ("bkt", 1800, 180, True)
    ((recorded,),) = rows(owner, "SELECT parameters FROM fits WHERE kind = 'irt'")
    assert recorded == {
        str(each.id): dict(zip(("difficulty", "discrimination"), items[str(each.id)], strict=True))
        for each in given.shared
    }
    assert irt["parameters"] is None
    assert irt["exercises"] == len(items)
    for fit in (bkt, irt):
        assert fit["log_likelihood"] > fit["standing_log_likelihood"]
        assert fit["held_out_log_likelihood"] > fit["standing_held_out_log_likelihood"]
    assert [fit["id"] for fit in operator.api.get("/v1/operations/fits?kind=bkt").data] == [bkt["id"]]
    page = operator.api.get("/v1/operations/fits?limit=1").json
    rest = operator.api.get(f"/v1/operations/fits?limit=1&cursor={page['meta']['next_cursor']}").json
    assert [page["data"], rest["data"], rest["meta"]["next_cursor"]] == [[irt], [bkt], None]


def test_what_has_not_changed_is_not_read_again(owner: Any, fill: Fill, found: list[Answers]) -> None:
    one, other = fill.skill(), fill.skill()
    assert calibrate.run()["skills"] == 2
    assert calibrate.run() == NONE_LEFT
    few = [
        answers.Answered(*fill.students[0], UUID(one.skill), 100 + n, one.shared[0].id, True)
        for n in range(9)
    ]
    answers.write(owner, few, now())
    assert calibrate.run() == NONE_LEFT
    owner.execute(
        "UPDATE attempts SET updated_at = now() WHERE id IN"
        " (SELECT attempt_id FROM attempt_skills WHERE skill_id = %s LIMIT 191)",
        (one.skill,),
    )
    assert calibrate.run()["skills"] == 1
    assert list(map(answered, found)) == [240, 240, 249]
    versions = dict(rows(owner, "SELECT id::text, parameter_version FROM skills WHERE parameter_version > 1"))
    assert versions == {one.skill: 3, other.skill: 2}


def test_every_change_is_counted_once_and_not_before_it_has_settled(
    monkeypatch: pytest.MonkeyPatch, owner: Any, fill: Fill
) -> None:
    monkeypatch.setattr(calibrate_counts, "BATCH", 50)
    given = fill.skill()
    owner.execute("UPDATE attempts SET updated_at = updated_at - interval '1 hour'")
    monkeypatch.setattr(calibrate_counts, "SETTLED", timedelta(minutes=5))
    moments = [now() - timedelta(minutes=6, seconds=second) for second in range(20)]
    for second, moment in enumerate(moments):
        turn = [
            answers.Answered(*each, UUID(given.skill), 20 + second, given.shared[0].id, True)
            for each in fill.students
        ]
        answers.write(owner, turn, moment)
    late = [
        answers.Answered(*each, UUID(given.skill), 50, given.shared[0].id, True) for each in fill.students
    ]
    answers.write(owner, late, now() - timedelta(minutes=4))
    for _ in range(2):
        calibrate_counts.count_changed()
        with store.transaction():
            (waiting,) = calibrate_counts.waiting()
        assert waiting == (UUID(given.skill), 24 * 10 + 20 * 24, 0)
    monkeypatch.setattr(calibrate_counts, "SETTLED", timedelta(minutes=3))
    calibrate_counts.count_changed()
    assert rows(owner, "SELECT waiting FROM fit_backlogs") == [(24 * 31,)]


def test_of_pages_of_any_size_the_same_is_read(
    monkeypatch: pytest.MonkeyPatch, owner: Any, fill: Fill
) -> None:
    given = fill.skill()
    fill.skill()
    owner.execute("UPDATE attempt_skills SET is_correct = NULL WHERE seq = 3")
    expected: dict[str, tuple[bytes, dict[str, bool]]] = {}
    for student, exercise, correct in rows(
        owner,
        "SELECT s.student_id, a.exercise_id, s.is_correct"
        " FROM attempt_skills s JOIN attempts a ON a.id = s.attempt_id"
        " WHERE s.skill_id = %s AND s.is_correct IS NOT NULL ORDER BY s.seq",
        given.skill,
    ):
        sequence, first = expected.setdefault(student, (b"", {}))
        expected[student] = (sequence + bytes([correct]), {exercise: correct, **first})
    for page in (7, 10, 25, 1000):
        monkeypatch.setattr(calibrate_answers, "PAGE", page)
        read = calibrate_answers.of_skill(UUID(given.skill))
        ids = [each.id for each in read.exercises]
        assert set(ids) == {each.id for each in (*given.shared, *given.own)}
        if page < EACH:  # more answers of one student than a page holds: the first ones are enough
            assert [len(each.sequence) for each in read.students] == [page - 1] * len(fill.students)
            continue
        found = [
            (each.sequence, {ids[code // 2]: bool(code % 2) for code in each.responses})
            for each in read.students
        ]
        assert sorted(found, key=repr) == sorted(expected.values(), key=repr)


def test_a_run_that_ends_early_is_gone_on_with_to_the_same_end(
    monkeypatch: pytest.MonkeyPatch, owner: Any
) -> None:
    fill = Fill(owner, 60)
    skills = [fill.skill() for _ in range(2)]
    alone = [calibrate_answers.of_skill(UUID(each.skill)) for each in skills]
    expected = [
        judged._replace(seconds=0.0)
        for each in alone
        for judged in (calibrate_fits.of_skill(each, Parameters()), calibrate_fits.of_exercises(each))
    ]
    runs = []
    monkeypatch.setattr(calibrate_answers, "PAGE", 300)
    for asked in (1, 2, 4, 9, 12, 40):
        with monkeypatch.context() as patch:
            stop_after(patch, asked)
            runs.append(0)
            try:
                runs[-1] = calibrate.run()["skills"]
            except UnfinishedError:  # no time even to count
                assert asked == 1
    assert sum(runs) == 2
    assert max(runs) == 1  # so there was a stop between the two, and others while answers were read
    wanted = sorted((judged.kind, judged.likelihoods, judged.reason) for judged in expected)
    got = rows(
        owner,
        "SELECT kind, log_likelihood, standing_log_likelihood, held_out_log_likelihood,"
        " standing_held_out_log_likelihood, reason FROM fits",
    )
    assert sorted((kind, tuple(values), reason) for kind, *values, reason in got) == wanted
    parameters = {judged.parameters for judged in expected if judged.parameters}
    versions = rows(
        owner, "SELECT p_init, p_transit, p_slip, p_guess, p_forget FROM skill_parameters WHERE version = 2"
    )
    assert set(versions) == parameters


def test_a_fit_that_fails_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, owner: Any, fill: Fill, found: list[Answers]
) -> None:
    bad, good = fill.skill(), fill.skill()
    read = calibrate_answers.of_skill

    def failing(skill: UUID) -> Answers:
        if str(skill) == bad.skill:
            raise ZeroDivisionError
        return read(skill)

    monkeypatch.setattr(calibrate_answers, "of_skill", failing)
    before = in_force(owner)
    with pytest.raises(UnfinishedError, match="1 parts failed"):
        calibrate.run()
    assert rows(owner, "SELECT DISTINCT skill_id FROM fits") == [(UUID(good.skill),)]
    assert len(set(in_force(owner)) - set(before)) == 1
    another = fill.skill()
    with store.transaction():
        calibrate_counts.begin(UUID(good.skill))
    with pytest.raises(UnfinishedError):
        calibrate.run()
    with store.transaction():
        assert [str(each.skill_id) for each in calibrate_counts.waiting()] == [bad.skill]
    assert len(found) == 2
    assert str(another.skill) in {str(each) for (each,) in rows(owner, "SELECT DISTINCT skill_id FROM fits")}


def test_what_is_not_accepted_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, owner: Any, fill: Fill, found: list[Answers]
) -> None:
    fill.skill()
    before = in_force(owner)
    accept = calibrate_fits.of_skill
    monkeypatch.setattr(
        calibrate_fits,
        "of_skill",
        lambda *given: accept(*given)._replace(reason=calibrate_fits.NOT_CONVERGED),
    )
    assert calibrate.run() == {"skills": 1, "fits": 2, "accepted": 0, "left": 0}
    assert in_force(owner) == before
    assert [row[-1] for row in stored(owner)] == ["not_converged", "too_few_answers"]
    assert calibrate.run() == NONE_LEFT


def test_answers_that_come_while_parameters_change_replay_to_the_same(world: World, owner: Any) -> None:
    scene = made(world)
    skill = UUID(skill_id(scene.student, "subtraction"))

    def answer(number: int) -> int:
        return submit(scene.student, "503 - 278", "225" if number % 3 else "375").status

    with ThreadPoolExecutor(3) as pool:
        given = pool.map(answer, range(9))
        for number in range(1, 5):
            with store.transaction():
                calibrate._put_in_force(skill, FOUND._replace(p_transit=number / 20))
        assert set(given) == {201}
    submit(scene.student, "503 - 278", "225")
    assert rows(owner, "SELECT max(parameter_version), max(seq) FROM attempt_skills") == [(5, 10)]
    replayed(owner)


def test_a_worker_changes_only_what_it_may(fill: Fill, owner: Any) -> None:
    given = fill.skill()
    here, there = {school for school, _ in fill.students}
    with store.transaction() as db:
        entering.as_worker(there if here == fill.school else here)
        assert Exercise.update(difficulty=3.0).where(Exercise.topic == answers.TOPIC).execute() == 0
        FitMark.create(school=there if here == fill.school else here, counted_until=now())
        items = [
            {"id": str(each.id), "difficulty": 2.0, "discrimination": 1.5}
            for each in (*given.shared, *given.own)
        ]
        changed = db.execute_sql(calibrate.CALIBRATE, (calibrate.json.dumps(items),)).fetchone()
    assert changed == (len(given.shared),)
    assert rows(owner, "SELECT id::text FROM exercises WHERE difficulty = 2") != []
    assert rows(owner, "SELECT DISTINCT difficulty FROM exercises WHERE school_id IS NOT NULL") == [(0.0,)]
    with store.transaction():
        entering.as_worker(fill.school)
        assert list(FitMark.select()) == []
        with pytest.raises(peewee.ProgrammingError), store.transaction():
            FitBacklog.delete().execute()
