"""`chalice local` answers as the deployed gateway does: a real server, spoken to over sockets."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from chalice import AuthResponse, Chalice, Response

from chalicelib import settings
from chalicelib.edge import local_http
from chalicelib.edge.local_gateway import Gateway
from chalicelib.edge.request import LARGEST_BODY_BYTES, Request

RESET = b"\x01\0\0\0\0\0\0\0"  # struct linger: closing the socket resets the connection
ORIGIN = "http://localhost:5173"
HEAD = b"POST /bytes HTTP/1.1\r\nHost: h\r\n"
NO_CONTENT = local_http.Outgoing(204, [], b"")
SECRET = "Bearer a-token-that-nobody-may-see"


class Unauthorized(Exception):
    """As the real authorizer raises it."""


def sample_app() -> Chalice:
    """An app with one route for each behaviour of the gateway."""
    app = Chalice(app_name="sample", configure_logs=False)
    options: dict[str, Any] = {"content_types": [], "cors": False}

    @app.authorizer()
    def authorize(request: Any) -> Any:
        if request.token == "Bearer fault":
            raise RuntimeError("the authorizer is broken")
        if request.token == "Bearer nothing":
            return AuthResponse(routes=[], principal_id="u")
        if request.token != "Bearer good":
            raise Unauthorized("Unauthorized")
        return AuthResponse(routes=["*"], principal_id="u", context={"version": 3, "admin": True})

    @app.route("/echo/{name}", methods=["GET", "POST"], **options)
    def echo(name: str) -> Any:
        request = app.current_request
        return {
            "name": name,
            "query": {n: request.query_params.getlist(n) for n in request.query_params or {}},
            "context": {k: v for k, v in request.context.items() if k != "requestTimeEpoch"},
            "headers": dict(request.headers),
            "base_url": Request(request).base_url,
        }

    @app.route("/echo/fixed", **options)
    def fixed() -> Any:
        return {"fixed": True}

    @app.route("/bytes", methods=["POST"], **options)
    def count() -> Any:
        body = Request(app.current_request).body
        return {"length": len(body), "start": list(body[:8])}

    @app.route("/secret", authorizer=authorize, **options)
    def secret() -> Any:
        return app.current_request.context["authorizer"]

    @app.route("/text", **options)
    def text() -> Any:
        return Response("ä" * 2000, headers={"Content-Type": "text/plain", "ETag": '"1"'})

    @app.route("/nothing", **options)
    def nothing() -> Any:
        return Response("", status_code=204, headers={"Set-Cookie": ["a=1", "b=2"]})

    @app.route("/echo/{name}/loop", **options)
    def loop(name: str) -> Any:
        raise KeyError(name)

    return app


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """Where a server for `sample_app` listens."""
    settings.reset()
    app = sample_app()
    from chalice import local

    local.CustomLocalChalice.__bases__ = (local.LocalChalice, app.__class__)
    app.__class__ = local.CustomLocalChalice
    config = SimpleNamespace(
        minimum_compression_size=1024, lambda_timeout=None, function_name="sample", lambda_memory_size=128
    )
    server = local_http.Server(("127.0.0.1", 0), local_http.handler_for(Gateway(app, config)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.server_address[0], server.server_address[1]  # type: ignore[misc]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(address: tuple[str, int]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://{address[0]}:{address[1]}", timeout=20) as client:
        yield client


def raw(address: tuple[str, int], *pieces: bytes) -> bytes:
    """Send `pieces`, then read until the server closes."""
    with socket.create_connection(address, timeout=20) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def error_of(answer: bytes) -> tuple[int, dict[str, Any]]:
    """Status and error of a raw answer; fails unless it is the one error shape."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/json" in head
    return int(head.split()[1]), json.loads(body)["error"]


def assert_refused(reply: httpx.Response, status: int, code: str) -> None:
    error = reply.json()["error"]
    assert (reply.status_code, error["code"]) == (status, code)
    assert error["request_id"] == reply.headers["X-Request-Id"]
    assert set(error) == {"code", "message", "details", "request_id"}
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "a-token" not in reply.text


# --- routes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "BREW", "TRACE", "PROPFIND", "OPTIONS"])
def test_an_unknown_path_is_404_in_the_envelope(client: httpx.Client, method: str) -> None:
    reply = client.request(method, "/unknown", headers={"Authorization": SECRET})
    assert_refused(reply, 404, "NOT_FOUND")


@pytest.mark.parametrize("method", ["PUT", "BREW", "OPTIONS"])
def test_an_unknown_method_is_404_in_the_envelope(client: httpx.Client, method: str) -> None:
    assert_refused(client.request(method, "/bytes"), 404, "NOT_FOUND")


def test_head_is_404_without_a_body_and_the_connection_goes_on(client: httpx.Client) -> None:
    assert client.head("/bytes").status_code == 404
    assert client.get("/echo/x").status_code == 200


def test_connect_is_404(address: tuple[str, int]) -> None:
    answer = raw(address, b"CONNECT other.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert error_of(answer)[0] == 404


def test_a_route_without_parameters_goes_before_one_with(client: httpx.Client) -> None:
    assert client.get("/echo/fixed").json() == {"fixed": True}


def test_an_empty_path_parameter_is_no_parameter(client: httpx.Client) -> None:
    assert_refused(client.get("/echo//loop"), 404, "NOT_FOUND")


def test_a_slash_at_the_end_makes_no_difference(client: httpx.Client) -> None:
    assert client.get("/echo/fixed/").json() == {"fixed": True}


# --- the event ---------------------------------------------------------------------------------------


def test_path_parameters_stay_encoded_and_queries_are_decoded(client: httpx.Client) -> None:
    reply = client.get("/echo/a%2Fb%20c?n=1&n=2&t=x%20y%26&empty=").json()
    assert reply["name"] == "a%2Fb%20c"
    assert reply["query"] == {"n": ["1", "2"], "t": ["x y&"], "empty": [""]}


def test_the_context_says_what_links_and_limits_need(client: httpx.Client) -> None:
    reply = client.get("/echo/x", headers={"Host": "tiza.test:8000"})
    context = reply.json()["context"]
    assert context["identity"]["sourceIp"] == "127.0.0.1"
    assert context["path"] == "/echo/x"
    assert context["resourcePath"] == "/echo/{name}"
    assert context["domainName"] == "tiza.test:8000"
    assert context["stage"] == "api"
    assert context["requestId"]
    assert reply.json()["base_url"] == "http://tiza.test:8000"


def test_an_absolute_target_is_understood(address: tuple[str, int]) -> None:
    answer = raw(address, b"GET http://h/echo/fixed?x=1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    assert b'{"fixed":true}' in answer


# --- the authorizer ----------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "Bearer bad", "Bearer nothing", "x" * 5000])
def test_whoever_is_not_let_in_gets_401(client: httpx.Client, token: str | None) -> None:
    reply = client.get("/secret", headers={} if token is None else {"Authorization": token})
    assert_refused(reply, 401, "UNAUTHORIZED")
    assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_a_fault_of_the_authorizer_is_500_with_the_trace_in_the_log_only(
    client: httpx.Client, tiza_log: list[logging.LogRecord]
) -> None:
    reply = client.get("/secret", headers={"Authorization": "Bearer fault"})
    assert_refused(reply, 500, "INTERNAL_ERROR")
    assert "broken" not in reply.text
    [fault] = [record for record in tiza_log if record.exc_info]
    assert fault.fields["request_id"] == reply.headers["X-Request-Id"]  # type: ignore[attr-defined]


def test_the_authorizers_context_arrives_as_text(client: httpx.Client) -> None:
    reply = client.get("/secret", headers={"Authorization": "Bearer good"})
    assert reply.json() == {"version": "3", "admin": "true", "principalId": "u"}


# --- bodies ------------------------------------------------------------------------------------------


def test_a_body_up_to_the_limit_passes(client: httpx.Client) -> None:
    reply = client.post("/bytes", content=b"x" * LARGEST_BODY_BYTES)
    assert reply.json()["length"] == LARGEST_BODY_BYTES


@pytest.mark.parametrize("chunked", [False, True])
def test_of_a_larger_body_one_byte_too_many_is_passed_on(chunked: bool) -> None:
    seen: list[int] = []
    gateway = SimpleNamespace(answer=lambda incoming: seen.append(len(incoming.body)) or NO_CONTENT)
    server = local_http.Server(("127.0.0.1", 0), local_http.handler_for(gateway))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    size = 8 * LARGEST_BODY_BYTES
    content: Any = iter([b"x" * (size // 8)] * 8) if chunked else b"x" * size
    reply = httpx.post(f"http://127.0.0.1:{server.server_port}/bytes", content=content, timeout=20)
    server.shutdown()
    server.server_close()
    thread.join()
    assert seen == [LARGEST_BODY_BYTES + 1]
    assert reply.status_code == 204
    assert reply.headers["Connection"] == "close"


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(address: tuple[str, int]) -> None:
    head = HEAD + b"Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(head)
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(b"ab")
        assert b'"length":2' in connection.recv(65536)


def test_a_body_in_chunks_arrives_whole(address: tuple[str, int]) -> None:
    head = HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    answer = raw(address, head, b"3\r\nabc\r\n", b"2;name=value\r\nde\r\n", b"0\r\nTrailer: x\r\n\r\n")
    assert b'{"length":5,"start":[97,98,99,100,101]}' in answer


@pytest.mark.parametrize("content", [b"\xff\xfe\x00x", gzip.compress(b"{}", mtime=0), b"a\xc3"])
def test_a_body_that_is_no_text_arrives_byte_for_byte(client: httpx.Client, content: bytes) -> None:
    reply = client.post("/bytes", content=content, headers={"Content-Type": "application/json"})
    assert reply.json() == {"length": len(content), "start": list(content[:8])}


# --- requests that are none --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1 more\r\nHost: h\r\n\r\n",
        b"GET / HTTP/3.0\r\nHost: h\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nno colon here\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nX : spaced\r\n\r\n",
        b"GET / HTTP/1.1\r\n folded: x\r\nHost: h\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n" + b"X: a\r\n" * 200 + b"\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: +1\r\n\r\nx",
        HEAD + b"Content-Length: 1e3\r\n\r\n",
        HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        HEAD + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: a\r\n" * 200,
    ],
)
def test_what_is_no_http_request_is_400_in_the_envelope(
    address: tuple[str, int], request_bytes: bytes
) -> None:
    status, error = error_of(raw(address, request_bytes))
    assert (status, error["code"]) == (400, "VALIDATION_ERROR")


def test_a_multipart_body_does_not_make_its_headers_malformed(client: httpx.Client) -> None:
    reply = client.post("/bytes", files={"file": ("a.txt", b"text")})
    assert reply.status_code == 200


def test_two_requests_in_one_packet_get_two_answers_in_order(address: tuple[str, int]) -> None:
    one = b"GET /echo/fixed HTTP/1.1\r\nHost: h\r\n"
    answer = raw(address, one + b"\r\n" + one.replace(b"fixed", b"second") + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert answer.index(b'"fixed":true') < answer.index(b'"name":"second"')


def test_an_old_client_is_answered_and_left(address: tuple[str, int]) -> None:
    answer = raw(address, b"GET /echo/fixed HTTP/1.0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"Connection: close" in answer


# --- answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, br", "gzip"),
        ("br;q=1.0, GZIP ; q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_large_answer_is_compressed_for_who_wants_it(
    client: httpx.Client, accepted: str, encoding: str | None
) -> None:
    reply = client.get("/text", headers={"Accept-Encoding": accepted})
    assert reply.headers.get("Content-Encoding") == encoding
    assert reply.text == "ä" * 2000
    assert reply.headers["ETag"] == '"1"'


def test_a_small_answer_is_not_compressed(client: httpx.Client) -> None:
    assert "Content-Encoding" not in client.get("/echo/fixed", headers={"Accept-Encoding": "gzip"}).headers


def test_204_has_no_body_and_every_value_of_a_header_is_sent(client: httpx.Client) -> None:
    reply = client.get("/nothing")
    assert reply.content == b""
    assert "Content-Length" not in reply.headers
    assert reply.headers.get_list("Set-Cookie") == ["a=1", "b=2"]
    assert client.get("/echo/fixed").status_code == 200


# --- clients that misbehave --------------------------------------------------------------------------


def test_many_clients_may_connect_at_once(address: tuple[str, int]) -> None:
    url = f"http://{address[0]}:{address[1]}/echo/fixed"
    with ThreadPoolExecutor(40) as pool:
        statuses = list(pool.map(lambda _: httpx.get(url, timeout=20).status_code, range(80)))
    assert statuses == [200] * 80


def test_a_client_that_leaves_in_the_middle_leaves_no_trace(
    address: tuple[str, int], client: httpx.Client, tiza_log: list[logging.LogRecord]
) -> None:
    for part in (
        b"GE",
        HEAD,
        HEAD + b"Content-Length: 100\r\n\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\na",
    ):
        with socket.create_connection(address) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            connection.sendall(part)
    assert client.get("/echo/fixed").status_code == 200
    assert not [record for record in tiza_log if record.exc_info]


def test_a_client_that_drips_is_not_waited_for(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_http, "REQUEST_SECONDS", 0.2)
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(HEAD)
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"X: a\r\n")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        answer = connection.recv(65536)
        stop.set()
        dripping.join()
    assert error_of(answer)[0] == 400


def test_an_idle_connection_is_closed(address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_http, "IDLE_SECONDS", 0.1)
    assert raw(address) == b""


def test_the_log_of_a_refusal_holds_neither_path_nor_token(
    client: httpx.Client, tiza_log: list[logging.LogRecord]
) -> None:
    client.get("/unknown/a-token-in-the-path?token=a-token", headers={"Authorization": SECRET})
    [record] = tiza_log
    assert record.fields["status"] == 404  # type: ignore[attr-defined]
    assert "a-token" not in str(vars(record))


@pytest.fixture
def tiza_log() -> Iterator[list[logging.LogRecord]]:
    """What Tiza logs meanwhile."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.INFO)
    handler.emit = records.append  # type: ignore[method-assign]
    log = logging.getLogger("tiza")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield records
    log.removeHandler(handler)
    log.setLevel(level)
