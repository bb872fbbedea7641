"""Random problems about ratios and percentages by difficulty."""

from __future__ import annotations

from random import Random


def draw(rng: Random, difficulty: int) -> str:
    """1: easy percentages; 2: other ones, a price less p%; 3: rate or whole unknown; 4, 5: changes."""
    kind = rng.randint(1, 2 + difficulty)
    if kind <= 2:
        return _proportion(rng, difficulty)
    if kind == 3:
        return f"{_rate(rng, difficulty)}% of {_base(rng, difficulty)}"
    if kind == 4:
        return f"{_base(rng, difficulty)} less {_rate(rng, difficulty)}%"
    if kind == 5:
        return _question(rng, difficulty)
    return _changes(rng, difficulty)


def _rate(rng: Random, difficulty: int) -> int:
    if difficulty == 1:
        return rng.choice((10, 20, 25, 50))
    return rng.choice((2, 4, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80))


def _base(rng: Random, difficulty: int) -> int:
    return rng.choice((20, 40, 60, 80, 100, 120, 160, 200, 240, 300, 400, 500)[: 5 + 2 * difficulty])


def _proportion(rng: Random, difficulty: int) -> str:
    """With a whole answer; from difficulty 2 the factor is not always from left to right."""
    a, b = rng.sample(range(2, 6 + difficulty), 2)
    factor = rng.randint(2, 3 + difficulty)
    if difficulty > 1 and rng.random() < 0.5:
        return f"{a * factor}:{b * factor} = {a}:x"
    return f"{a}:{b} = {a * factor}:x"


def _question(rng: Random, difficulty: int) -> str:
    rate, base = _rate(rng, difficulty), 20 * rng.randint(1, 5 * difficulty)
    part = rate * base
    if part % 100:
        base *= 5
    return rng.choice((f"{rate}% of ? = {rate * base // 100}", f"?% of {base} = {rate * base // 100}"))


def _changes(rng: Random, difficulty: int) -> str:
    base, rate = _base(rng, difficulty), _rate(rng, difficulty)
    other = rng.choice((rate, rate, _rate(rng, difficulty)))
    if rng.random() < 0.3:
        return f"{base} plus {rate}%"
    return f"{base} plus {rate}% less {other}%"
