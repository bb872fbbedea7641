"""The problems of the grammar that stand in somebody's sentences, in signs or in words."""

from __future__ import annotations

import re
from typing import Final

from .errors import ProblemSyntaxError
from .grammar.scanner import KEYWORDS
from .numerals import with_digits
from .problem import parse_problem

_WORDS: Final = r"[^\W\d_]{2,}|[!¿¡;\n]"
# What parts a problem from the sentence that it stands in: words, but for those of the grammar; then those,
# too, and commas; then single letters, which are words as often as unknowns.
_PARTINGS: Final = tuple(
    re.compile(parting, re.IGNORECASE)
    for parting in (
        rf"\b(?!(?:{'|'.join(sorted(KEYWORDS))})\b)(?:{_WORDS})|[!¿¡;\n]",
        rf"{_WORDS}|,|\? ",
        rf"{_WORDS}|,|\? |(?<= )[aeiouy](?= )",
    )
)
_SIGNS: Final = (
    (re.compile(r"\b(?:plus|mas)\b"), "+"),
    (re.compile(r"\b(?:times|multiplied by|por|veces|multiplicado por)\b"), "×"),
    (re.compile(r"\b(?:divided by|entre|dividido entre|dividido por)\b"), "÷"),
)


def problems_in(text: str, locale: str = "en") -> set[str]:
    """The problems in `text`, canonical: of `what is 503 - 278?`, and `five hundred three minus two`."""
    found = set()
    for said in (text, _in_signs(text, locale)):
        for piece in {piece.strip(" ?.:=") for parting in _PARTINGS for piece in parting.split(said)}:
            try:
                found.add(str(parse_problem(piece, locale)))
            except ProblemSyntaxError:
                continue
    return found


def _in_signs(text: str, locale: str) -> str:
    """`text` with numbers and operations in signs, as far as they are said in words."""
    said = with_digits(text, locale)
    for words, sign in _SIGNS:
        said = words.sub(sign, said)
    return said
