"""One module per resource: the business rules. A service knows no HTTP and no AWS event.

A module is imported when it is first used (PEP 562): a cold start pays for the one that is called.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.services import health as health


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
