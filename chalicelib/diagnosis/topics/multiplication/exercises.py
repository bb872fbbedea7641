"""Random multiplications by difficulty."""

from __future__ import annotations

from random import Random


def draw(rng: Random, difficulty: int) -> str:
    """1: table facts; 2: two digits by one; 3: three by one, powers of ten; 4: two by two; 5: longer."""
    if difficulty == 1:
        return f"{rng.randint(2, 9)} × {rng.randint(2, 9)}"
    if difficulty == 2:
        return f"{rng.randint(11, 99)} × {rng.randint(2, 9)}"
    if difficulty == 3 and rng.random() < 0.3:
        return f"{rng.randint(2, 99)} × {rng.choice((10, 100, 1000))}"
    if difficulty == 3:
        return f"{_number(rng, 3)} × {rng.choice((0, 2, 3, 4, 5, 6, 7, 8, 9))}"
    if difficulty == 4:
        return f"{rng.randint(11, 99)} × {rng.randint(11, 99)}"
    return f"{_number(rng, 3)} × {_number(rng, rng.choice((2, 3)))}"


def _number(rng: Random, length: int) -> int:
    """A number with zeros more often than chance has them."""
    digits = rng.choice("123456789") + "".join(rng.choice("0001122345678999") for _ in range(length - 1))
    return int(digits)
