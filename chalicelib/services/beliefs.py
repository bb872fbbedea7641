"""What a student is believed to know, moved by each answer: exactly once, in order, and to be replayed.

The steps of a belief are numbered as they come (`seq`), each with its parameters' version and whether the
answer was right. An answer that a correction takes out of the count keeps its step, which then moves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.learning import bkt
from chalicelib.services import assignments_automatic
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.work import Attempt, AttemptSkill, ExerciseSkill, Mastery, Skill, SkillParameters

AT_RISK = bkt.UPPER_BOUNDS[0][0]

STEP = (AttemptSkill.seq, AttemptSkill.is_correct, AttemptSkill.p_known, AttemptSkill.parameter_version)
# The numbers go to Postgres by their digits, which are as many as a double needs to come back the same.
REWRITE = """
    UPDATE attempt_skills SET p_known = anew.p_known
    FROM unnest(%(seqs)s::integer[], %(beliefs)s::double precision[]) AS anew (seq, p_known)
    WHERE student_id = %(student)s AND skill_id = %(skill)s AND attempt_skills.seq = anew.seq
"""


class Step(NamedTuple):
    """A stored step of a belief."""

    seq: int
    is_correct: bool | None
    p_known: float
    version: int  # of the parameters


def models_of(topic: str, exercise_id: UUID | None) -> list[SkillParameters]:
    """The present parameters of the skills that an answer counts towards.

    To an exercise those that it practises, to any other problem the topic's own; retired ones count no more.
    """
    if exercise_id is None:
        return _models(Skill.slug == topic)
    practised = ExerciseSkill.select(ExerciseSkill.skill).where(ExerciseSkill.exercise == exercise_id)
    return _models(Skill.id.in_(practised))


def move(attempt: Attempt, correct: bool, models: Sequence[SkillParameters]) -> list[AttemptSkill]:
    """Move the belief about each skill by one answer; the moves, in the order of the skills' ids.

    The rows are made first and then locked, always in the same order: two answers of one student wait for
    each other, lose nothing, and cannot end in a deadlock. `seq` is given under the lock. A fall to `at_risk`
    asks for an assignment.
    """
    if not models:
        return []
    whose = {"student_id": attempt.student_id, "school": attempt.school_id}
    first = [{"skill": each.skill_id, "p_known": each.p_init, **whose} for each in models]
    Mastery.insert_many(first).on_conflict_ignore().execute()
    before = _locked(attempt.student_id, [model.skill_id for model in models])
    moves = [
        AttemptSkill(
            attempt_id=attempt.id,
            skill=model.skill_id,
            seq=before[model.skill_id].seq + 1,
            parameter_version=model.version,
            is_correct=correct,
            p_known=bkt.update(before[model.skill_id].p_known, correct, _parameters(model)),
            **whose,
        )
        for model in models
    ]
    after = [{"skill": each.skill_id, "p_known": each.p_known, "seq": each.seq, **whose} for each in moves]
    Mastery.insert_many(after).on_conflict(
        conflict_target=[Mastery.student_id, Mastery.skill],
        preserve=[Mastery.p_known, Mastery.seq, Mastery.updated_at],
    ).execute()
    AttemptSkill.insert_many([each.__data__ for each in moves]).execute()
    fallen = [each.skill_id for each in moves if _falls(before[each.skill_id].p_known, each.p_known)]
    assignments_automatic.ask(attempt.student_id, attempt.school_id, fallen)
    return moves


def recount(attempt: Attempt, correct: bool | None) -> None:
    """Have an answer count as right or wrong, or no more (None), and replay what it moved from there on.

    One that has moved nothing yet is new evidence: it moves the beliefs as they are now. The lock of the
    attempt's row is the caller's; those of the beliefs are taken here, as by `move`.
    """
    query = AttemptSkill.select().where(AttemptSkill.attempt_id == attempt.id)
    steps = list(query.order_by(AttemptSkill.skill))
    if not steps:
        if correct is not None:
            move(attempt, correct, models_of(attempt.topic, attempt.exercise_id))
        return
    before = _locked(attempt.student_id, [step.skill_id for step in steps])
    AttemptSkill.update(is_correct=correct).where(AttemptSkill.attempt_id == attempt.id).execute()
    after = {step.skill_id: replay(attempt.student_id, step.skill_id, step.seq) for step in steps}
    fallen = [skill for skill, p_known in after.items() if _falls(before[skill].p_known, p_known)]
    assignments_automatic.ask(attempt.student_id, attempt.school_id, fallen)


def replay(student_id: UUID, skill_id: UUID, from_seq: int) -> float:
    """Recompute a belief from that step on, each step with its own parameters; the belief after the last.

    The lock of the `mastery` row is the caller's.
    """
    of_skill = (AttemptSkill.student_id == student_id) & (AttemptSkill.skill == skill_id)
    rows: Any = AttemptSkill.select(*STEP).where(of_skill, AttemptSkill.seq >= from_seq - 1)
    steps = [Step(*row) for row in rows.order_by(AttemptSkill.seq).tuples()]
    known = _parameters_of(skill_id, {step.version for step in steps})
    belief = known[steps[0].version].p_init if from_seq == 1 else steps.pop(0).p_known
    anew = list(retold(belief, ((step.is_correct, known[step.version]) for step in steps)))
    changed = {step.seq: new for step, new in zip(steps, anew, strict=True) if new != step.p_known}
    values = {"seqs": list(changed), "beliefs": list(changed.values())}
    database.execute_sql(REWRITE, {**values, "student": str(student_id), "skill": str(skill_id)})
    uncounted = AttemptSkill.select().where(of_skill, AttemptSkill.is_correct.is_null()).count()
    Mastery.update(p_known=anew[-1], uncounted=uncounted, updated_at=now()).where(
        Mastery.student_id == student_id, Mastery.skill == skill_id
    ).execute()
    return anew[-1]


def retold(belief: float, steps: Iterable[tuple[bool | None, bkt.Parameters]]) -> Iterable[float]:
    """The belief after each of `steps`, from the one before the first; a step of None moves nothing."""
    for correct, parameters in steps:
        if correct is not None:
            belief = bkt.update(belief, correct, parameters)
        yield belief


def _locked(student_id: UUID, skill_ids: Sequence[UUID]) -> dict[UUID, Mastery]:
    """The beliefs about these skills, which nobody else moves until the end of the transaction."""
    query = Mastery.select().where(Mastery.student_id == student_id, Mastery.skill.in_(list(skill_ids)))
    return {row.skill_id: row for row in query.order_by(Mastery.skill).for_update()}


def _parameters_of(skill_id: UUID, versions: Collection[int]) -> dict[int, bkt.Parameters]:
    """The parameters of a skill in these versions."""
    which = (SkillParameters.skill == skill_id) & SkillParameters.version.in_(list(versions))
    return {model.version: _parameters(model) for model in SkillParameters.select().where(which)}


def _falls(before: float, after: float) -> bool:
    """Whether the lowest level is reached from above."""
    return bkt.level(before) != AT_RISK and bkt.level(after) == AT_RISK


def _models(which: Any) -> list[SkillParameters]:
    present = (Skill.id == SkillParameters.skill) & (Skill.parameter_version == SkillParameters.version)
    query = SkillParameters.select().join(Skill, on=present).where(Skill.retired_at.is_null(), which)
    return list(query.order_by(SkillParameters.skill))


def _parameters(model: SkillParameters) -> bkt.Parameters:
    return bkt.Parameters(model.p_init, model.p_transit, model.p_slip, model.p_guess, model.p_forget)
