"""Random divisions by difficulty, made from the quotient, so that zeros in it are not rare."""

from __future__ import annotations

from random import Random


def draw(rng: Random, difficulty: int) -> str:
    """1: table facts; 2: remainders; 3: two-digit quotients; 4: longer ones, with zeros; 5: long divisors."""
    if difficulty == 1:
        divisor = rng.randint(2, 9)
        return f"{divisor * rng.randint(1, 9)} ÷ {divisor}"
    if difficulty == 5:
        return _long(rng)
    divisor = rng.randint(2, 9)
    length = max(1, difficulty - 1)
    remainder = rng.randint(1, divisor - 1)
    if difficulty > 2:
        remainder = rng.choice((0, remainder))
    return f"{_quotient(rng, length) * divisor + remainder} ÷ {divisor}"


def _long(rng: Random) -> str:
    """A two-digit divisor, numbers of one length, or a dividend smaller than its divisor."""
    kind = rng.random()
    if kind < 0.2:
        divisor = rng.randint(3, 30)
        return f"{rng.randint(1, divisor - 1)} ÷ {divisor}"
    if kind < 0.4:
        divisor = rng.randint(11, 499)
        return f"{rng.randint(divisor, 999 if divisor > 99 else 99)} ÷ {divisor}"
    divisor = rng.randint(11, 25)
    return f"{_quotient(rng, rng.choice((2, 3))) * divisor + rng.randint(0, divisor - 1)} ÷ {divisor}"


def _quotient(rng: Random, length: int) -> int:
    """A number with zeros more often than chance has them."""
    digits = rng.choice("123456789") + "".join(rng.choice("000123456789") for _ in range(length - 1))
    return int(digits)
