"""What the local AWS was asked for: every call, as it came over HTTP."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple

LARGEST_BODY = 100_000  # of a body that is kept
ZIPPED = re.compile(rb'"ZipFile": ?"[^"]*"')  # is kept of none


class Call(NamedTuple):
    """One request. `service` is as it was signed for: `monitoring` is CloudWatch."""

    service: str
    key: str  # whose it is: the id of the access key
    method: str
    path: str  # with the query
    target: str  # the operation, where a header names it
    body: str  # empty where it is large


_noted: list[Call] = []


def since(first: int) -> list[dict[str, str]]:
    """The calls so far, oldest first, without that many of the oldest."""
    return [call._asdict() for call in _noted[first:]]


def note(environ: dict[str, Any]) -> None:
    """Write down the request of this WSGI environment; its body can be read again."""
    body = b""
    if environ.get("CONTENT_LENGTH"):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(body)
    said = ZIPPED.sub(b'"ZipFile": ""', body)
    query = environ.get("QUERY_STRING", "")
    _noted.append(
        Call(
            service(environ),
            _scope(environ)[0].rpartition("=")[2],
            environ["REQUEST_METHOD"],
            environ.get("RAW_URI") or environ["PATH_INFO"] + (f"?{query}" if query else ""),
            environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2],
            said.decode(errors="replace") if len(said) <= LARGEST_BODY else "",
        )
    )


def service(environ: dict[str, Any]) -> str:
    """The service that a request was signed for."""
    scope = _scope(environ)
    return scope[3] if len(scope) > 3 else ""


def _scope(environ: dict[str, Any]) -> list[str]:
    """The parts of what a request was signed with: `Credential=key/day/region/service/...` (SigV4)."""
    return str(environ.get("HTTP_AUTHORIZATION", "")).partition(",")[0].split("/")
