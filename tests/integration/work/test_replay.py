"""Mastery is what follows from the whole history, whatever happened in which order, or at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chalicelib.caller import STUDENT, TEACHER
from chalicelib.schemas import attempts as attempt_schemas
from chalicelib.schemas import corrections as schemas
from chalicelib.schemas.exercises import NewExercise
from chalicelib.services import attempts, corrections, exercises
from chalicelib.store import entering
from chalicelib.store.models.work import Skill
from dev import replay_check
from tests.integration.accounts.conftest import Person, World
from tests.integration.work.conftest import Scene, replayed

VERDICTS = ("correct", "not_simplified", "incorrect", "unreadable")
ANSWERS = {"225": "correct", "375": "incorrect", "?": "unreadable"}
SKILLS = ("subtraction", "subtraction.borrowing", "subtraction.zeros")
PRACTISED = (SKILLS[:1], SKILLS[:2], SKILLS[2:0:-1])  # by a problem alone, and by two exercises


class Submit(NamedTuple):
    """A student answers; `late`: by a device that was offline."""

    task: int
    answer: str
    late: bool


class Again(NamedTuple):
    """The device sends an earlier answer once more."""

    which: int


class Override(NamedTuple):
    """The teacher corrects an earlier answer."""

    which: int
    verdict: str


class Fit(NamedTuple):
    """A skill gets new parameters."""

    skill: str
    guess: float


Act = Submit | Again | Override | Fit
WHICH = st.integers(0, 9)
ACTS = st.lists(
    st.one_of(
        st.builds(Submit, st.integers(0, 2), st.sampled_from(sorted(ANSWERS)), st.booleans()),
        st.builds(Again, WHICH),
        st.builds(Override, WHICH, st.sampled_from(VERDICTS)),
        st.builds(Fit, st.sampled_from(SKILLS), st.floats(0.05, 0.45)),
    ),
    min_size=4,
    max_size=14,
)
OUT_AND_IN = [
    Submit(1, "375", False), Submit(2, "225", False), Override(0, "unreadable"), Fit(SKILLS[1], 0.3),
    Submit(1, "225", True), Override(0, "correct"), Again(0),
]  # fmt: skip
IN_AND_OUT = [
    Submit(0, "?", False), Submit(0, "375", False), Override(0, "correct"), Override(1, "unreadable"),
    Override(0, "unreadable"), Submit(0, "225", False),
]  # fmt: skip


class School:
    """A class at work with one student, and what should come of it: the steps of each skill, by attempt."""

    def __init__(self, scene: Scene, student: Person, tasks: Sequence[dict[str, str]], owner: Any) -> None:
        self.scene, self.student, self.tasks, self.owner = scene, student, tasks, owner
        self.sent: list[attempt_schemas.SubmitAttempt] = []
        self.attempts: list[UUID] = []
        self.verdicts: list[str] = []
        self.practised: list[tuple[str, ...]] = []
        self.steps: dict[str, list[UUID]] = {slug: [] for slug in SKILLS}

    def act(self, act: Act) -> None:
        """Do it; what is about an earlier answer, about one that there is."""
        if isinstance(act, Submit):
            self._submit(act)
        elif isinstance(act, Fit):
            fit(self.owner, act)
        elif self.attempts:
            number = act.which % len(self.attempts)
            if isinstance(act, Again):
                assert submit(self.scene, self.student, self.sent[number]) == self.attempts[number]
            else:
                override(self.scene, self.attempts[number], act.verdict)
                self._is_now(number, act.verdict)

    def _submit(self, act: Submit) -> None:
        at = {"answered_at": datetime.now(UTC) - timedelta(days=2)} if act.late else {}
        body = attempt_schemas.SubmitAttempt(
            answer=act.answer, client_id=uuid4(), **self.tasks[act.task], **at
        )
        self.sent.append(body)
        self.attempts.append(submit(self.scene, self.student, body))
        self.practised.append(PRACTISED[act.task])
        self.verdicts.append("unreadable")
        self._is_now(-1, ANSWERS[act.answer])

    def _is_now(self, number: int, verdict: str) -> None:
        """An answer gets its step when it first counts, and keeps it."""
        self.verdicts[number] = verdict
        for slug in self.practised[number] if verdict != "unreadable" else ():
            if self.attempts[number] not in self.steps[slug]:
                self.steps[slug].append(self.attempts[number])

    def stored(self) -> tuple[list[str], dict[str, list[UUID]]]:
        """The verdicts and the steps as they are in the database."""
        student = (str(self.student.id),)
        self.owner.execute("SELECT verdict FROM attempts WHERE student_id = %s ORDER BY id", student)
        verdicts = [verdict for (verdict,) in self.owner.fetchall()]
        self.owner.execute(
            "SELECT k.slug, s.attempt_id::text FROM attempt_skills s JOIN skills k ON k.id = s.skill_id"
            " WHERE s.student_id = %s ORDER BY s.seq",
            student,
        )
        steps: dict[str, list[UUID]] = {slug: [] for slug in SKILLS}
        for slug, attempt in self.owner.fetchall():
            steps[slug].append(UUID(attempt))
        return verdicts, steps


def submit(scene: Scene, student: Person, body: attempt_schemas.SubmitAttempt) -> UUID:
    caller = scene.caller(student, STUDENT)
    with entering.working_for(caller):
        return attempts.submit(caller, body).id


def override(scene: Scene, attempt: UUID, verdict: str) -> None:
    caller = scene.caller(scene.teacher, TEACHER)
    with entering.working_for(caller):
        corrections.override(caller, attempt, schemas.Override(verdict=verdict))


def fit(owner: Any, act: Fit) -> None:
    owner.execute(
        "UPDATE skills SET parameter_version = parameter_version + 1 WHERE slug = %(slug)s;"
        " INSERT INTO skill_parameters (skill_id, version, p_init, p_transit, p_slip, p_guess, created_at)"
        " SELECT id, parameter_version, 0.4, 0.15, 0.05, %(guess)s, now() FROM skills WHERE slug = %(slug)s",
        {"slug": act.skill, "guess": act.guess},
    )


@pytest.fixture
def tasks(scene: Scene) -> list[dict[str, Any]]:
    """A problem alone, and exercises that practise skills which overlap."""
    caller, made = scene.caller(scene.teacher, TEACHER), []
    with entering.working_for(caller):
        ids = {skill.slug: skill.id for skill in Skill.select()}
        for slugs in PRACTISED[1:]:
            body = NewExercise(problem="503 - 278", skill_ids=[ids[slug] for slug in slugs])
            made.append({"exercise_id": exercises.create(caller, body).id})
    return [{"problem": "503 - 278"}, *made]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
@example(acts=OUT_AND_IN)
@example(acts=IN_AND_OUT)
def test_whatever_happens_mastery_follows_from_the_history(
    acts: list[Act], scene: Scene, world: World, tasks: list[dict[str, Any]], owner: Any
) -> None:
    school = School(scene, world.person(scene.school, STUDENT), tasks, owner)
    world.classroom(scene.school, (scene.teacher, TEACHER), (school.student, STUDENT))
    for act in acts:
        school.act(act)
    replayed(owner)
    assert school.stored() == (school.verdicts, school.steps)


def test_answers_and_corrections_at_the_same_moment_end_in_what_follows(
    scene: Scene, tasks: list[dict[str, Any]], owner: Any
) -> None:
    rng = Random(1995)  # noqa: S311 (test data)

    def answer(number: int) -> UUID:
        body = attempt_schemas.SubmitAttempt(
            answer=sorted(ANSWERS)[number % 3], client_id=uuid4(), **tasks[number % 2 + 1]
        )
        return submit(scene, scene.student, body)

    earlier = [answer(number) for number in range(6)]
    plan = [(rng.choice(earlier), rng.choice(VERDICTS)) for _ in range(24)]

    def at_work(number: int) -> None:
        if number % 3 == 0:
            answer(number // 3)
        else:
            override(scene, *plan[number])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(at_work, range(24)))
    replayed(owner)
    owner.execute("SELECT count(*), count(*) FILTER (WHERE source = 'human') FROM diagnoses")
    assert owner.fetchone() == (6 + 24, 16)


def test_what_does_not_follow_is_noticed(scene: Scene, tasks: list[dict[str, Any]], owner: Any) -> None:
    for answer in ("225", "375"):
        submit(scene, scene.student, attempt_schemas.SubmitAttempt(answer=answer, **tasks[1]))
    replayed(owner)
    for change in (
        "UPDATE mastery SET p_known = p_known + 1e-16 WHERE p_known < 0.5",
        "UPDATE attempt_skills SET is_correct = NOT is_correct WHERE seq = 2",
        "UPDATE attempts SET verdict = 'correct' WHERE verdict = 'incorrect'",
        "UPDATE attempt_skills SET seq = seq + 1 WHERE seq = 2",
        "DELETE FROM attempt_skills WHERE seq = 1",
    ):
        owner.execute(f"BEGIN; {change}")
        assert owner.rowcount > 0
        assert list(replay_check.faults(owner)), change
        owner.execute("ROLLBACK")
    replayed(owner)
