"""The questions of a worksheet: as they are stored, version by version, and how a new version is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

import msgspec

from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import Guide, GuideVersion
from chalicelib.store.models.work import Skill

ENGINE: Final = "engine"
LLM: Final = "llm"
TEACHER: Final = "teacher"
TEXT: Final = "text"
MOST: Final = 100  # on one worksheet


class Question(msgspec.Struct, kw_only=True):
    """One question. `problem` is canonical; `answer` is right, by the engine where there is a problem.

    `found_by` says who found out what is asked, `answered_by` who says what is right. What a language model
    said is not confirmed until staff do. `exercise_id` is there from the publication on.
    """

    id: UUID
    label: str
    text: str
    problem: str | None = None
    skill_id: UUID | None = None
    answer: str | None = None
    found_by: Literal["text", "llm", "teacher"] = TEXT
    answered_by: Literal["engine", "llm", "teacher"] | None = None
    is_confirmed: bool = False
    exercise_id: UUID | None = None


def new_id() -> UUID:
    """An id for a question, which keeps it from version to version."""
    return uuid7()


def of_version(guide_id: UUID, version: int) -> list[Question]:
    """The questions of a worksheet as they were in `version`; none for version 0."""
    row = GuideVersion.get_or_none(GuideVersion.guide_id == guide_id, GuideVersion.version == version)
    return [] if row is None else read(row.questions)


def read(stored: object) -> list[Question]:
    """Questions as they are stored."""
    return msgspec.convert(stored, list[Question])


def add_version(guide: Guide, questions: Sequence[Question], made_by: UUID | None) -> int:
    """Store `questions` as the next version of `guide`, whose row is locked; its number."""
    version = guide.version + 1
    GuideVersion.create(
        guide_id=guide.id,
        version=version,
        school=guide.school_id,
        questions=msgspec.to_builtins(questions),
        made_by=made_by,
    )
    Guide.update(version=version, updated_at=now()).where(Guide.id == guide.id).execute()
    guide.version = version
    return version


def solved(question: Question, skills: dict[str, UUID]) -> Question:
    """`question` with what the engine says of its problem, if it has one: what is right, and of which skill.

    `skills` are those of the topics, by slug. An answer that is the engine's needs nobody to confirm it; that
    the problem is what the text asks does, where a language model said so.
    """
    if question.problem is None:
        return question
    from chalicelib.diagnosis import parse_problem
    from chalicelib.services import findings

    problem = parse_problem(question.problem)
    return msgspec.structs.replace(
        question,
        answer=findings.expected(problem),
        answered_by=ENGINE,
        skill_id=question.skill_id or skills.get(problem.topic),
        is_confirmed=question.is_confirmed or question.found_by == TEXT,
    )


def skills_by_slug() -> dict[str, UUID]:
    """The skills that are taught, by slug."""
    return {each.slug: each.id for each in Skill.select().where(Skill.retired_at.is_null())}
