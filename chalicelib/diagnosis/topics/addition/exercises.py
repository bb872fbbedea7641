"""Random additions by difficulty."""

from __future__ import annotations

from random import Random


def draw(rng: Random, difficulty: int) -> str:
    """1: two digits, no carry; 2: two digits, a carry; 3: three; 4: lengths differ; 5: three addends, too."""
    while True:
        numbers = _numbers(rng, difficulty)
        if _carries(numbers) == (difficulty > 1):
            return " + ".join(map(str, numbers))


def _numbers(rng: Random, difficulty: int) -> list[int]:
    if difficulty <= 2:
        return [rng.randint(10, 99), rng.randint(1, 99)]
    if difficulty == 3:
        return [rng.randint(100, 999), rng.randint(10, 999)]
    count = 3 if difficulty >= 5 and rng.random() < 0.4 else 2
    longest = difficulty - 1
    return [_number(rng, rng.randint(1, longest)) for _ in range(count - 1)] + [_number(rng, longest)]


def _number(rng: Random, length: int) -> int:
    """A number with zeros more often than chance has them."""
    digits = rng.choice("123456789") + "".join(rng.choice("000123456789") for _ in range(length - 1))
    return int(digits)


def _carries(numbers: list[int]) -> bool:
    total = sum(sum(map(int, str(number))) for number in numbers)
    return total != sum(map(int, str(sum(numbers))))
