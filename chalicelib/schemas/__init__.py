"""What requests and answers look like: msgspec structs, one module per resource.

Imported when first used (PEP 562), like the services. Unknown fields of a request are an error; every field
says what it means, within which bounds, with an example: the OpenAPI document is made from them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.schemas import system as system


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
