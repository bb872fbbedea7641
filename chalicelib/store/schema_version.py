"""Which migrations this code brings. Apart from `migrate`, whose runner a request never needs."""

from __future__ import annotations

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


def known() -> list[str]:
    """The names of the migrations, in order."""
    return sorted({path.stem for path in MIGRATIONS.glob("[0-9]*.py*")})
