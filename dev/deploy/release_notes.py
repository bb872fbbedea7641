"""The version that pyproject.toml names, and what CHANGELOG.md says of it.

python -m dev.deploy.release_notes version
python -m dev.deploy.release_notes notes
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VERSION = re.compile(r"\d+\.\d+\.\d+")
HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<day>\d{4}-\d\d-\d\d))?\s*$", re.MULTILINE)


class NotesError(Exception):
    """There is nothing to release; the message says what to write."""


def version(pyproject: str) -> str:
    """The version in the text of pyproject.toml. Raises `NotesError`."""
    found = str(tomllib.loads(pyproject)["project"]["version"])
    if not VERSION.fullmatch(found):
        raise NotesError(f"pyproject.toml: {found!r} is not of the form 1.2.3.")
    return found


def notes(changelog: str, wanted: str) -> str:
    """The part of the changelog on version `wanted`, which must have a day and something to say."""
    headings = list(HEADING.finditer(changelog))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading["version"] != wanted:
            continue
        if heading["day"] is None:
            raise NotesError(f"CHANGELOG.md: [{wanted}] has no day: ## [{wanted}] - 2026-01-31.")
        text = changelog[heading.end() : following.start() if following else None].strip()
        if not text:
            raise NotesError(f"CHANGELOG.md says nothing of [{wanted}].")
        return text
    raise NotesError(f"CHANGELOG.md has no part [{wanted}]: name that of [Unreleased] so.")


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    if list(arguments) not in (["version"], ["notes"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        current = version((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
        text = notes((CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"), current)
    except NotesError as error:
        print(error, file=sys.stderr)
        return 1
    print(current if arguments[0] == "version" else text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
