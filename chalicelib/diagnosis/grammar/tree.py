"""The tree of a problem or an answer, and its canonical text.

`show(tree)` parses back to the same tree: it writes only the parentheses that are needed, plus those that
school usage wants around a negative operand (`5 - (-3)`).
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias, TypeVar

Kind = TypeVar("Kind", bound=type)
_same_parts: Any = tuple.__eq__


def _equal(node: object, other: object) -> bool:
    return node.__class__ is other.__class__ and bool(_same_parts(node, other))


def _unequal(node: object, other: object) -> bool:
    return not _equal(node, other)


def _of_its_own_kind(node: Kind) -> Kind:
    """Make the nodes of a class unequal to all others: as tuples alone, `-4` would equal `4%`."""
    node.__eq__, node.__ne__, node.__hash__ = _equal, _unequal, tuple.__hash__  # type: ignore[assignment]
    return node


@_of_its_own_kind
class Whole(NamedTuple):
    """A whole number without a sign."""

    value: int


@_of_its_own_kind
class Decimal(NamedTuple):
    """A decimal as written: `digits` before the point and `places` after it, trailing zeros kept."""

    digits: str
    places: str


@_of_its_own_kind
class Fraction(NamedTuple):
    """`numerator/denominator` as written, not reduced."""

    numerator: int
    denominator: int


@_of_its_own_kind
class Mixed(NamedTuple):
    """A mixed number `whole numerator/denominator`."""

    whole: int
    numerator: int
    denominator: int


@_of_its_own_kind
class Variable(NamedTuple):
    """One lower-case letter."""

    name: str


@_of_its_own_kind
class Unknown(NamedTuple):
    """The question mark of `2/3 = ?/6`."""

    sign: str = "?"


@_of_its_own_kind
class Percent(NamedTuple):
    """A number, or the unknown, followed by `%`."""

    number: Tree


@_of_its_own_kind
class Negative(NamedTuple):
    """The opposite of `operand`; in `-3^2` that of the power."""

    operand: Tree


@_of_its_own_kind
class Binary(NamedTuple):
    """Two operands; `operator` is one of `+ - plus less`, `× ÷ : of`, `/` (tight) and `` (side by side)."""

    operator: str
    left: Tree
    right: Tree


@_of_its_own_kind
class Power(NamedTuple):
    """`base^exponent`."""

    base: Tree
    exponent: Tree


@_of_its_own_kind
class Root(NamedTuple):
    """`sqrt(radicand)`."""

    radicand: Tree


@_of_its_own_kind
class Relation(NamedTuple):
    """Two sides; `sign` is one of `= < > <= >=`."""

    sign: str
    left: Tree
    right: Tree


@_of_its_own_kind
class Command(NamedTuple):
    """`simplify`, `improper`, `decimal`, `expand`, `compare` or `round` with what it is to act on.

    `place` is the place to round to, else empty.
    """

    name: str
    operands: tuple[Tree, ...]
    place: str = ""


@_of_its_own_kind
class Remainder(NamedTuple):
    """The answer `quotient r remainder`."""

    quotient: int
    remainder: int


@_of_its_own_kind
class Word(NamedTuple):
    """An answer in a word: `equal`."""

    text: str


Tree: TypeAlias = (
    Whole
    | Decimal
    | Fraction
    | Mixed
    | Variable
    | Unknown
    | Percent
    | Negative
    | Binary
    | Power
    | Root
    | Relation
    | Command
    | Remainder
    | Word
)

SUM, PRODUCT, SIGN, TIGHT, POWER, ATOM = range(6)
OPERATOR_LEVEL = {
    "+": SUM,
    "-": SUM,
    "plus": SUM,
    "less": SUM,
    "×": PRODUCT,
    "÷": PRODUCT,
    ":": PRODUCT,
    "of": PRODUCT,
    "/": TIGHT,
    "": TIGHT,
}
_UNSPACED = {":", "/", ""}


def show(tree: Tree) -> str:  # noqa: PLR0911 (one line for each kind of tree)
    """The canonical text of `tree`."""
    match tree:
        case Relation(sign, left, right):
            return f"{show(left)} {sign} {show(right)}"
        case Command("round", operands, place):
            return f"round {show(operands[0])} to {place}"
        case Command(name, operands, _):
            return f"{name} {', '.join(map(show, operands))}"
        case Remainder(quotient, remainder):
            return f"{quotient} r {remainder}"
        case Word(text):
            return text
        case Binary(operator, left, right):
            return _binary(operator, left, right)
        case Negative(operand):
            return "-" + _at_least(operand, TIGHT)
        case Power(base, exponent):
            return f"{_at_least(base, ATOM)}^{_exponent(exponent)}"
        case _:
            return _atom(tree)


def _atom(tree: Tree) -> str:  # noqa: PLR0911 (one line for each kind of tree)
    match tree:
        case Whole(value):
            return str(value)
        case Decimal(digits, places):
            return f"{digits}.{places}"
        case Fraction(numerator, denominator):
            return f"{numerator}/{denominator}"
        case Mixed(whole, numerator, denominator):
            return f"{whole} {numerator}/{denominator}"
        case Variable(name):
            return name
        case Percent(number):
            return show(number) + "%"
        case Root(radicand):
            return f"sqrt({show(radicand)})"
        case _:
            return "?"


def _binary(operator: str, left: Tree, right: Tree) -> str:
    level = OPERATOR_LEVEL[operator]
    gap = "" if operator in _UNSPACED else " "
    first = _at_least(left, level)
    if isinstance(left, Negative) and level == PRODUCT:
        first = f"({show(left)})"
    return f"{first}{gap}{operator}{gap}{_right_side(right, operator, first)}"


def _right_side(tree: Tree, operator: str, left: str) -> str:
    """The right operand: one level tighter (operators go from left to right), a negative in parentheses.

    Side by side, a number, or a letter that would run into one before it, is put in parentheses too.
    """
    text = _at_least(tree, POWER if operator in {"/", ""} else OPERATOR_LEVEL[operator] + 1)
    letters = text[0].isalpha() and left[-1].isalpha()
    runs_together = operator == "" and (letters or text[0] in "0123456789?")
    if runs_together or (isinstance(tree, Negative) and not text.startswith("(")):
        return f"({text})"
    return text


def _exponent(tree: Tree) -> str:
    if isinstance(tree, Negative):
        return "-" + _at_least(tree.operand, ATOM)
    return _at_least(tree, ATOM)


def _at_least(tree: Tree, level: int) -> str:
    return show(tree) if _level(tree) >= level else f"({show(tree)})"


def _level(tree: Tree) -> int:
    match tree:
        case Binary(operator, _, _):
            return OPERATOR_LEVEL[operator]
        case Negative():
            return SIGN
        case Fraction() | Mixed() | Percent():
            return TIGHT
        case Power():
            return POWER
        case _:
            return ATOM
