"""What to practise next: bugs before skills, what comes before first, and nothing twice."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.learning import irt, selection, suspicion
from chalicelib.learning.selection import Aim, Candidate, Skill
from chalicelib.learning.suspicion import Answer, Suspicion

UNSURE, SURE = irt.Ability(0.0, 1.0), irt.Ability(0.0, 0.1)
BUG, OTHER = "subtraction.smaller_from_larger", "subtraction.borrow_no_decrement"


def skill(
    key: str, p_known: float = 0.3, answers: int = 0, before: tuple[str, ...] = (), position: int = 0
) -> Skill:
    return Skill(key, p_known, 0.1, answers, before, position)


@st.composite
def courses(draw: st.DrawFn) -> list[Skill]:
    """Up to eight skills; each builds on some of those before it."""
    made: list[Skill] = []
    for number in range(draw(st.integers(1, 8))):
        before = draw(st.lists(st.sampled_from([each.key for each in made]), unique=True)) if made else []
        p_known = draw(st.sampled_from([0.1, 0.3, 0.8, 0.96, 0.99]))
        answers = draw(st.integers(0, 60))
        made.append(Skill(f"s{number}", p_known, 0.1, answers, tuple(before), number))
    return made


@given(courses(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_there_is_always_an_aim_and_what_comes_before_is_known(course: list[Skill], random: object) -> None:
    ranked = selection.aims(course, ())
    by_key = {each.key: each for each in course}
    first = by_key[ranked[0].skill]
    assert all(by_key[key].p_known >= selection.MASTERED for key in first.prerequisites)
    assert (ranked[0].reason == "review") == all(each.p_known >= selection.MASTERED for each in course)
    shuffled = list(course)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert selection.aims(shuffled, ()) == ranked


def test_of_two_that_are_ready_the_one_that_more_waits_for_comes_first() -> None:
    course = [skill("a"), skill("b", position=1), skill("c", before=("b",), position=2)]
    assert [aim.skill for aim in selection.aims(course, ())] == ["b", "a"]


def test_what_is_wanted_comes_after_what_it_needs() -> None:
    course = [skill("a", 0.5, 3), skill("b", before=("a",), position=1), skill("x", 0.1, 2, position=2)]
    assert selection.aims(course, (), wanted="b") == [Aim("a", "prerequisite")]
    known = [course[0]._replace(p_known=0.97), *course[1:]]
    assert selection.aims(known, (), wanted="b") == [Aim("b", "new_skill"), Aim("a", "review")]


def test_a_skill_that_is_stuck_sends_back_to_what_it_builds_on() -> None:
    course = [
        skill("a", 0.97, 3),
        skill("b", 0.96, 4, ("a",), 1),
        skill("c", 0.2, selection.STUCK - 1, ("b",), 2),
    ]
    assert selection.aims(course, ())[0] == Aim("c", "learning")
    course[2] = course[2]._replace(answers=20)
    assert selection.aims(course, ())[0] == Aim("a", "learning")
    course[0] = course[0]._replace(answers=5)
    assert selection.aims(course, ())[0] == Aim("b", "learning")
    course[1] = course[1]._replace(answers=10)
    assert selection.aims(course, ())[0] == Aim("c", "learning")


def test_bugs_come_first_unless_there_was_enough_of_them() -> None:
    suspected = [
        Suspicion(OTHER, "a", 0.4),
        Suspicion(BUG, "a", 0.9),
        Suspicion("subtraction.always_borrow", "a", 0.1),
    ]
    bug, probe = Aim("a", "bug", BUG), Aim("a", "probe", OTHER)
    course = [skill("a", 0.5, 3)]
    assert selection.aims(course, suspected) == [bug, probe, Aim("a", "learning")]
    tired = selection.aims(course, suspected, tired_of=frozenset({BUG}))
    assert tired == [probe, Aim("a", "learning"), bug]
    skill_aim = Aim("a", "learning")
    assert selection.in_a_row([bug, skill_aim], 5) == [bug, bug, bug, bug, skill_aim]
    assert selection.in_a_row([bug, probe, skill_aim], 5) == [bug, bug, bug, bug, probe]
    assert selection.in_a_row([probe, skill_aim], 3) == [probe, skill_aim, skill_aim]
    assert selection.in_a_row([bug, probe], 2) == [bug, probe]


def test_who_knows_what_builds_on_a_skill_knows_the_skill() -> None:
    course = [skill("a"), skill("b", 0.2, 1, ("a",)), skill("c", 0.9, 5, ("b",))]
    assert [each.p_known for each in selection.implied(course)] == [0.9, 0.2, 0.9]


@given(
    st.lists(
        st.builds(
            Candidate,
            key=st.integers(0, 50),
            item=st.builds(irt.Item, st.floats(-3, 3), st.just(1.0)),
            seen=st.booleans(),
            spent=st.booleans(),
            beyond=st.booleans(),
            shows=st.booleans(),
            tells=st.sampled_from([0.0, 0.5, 1.0]),
        ),
        max_size=12,
        unique_by=lambda each: each.key,
    ),
    st.sampled_from([Aim("a", "learning"), Aim("a", "bug", BUG), Aim("a", "probe", BUG)]),
)
@settings(max_examples=50)
def test_what_is_picked_is_new_due_and_fit_and_always_the_same(candidates: list[Candidate], aim: Aim) -> None:
    found = selection.pick(aim, candidates, UNSURE, "student", could_tell=1.0)
    assert found == selection.pick(aim, candidates[::-1], UNSURE, "student", could_tell=1.0)
    fit = [each for each in candidates if not (each.seen or each.spent or each.beyond)]
    if aim.reason == "bug":
        fit = [each for each in fit if each.shows]
    if aim.reason == "probe":
        fit = [each for each in fit if each.tells >= selection.TELLS_ENOUGH]
    assert (found in fit) if fit else (found is None)
    again = selection.pick_again(candidates, UNSURE, "student")
    assert (again in candidates) if candidates else (again is None)
    if again and any(not (each.seen or each.beyond) for each in candidates):
        assert (again.seen, again.beyond) == (False, False)


def test_equal_exercises_are_not_the_same_for_all() -> None:
    alike = [Candidate(number, irt.Item()) for number in range(20)]
    found = {selection.pick(Aim("a", "learning"), alike, SURE, str(student)) for student in range(20)}
    assert len(found) > 5


@pytest.mark.parametrize("sd", [1.0, 0.7, 0.3, 0.0])
def test_the_merit_goes_from_information_to_where_three_of_four_are_right(sd: float) -> None:
    ability = irt.Ability(0.4, sd)
    best = max((step / 100 for step in range(-300, 300)), key=lambda b: selection.merit(irt.Item(b), ability))
    right = irt.probability(0.4, irt.Item(best))
    assert right == pytest.approx({1.0: 0.5, 0.0: 0.75}.get(sd, right), abs=0.01)
    assert abs(selection.best_difficulty(ability) - best) < 0.2
    if sd == 1.0:
        assert selection.merit(irt.Item(1.3), ability) == pytest.approx(
            4 * irt.information(0.4, irt.Item(1.3))
        )


def test_an_exercise_goes_to_a_fifth_of_a_class() -> None:
    assert [selection.class_limit(size) for size in (1, 4, 5, 9, 10, 35)] == [1, 1, 1, 1, 2, 7]


def test_a_suspicion_goes_when_problems_that_would_show_it_are_right() -> None:
    shown = frozenset({BUG})
    suspected = suspicion.after({}, Answer(False, [Suspicion(BUG, "a", 0.9)], frozenset()))
    assert suspicion.after(suspected, Answer(True, (), frozenset())) == suspected
    once = suspicion.after(suspected, Answer(True, (), shown))
    assert once[BUG].probability == pytest.approx(0.9 * 0.03 / (0.9 * 0.03 + 0.1 * 0.92))
    assert suspicion.after(once, Answer(True, (), shown)) == {}
    assert suspicion.after(suspected, Answer(False, (), shown))[BUG].probability < 0.9
    told = suspicion.after(suspected, Answer(False, [Suspicion(BUG, "b", 0.99)], shown))
    assert told[BUG] == Suspicion(BUG, "b", 0.99)


def test_a_problem_tells_most_where_every_suspicion_answers_otherwise() -> None:
    shares = {BUG: 0.25, OTHER: 0.25}
    apart = suspicion.bits(shares, {BUG: "1", OTHER: "2"}, "3")
    together = suspicion.bits(shares, {BUG: "1", OTHER: "1"}, "3")
    assert (apart, together) == (pytest.approx(1.5), pytest.approx(1.0))
    assert suspicion.bits(shares, {BUG: "3", OTHER: "3"}, "3") == 0
    assert suspicion.bits(shares, {BUG: None, OTHER: "1"}, "3") == pytest.approx(
        -(2 / 3) * math.log2(2 / 3) - math.log2(1 / 3) / 3
    )
