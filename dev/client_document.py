"""The OpenAPI document as a file, from which clients are generated.

    python -m dev.client_document FILE    write it

No server is needed, and the same routes give the same file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from dev import make_docs

SERVER = "https://api.tiza.example"  # a client is told its server when it is made


def text() -> str:
    """The document as JSON."""
    from chalicelib.edge import openapi

    document = openapi.document(make_docs.app_module().api.endpoints, SERVER)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the file; the exit code."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    Path(arguments[0]).write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
