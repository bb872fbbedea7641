"""What the tutor says in its own words, and everyday words by which a language is known; from `locales/`."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Final

LOCALES: Final = Path(__file__).parent.parent / "locales"


@functools.cache
def texts(locale: str) -> dict[str, str]:
    """`off_subject`, `again`, and `begin.<topic>` for each topic, in a language."""
    found: dict[str, str] = json.loads((LOCALES / f"tutor.{locale}.json").read_text("utf-8"))
    return found


@functools.cache
def everyday(locale: str) -> frozenset[str]:
    """Words that stand in most sentences of a language, and of a lesson in arithmetic; without accents."""
    return frozenset(texts(locale)["everyday"].split())
