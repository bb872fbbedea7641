"""What Tiza logs in this process, as a test reads it."""

from __future__ import annotations

import json
import logging
from typing import Any

from chalicelib import observe


class Log(logging.Handler):
    """The lines that were logged, as JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(observe.JsonFormatter())
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))

    def of(self, message: str) -> list[dict[str, Any]]:
        """The lines that bear `message`."""
        return [line for line in self.lines if line["message"] == message]
