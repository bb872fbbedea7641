"""Lists of attempts, a page at a time, at a cost that does not follow how many there are."""

from __future__ import annotations

import functools
import operator
from typing import Any

import msgspec
from msgspec import UNSET
from peewee import SQL, fn

from chalicelib.caller import STUDENT, Caller
from chalicelib.schemas import attempts as schemas
from chalicelib.services import access, attempts, audit, findings
from chalicelib.store import paging
from chalicelib.store.models.people import User
from chalicelib.store.models.work import Attempt, AttemptSkill


def list_visible(
    caller: Caller, query: schemas.AttemptQuery
) -> tuple[list[schemas.AttemptSummary], str | None]:
    """The attempts that the caller may see, newest answers first; filtered by `query`.

    Raises `NotFoundError` for a student whose work the caller may not see.
    """
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    scope = f"attempts|{caller.user_id}|{filters}"
    found = attempts.of_school(caller, *attempts.IN_SUMMARY)
    if query.student_id is not UNSET:
        student = access.student(caller, query.student_id)
        audit.student_read(caller, student.id, "attempts")
        found = found.where(Attempt.student_id == student.id, _filter(query, Attempt))
    elif caller.role in access.WHOLE_SCHOOL or caller.role == STUDENT:
        found = attempts.of_visible(caller, *attempts.IN_SUMMARY).where(_filter(query, Attempt))
    else:
        found = found.where(Attempt.id.in_(_newest_of_each(caller, query, scope)))
    rows, cursor = paging.page(
        found,
        [Attempt.answered_at, Attempt.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=scope,
        descending=True,
    )
    if query.student_id is UNSET:
        audit.students_read(caller, (row.student_id for row in rows), "attempts")
    return [summary(row, caller.locale) for row in rows], cursor


def summary(attempt: Any, locale: str) -> schemas.AttemptSummary:
    """An attempt with its current `diagnosis`, as it stands in a list."""
    bug = attempt.diagnosis.bug
    return schemas.AttemptSummary(
        id=attempt.id,
        student_id=attempt.student_id,
        exercise_id=attempt.exercise_id,
        topic=attempt.topic,
        problem=attempt.problem,
        answer=attempt.answer,
        verdict=attempt.verdict,
        status=attempt.status,
        expected=attempts.expected(attempt.diagnosis),
        bug=bug,
        bug_name=findings.bug_text(bug, locale)[0] if bug else None,
        probability=attempt.diagnosis.probability,
        answered_at=attempt.answered_at,
        updated_at=attempt.updated_at,
    )


def _filter(query: schemas.AttemptQuery, attempt: Any) -> Any:
    """The condition on `attempt`, which is the model or an alias of it, that `query` asks for."""
    wanted: list[Any] = [SQL("true")]
    if query.skill_id is not UNSET:
        counted = AttemptSkill.select(AttemptSkill.attempt_id).where(
            AttemptSkill.skill == query.skill_id, AttemptSkill.is_correct.is_null(False)
        )
        wanted.append(attempt.id.in_(counted))
    if query.topic is not UNSET:
        wanted.append(attempt.topic == query.topic)
    if query.verdict is not UNSET:
        wanted.append(attempt.verdict == query.verdict)
    if query.updated_since is not UNSET:
        wanted.append(attempt.updated_at >= query.updated_since)
    return functools.reduce(operator.and_, wanted)


def _newest_of_each(caller: Caller, query: schemas.AttemptQuery, scope: str) -> Any:
    """The ids of a page's worth of attempts of each student: the page itself is among them.

    Said like this, the index gives them student by student (with the statistics of migration 0019). Of the
    plain condition Postgres, which cannot know how many answers a class has, makes a sort of them all.
    """
    one = Attempt.alias("one")
    keys = [one.answered_at, one.id]
    newest = (
        one.select(one.id)
        .where(one.student_id == User.id, _filter(query, one))
        .where(paging.after(query.cursor, keys, scope, descending=True))
        .order_by(*(key.desc() for key in keys))
        .limit(query.limit + 1)
    )
    return access.visible_students(caller).select(fn.UNNEST(fn.ARRAY(newest)))
