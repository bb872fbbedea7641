"""Words that may tell who somebody is, taken out of what leaves for a language model.

Names and user names of the school's people, addresses, links, telephone numbers in international form, and
ids. A name that is also a word goes too: better a word too few. What a photo shows is not looked at; for that
a parent's consent is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

NAME = "[name]"
REMOVED = "[removed]"
SHORTEST_NAME = 3  # letters; shorter parts of names are words of every language
INSIDE = "-_.'\u2019"  # of names: O'Neill, Ana-Maria; the last is the typesetter's apostrophe
WORD = re.compile(rf"[^\W\d_][\w{re.escape(INSIDE)}]*")
SEPARATOR = re.compile(f"[{re.escape(INSIDE)}]")
IDENTIFYING = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|(?:https?://|www\.)\S+"
    r"|\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b"  # ids
    r"|(?<![\w)+-])(?:\+|00)\d[\d ()./-]{6,}\d",  # telephones
    re.IGNORECASE,
)


def parts_of(names: Iterable[str]) -> set[str]:
    """The parts of `names` that are looked for, folded."""
    parts = (part for name in names for part in re.split(r"[\s,;]+", name))
    folded = {_folded(part) for part in parts}
    hyphenated = {piece for part in folded for piece in SEPARATOR.split(part)}
    return {part for part in folded | hyphenated if len(part) >= SHORTEST_NAME}


def removed(text: str, parts: Collection[str]) -> str:
    """`text` without what identifies; `parts` are names as `parts_of` gives them."""
    without = IDENTIFYING.sub(REMOVED, text)
    return WORD.sub(lambda found: NAME if _is_name(found[0], parts) else found[0], without)


def _is_name(word: str, parts: Collection[str]) -> bool:
    folded = _folded(word)
    pieces = [folded, *SEPARATOR.split(folded)]
    return any(piece in parts for piece in pieces)


def _folded(text: str) -> str:
    """Without accents and capitals: children write names as they come."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold().strip(INSIDE)
