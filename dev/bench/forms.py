"""Right answers in other forms: the same number, solution or sum as another student might write it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from chalicelib.diagnosis import expected_answer, parse_problem
from chalicelib.diagnosis.grammar import show
from chalicelib.diagnosis.grammar.tree import Binary, Command, Tree

MIRRORED = {"=": "=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
MAX_ORDERS = 6
"""Orders of the terms of a sum that are tried at most."""


def equivalents(problem: str) -> list[str]:
    """Other ways of writing the right answer to `problem`, none of them wrong; the usual one comes first."""
    asked, usual = parse_problem(problem), expected_answer(problem)
    return list(dict.fromkeys([usual, f" {usual} ", *_forms(asked.topic, asked.tree, usual)]))


def _forms(topic: str, tree: Tree, usual: str) -> list[str]:
    match tree:
        case Command("expand", _) if topic == "algebra":
            return _sums(usual)
        case Command("compare", operands):
            return _comparisons([show(each) for each in operands], usual)
    words = usual.split(" ")
    if topic == "algebra" and words[1:2] and words[1] in MIRRORED:
        letter, sign, number = words
        return _relations(letter, sign, _numbers(_worth(number)))
    if "r" in words and isinstance(tree, Binary):
        dividend, divisor = (int(show(side)) for side in (tree.left, tree.right))
        return [usual.replace(" ", ""), *_numbers(Fraction(dividend, divisor))]
    if usual.endswith("%"):
        return [f"{each}%" for each in _decimals(_worth(usual[:-1]))]
    forms = _numbers(_worth(usual))
    letter = next((each for each in show(tree) if each in "nxyz?"), "")
    return [*forms, *_relations(letter, "=", forms)] if letter and "=" in show(tree) else forms


def _relations(letter: str, sign: str, forms: Sequence[str]) -> list[str]:
    """Relations that name the letter first, and last."""
    return [f"{letter} {sign} {each}" for each in forms] + [
        f"{each} {MIRRORED[sign]} {letter}" for each in forms
    ]


def _worth(text: str) -> Fraction:
    """The number in a text such as `-1 2/3` or `0.4`."""
    whole, _, part = text.rpartition(" ")
    number = Fraction(part)
    if not whole:
        return number
    return Fraction(whole) - number if whole.startswith("-") else Fraction(whole) + number


def _numbers(number: Fraction) -> list[str]:
    """A number as a fraction, unreduced, mixed, as a decimal where it ends, and with a plus sign."""
    above, below = number.numerator, number.denominator
    forms = [f"{above * factor}/{below * factor}" for factor in (1, 2, 3)] + _decimals(number)
    sign, (whole, rest) = "-" if number < 0 else "", divmod(abs(above), below)
    if rest and whole:
        forms += [f"{sign}{whole} {rest * factor}/{below * factor}" for factor in (1, 2)]
    if below == 1:
        forms += [str(above), f"({above})"]
    return forms + [f"+{each}" for each in forms[:3] if number > 0]


def _decimals(number: Fraction) -> list[str]:
    """The number as a decimal, also with zeros at its end and a decimal comma; none where it does not end."""
    places = next((places for places in range(13) if (number * 10**places).denominator == 1), None)
    if places is None:
        return []
    sign, figures = "-" if number < 0 else "", str(abs(number) * 10**places).zfill(places + 1)
    whole, after = figures[: len(figures) - places], figures[len(figures) - places :]
    written = [f"{sign}{whole}.{after}{zeros}" for zeros in ("", "0", "00") if after + zeros]
    with_comma = [each.replace(".", ",") for each in written if len(each.partition(".")[2]) != 3]
    return written + with_comma


def _comparisons(operands: Sequence[str], usual: str) -> list[str]:
    """The larger number in other forms; two numbers also with the sign between them."""
    if usual == "equal":
        return ["Equal", f"{operands[0]} = {operands[1]}"] if len(operands) == 2 else ["EQUAL"]
    forms = _numbers(_worth(usual))
    if len(operands) == 2:
        (smaller,) = (each for each in operands if each != usual)
        forms += [f"{smaller} < {usual}", f"{usual} > {smaller}"]
    return forms


def _sums(usual: str) -> list[str]:
    """The terms of a sum in other orders, each with its sign."""
    signed = usual.replace(" - ", " + -").split(" + ")
    orders = list(permutations(signed))[:MAX_ORDERS] if len(signed) < 5 else [tuple(signed[::-1])]
    sums = [" + ".join(order).replace("+ -", "- ") for order in orders]
    return sums + [f"({each})" for each in sums[:1]]
