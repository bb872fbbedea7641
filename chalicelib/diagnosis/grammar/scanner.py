"""Text to tokens: numbers, words and symbols, each with its place, in one pass and without look-back."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import ProblemSyntaxError

MAX_LENGTH = 200
MAX_PROBLEM_DIGITS = 18
MAX_ANSWER_DIGITS = 40

COMMANDS = frozenset({"simplify", "improper", "decimal", "expand", "compare", "round"})
PLACES = frozenset({"ones", "tens", "hundreds", "thousands", "tenths", "hundredths", "thousandths"})
KEYWORDS = COMMANDS | PLACES | {"to", "of", "less", "plus", "sqrt", "equal"}

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n\u00a0\u2009\u202f]+)"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<symbol><=|>=|[-+*/:=<>(),^%?×·÷−–≤≥])"
)
_SPELLING = {"*": "×", "·": "×", "−": "-", "–": "-", "≤": "<=", "≥": ">="}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")


class Token(NamedTuple):
    """`kind` is `number`, `word`, `symbol` or `end`; `text` is normalised (`×` for `*`, no commas)."""

    kind: str
    text: str
    start: int
    end: int


def scan(text: str, *, commas_group: bool, max_digits: int) -> list[Token]:
    """The tokens of `text`, closed by one of kind `end`.

    Where `commas_group`, a comma before exactly three digits groups; any other comma inside a number is a
    decimal point. Raises ProblemSyntaxError for a character, number or length outside the grammar.
    """
    if len(text) > MAX_LENGTH:
        raise ProblemSyntaxError(text, MAX_LENGTH, f"at most {MAX_LENGTH} characters")
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ProblemSyntaxError(text, position, "a number, an operator or a known word")
        kind, piece, start, position = str(match.lastgroup), match.group(), position, match.end()
        if kind == "number":
            number = _number(text, piece, start, commas_group=commas_group, max_digits=max_digits)
            tokens.append(Token(kind, number, start, position))
        elif kind == "word":
            tokens.extend(_words(text, piece, start))
        elif kind == "symbol":
            tokens.append(Token(kind, _SPELLING.get(piece, piece), start, position))
    tokens.append(Token("end", "", len(text), len(text)))
    return _with_times_signs(tokens)


def _number(text: str, piece: str, start: int, *, commas_group: bool, max_digits: int) -> str:
    """`piece` without grouping commas, and with a point for a decimal comma."""
    head, point, places = piece.partition(".")
    if places and not places.isdigit():
        end = start + len(head) + 1 + min(places.find(mark) % len(piece) for mark in ".,")
        raise ProblemSyntaxError(text, end, "digits only after the decimal point")
    groups = _GROUPED.fullmatch(head) is not None
    if groups and (commas_group or head.count(",") > 1 or point):
        head = head.replace(",", "")
    elif head.count(",") == 1 and not point:
        head, point, places = head.partition(",")
    elif "," in head:
        raise ProblemSyntaxError(text, start + head.index(","), "groups of three digits")
    if len(head) + len(places) > max_digits:
        raise ProblemSyntaxError(text, start, f"a number of at most {max_digits} digits")
    return f"{head}.{places}" if point else head


def _words(text: str, piece: str, start: int) -> list[Token]:
    """A known word, or one or two single letters (variables)."""
    word = piece.lower()
    if word in KEYWORDS:
        return [Token("word", word, start, start + len(piece))]
    if len(piece) > 2:
        raise ProblemSyntaxError(text, start, "a known word or a single letter")
    return [Token("word", letter, start + i, start + i + 1) for i, letter in enumerate(word)]


def _with_times_signs(tokens: list[Token]) -> list[Token]:
    """An `x` between two numbers is a multiplication sign, elsewhere a variable."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].text == "x" and tokens[i - 1].kind == tokens[i + 1].kind == "number":
            tokens[i] = tokens[i]._replace(kind="symbol", text="×")
    return tokens
