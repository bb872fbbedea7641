"""Random problems with letters, and about the order of operations, by difficulty."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

LETTERS = "xxxxnyz"


def draw(rng: Random, difficulty: int) -> str:
    """1: one step; 2: two steps, inequalities; 3: brackets; 4: letters on both sides; 5: all of it."""
    return rng.choice(_MAKERS[difficulty])(rng, difficulty)


def _size(difficulty: int) -> int:
    return 5 + 3 * difficulty


def _solution(rng: Random, difficulty: int) -> int:
    """Negative at times, and more often where the problem is hard."""
    return rng.choice((-1, *[1] * (6 - difficulty))) * rng.randint(1, _size(difficulty))


def _with_sign(number: int) -> str:
    """A number behind a term."""
    return f"- {-number}" if number < 0 else f"+ {number}"


def _number(rng: Random, difficulty: int) -> int:
    return rng.choice((-1, 1)) * rng.randint(1, _size(difficulty) + 5 * (difficulty // 5))


def _times(rng: Random, difficulty: int) -> str:
    factor, letter = rng.randint(2, 4 + difficulty), rng.choice(LETTERS)
    return f"{factor}{letter} = {factor * _solution(rng, difficulty)}"


def _divided(rng: Random, difficulty: int) -> str:
    divisor = rng.randint(2, 4 + difficulty)
    quotient = rng.choice((divisor, 2 * divisor, 3 * divisor, rng.randint(2, _size(difficulty))))
    return f"{rng.choice(LETTERS)}/{divisor} = {quotient}"


def _plus(rng: Random, difficulty: int) -> str:
    number = _number(rng, difficulty)
    return f"{rng.choice(LETTERS)} {_with_sign(number)} = {_solution(rng, difficulty) + number}"


def _two_steps(rng: Random, difficulty: int) -> str:
    factor, number = rng.randint(2, 4 + difficulty), _number(rng, difficulty)
    right = factor * _solution(rng, difficulty) + number
    return f"{factor}{rng.choice(LETTERS)} {_with_sign(number)} = {right}"


def _subtracted(rng: Random, difficulty: int) -> str:
    """a - bx = c."""
    factor, number = rng.randint(2, 3 + difficulty), rng.randint(1, 3 * difficulty + 10)
    return f"{number} - {factor}{rng.choice(LETTERS)} = {number - factor * _solution(rng, difficulty)}"


def _order(rng: Random, difficulty: int) -> str:
    """Three numbers or four, a product behind a sum."""
    first, second, third = (rng.randint(2, 4 + 2 * difficulty) for _ in range(3))
    sign = rng.choice("++-")
    if sign == "-":
        first += second * third
    end = f" {rng.choice('+-')} {rng.randint(1, 9)}" if difficulty > 3 else ""
    return f"{first} {sign} {second} × {third}{end}"


def _like_terms(rng: Random, difficulty: int) -> str:
    """Half of them such that 2x can be read as a number of two digits."""
    first, solution, letter = rng.randint(2, 9), rng.randint(1, 9), rng.choice(LETTERS)
    second = rng.choice((1, 1, rng.randint(2, 9)))
    total = (first + second) * solution
    digits = 10 * first + (10 * second if second > 1 else 0) + 2 * solution
    if digits % (first + second) == 0 or (difficulty > 3 and rng.random() < 0.5):
        total = digits
    return f"{first}{letter} + {second if second > 1 else ''}{letter} = {total}"


def _bracket(rng: Random, difficulty: int) -> str:
    factor, number = rng.randint(2, 3 + difficulty), _number(rng, difficulty)
    right = factor * (_solution(rng, difficulty) + number)
    return f"{factor}({rng.choice(LETTERS)} {_with_sign(number)}) = {right}"


def _minus_bracket(rng: Random, difficulty: int) -> str:
    first, number, solution = rng.randint(5, 20), _number(rng, difficulty), _solution(rng, difficulty)
    if rng.random() < 0.7:
        number = -abs(number)
    return f"{first} - ({rng.choice(LETTERS)} {_with_sign(number)}) = {first - solution - number}"


def _both_sides(rng: Random, difficulty: int) -> str:
    left, right = rng.sample(range(2, 6 + difficulty), 2)
    letter, solution = rng.choice(LETTERS), _solution(rng, difficulty)
    if rng.random() < 0.5:
        return f"{left}{letter} = {right}{letter} {_with_sign((left - right) * solution)}"
    number = _number(rng, difficulty)
    other = (left - right) * solution + number
    return f"{left}{letter} {_with_sign(number)} = {right}{letter} {_with_sign(other)}"


def _inequality(rng: Random, difficulty: int) -> str:
    factor, letter, sign = -rng.randint(2, 4 + difficulty), rng.choice(LETTERS), rng.choice("<>")
    if rng.random() < 0.25:
        factor = -factor
    right = factor * rng.choice((-1, 1)) * rng.randint(1, _size(difficulty))
    if difficulty > 3 and rng.random() < 0.5:
        number = _number(rng, difficulty)
        return f"{factor}{letter} {_with_sign(number)} {sign} {right + number}"
    return f"{factor}{letter} {sign} {right}"


def _expand_two(rng: Random, difficulty: int) -> str:
    """Two brackets, mostly such that both numbers come out negative."""
    letter, sign = rng.choice(LETTERS), rng.choice("++-")
    numbers = [-rng.randint(1, 9), rng.randint(1, 9) if sign == "-" else -rng.randint(1, 9)]
    if rng.random() < 0.3:
        numbers = [rng.choice((-1, 1)) * number for number in numbers]
    brackets = []
    for number in numbers:
        inside = f"{rng.choice(('', 2, 3, 4, difficulty + 1))}{letter} {_with_sign(number)}"
        brackets.append(f"{rng.randint(2, 3 + difficulty)}({inside})")
    return f"expand {brackets[0]} {sign} {brackets[1]}"


def _expand_square(rng: Random, difficulty: int) -> str:
    factor = rng.choice(("", "", 2, 3)) if difficulty > 3 else ""
    return f"expand ({factor}{rng.choice(LETTERS)} {_with_sign(_number(rng, difficulty))})^2"


Maker = Callable[[Random, int], str]

_BRACKETS: tuple[Maker, ...] = (_minus_bracket, _expand_square, _expand_two)
_MAKERS: tuple[tuple[Maker, ...], ...] = (
    (),
    (_times, _divided, _plus, _order),
    (_two_steps, _two_steps, _order, _like_terms, _bracket, _inequality),
    (*_BRACKETS, _bracket, _subtracted, _like_terms),
    (*_BRACKETS, _both_sides, _inequality, _subtracted, _two_steps),
    (*_BRACKETS, _both_sides, _both_sides, _inequality, _like_terms, _bracket, _divided, _two_steps),
)
