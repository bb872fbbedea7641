"""The HTTP/1.1 server under the local gateway (RFC 9110, RFC 9112).

Strict with what it reads: a request that could be understood in two ways is refused. Patient only up to a
point: every request has a deadline, so no client holds a thread for ever. A body is kept in memory up to
one byte beyond what the edge takes, which is enough for the edge to refuse it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator
from email.errors import FirstHeaderLineIsContinuationDefect, MissingHeaderBodySeparatorDefect
from email.message import Message
from email.utils import formatdate
from http.client import responses as PHRASES
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, NamedTuple, Protocol

from chalicelib import observe
from chalicelib.edge.request import LARGEST_BODY_BYTES

IDLE_SECONDS = 60.0  # waiting for the next request on an open connection
REQUEST_SECONDS = 30.0  # reading one request, head and body
WRITE_SECONDS = 30.0
LINGER_SECONDS = 5.0
LONGEST_LINE = 65_536
MOST_TRAILERS = 100
BODILESS = (204, 304)
DIGITS = re.compile(r"[0-9]{1,18}")
HEADER_DEFECTS = (FirstHeaderLineIsContinuationDefect, MissingHeaderBodySeparatorDefect)
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r\n")


class Malformed(Exception):
    """The bytes are no HTTP request, or one that two readers could understand differently."""


class Incoming(NamedTuple):
    """An HTTP request as it came: `target` is the request line's, `address` the client's."""

    method: str
    target: str
    headers: Message
    body: bytes
    address: str


class Outgoing(NamedTuple):
    """An HTTP answer as it goes."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Gateway(Protocol):
    """What answers the requests."""

    def answer(self, incoming: Incoming) -> Outgoing: ...

    def malformed(self, reason: str) -> Outgoing: ...


class Patience(io.RawIOBase):
    """The bytes of a connection, until a deadline; a timeout per read would let a client drip for ever."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.give(IDLE_SECONDS)

    def give(self, seconds: float) -> None:
        """Set the deadline anew, `seconds` from now."""
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Handler(BaseHTTPRequestHandler):
    """One connection: reads requests, has the gateway answer them, writes the answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    gateway: Gateway

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._patience = Patience(self.connection)
        self.rfile = io.BufferedReader(self._patience)
        self._unread = False  # whether the client may still be sending what nobody will read

    def handle_one_request(self) -> None:
        """Read and answer one request; sets `close_connection` when it was the last."""
        self.close_connection = True
        self._patience.give(IDLE_SECONDS)
        try:
            self.raw_requestline = self.rfile.readline(LONGEST_LINE + 1)
            if not self.raw_requestline:
                return
            self._patience.give(REQUEST_SECONDS)
            incoming = self._read()
        except Malformed as error:
            self._refuse(str(error))
        except TimeoutError:
            if self.raw_requestline:
                self._refuse("The request did not arrive in time.")
        except ConnectionError:
            return  # the client went away
        else:
            if incoming is not None:
                self._write(self.gateway.answer(incoming), incoming.method)

    def finish(self) -> None:
        """End the connection; let a client that is still sending read the answer before it is reset."""
        if self._unread:
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_WR)
                self._patience.give(LINGER_SECONDS)
                while self.rfile.read1(LONGEST_LINE):
                    pass
        with contextlib.suppress(OSError):
            super().finish()

    def _read(self) -> Incoming | None:
        """The request that begins with `raw_requestline`; None when its head was refused already."""
        if len(self.raw_requestline) > LONGEST_LINE:
            raise Malformed("The request line is too long.")
        if not self.parse_request():
            return None
        if self.request_version not in ("HTTP/1.0", "HTTP/1.1"):
            raise Malformed("The HTTP version is not supported.")
        if self.request_version == "HTTP/1.0":
            self.close_connection = True
        self._check_head()
        body = self._read_body()
        return Incoming(self.command, self.path, self.headers, body, self.client_address[0])

    def _check_head(self) -> None:
        """Raise `Malformed` for a head that a stricter or laxer reader would understand differently."""
        if any(isinstance(defect, HEADER_DEFECTS) for defect in self.headers.defects):
            raise Malformed("A header line is malformed.")
        if any("\n" in value or "\r" in value for value in self.headers.values()):
            raise Malformed("A header is folded over several lines.")
        hosts = self.headers.get_all("Host", [])
        if len(hosts) > 1 or (not hosts and self.request_version == "HTTP/1.1"):
            raise Malformed("There must be exactly one Host header.")

    def handle_expect_100(self) -> bool:
        """Put off the interim answer until the body is really about to be read."""
        return True

    def _read_body(self) -> bytes:
        """The body, at most one byte more than the edge takes. Raises `Malformed`."""
        lengths = self.headers.get_all("Content-Length", [])
        codings = self.headers.get_all("Transfer-Encoding", [])
        if codings:
            is_chunked = [coding.strip().lower() for coding in codings] == ["chunked"]
            if lengths or not is_chunked or self.request_version == "HTTP/1.0":
                raise Malformed("The transfer coding is not supported.")
            self._say_continue()
            return self._read_chunks()
        if not lengths:
            return b""
        if len(lengths) > 1 or not DIGITS.fullmatch(lengths[0].strip()):
            raise Malformed("Content-Length is not a number.")
        length = int(lengths[0])
        if length:
            self._say_continue()
        self._unread = length > LARGEST_BODY_BYTES + 1
        return self._read_exactly(min(length, LARGEST_BODY_BYTES + 1))

    def _read_chunks(self) -> bytes:
        """A body in chunks (RFC 9112, 7.1); its trailers are read over."""
        body = bytearray()
        while True:
            line = CHUNK_SIZE.fullmatch(self.rfile.readline(LONGEST_LINE))
            if line is None:
                raise Malformed("A chunk's size is malformed.")
            size = int(line[1], 16)
            if size == 0:
                break
            body += self._read_exactly(min(size, LARGEST_BODY_BYTES + 1 - len(body)))
            if len(body) > LARGEST_BODY_BYTES:
                self._unread = True
                return bytes(body)
            if self._read_exactly(2) != b"\r\n":
                raise Malformed("A chunk is longer than its size.")
        for _ in range(MOST_TRAILERS):
            if self.rfile.readline(LONGEST_LINE) in (b"\r\n", b"\n"):
                return bytes(body)
        raise Malformed("The trailers do not end.")

    def _read_exactly(self, count: int) -> bytes:
        data = self.rfile.read(count)
        if len(data) < count:
            raise ConnectionAbortedError
        return data

    def _say_continue(self) -> None:
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _refuse(self, reason: str) -> None:
        self.close_connection = self._unread = True
        self._write(self.gateway.malformed(reason), "")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Called by the base class for a head that it cannot read; its `explain` is of no use to a client."""
        self._refuse(message or PHRASES.get(code, "The request is malformed."))

    def _write(self, outgoing: Outgoing, method: str) -> None:
        """Send an answer; a client that went away meanwhile is no fault."""
        if self._unread:
            self.close_connection = True
        headers = [*outgoing.headers, ("Date", formatdate(usegmt=True))]
        if outgoing.status not in BODILESS:
            headers.append(("Content-Length", str(len(outgoing.body))))
        if self.close_connection:
            headers.append(("Connection", "close"))
        lines = [f"HTTP/1.1 {outgoing.status} {PHRASES.get(outgoing.status, '')}"]
        lines += [f"{name}: {value}" for name, value in headers]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
        try:
            self.connection.settimeout(WRITE_SECONDS)
            self.wfile.write(head if method == "HEAD" else head + outgoing.body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: requests are logged by the edge, refusals by the gateway."""


class Server(ThreadingHTTPServer):
    """Threads that end with the process, and room for many clients that connect at once."""

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_port = False  # else a second server would share the port silently

    def server_bind(self) -> None:
        """Bind without the look-up of the host's full name, which may ask a slow name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Log a fault of a connection's thread as one line."""
        observe.log.exception("fault in the local server")


def handler_for(gateway: Gateway) -> Any:
    """A factory of handlers as Chalice calls it; what it passes on beside the gateway is not needed."""

    kind: type[Handler] = type("GatewayHandler", (Handler,), {"gateway": gateway})

    def create(*connection: Any, **_of_chalice: Any) -> Handler:
        return kind(*connection)

    return create


@contextlib.contextmanager
def ending_the_process_on_failure() -> Iterator[None]:
    """End with a plain message when the server cannot start.

    With automatic reload the server is made in a thread, whose failure would leave the process waiting.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        message = f"chalice local cannot start: {error}"
        if threading.current_thread() is threading.main_thread():
            raise SystemExit(message) from None
        sys.stderr.write(message + "\n")
        sys.stderr.flush()
        os._exit(1)
