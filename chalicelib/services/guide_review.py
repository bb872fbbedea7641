"""The teachers' review of a worksheet: its questions are edited as a whole, and each edit is a version.

Who edits says which version they have seen. If there is another by then, theirs is refused, and nobody's work
is overwritten unseen.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, ValidationError
from chalicelib.schemas import guides as schemas
from chalicelib.schemas.base import PageQuery
from chalicelib.services import audit, findings, guide_questions, guide_states, guides_seen, skills
from chalicelib.services.guide_questions import ENGINE, LLM, TEACHER, Question
from chalicelib.store import paging
from chalicelib.store.models.guides import Guide, GuideVersion


def edit(caller: Caller, guide_id: UUID, body: schemas.NewVersion) -> schemas.Guide:
    """Make these the questions of a worksheet; a new version.

    Raises `NotFoundError`, `ConflictError` where it is not in review (`from`, `to`) or has another version by
    now (`current`), `ProblemError`, and `ValidationError` for a question that it does not have.
    """
    guide = guides_seen.locked(caller, guide_id)
    guide_states.after(guide_states.GUIDE, guide.state, "edit")
    require_version(guide, body.version)
    skills.require([each.skill_id for each in body.questions if each.skill_id is not None])
    before = {each.id: each for each in guide_questions.of_version(guide.id, guide.version)}
    known = guide_questions.skills_by_slug()
    questions = [
        _said(caller, said, _earlier(before, number, said), known)
        for number, said in enumerate(body.questions)
    ]
    if len({each.id for each in questions}) < len(questions):
        raise ValidationError(path="$.questions", reason="A question is there twice.")
    version = guide_questions.add_version(guide, questions, caller.user_id)
    audit.record(caller, "guide.edited", "guide", guide.id, version=version)
    return guides_seen.whole(caller, guide)


def list_versions(
    caller: Caller, guide_id: UUID, query: PageQuery
) -> tuple[list[schemas.Version], str | None]:
    """All versions of the questions of a worksheet, newest first. Raises `NotFoundError`."""
    guide = guides_seen.one(caller, guide_id)
    rows, cursor = paging.page(
        GuideVersion.select().where(GuideVersion.guide_id == guide.id),
        [GuideVersion.version],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"guide_versions|{guide.id}",
        descending=True,
    )
    return [_shown(row) for row in rows], cursor


def require_version(guide: Guide, version: int) -> None:
    """Raises `ConflictError` where the questions of `guide` have another version by now."""
    if version != guide.version:
        raise ConflictError("Somebody has edited it meanwhile.", reason="version", current=guide.version)


def _earlier(before: dict[UUID, Question], number: int, said: schemas.SaidQuestion) -> Question | None:
    """The question as it was before; None for a new one. Raises `ValidationError` for an unknown id."""
    if said.id is UNSET:
        return None
    if said.id not in before:
        raise ValidationError(path=f"$.questions[{number}].id", reason="The worksheet has no such question.")
    return before[said.id]


def _said(
    caller: Caller, said: schemas.SaidQuestion, before: Question | None, known: dict[str, UUID]
) -> Question:
    """A question as staff have it, with who found and who answered it. Raises `ProblemError`."""
    problem = str(findings.read_problem(said.problem, caller.locale)) if said.problem else None
    is_as_found = before is not None and (before.text, before.problem) == (said.text, problem)
    is_as_answered = before is not None and problem is None and before.answer == said.answer
    found_by = before.found_by if before is not None and is_as_found else TEACHER
    answered_by = before.answered_by if before is not None and is_as_answered else TEACHER
    question = Question(
        id=before.id if before is not None else guide_questions.new_id(),
        label=said.label,
        text=said.text,
        problem=problem,
        skill_id=said.skill_id,
        answer=None if problem else said.answer,
        found_by=found_by,
        answered_by=None if problem or said.answer is None else answered_by,
        is_confirmed=said.is_confirmed,
    )
    solved = guide_questions.solved(question, known)
    is_ours = solved.answered_by in (ENGINE, TEACHER) and (problem is None or solved.found_by != LLM)
    solved.is_confirmed = said.is_confirmed or is_ours
    return solved


def _shown(row: Any) -> schemas.Version:
    return schemas.Version(
        version=row.version,
        questions=[guides_seen.question(each, tells=True) for each in guide_questions.read(row.questions)],
        made_by=row.made_by,
        created_at=row.created_at,
    )
