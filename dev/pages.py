"""The pages of `web/`, as they were built, served from this machine on a port of their own.

Another port is another origin, so that the browser calls the API as it would call it in a deployed stage: by
CORS, under the same content security policy.
"""

from __future__ import annotations

import functools
import gzip
import html
import http
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dev.postgres import CHECKOUT

BUILT = CHECKOUT / "web" / "dist"
INDEX = "index.html"
ASSETS = "assets"  # their names hold a hash of what is in them
API_META = '<meta name="tiza-api" content="http://127.0.0.1:8000" />'
A_YEAR = 31_536_000
# What a build holds. Not by `mimetypes`, which asks the machine that it runs on.
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


def security_headers(api: str, files: str) -> dict[str, str]:
    """What the pages may do: run their own scripts, call the API, and send and show files of one store.

    `api` and `files` are origins, such as `https://api.tiza.example`.
    """
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' blob: {files}",
        "connect-src": f"'self' {api} {files}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in directives.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def filled_in(index: str, api: str, users: Sequence[Any] = ()) -> str:
    """The page `index` with the address of its API, and the demo users that it offers to sign in as.

    Raises `ValueError` where the page has no room for them.
    """
    if API_META not in index:
        raise ValueError(f"{INDEX} holds no {API_META}")
    made = f'<meta name="tiza-api" content="{html.escape(api)}" />'
    if users:
        demo = json.dumps([{"role": user.role, "name": user.name, "login": user.login} for user in users])
        made += f'<meta name="tiza-demo" content="{html.escape(demo)}" />'
    return index.replace(API_META, made)


def are_built() -> bool:
    """Whether there is something to serve."""
    return (BUILT / INDEX).is_file()


class Pages:
    """A server of the built pages on `port` of this machine, in a thread, until `end`."""

    def __init__(self, host: str, port: int, *, api: str, files: str, users: Sequence[Any]) -> None:
        headers = security_headers(api, _origin(files))
        handler = functools.partial(
            _Handler, fill_in=lambda index: filled_in(index, api, users), headers=headers
        )
        self._server = ThreadingHTTPServer((host, port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.address = f"http://{host}:{self._server.server_port}"

    def __enter__(self) -> Pages:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *given: Any, fill_in: Callable[[str], str], headers: Mapping[str, str]) -> None:
        self._fill_in, self._headers = fill_in, headers
        super().__init__(*given)

    def do_GET(self) -> None:  # the name that http.server calls
        asked, known = self.headers.get("Host", ""), "{}:{}".format(*self.server.server_address[:2])
        if asked.startswith("localhost"):  # to the API it would be another origin than the one it expects
            return self._redirect(f"http://{known}{self.path}")
        file = self._file(urlsplit(self.path).path)
        if file is None:
            return self.send_error(http.HTTPStatus.NOT_FOUND)
        if file.name == INDEX:
            return self._send(".html", self._fill_in(file.read_text("utf-8")).encode(), "no-cache")
        is_asset = file.parent.name == ASSETS
        return self._send(
            file.suffix, file.read_bytes(), f"public, max-age={A_YEAR}, immutable" if is_asset else "no-cache"
        )

    do_HEAD = do_GET

    def log_message(self, format: str, *given: Any) -> None:
        """Pages are not worth a line each; what they ask of the API is in its log."""

    def _file(self, path: str) -> Path | None:
        """The file at `path`; the index for a path that the pages make up themselves; None for none."""
        wanted = (BUILT / path.lstrip("/")).resolve()
        if wanted.is_relative_to(BUILT) and wanted.is_file():
            return wanted
        return None if "." in path.rpartition("/")[2] else BUILT / INDEX

    def _redirect(self, address: str) -> None:
        self.send_response(http.HTTPStatus.TEMPORARY_REDIRECT)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, suffix: str, content: bytes, cache: str) -> None:
        self.send_response(http.HTTPStatus.OK)
        if suffix in CONTENT_TYPES and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = _gzipped(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", CONTENT_TYPES.get(suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", cache)
        self.send_header("Vary", "Accept-Encoding")
        for name, value in self._headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@functools.lru_cache(maxsize=256)
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _origin(address: str) -> str:
    """Scheme, host and port of `address`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
