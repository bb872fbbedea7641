"""The words of the mastery views, in English and Spanish."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent.parent / "locales"


def text(locale: str, key: str, /, **values: Any) -> str:
    """The phrase of that name in the language `locale`, filled with `values`."""
    return words(locale)[key].format(**values)


@functools.cache
def words(locale: str) -> dict[str, str]:
    """All phrases of a language, by name."""
    found: dict[str, str] = json.loads((TEXTS / f"mastery.{locale}.json").read_text("utf-8"))
    return found
