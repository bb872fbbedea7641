"""Simulated answers, drawn from the models that are to be fitted to them. Seeded."""

from __future__ import annotations

from random import Random

from chalicelib.learning import irt
from chalicelib.learning.bkt import Parameters
from chalicelib.learning.irt import Item


def sequences(model: Parameters, students: int, answers: int, seed: int = 1) -> list[bytes]:
    """So many students' answers to a skill: 1 right, 0 wrong."""
    draw = Random(seed).random  # noqa: S311 (reproducible, not secret)
    found = []
    for _ in range(students):
        knows = draw() < model.p_init
        given = bytearray()
        for _ in range(answers):
            given.append(draw() >= model.p_slip if knows else draw() < model.p_guess)
            knows = draw() >= model.p_forget if knows else draw() < model.p_transit
        found.append(bytes(given))
    return found


def items(count: int, seed: int = 1) -> dict[str, Item]:
    """So many exercises, of difficulties and discriminations as they are found in practice."""
    rng = Random(seed)  # noqa: S311 (reproducible, not secret)
    return {f"e{i}": Item(rng.gauss(0, 1), rng.lognormvariate(0, 0.4)) for i in range(count)}


def responses(
    known: dict[str, Item], students: int, *, each: int | None = None, seed: int = 1
) -> list[tuple[int, str, bool]]:
    """So many students' answers to all the exercises, or to `each` drawn ones."""
    rng = Random(seed)  # noqa: S311 (reproducible, not secret)
    found = []
    for student in range(students):
        able = rng.gauss(0, 1)
        for key in rng.sample(sorted(known), each) if each else known:
            found.append((student, key, rng.random() < irt.probability(able, known[key])))
    return found
