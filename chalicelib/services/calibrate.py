"""The nightly fit: the parameters of each skill that has changed, and of its exercises, found anew.

One skill at a time: its answers are read in short transactions, fitted in none, and what was found is written
in one. So a run that ends early, or fails at a skill, loses that skill at most, and the next run goes on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from peewee import fn

from chalicelib import deadline, observe
from chalicelib.learning.bkt import Parameters
from chalicelib.services import calibrate_answers, calibrate_counts, calibrate_fits
from chalicelib.services.calibrate_answers import Answers, OutOfTimeError
from chalicelib.services.calibrate_counts import Waiting
from chalicelib.services.calibrate_fits import Items, Judged
from chalicelib.services.rounds import RESERVE_SECONDS, UnfinishedError
from chalicelib.store import database, entering
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.fits import Fit
from chalicelib.store.models.work import Exercise, Skill, SkillParameters

# What a fit takes at most, generously: it cannot be broken off, so it is not begun with less time left.
SECONDS_PER_ANSWER = 0.002
FEWEST_SECONDS = 10.0

CALIBRATE = "SELECT calibrate_platform_exercises(%s)"


def run() -> dict[str, int]:
    """Fit every skill that has changed enough.

    Gives back how many skills were done, with how many fits, how many of those were accepted, and how many
    skills are left for the next run, for lack of time. Raises `UnfinishedError` at the end where a school
    could not be counted or a fit failed.
    """
    failed = _counted()
    with transaction():
        waiting = calibrate_counts.waiting()
    counts = Counter(skills=0, fits=0, accepted=0, left=0)
    for skill in waiting:
        try:
            found = _fit(skill)
        except OutOfTimeError:
            counts["left"] += 1
        except Exception:
            observe.unforeseen("a fit failed", skill_id=str(skill.skill_id))
            failed += 1
        else:
            counts.update(skills=1, fits=len(found), accepted=sum(each.reason is None for each in found))
    if failed:
        raise UnfinishedError(f"{failed} parts failed; done: {dict(counts)}")
    return dict(counts)


def _counted() -> int:
    """Count what has changed; 1 if that was not possible everywhere, else 0."""
    try:
        calibrate_counts.count_changed()
    except UnfinishedError:  # the log has the faults
        return 1
    return 0


def _fit(skill: Waiting) -> list[Judged]:
    """Fit one skill and its exercises, and write down what was found. Raises `OutOfTimeError`."""
    _require_time(skill.fitted + skill.changed)
    seen_until = now()
    with transaction():
        calibrate_counts.begin(skill.skill_id)
        standing = _standing(skill.skill_id)
    answers = calibrate_answers.of_skill(skill.skill_id)
    _require_time(answers.total)
    found = [calibrate_fits.of_skill(answers, standing)]
    if answers.exercises:
        found.append(calibrate_fits.of_exercises(answers))
    database.run(partial(_store, skill, answers, found, seen_until))
    for each in found:
        observe.event("fit", skill_id=str(skill.skill_id), kind=each.kind, reason=each.reason)
    return found


def _require_time(answers: int) -> None:
    """Raises `OutOfTimeError` where the time that is left may not do for a fit to so many answers."""
    looked_at = min(answers, calibrate_answers.MOST_ANSWERS)
    if deadline.left() < RESERVE_SECONDS + FEWEST_SECONDS + SECONDS_PER_ANSWER * looked_at:
        raise OutOfTimeError()


def _standing(skill_id: UUID) -> Parameters:
    """The parameters of a skill that are in force."""
    in_force = (Skill.id == SkillParameters.skill) & (Skill.parameter_version == SkillParameters.version)
    model = SkillParameters.select().join(Skill, on=in_force).where(Skill.id == skill_id).get()
    return Parameters(**{name: getattr(model, name) for name in Parameters._fields})


def _store(skill: Waiting, answers: Answers, found: Iterable[Judged], seen_until: datetime) -> None:
    """Write down what was found of a skill, put in force what was accepted, in the open transaction."""
    for judged in found:
        _record(skill.skill_id, answers, judged, seen_until)
        if judged.reason is None and judged.parameters is not None:
            _put_in_force(skill.skill_id, judged.parameters)
        if judged.reason is None and judged.items is not None:
            _calibrate(answers, judged.items)
    calibrate_counts.end(skill, answers.total)


def _record(skill_id: UUID, answers: Answers, judged: Judged, seen_until: datetime) -> None:
    """Write down a fit. Of exercises those of the platform are told: a school's own are its own."""
    items = judged.items or {}
    shared = {each.id for each in answers.exercises if each.school_id is None}
    found = {str(key): item._asdict() for key, item in items.items() if key in shared}
    if judged.parameters is not None:
        found = judged.parameters._asdict()
    Fit.create(
        kind=judged.kind,
        skill=skill_id,
        answers=judged.answers,
        students=judged.students,
        exercises=len(items),
        parameters=found,
        **(judged.likelihoods._asdict() if judged.likelihoods else {}),
        iterations=judged.iterations,
        milliseconds=round(1000 * judged.seconds),
        reason=judged.reason,
        seen_until=seen_until,
    )


def _put_in_force(skill_id: UUID, parameters: Parameters) -> None:
    """Make these a skill's parameters for all answers to come; those given keep the version they have."""
    newest = SkillParameters.select(fn.MAX(SkillParameters.version)).where(SkillParameters.skill == skill_id)
    version = newest.scalar() + 1
    SkillParameters.create(skill=skill_id, version=version, **parameters._asdict())
    Skill.update(parameter_version=version).where(Skill.id == skill_id).execute()


def _calibrate(answers: Answers, items: Items) -> None:
    """Give exercises what was found of them: the platform's, and each school's own as a worker in it."""
    owners = {each.id: each.school_id for each in answers.exercises}
    platform = [{"id": str(key), **item._asdict()} for key, item in items.items() if owners[key] is None]
    database.database.execute_sql(CALIBRATE, (json.dumps(platform),))
    for school_id in sorted({owner for key in items if (owner := owners[key]) is not None}):
        entering.as_worker(school_id)
        for key, item in items.items():
            if owners[key] == school_id:
                Exercise.update(**item._asdict(), updated_at=now()).where(Exercise.id == key).execute()
