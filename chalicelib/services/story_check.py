"""What a story around a problem must be like before anybody sees it. Pure rules; no model is asked here.

Its numbers are those of the problem, each as often, in digits, and there is no other, in digits or in words:
so the answer cannot stand in it either. It names nobody, and ends in its only question.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chalicelib.services import private_words

if TYPE_CHECKING:
    from chalicelib.diagnosis import Operation

TEXTS = Path(__file__).parent.parent / "locales"
# What a story can be told about: the topics, and of each the operations.
SIGNS: Final = {
    "addition": "+",
    "subtraction": "-",
    "multiplication": "×",
    "division": "÷",
    "fractions": "+-×",
    "decimals": "+-×÷",
}
MOST_NUMBERS: Final = 4
SHORTEST, LONGEST = 20, 400  # characters
# Letters of English and Spanish, digits, and the signs of plain sentences: none that calculates.
CHARACTERS: Final = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff0-9 .,;:?!\u00bf\u00a1'\u2019\"\u201c\u201d()$\u20ac/-]*"
)
NUMBER: Final = re.compile(r"\d+ \d+/\d+|\d+(?:[.,/]\d+)*")
CAPITALIZED: Final = re.compile(r"\b[A-Z\u00c0-\u00d6\u00d8-\u00de][\w'\u2019-]*")
WORD: Final = re.compile(r"[^\W\d_]+")
# Is no number word, as the Spanish article is none.
ONE_OF_ALL: Final = re.compile(r"\b(?:each|every|which) one\b", re.IGNORECASE)


def operation(problem: str) -> Operation | None:
    """What a story can be told about, of a canonical problem; None of one that makes no sense as a story."""
    from chalicelib.diagnosis import operation_of, parse_problem

    read = parse_problem(problem)
    found = operation_of(read)
    is_fit = (
        found is not None and found.sign in SIGNS.get(read.topic, "") and len(found.numbers) <= MOST_NUMBERS
    )
    return found if is_fit else None


@functools.cache
def texts(locale: str) -> dict[str, Any]:
    """What there is to know of the language: its name in English, and its words for numbers."""
    found: dict[str, Any] = json.loads((TEXTS / f"stories.{locale}.json").read_text("utf-8"))
    return found


def one_line(story: str) -> str:
    """`story` with single spaces, and each letter one character."""
    return " ".join(unicodedata.normalize("NFC", story).split())


def fault(story: str, numbers: Collection[str], locale: str, names: Collection[str]) -> str | None:
    """What is wrong with a story in one line about these numbers, in words for a model; None if nothing is.

    `names` are parts of names of the school's people, as `private_words.parts_of` gives them.
    """
    if not SHORTEST <= len(story) <= LONGEST:
        return f"the story has {len(story)} characters; write {SHORTEST} to {LONGEST}"
    if not CHARACTERS.fullmatch(story):
        return "the story has a character that is not of plain sentences, such as + or ="
    if story.count("?") != 1 or not story.endswith("?") or ("\u00bf" in story) != (locale == "es"):
        return "the story must end with a question in the language asked for, the only one"
    found = NUMBER.findall(story)
    if Counter(found) != Counter(numbers):
        return f"the numbers in the story are {found}; they must be {list(numbers)}, each as often"
    word = _number_word(story, locale)
    if word is not None:
        return f'the story has "{word}"; no number may be written in words'
    if _tells_who(story, names):
        return "the story has a name; speak of people by what they do"
    return None


def agrees(expression: str, problem: str) -> bool:
    """Whether an expression that was read out of a story is the problem that it was told about."""
    from chalicelib.diagnosis import ProblemSyntaxError, is_same_operation

    try:
        return is_same_operation(expression, problem)
    except ProblemSyntaxError:
        return False


def _number_word(story: str, locale: str) -> str | None:
    """A word that is a number or changes one, such as "two" or "double"."""
    known = _number_words(locale)
    return next((word for word in WORD.findall(ONE_OF_ALL.sub(" ", story)) if _plain(word) in known), None)


def _plain(word: str) -> str:
    """Without accents and capitals."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


@functools.cache
def _number_words(locale: str) -> frozenset[str]:
    lines: list[str] = texts(locale)["number_words"]
    return frozenset(word for line in lines for word in line.split())


def _tells_who(story: str, names: Collection[str]) -> bool:
    """Whether an address is in it, or a name; one that is a common word is one with a capital letter only."""
    if private_words.removed(story, ()) != story:
        return True
    return any(private_words.removed(word, names) != word for word in CAPITALIZED.findall(story))
