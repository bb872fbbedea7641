"""Random subtractions by difficulty."""

from __future__ import annotations

from random import Random

TOP = "000000111123456789"
"""Top digits of the hard problems: a borrow that meets a 0 or a 1 is where most bugs differ."""


def draw(rng: Random, difficulty: int) -> str:
    """1: two digits, no borrow; 2: two digits, a borrow; 3: three digits; 4: with zeros; 5: four digits."""
    while True:
        top, bottom = _pair(rng, difficulty)
        if top >= bottom and _fits(top, bottom, difficulty):
            return f"{top} - {bottom}"


def _pair(rng: Random, difficulty: int) -> tuple[int, int]:
    if difficulty <= 2:
        return rng.randint(11, 99), rng.randint(1, 99)
    if difficulty == 3:
        return rng.randint(101, 999), rng.randint(11, 999)
    length = difficulty - 1 if rng.random() < 0.6 else difficulty
    top = rng.choice("1123456789") + "".join(rng.choice(TOP) for _ in range(length - 1))
    shorter = rng.choice((0, 0, 0, 0, 1, 1, 2, length - 1))
    bottom = "".join(_below(rng, digit) for digit in top[shorter:])
    return int(top), int(bottom or "0")


def _below(rng: Random, top: str) -> str:
    """A bottom digit: often the same as the top one, or 0, where some bugs show and others do not."""
    kind = rng.random()
    if kind < 0.2:
        return top
    return "0" if kind < 0.3 else rng.choice("123456789")


def _fits(top: int, bottom: int, difficulty: int) -> bool:
    borrows = any(high < low for high, low in zip(reversed(str(top)), reversed(str(bottom)), strict=False))
    return not borrows if difficulty == 1 else borrows
