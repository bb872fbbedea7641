"""Which problems practise a skill, and exercises made for one."""

from __future__ import annotations

import importlib

import pytest

from chalicelib.diagnosis import generate, parse_problem
from chalicelib.diagnosis.skills import practises

SKILLS = importlib.import_module("chalicelib.store.migrations.0004_skills").SKILLS
NARROW = [slug for slug, topic, *_ in SKILLS if slug != topic]


@pytest.mark.parametrize(
    ("skill", "needed", "not_needed"),
    [
        ("addition.carrying", ["28 + 5", "28 + 19 + 36", "95 + 7"], ["21 + 5", "40 + 50"]),
        ("subtraction.borrowing", ["52 - 38", "503 - 278"], ["58 - 32", "503 - 203"]),
        (
            "subtraction.zeros",
            ["503 - 278", "1055 - 166", "4005 - 1678"],
            ["553 - 278", "530 - 210", "50 - 7"],
        ),
        ("multiplication.long", ["24 × 13"], ["24 × 3", "7 × 8"]),
        ("division.long", ["612 ÷ 6", "84 ÷ 4"], ["56 ÷ 8", "17 ÷ 5"]),
        ("fractions.equivalence", ["simplify 4/8", "2/3 = ?/6"], ["1/2 + 1/3", "improper 2 3/4"]),
        ("fractions.addition", ["1/2 + 1/3", "6 - 1 1/4"], ["1/2 × 1/3", "simplify 4/8"]),
        (
            "fractions.multiplication",
            ["2/3 × 3", "2/3 ÷ 3/8", "1/3 of 2/3"],
            ["1/2 + 1/3", "compare 1/2, 1/3"],
        ),
        ("decimals.comparison", ["compare 0.45, 0.5"], ["0.45 + 0.5"]),
        ("decimals.multiplication", ["0.4 × 0.6", "7.3 ÷ 5"], ["2.5 + 0.35", "round 3.87 to tenths"]),
        ("integers.multiplication", ["(-4) × (-6)"], ["-4 + (-3)", "compare -7, -2"]),
        (
            "powers.rules",
            ["2^3 × 2^2", "(2^3)^2", "2^6 ÷ 2^3", "5^0", "5^-2"],
            ["2^3", "2^3 + 2^2", "(3 + 4)^2"],
        ),
        ("ratio.percent", ["25% of 80", "80 less 20%"], ["2:3 = 4:x"]),
        ("algebra.expressions", ["expand 3(6x - 4)"], ["3(x + 2) = 12", "5 + 6 × 10"]),
        ("algebra.inequalities", ["-2x > 6"], ["2x + 3 = 11"]),
    ],
)
def test_a_problem_practises_a_skill_that_it_needs(
    skill: str, needed: list[str], not_needed: list[str]
) -> None:
    assert [each for each in needed if not practises(skill, parse_problem(each))] == []
    assert [each for each in not_needed if practises(skill, parse_problem(each))] == []


@pytest.mark.parametrize("skill", NARROW)
def test_exercises_for_a_skill_need_it(skill: str) -> None:
    """Every skill that comes with Tiza is told from the rest of its topic."""
    topic = skill.partition(".")[0]
    made = generate(topic, seed=5, count=10, skill=skill)
    assert len(made) == 10
    assert all(practises(skill, parse_problem(problem)) for problem in made)
    assert not all(practises(skill, parse_problem(each)) for each in generate(topic, seed=5, count=100))


def test_every_problem_of_the_topic_practises_a_skill_that_is_not_told_apart() -> None:
    for skill in ("subtraction", "subtraction.of_an_operator"):
        assert generate("subtraction", seed=5, skill=skill) == generate("subtraction", seed=5)
