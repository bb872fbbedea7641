"""Second writing of the algebra bugs, from their definitions alone.

What the definitions leave open, and what is chosen here:

- `ax + b = c` is a step of longer work, too: brackets and like terms come first, then letters are moved,
  and the bug shows where its step comes up. Where it does not, the equation is solved rightly. To expand
  is no equation, so that a bug of solving has no answer there; nor has any bug in an order of operations,
  but the one about it.
- A bare `x` or `-x` has no coefficient that a student divides by: the last step is right.
- A solution that is no whole number is a fraction in lowest terms; division by 0 is no answer.
- An inequality is worked like an equation; its sign turns where the student divides by a negative number.
- `partial_distribution` also spoils the products of an `expand`, and `a(kx + b)`: only the first term is
  multiplied. A minus between two products is carried out rightly.
- `square_of_binomial` squares a term `2x` to `4x^2`.
- `product_sign_expand` needs two brackets; the constants are those after the expansion, so a minus
  before a bracket counts.
- `negative_bracket`: after a minus only the first sign in the bracket changes, with `(x + b)` too.
- `conjoin` merges what is left on a side once brackets and like terms are gone, in an `expand` too.
- `digit_concatenation` reads the terms of any equation without brackets so.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.second_writing.algebra_forms import (
    Product,
    arithmetic,
    binomial_square,
    both_sides,
    bracket_equation,
    coefficient,
    constant_first,
    divided,
    inequality,
    like_terms,
    polynomial,
    quotient,
    right,
    solvable,
    subtracted_bracket,
    to_expand,
    with_constant,
    without_constant,
)


def to_solve_or_expand(problem: str) -> bool:
    return solvable(problem) is not None or to_expand_anything(problem)


def to_expand_anything(problem: str) -> bool:
    return to_expand(problem) is not None or binomial_square(problem) is not None


def first_and_constants(parts: list[Product]) -> tuple[int, list[int]]:
    """The coefficient of the letter, and the constant that each product gives."""
    return sum(part.outer * part.inner for part in parts), [part.outer * part.b for part in parts]


def conjoin(problem: str) -> str | None:
    if (parts := to_expand(problem)) is not None:
        first, constants = first_and_constants(parts)
        if first == 0 or sum(constants) == 0:
            return right(problem)
        merged = first + sum(constants)
        return polynomial(parts[0].letter, 0, merged, 0) if merged > 0 else None
    if (sides := both_sides(problem)) is not None:
        a, b, c = sides
        return divided(0, a - (b + c)) if b + c > 0 else None
    equation = solvable(problem)
    if equation is None or equation.b == 0:
        return right(problem) if to_solve_or_expand(problem) else None
    total = equation.a + equation.b
    return equation.solved(total, equation.c) if total > 0 else None


def digit_concatenation(problem: str) -> str | None:
    def read(a: int, digit: int) -> int:
        if abs(a) == 1:
            return a * digit
        return int(f"{a}{digit}")

    def difference(digit: int) -> int | None:
        if (like := like_terms(problem)) is not None:
            return read(coefficient(like[0]), digit) + read(coefficient(like[1]), digit) - like[2]
        if (linear := with_constant(problem) or without_constant(problem)) is not None:
            return read(linear.a, digit) + linear.b - linear.c
        if (first := constant_first(problem)) is not None:
            return first[0] - read(first[1], digit) - first[2]
        if (sides := both_sides(problem)) is not None:
            return read(sides[0], digit) - read(sides[1], digit) - sides[2]
        return None

    digits = [digit for digit in range(10) if difference(digit) == 0]
    return str(digits[0]) if len(digits) == 1 else None


def divide_one_term(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or equation.b == 0:
        return None if equation is None else right(problem)
    return equation.stated(equation.c / equation.a - equation.b, turned=equation.a < 0)


def divides_instead_of_multiplying(problem: str) -> str | None:
    over = quotient(problem)
    if over is not None:
        return divided(over[1], over[0])
    return right(problem) if solvable(problem) else None


def inequality_sign_not_flipped(problem: str) -> str | None:
    if inequality(problem) is None:
        return None
    equation = solvable(problem)
    return None if equation is None else equation.solved(equation.a, equation.c, turns=False)


def inverted_division(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or abs(equation.a) <= 1:
        return None if equation is None else right(problem)
    moved = equation.c - equation.b
    return None if moved == 0 else equation.stated(equation.a / moved, turned=equation.a < 0)


def left_to_right(problem: str) -> str | None:
    steps = arithmetic(problem)
    if steps is None:
        return None
    total = int(steps[0])
    for sign, number in zip(steps[1::2], steps[2::2], strict=True):
        if sign == "+":
            total += int(number)
        elif sign == "-":
            total -= int(number)
        else:
            total *= int(number)
    return str(total)


def negative_bracket(problem: str) -> str | None:
    if (equation := subtracted_bracket(problem)) is not None:
        a, b, c = equation
        return str(a + b - c)
    parts = to_expand(problem)
    if parts is None:
        return right(problem) if to_solve_or_expand(problem) else None
    first, constants = first_and_constants(parts)
    signs = [1, *(-1 if part.outer < 0 else 1 for part in parts[1:])]
    total = sum(sign * constant for sign, constant in zip(signs, constants, strict=True))
    return polynomial(parts[0].letter, 0, first, total)


def negative_coefficient_lost(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or not equation.number_first or equation.b == 0:
        return None if equation is None else right(problem)
    return equation.solved(-equation.a, equation.c - equation.b)


def negatives_refused(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or equation.a == 0:
        return None
    return equation.stated(abs((equation.c - equation.b) / equation.a), turned=equation.a < 0)


def partial_distribution(problem: str) -> str | None:
    if (equation := bracket_equation(problem)) is not None:
        (outer, inner, _, b), c = equation
        return divided(c - b, outer * inner)
    parts = to_expand(problem)
    if parts is None:
        return right(problem) if to_solve_or_expand(problem) else None
    first, _ = first_and_constants(parts)
    kept = parts[0].b + sum(-part.b if part.outer < 0 else part.b for part in parts[1:])
    return polynomial(parts[0].letter, 0, first, kept)


def product_sign_expand(problem: str) -> str | None:
    parts = to_expand(problem)
    if parts is None or len(parts) != 2:
        return right(problem) if to_solve_or_expand(problem) else None
    first, constants = first_and_constants(parts)
    total = abs(sum(constants)) if max(constants) < 0 else sum(constants)
    return polynomial(parts[0].letter, 0, first, total)


def reversed_subtraction(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or equation.b <= 0:
        return None if equation is None else right(problem)
    return equation.solved(equation.a, equation.b - equation.c)


def square_of_binomial(problem: str) -> str | None:
    square = binomial_square(problem)
    if square is None:
        return right(problem) if to_expand_anything(problem) else None
    a, letter, b = square
    return polynomial(letter, a * a, 0, b * b if b > 0 else -(b * b))


def subtract_coefficient(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or abs(equation.a) <= 1:
        return None if equation is None else right(problem)
    return equation.stated(equation.c - equation.b - equation.a, turned=False)


def subtract_instead_of_add(problem: str) -> str | None:
    equation = solvable(problem)
    if equation is None or equation.b >= 0:
        return None if equation is None else right(problem)
    return equation.solved(equation.a, equation.c - abs(equation.b))


def transpose_no_sign_change(problem: str) -> str | None:
    equation = solvable(problem)
    return None if equation is None else equation.solved(equation.a, equation.c + equation.b)


def variables_both_sides_add(problem: str) -> str | None:
    sides = both_sides(problem)
    if sides is None:
        return right(problem) if solvable(problem) else None
    a, b, c = sides
    return divided(c, a + b)


BUGS: dict[str, Callable[[str], str | None]] = {
    f"algebra.{procedure.__name__}": procedure
    for procedure in (
        conjoin,
        digit_concatenation,
        divide_one_term,
        divides_instead_of_multiplying,
        inequality_sign_not_flipped,
        inverted_division,
        left_to_right,
        negative_bracket,
        negative_coefficient_lost,
        negatives_refused,
        partial_distribution,
        product_sign_expand,
        reversed_subtraction,
        square_of_binomial,
        subtract_coefficient,
        subtract_instead_of_add,
        transpose_no_sign_change,
        variables_both_sides_add,
    )
}
