"""What a student is believed to know, moved by each answer: exactly once, in order, and to be replayed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chalicelib.learning import bkt
from chalicelib.store.models.work import Attempt, AttemptSkill, ExerciseSkill, Mastery, Skill, SkillParameters


def models_of_topic(topic: str) -> list[SkillParameters]:
    """The present parameters of the skill where a topic's problems count."""
    return _models(Skill.slug == topic)


def models_of_exercise(exercise_id: UUID) -> list[SkillParameters]:
    """The present parameters of each skill that an exercise practises; retired ones count no more."""
    practised = ExerciseSkill.select(ExerciseSkill.skill).where(ExerciseSkill.exercise == exercise_id)
    return _models(Skill.id.in_(practised))


def move(attempt: Attempt, correct: bool, models: Sequence[SkillParameters]) -> list[AttemptSkill]:
    """Move the belief about each skill by one answer; the moves, in the order of the skills' ids.

    The rows are made first and then locked, always in the same order: two answers of one student wait for
    each other, lose nothing, and cannot end in a deadlock. `seq` is given under the lock.
    """
    if not models:
        return []
    whose = {"student_id": attempt.student_id, "school": attempt.school_id}
    first = [{"skill": each.skill_id, "p_known": each.p_init, **whose} for each in models]
    Mastery.insert_many(first).on_conflict_ignore().execute()
    locked = (
        Mastery.select()
        .where(Mastery.student_id == attempt.student_id, Mastery.skill.in_([m.skill_id for m in models]))
        .order_by(Mastery.skill)
        .for_update()
    )
    before = {row.skill_id: row for row in locked}
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
    return moves


def _models(which: Any) -> list[SkillParameters]:
    present = (Skill.id == SkillParameters.skill) & (Skill.parameter_version == SkillParameters.version)
    query = SkillParameters.select().join(Skill, on=present).where(Skill.retired_at.is_null(), which)
    return list(query.order_by(SkillParameters.skill))


def _parameters(model: SkillParameters) -> bkt.Parameters:
    return bkt.Parameters(model.p_init, model.p_transit, model.p_slip, model.p_guess)
