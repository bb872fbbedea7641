"""The exact value of a tree, for comparing answers and lines of work as mathematics."""

from __future__ import annotations

from fractions import Fraction as Rational
from math import isqrt
from typing import Final

from . import tree as t

MAX_EXPONENT: Final = 64
MAX_BITS: Final = 4096


class NoValueError(ArithmeticError):
    """The tree has no single rational value: an unknown, a relation, a division by 0, a number too large."""


def value(tree: t.Tree) -> Rational:
    """The value of `tree`. Raises NoValueError where it has none."""
    result = _value(tree)
    if result.numerator.bit_length() + result.denominator.bit_length() > MAX_BITS:
        raise NoValueError("too large")
    return result


def _value(tree: t.Tree) -> Rational:  # noqa: PLR0911 (one line for each kind of tree)
    match tree:
        case t.Whole(number):
            return Rational(number)
        case t.Decimal(digits, places):
            return Rational(int(digits + places), 10 ** len(places))
        case t.Fraction(numerator, denominator):
            return Rational(numerator, denominator)
        case t.Mixed(whole, numerator, denominator):
            return whole + Rational(numerator, denominator)
        case t.Percent(number):
            return value(number) / 100
        case t.Negative(operand):
            return -value(operand)
        case t.Binary(operator, left, right):
            return _combine(operator, left, right)
        case t.Power(base, exponent):
            return _power(value(base), value(exponent))
        case t.Root(radicand):
            return _root(value(radicand))
        case _:
            raise NoValueError("not a number")


def _combine(operator: str, left: t.Tree, right: t.Tree) -> Rational:
    first, second = value(left), value(right)
    if isinstance(right, t.Percent) and operator in {"plus", "less"}:
        second *= first
    if operator in {"+", "plus"}:
        return first + second
    if operator in {"-", "less"}:
        return first - second
    if operator in {"×", "of", ""}:
        return first * second
    if second == 0:
        raise NoValueError("division by 0")
    return first / second


def _power(base: Rational, exponent: Rational) -> Rational:
    if exponent.denominator != 1 or abs(exponent) > MAX_EXPONENT or (base == 0 and exponent < 0):
        raise NoValueError("no rational power")
    return Rational(base ** int(exponent))


def _root(radicand: Rational) -> Rational:
    if radicand < 0:
        raise NoValueError("root of a negative number")
    root = Rational(isqrt(radicand.numerator), isqrt(radicand.denominator))
    if root * root != radicand:
        raise NoValueError("no rational root")
    return root
