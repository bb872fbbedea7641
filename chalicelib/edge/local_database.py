"""The database of bare `chalice local`: a small helper process holds the developer's Postgres for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from chalicelib import settings

VARIABLE = "TIZA_DATABASE_URL"
EMBEDDED = "embedded"
FIRST = "Run `make run` once; it sets everything up."

_holder: subprocess.Popen[str] | None = None


class LocalSetupError(RuntimeError):
    """The developer's machine lacks something; the message says what to do."""


def prepare() -> None:
    """Where the settings say `embedded`: have Postgres started or joined, and put its address there.

    The helper leaves when its standard input ends, that is, with this process, however it ends. It is a
    process because what ships imports nothing from `dev/`. Raises `LocalSetupError`.
    """
    global _holder
    if os.environ.get(VARIABLE) != EMBEDDED:
        return
    _holder = subprocess.Popen(
        [sys.executable, "-m", "dev.postgres", "hold"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C must reach it as the end of its input, not as a signal
    )
    line = _holder.stdout.readline() if _holder.stdout else ""
    answer = json.loads(line) if line else {"error": "its helper process ended."}
    if "error" in answer:
        raise LocalSetupError(f"no Postgres: {answer['error']}\n{FIRST}")
    check_schema(answer["app_url"])
    os.environ[VARIABLE] = answer["app_url"]
    settings.reset()


def check_schema(url: str) -> None:
    """Raise `LocalSetupError` unless every migration of this code was applied to the database at `url`."""
    import psycopg2

    from chalicelib.store import schema_version

    try:
        connection = psycopg2.connect(url)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM schema_migration")
                applied = {name for (name,) in cursor.fetchall()}
        finally:
            connection.close()
    except psycopg2.Error as error:
        raise LocalSetupError(f"the database has not been set up. {FIRST}") from error
    missing = [name for name in schema_version.known() if name not in applied]
    if missing:
        raise LocalSetupError(f"the database lacks {', '.join(missing)}. `make run` migrates it.")
