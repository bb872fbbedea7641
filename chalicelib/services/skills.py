"""Skills and their prerequisites: read by all, kept by operators. They belong to the platform."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import skills as schemas
from chalicelib.services import audit
from chalicelib.store import paging
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.work import Skill, SkillParameters, SkillPrerequisite

FALLBACK_LOCALE = "en"
# Everything that comes before the given skills, at any distance, those included.
COMES_BEFORE = """
    WITH RECURSIVE earlier (id) AS (
        SELECT unnest(%(skills)s::uuid[])
        UNION SELECT p.prerequisite_id FROM skill_prerequisites p JOIN earlier e ON p.skill_id = e.id
    )
    SELECT EXISTS (SELECT 1 FROM earlier WHERE id = %(skill)s)
"""


def list_active(caller: Caller, query: schemas.SkillQuery) -> tuple[list[schemas.Skill], str | None]:
    """The skills that are taught, in their order."""
    skills = Skill.select().where(Skill.retired_at.is_null())
    if query.topic is not UNSET:
        skills = skills.where(Skill.topic == query.topic)
    rows, cursor = paging.page(
        skills,
        [Skill.position, Skill.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"skills|{query.topic}",
    )
    return _shown(rows, caller.locale), cursor


def get(caller: Caller, skill_id: UUID) -> schemas.Skill:
    """That skill, retired or not. Raises `NotFoundError`."""
    return _shown([_one(skill_id)], caller.locale)[0]


def create(caller: Caller, body: schemas.NewSkill) -> schemas.Skill:
    """Add a skill with the default parameters.

    Raises `ConflictError` for a slug that is taken, `NotFoundError` for an unknown prerequisite.
    """
    names = msgspec.structs.asdict(body.names)
    added = (
        Skill.insert(slug=body.slug, topic=body.topic, name=names, position=body.position)
        .on_conflict_ignore()
        .returning(Skill)
        .execute()
    )
    skill = next(iter(added), None)
    if skill is None:
        raise ConflictError("This slug is taken.", reason="slug_taken")
    SkillParameters.create(skill=skill, version=skill.parameter_version)
    _set_prerequisites(skill.id, body.prerequisites)
    audit.record(caller, "skill.created", "skill", skill.id, slug=skill.slug)
    return get(caller, skill.id)


def change(caller: Caller, skill_id: UUID, body: schemas.ChangeSkill) -> schemas.Skill:
    """Change a skill's names or place. Raises `NotFoundError`."""
    skill = _one(skill_id)
    changes: dict[str, Any] = {}
    if body.names is not UNSET:
        changes["name"] = msgspec.structs.asdict(body.names)
    if body.position is not UNSET:
        changes["position"] = body.position
    changes = {name: value for name, value in changes.items() if value != getattr(skill, name)}
    if changes:
        Skill.update(updated_at=now(), **changes).where(Skill.id == skill.id).execute()
        audit.record(caller, "skill.changed", "skill", skill.id, fields=sorted(changes))
    return get(caller, skill.id)


def retire(caller: Caller, skill_id: UUID) -> None:
    """Take a skill out of the lists; no answer counts towards it from now on. What was learnt stays.

    Raises `NotFoundError`, and `ConflictError` for the skill of a whole topic: there the problems count
    that no exercise puts elsewhere.
    """
    skill = _one(skill_id)
    if skill.slug == skill.topic:
        raise ConflictError("The skill of a whole topic cannot be retired.", reason="skill_of_topic")
    if skill.retired_at is None:
        Skill.update(retired_at=now(), updated_at=now()).where(Skill.id == skill.id).execute()
        audit.record(caller, "skill.retired", "skill", skill.id)


def set_prerequisites(caller: Caller, skill_id: UUID, body: schemas.SetPrerequisites) -> schemas.Skill:
    """Replace what comes right before a skill.

    Raises `NotFoundError`, and `ConflictError` if the skill would then come before itself.
    """
    # Two changes at the same time could close a circle that neither of them sees.
    database.execute_sql("LOCK TABLE skill_prerequisites IN SHARE ROW EXCLUSIVE MODE")
    skill = _one(skill_id)
    values = {"skills": [str(each) for each in body.prerequisites], "skill": str(skill.id)}
    if database.execute_sql(COMES_BEFORE, values).fetchone()[0]:
        raise ConflictError("A skill cannot come before itself.", reason="cycle")
    SkillPrerequisite.delete().where(SkillPrerequisite.skill == skill.id).execute()
    _set_prerequisites(skill.id, body.prerequisites)
    Skill.update(updated_at=now()).where(Skill.id == skill.id).execute()
    audit.record(caller, "skill.prerequisites_set", "skill", skill.id)
    return get(caller, skill.id)


def require(skill_ids: Sequence[UUID]) -> None:
    """Raises `NotFoundError` naming those of `skill_ids` that are no skill, or a retired one."""
    found = Skill.select(Skill.id).where(Skill.id.in_(list(skill_ids)), Skill.retired_at.is_null())
    missing = set(skill_ids) - {skill.id for skill in found}
    if missing:
        raise NotFoundError("There is no such skill.", skill_ids=sorted(map(str, missing)))


def name_in(names: dict[str, str], locale: str) -> str:
    """One of a skill's names by language."""
    return names.get(locale) or names[FALLBACK_LOCALE]


def _set_prerequisites(skill_id: UUID, prerequisites: Sequence[UUID]) -> None:
    if not prerequisites:
        return
    require(prerequisites)
    rows = [{"skill": skill_id, "prerequisite": each} for each in sorted(set(prerequisites))]
    SkillPrerequisite.insert_many(rows).execute()


def _one(skill_id: UUID) -> Skill:
    skill = Skill.get_or_none(Skill.id == skill_id)
    if skill is None:
        raise NotFoundError()
    return skill


def _shown(skills: Sequence[Skill], locale: str) -> list[schemas.Skill]:
    """`skills` as they are answered; one statement for the prerequisites of all."""
    before: dict[UUID, list[UUID]] = {skill.id: [] for skill in skills}
    columns = (SkillPrerequisite.skill_id, SkillPrerequisite.prerequisite_id)
    links: Any = SkillPrerequisite.select(*columns).where(SkillPrerequisite.skill.in_(list(before)))
    for skill_id, prerequisite_id in links.order_by(SkillPrerequisite.prerequisite_id).tuples():
        before[skill_id].append(prerequisite_id)
    return [
        schemas.Skill(
            id=skill.id,
            slug=skill.slug,
            topic=skill.topic,
            name=name_in(skill.name, locale),
            position=skill.position,
            prerequisites=before[skill.id],
            retired_at=skill.retired_at,
        )
        for skill in skills
    ]
