"""What no log may hold: addresses, names, passwords, PINs, tokens, keys, answers of students."""

from __future__ import annotations

import json
import re
from typing import Any

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
SIGNED_TOKEN = re.compile(r"eyJ[\w-]{10,}\.[\w-]+\.[\w-]+")
PASSWORD_HASH = re.compile(r"\$argon2")
SERVICE_KEY = re.compile(r"tiza_sk_[\w-]{10,}")
DATABASE_PASSWORD = re.compile(r"postgres(?:ql)?://[^/\s:@]+:[^/\s@]+@")
# What the tests and the demo school use for people, passwords and PINs.
PLANTED = re.compile(r"correct horse|tiza-demo-password|García|Maestro|Leo \w+|development-only")
FIELDS = frozenset({"answer", "steps", "password", "pin", "token", "email", "name", "username", "payload"})
PATTERNS = (ADDRESS, SIGNED_TOKEN, PASSWORD_HASH, SERVICE_KEY, DATABASE_PASSWORD, PLANTED)
# A developer's machine shows mails in its log (`TIZA_MAIL=log`, or stage `dev`); deployed stages refuse that.
SHOWN_ON_PURPOSE = "mail"


def found_in(line: dict[str, Any]) -> list[str]:
    """What a line of the log holds that is private, each with the line."""
    if line["message"] == SHOWN_ON_PURPOSE:
        return []
    text = json.dumps(line, ensure_ascii=False)
    said = [match[0] for pattern in PATTERNS if (match := pattern.search(text))]
    return [f"{found} in {text}" for found in (*said, *sorted(FIELDS & line.keys()))]
