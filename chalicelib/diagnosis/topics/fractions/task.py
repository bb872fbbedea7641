"""The problems of the topic, and the forms of a number in it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from ...grammar.tree import (
    Binary,
    Command,
    Fraction,
    Mixed,
    Negative,
    Relation,
    Tree,
    Unknown,
    Variable,
    Whole,
)

MAX_NUMBER = 10**6
MAX_OPERANDS = 5

Number: TypeAlias = Whole | Fraction | Mixed


class Task(NamedTuple):
    """A problem of the topic.

    `kind` is the operator (`+ - × ÷ of`) or the command (`simplify`, `improper`, `compare`); `numerator` and
    `denominator` stand for `2/3 = ?/6` and `2/3 = 4/?`, with the known fraction and the given number as
    operands.
    """

    kind: str
    operands: tuple[Number, ...]

    @property
    def mixed(self) -> bool:
        """Whether a number of the problem is mixed; then the answer usually is, too."""
        return any(isinstance(operand, Mixed) for operand in self.operands)


def claim(tree: Tree) -> Task | None:
    """The task in `tree`; None where it is not of this topic, or a number is a million or more."""
    task = _task(tree)
    if task is None or any(max(operand) >= MAX_NUMBER for operand in task.operands):
        return None
    return task


def _task(tree: Tree) -> Task | None:
    match tree:
        case Command("simplify", (Fraction() | Mixed() as number,)):
            return Task("simplify", (number,))
        case Command("improper", (Mixed() as number,)):
            return Task("improper", (number,))
        case Command("compare", operands):
            return _of_fractions("compare", operands)
        case Relation("=", left, right):
            return _equivalence(left, right) or _equivalence(right, left)
        case Binary("+", _, _):
            return _of_fractions("+", _addends(tree))
        case Binary("-" | "×" | "÷" | "of" as operator, left, right):
            return _of_fractions(operator, (left, right))
        case _:
            return None


def _addends(tree: Tree) -> tuple[Tree, ...]:
    addends: list[Tree] = []
    while isinstance(tree, Binary) and tree.operator == "+":
        addends.append(tree.right)
        tree = tree.left
    return (tree, *reversed(addends))


def _of_fractions(kind: str, operands: tuple[Tree, ...]) -> Task | None:
    """Whole numbers, fractions and mixed numbers, at least one of them no whole number."""
    numbers = tuple(operand for operand in operands if isinstance(operand, Whole | Fraction | Mixed))
    if not len(operands) == len(numbers) <= MAX_OPERANDS:
        return None
    if all(isinstance(number, Whole) for number in numbers):
        return None
    if kind == "÷" and as_fraction(numbers[1]).numerator == 0:
        return None
    return Task(kind, numbers)


def _equivalence(known: Tree, other: Tree) -> Task | None:
    """`2/3 = ?/6` or `2/3 = 4/?`; the unknown may be a letter."""
    match known, other:
        case Fraction(), Binary("/", Unknown() | Variable(), Whole() as given):
            return Task("numerator", (known, given))
        case Fraction(numerator, _), Binary("/", Whole(number) as given, Unknown() | Variable()):
            return Task("denominator", (known, given)) if numerator and number else None
        case _:
            return None


def as_fraction(number: Number) -> Fraction:
    """The number as one fraction: 3 is 3/1, `1 1/4` is 5/4. Nothing is simplified."""
    match number:
        case Whole(value):
            return Fraction(value, 1)
        case Mixed(whole, numerator, denominator):
            return Fraction(whole * denominator + numerator, denominator)
        case Fraction():
            return number


def parts(number: Number) -> tuple[int, Fraction]:
    """The whole part and the fraction; that of a whole number is 0/1."""
    match number:
        case Whole(value):
            return value, Fraction(0, 1)
        case Mixed(whole, numerator, denominator):
            return whole, Fraction(numerator, denominator)
        case Fraction():
            return 0, number


def put_together(whole: int, fraction: Fraction) -> Number:
    """A whole part and a fraction as one number, as they are: a part that is 0 is not written."""
    if whole == 0:
        return fraction
    return Mixed(whole, *fraction) if fraction.numerator else Whole(whole)


def in_lowest_terms(numerator: int, denominator: int, *, mixed: bool) -> Tree:
    """The number in its usual form: lowest terms, mixed where asked for, whole where it is."""
    from math import gcd

    if numerator < 0:
        return Negative(in_lowest_terms(-numerator, denominator, mixed=mixed))
    common = gcd(numerator, denominator)
    numerator, denominator = numerator // common, denominator // common
    if denominator == 1:
        return Whole(numerator)
    if mixed:
        return put_together(numerator // denominator, Fraction(numerator % denominator, denominator))
    return Fraction(numerator, denominator)
