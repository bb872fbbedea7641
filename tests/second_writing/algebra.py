"""Second writing of the algebra bugs, from their definitions alone.

What the definitions leave open, and what is chosen here:

- `ax + b = c` has the term with the letter first; b and c are whole numbers, and c may be negative.
- A bare `x` has the coefficient 1 where the coefficient is only divided by. But no student sees a
  coefficient there to subtract, or to divide by the wrong way round: once b is moved, the equation is
  solved, and `inverted_division` and `subtract_coefficient` leave it right.
- A solution that is no whole number is a fraction in lowest terms; division by 0 is no answer.
- `partial_distribution` also spoils the products of an `expand`, and `a(kx + b)`: only the first term is
  multiplied.
- `square_of_binomial` squares a term `2x` to `4x^2`.
- `product_sign_expand` needs two brackets; the constants are those after the expansion, so a minus
  before a bracket counts.
- `negative_bracket` is about `(x - b)` alone; with `(x + b)` there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.second_writing.algebra_forms import (
    arithmetic,
    binomial_square,
    both_sides,
    bracket_equation,
    constant_first,
    divided,
    inequality,
    like_terms,
    polynomial,
    quotient,
    right,
    subtracted_bracket,
    to_expand,
    with_constant,
    without_constant,
)


def conjoin(problem: str) -> str | None:
    equation = with_constant(problem)
    if equation is None:
        return None
    merged = equation.a + equation.b
    return divided(equation.c, merged) if merged > 0 else None


def digit_concatenation(problem: str) -> str | None:
    equation = like_terms(problem)
    if equation is None:
        return None
    first, second, total = equation
    for digit in range(10):
        if int(f"{first}{digit}") + int(f"{second}{digit}") == total:
            return str(digit)
    return None


def divide_one_term(problem: str) -> str | None:
    equation = with_constant(problem)
    if equation is None or equation.a == 0:
        return None
    return divided(Fraction(equation.c, equation.a) - equation.b, 1)


def divides_instead_of_multiplying(problem: str) -> str | None:
    equation = quotient(problem)
    if equation is None:
        return None
    a, c = equation
    return divided(c, a)


def inequality_sign_not_flipped(problem: str) -> str | None:
    found = inequality(problem)
    if found is None or found[0] >= 0:
        return None
    a, letter, sign, c = found
    return f"{letter} {sign} {divided(c, a)}"


def inverted_division(problem: str) -> str | None:
    equation = with_constant(problem) or without_constant(problem)
    if equation is None:
        return None
    if equation.shown == "":
        return right(problem)
    return divided(equation.a, equation.c - equation.b)


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
    equation = subtracted_bracket(problem)
    if equation is None or equation[1] >= 0:
        return None
    a, minus_b, c = equation
    return str(a + minus_b - c)


def negative_coefficient_lost(problem: str) -> str | None:
    equation = constant_first(problem)
    if equation is None:
        return None
    a, b, c = equation
    return divided(c - a, b)


def negatives_refused(problem: str) -> str | None:
    equation = with_constant(problem) or without_constant(problem)
    if equation is None:
        return None
    solution = right(problem)
    return None if solution is None else solution.removeprefix("-")


def partial_distribution(problem: str) -> str | None:
    if (equation := bracket_equation(problem)) is not None:
        (outer, inner, _, b), c = equation
        return divided(c - b, outer * inner)
    parts = to_expand(problem)
    if parts is None:
        return None
    first = sum(part.outer * part.inner for part in parts)
    return polynomial(parts[0].letter, 0, first, sum(part.b for part in parts))


def product_sign_expand(problem: str) -> str | None:
    parts = to_expand(problem)
    if parts is None or len(parts) != 2:
        return None
    first = sum(part.outer * part.inner for part in parts)
    constants = [part.outer * part.b for part in parts]
    total = sum(constants)
    if max(constants) < 0:
        total = -total
    return polynomial(parts[0].letter, 0, first, total)


def reversed_subtraction(problem: str) -> str | None:
    equation = with_constant(problem)
    if equation is None or equation.b <= 0:
        return None
    return divided(equation.b - equation.c, equation.a)


def square_of_binomial(problem: str) -> str | None:
    square = binomial_square(problem)
    if square is None:
        return None
    a, letter, b = square
    return polynomial(letter, a * a, 0, b * b if b > 0 else -(b * b))


def subtract_coefficient(problem: str) -> str | None:
    equation = with_constant(problem) or without_constant(problem)
    if equation is None:
        return None
    if equation.shown == "":
        return right(problem)
    return str(equation.c - equation.b - equation.a)


def subtract_instead_of_add(problem: str) -> str | None:
    equation = with_constant(problem)
    if equation is None:
        return None
    return divided(equation.c - abs(equation.b), equation.a)


def transpose_no_sign_change(problem: str) -> str | None:
    equation = with_constant(problem)
    if equation is None:
        return None
    return divided(equation.c + equation.b, equation.a)


def variables_both_sides_add(problem: str) -> str | None:
    equation = both_sides(problem)
    if equation is None:
        return None
    a, b, c = equation
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
