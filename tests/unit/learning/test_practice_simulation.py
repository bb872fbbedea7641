"""The selector among a few simulated students (`docs/simulator.md`); `dev/bench/practice.py` has many."""

from __future__ import annotations

import ast
from pathlib import Path

from dev.bench import practice
from dev.simulator import students
from dev.simulator.course import SKILLS, course

ROOT = Path(__file__).resolve().parents[3]
FEW = 6


def test_the_simulator_knows_nothing_of_the_selector() -> None:
    imported = {
        name
        for path in (ROOT / "dev" / "simulator").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    own = {name for name in imported if name.startswith(("chalicelib", "dev"))}
    assert own == {"chalicelib.diagnosis", "dev.simulator.course"}


def test_a_student_learns_by_exercises_only_and_loses_a_bug_only_where_it_shows() -> None:
    plan = course()
    number = next(n for n in range(50) if len(students.Student(plan, f"bugs {n}").bugs) > 1)
    student = students.Student(plan, f"bugs {number}")
    before, bugs = student.expected_mastery(), set(student.bugs)
    assert student.expected_mastery() == before
    for exercise in plan.exercises:
        if bugs.isdisjoint(exercise.wrong):
            student.answer(exercise)
    assert set(student.bugs) == bugs
    assert student.expected_mastery() > before
    for exercise in plan.exercises * 20:
        student.answer(exercise)
    assert not student.bugs
    assert student.expected_mastery() > students.REACHED
    assert {exercise.skill for exercise in plan.exercises} == set(SKILLS)


def test_next_needs_fewer_exercises_than_chance_and_than_the_lowest_mastery_first() -> None:
    mean = practice.means(practice.counted(FEW, 1, ("random", "lowest", "next")))
    assert mean["next"] <= 0.70 * mean["random"]
    assert mean["next"] <= 0.85 * mean["lowest"]
