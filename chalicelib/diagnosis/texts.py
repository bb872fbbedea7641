"""Names, explanations and the wording of traces: JSON files in `locales/<language>/`, and nothing in code.

`common.json` holds what all topics share, `<topic>.json` a topic's bugs and trace sentences. A language is
one more folder. A locale such as `es-MX` uses `es`; an unknown one, English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from os import path, scandir
from typing import Any

LOCALES = path.join(path.dirname(__file__), "locales")
FALLBACK = "en"


@cache
def languages() -> frozenset[str]:
    """The languages there are texts in."""
    return frozenset(entry.name for entry in scandir(LOCALES) if entry.is_dir() and entry.name[0] not in "._")


def language(locale: str) -> str:
    """The language to use for `locale`."""
    name = locale.replace("_", "-").partition("-")[0].lower()
    return name if name in languages() else FALLBACK


@cache
def texts(lang: str, file: str) -> Mapping[str, Any]:
    """The texts of one file: `common` or a topic."""
    with open(path.join(LOCALES, lang, f"{file}.json"), encoding="utf-8") as source:
        loaded: Mapping[str, Any] = json.load(source)
    return loaded


def bug_text(bug: str, locale: str = "en") -> tuple[str, str]:
    """The name and the explanation of a bug, of bugs joined by `+`, or of a slip.

    Raises UnknownBugError for an id that no text is written for.
    """
    parts = [_single_text(part, language(locale)) for part in bug.split("+")]
    joined = texts(language(locale), "common")["joined"]
    names = [parts[0][0], *(name[:1].lower() + name[1:] for name, _ in parts[1:])]
    return joined["name"].join(names), joined["explanation"].join(text for _, text in parts)


def _single_text(bug: str, lang: str) -> tuple[str, str]:
    from .catalogue import bug_named
    from .errors import UnknownBugError

    topic, _, name = bug.partition(".")
    if topic == "slip":
        entry = texts(lang, "common")["slips"].get(name)
        if entry is None:
            raise UnknownBugError(bug)
    else:
        entry = texts(lang, bug_named(bug).topic)["bugs"][name]
    return entry["name"], entry["explanation"]
