"""What to practise next, and why: first the aim (a bug or a skill), then the exercise that serves it best.

Bugs come before skills, as exercises beside a bug teach little and a wrong procedure is practised with each
answer it gives (VanLehn 1990). Of the skills, those come first whose prerequisites are known. An exercise is
chosen by its Fisher information while the student's ability is unsure (Lord 1980), and more and more by how
well it teaches as the ability becomes known.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from math import log
from typing import Final, Literal, NamedTuple, TypeAlias
from zlib import crc32

from chalicelib.learning import irt
from chalicelib.learning.suspicion import HAS_BUG, SUSPECTED, Suspicion

Reason: TypeAlias = Literal["probe", "bug", "prerequisite", "learning", "new_skill", "review"]

MASTERED: Final = 0.95
# A skill that is not mastered after so many answers is stuck (Beck & Gong 2013, "Wheel-spinning"): then what
# comes before it, though it seemed known, has to bear half as many answers, what is below that a quarter.
STUCK: Final = 10
# Exercises in a row for one bug, right or wrong; then something else is due before it comes back.
MOST_FOR_A_BUG: Final = 4
# Of what could be told about the suspected bugs, the least that a stored exercise must tell to be the probe.
TELLS_ENOUGH: Final = 0.6
CLASS_SHARE: Final = 5  # an exercise goes to a fifth of a class within a week


class Skill(NamedTuple):
    """What is believed of one skill of a student; the skills' `position` is the order of teaching."""

    key: Hashable
    p_known: float
    p_transit: float
    answers: int
    prerequisites: tuple[Hashable, ...]
    position: int


class Aim(NamedTuple):
    """What is to be served: a skill, and a bug where it is about one."""

    skill: Hashable
    reason: Reason
    bug: str | None = None


class Candidate(NamedTuple):
    """An exercise that could be given.

    `seen`: lately, by the student. `spent`: given to its share of the class. `beyond`: it also needs a skill
    whose turn has not come. `shows`: whether the aim's bug answers it wrongly. `tells`: bits about the
    suspected bugs.
    """

    key: Hashable
    item: irt.Item
    seen: bool = False
    spent: bool = False
    beyond: bool = False
    shows: bool = False
    tells: float = 0.0


def aims(
    skills: Sequence[Skill],
    suspected: Iterable[Suspicion],
    *,
    wanted: Hashable | None = None,
    tired_of: frozenset[str] = frozenset(),
) -> list[Aim]:
    """What to aim at, the best first.

    `wanted` is the one skill that was asked for: then only that, what must come before it, and the bugs of
    these. `tired_of` are bugs practised often enough for now. Without skills there is nothing to aim at.
    """
    by_key = {skill.key: skill for skill in skills}
    within = set(by_key) if wanted is None else with_all_before(wanted, by_key)
    bugs = [each for each in suspected if each.skill in within and each.probability >= SUSPECTED]
    bugs.sort(key=lambda each: (-each.probability, each.bug))
    of_bugs = [Aim(each.skill, "bug" if each.probability >= HAS_BUG else "probe", each.bug) for each in bugs]
    rested = [aim for aim in of_bugs if aim.bug not in tired_of]
    of_skills = _of_skills([each for each in skills if each.key in within], by_key, wanted)
    return [*rested, *of_skills, *(aim for aim in of_bugs if aim.bug in tired_of)]


def with_all_before(key: Hashable, by_key: Mapping[Hashable, Skill]) -> set[Hashable]:
    """The skill and all that comes before it, at any distance, as far as it is among these."""
    found: set[Hashable] = set()
    pending = [key]
    while pending:
        each = pending.pop()
        if each not in found and each in by_key:
            found.add(each)
            pending.extend(by_key[each].prerequisites)
    return found


def implied(skills: Sequence[Skill]) -> list[Skill]:
    """The skills, where one that was never practised is held to be known as well as what builds on it.

    Who does long division is not asked to add first.
    """
    by_key = {skill.key: skill for skill in skills}
    proven: dict[Hashable, float] = {}
    for skill in skills:
        if skill.answers:
            for before in with_all_before(skill.key, by_key):
                proven[before] = max(proven.get(before, 0.0), skill.p_known)
    return [
        each if each.answers else each._replace(p_known=max(each.p_known, proven.get(each.key, 0.0)))
        for each in skills
    ]


def due(skills: Sequence[Skill]) -> set[Hashable]:
    """The skills whose turn has come: those that are known or may be learnt now."""
    by_key = {skill.key: skill for skill in skills}
    weak = _weak(skills, by_key)
    return {each.key for each in skills if not _is_unsure(each, weak) or _is_ready(each, by_key, weak)}


def in_a_row(ranked: Sequence[Aim], count: int) -> list[Aim]:
    """`count` aims for exercises that are given together, before any answer.

    Each probe once; the bugs in turn, each no more often than it would be practised in a row; what is left is
    for the first skill.
    """
    of_bugs = [aim for aim in ranked if aim.bug]
    times = {"probe": 1, "bug": MOST_FOR_A_BUG}
    turns = [aim for turn in range(MOST_FOR_A_BUG) for aim in of_bugs if turn < times[aim.reason]]
    row = sorted(turns[:count], key=of_bugs.index)
    others = [aim for aim in ranked if not aim.bug][:1] * count
    return [*row, *others][:count]


def pick(
    aim: Aim, candidates: Iterable[Candidate], ability: irt.Ability, seed: str, *, could_tell: float = 0.0
) -> Candidate | None:
    """The exercise that serves the aim best, of those not seen lately and not given to enough of the class.

    `could_tell` are the bits that the best probe would tell about the suspected bugs. None where no exercise
    will do. Equally good ones are ordered by `seed` and key: the same for the same arguments, and not the
    same for all students.
    """
    fresh = [each for each in candidates if not (each.seen or each.spent or each.beyond)]
    if aim.reason == "probe":
        fresh = [each for each in fresh if each.tells and each.tells >= TELLS_ENOUGH * could_tell]
        return max(fresh, key=lambda each: (round(each.tells, 9), _lot(seed, each)), default=None)
    if aim.reason == "bug":
        fresh = [each for each in fresh if each.shows]
    return _best(fresh, ability, seed)


def pick_again(candidates: Iterable[Candidate], ability: irt.Ability, seed: str) -> Candidate | None:
    """As `pick`, where nothing else will do: what enough of the class have had, or even was seen lately."""
    listed = list(candidates)
    for group in ([each for each in listed if not each.seen and not each.beyond], listed):
        found = _best(group, ability, seed)
        if found is not None:
            return found
    return None


def merit(item: irt.Item, ability: irt.Ability) -> float:
    """How much an exercise promises, 0 to about 1.

    While the ability is unsure (a deviation of 1, as before the first answer) it is the Fisher information;
    with an ability that is known, how well the exercise teaches. That is most where a right answer has the
    probability 3/4: hard enough to be new, and easy enough to be done (Klinkenberg, Straatemeier & van der
    Maas 2011, "Computer adaptive practice of maths ability", Computers & Education 57, 1813-1824).
    """
    right = irt.probability(ability.mean, item)
    teaches = right**3 * (1 - right) * 256 / 27
    tells = 4 * item.discrimination**2 * right * (1 - right)  # `irt.information`, 1 at most for a usual item
    unsure = min(1.0, ability.sd**2)
    return unsure * tells + (1 - unsure) * teaches


def best_difficulty(ability: irt.Ability) -> float:
    """The difficulty at which a usual exercise has the most merit, for one that is to be made."""
    return ability.mean - (1 - min(1.0, ability.sd**2)) * log(3)


def class_limit(size: int) -> int:
    """To how many students of a class of that size an exercise may go within a week."""
    return max(1, size // CLASS_SHARE)


def _of_skills(
    within: Sequence[Skill], by_key: Mapping[Hashable, Skill], wanted: Hashable | None
) -> list[Aim]:
    """First what is ready to be learnt, by what an exercise of it promises; then what is to be kept up.

    It promises as much learning as is left, once for the skill and once for each that waits for it.
    """
    weak = _weak(within, by_key)
    open_ = [each for each in within if _is_unsure(each, weak) and _is_ready(each, by_key, weak)]
    blocked = [with_all_before(each.key, by_key) - {each.key} for each in within if each.p_known < MASTERED]

    def promise(skill: Skill) -> tuple[float, int]:
        learnt = (1 - skill.p_known) * skill.p_transit
        waiting = sum(skill.key in before for before in blocked)
        return -round(learnt * (1 + waiting), 9), skill.position

    def kept_up(skill: Skill) -> tuple[bool, float, int]:
        return skill.key != wanted, skill.p_known, skill.position

    known = [each for each in within if not _is_unsure(each, weak)]
    return [
        *(Aim(each.key, _reason(each, wanted)) for each in sorted(open_, key=promise)),
        *(Aim(each.key, "review") for each in sorted(known, key=kept_up)),
    ]


def _reason(skill: Skill, wanted: Hashable | None) -> Reason:
    if wanted is not None and skill.key != wanted:
        return "prerequisite"
    return "learning" if skill.answers else "new_skill"


def _weak(within: Iterable[Skill], by_key: Mapping[Hashable, Skill]) -> set[Hashable]:
    """The skills that have to bear more answers before one that is stuck on them goes on."""
    weak: set[Hashable] = set()
    for stuck in within:
        if stuck.p_known >= MASTERED or stuck.answers < STUCK:
            continue
        level, enough = set(stuck.prerequisites), stuck.answers / 2
        while level:
            before = [by_key[key] for key in level if key in by_key]
            weak |= {each.key for each in before if each.answers < enough}
            level, enough = {key for each in before for key in each.prerequisites}, enough / 2
    return weak


def _is_unsure(skill: Skill, weak: Collection[Hashable]) -> bool:
    return skill.p_known < MASTERED or skill.key in weak


def _is_ready(skill: Skill, by_key: Mapping[Hashable, Skill], weak: Collection[Hashable]) -> bool:
    return not any(_is_unsure(by_key[key], weak) for key in skill.prerequisites if key in by_key)


def _best(candidates: Iterable[Candidate], ability: irt.Ability, seed: str) -> Candidate | None:
    return max(
        candidates,
        key=lambda each: (round(merit(each.item, ability), 9), _lot(seed, each)),
        default=None,
    )


def _lot(seed: str, candidate: Candidate) -> int:
    return crc32(f"{seed} {candidate.key}".encode())
