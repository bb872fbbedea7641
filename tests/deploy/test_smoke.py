"""The smoke test, on a Tiza that works and on such as do not."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dev import pages
from dev.deploy import parameters, smoke, store
from dev.deploy.state import State
from dev.deploy.target import DeployError, Target
from tests.support.aws import LocalAws
from tests.support.live import served
from tests.support.running import free_port

pytestmark = pytest.mark.xdist_group("deploy")

ORIGIN = "http://localhost:5173"


@contextmanager
def answering(status: int, body: Any) -> Iterator[str]:
    """The address of a server that gives everybody the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        do_GET = do_POST = do_OPTIONS = _answer

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def served_pages(api: str) -> Iterator[str]:
    """The address of pages that call `api`."""
    with pages.Pages("127.0.0.1", 0, api=api, files="https://files.example", users=[]) as running:
        yield running.address


def faults(url: str, origin: str = ORIGIN) -> dict[str, str]:
    return smoke.run(smoke.Place(url, origin), within=0)


def test_a_working_tiza_passes(database: str) -> None:
    with served() as url:
        assert faults(url) == {}
        assert smoke.main(["--url", f"{url}/", "--origin", ORIGIN, "--within", "0"]) == 0


def test_pages_are_tried_where_the_stage_hosts_them(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BUILT", tmp_path)
    (tmp_path / pages.INDEX).write_text(f"<head>{pages.API_META}</head>", encoding="utf-8")
    with served() as url, served_pages(url) as good, served_pages("https://api.elsewhere.example") as bad:
        assert smoke.run(smoke.Place(url, ORIGIN, good), within=0) == {}
        assert set(smoke.run(smoke.Place(url, ORIGIN, bad), within=0)) == {"GET a path of the pages"}
        assert set(smoke.run(smoke.Place(url, ORIGIN, url), within=0)) == {"GET a path of the pages"}


def test_a_frontend_that_is_not_let_in_is_noticed(database: str) -> None:
    with served() as url:
        assert "OPTIONS /v1/me" in faults(url, "https://another.example")


def test_a_database_that_lacks_a_migration_is_noticed(database: str, owner: Any) -> None:
    owner.execute("DELETE FROM schema_migration WHERE name = (SELECT max(name) FROM schema_migration)")
    with served() as url:
        assert faults(url) == {"GET /ready": "status: 503 instead of 200"}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"data": {}}),
        (200, []),
        (500, {"error": {}}),
        (403, {"message": "Missing Authentication Token"}),  # the gateway's own words
        (502, {"message": "Internal server error"}),
    ],
)
def test_every_check_fails_on_what_is_not_tiza(status: int, body: Any) -> None:
    with answering(status, body) as url:
        assert set(faults(url)) == set(smoke.CHECKS)


def test_nobody_there_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert smoke.main(["--url", url, "--origin", ORIGIN, "--within", "0"]) == 1
    assert f"{len(smoke.CHECKS)} of {len(smoke.CHECKS)} failed" in capsys.readouterr().out


def test_what_comes_up_late_is_waited_for(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "PAUSE_SECONDS", 0.01)
    real: Callable[[smoke.Place], None] = smoke.CHECKS["GET /health"]
    answers = iter([smoke.SmokeError("waking up"), OSError("not there"), None])

    def late(place: smoke.Place) -> None:
        if fault := next(answers):
            raise fault
        real(place)

    monkeypatch.setattr(smoke, "CHECKS", {"late": late})
    with served() as url:
        assert smoke.run(smoke.Place(url, ORIGIN), within=30) == {}


def test_a_stage_is_found_at_its_own_address_or_else_at_that_of_its_api(aws_server: LocalAws) -> None:
    target = Target("staging", aws_server.endpoint)
    ssm, known = target.client("ssm"), parameters.of_stage("staging")
    with pytest.raises(DeployError, match="cors_origins"):
        smoke.place_of(target)
    store.write(ssm, known, {"cors_origins": "https://a.example, https://b.example"})
    state = State(target)
    try:
        with pytest.raises(DeployError, match="address"):
            smoke.place_of(target)
        state.ensure_bucket()
        address = "https://x.execute-api.eu-west-1.amazonaws.com/api/"
        state.begin([{"name": "rest_api", "resource_type": "rest_api", "rest_api_url": address}])
        assert smoke.place_of(target) == smoke.Place(address.rstrip("/"), "https://a.example")
        store.write(ssm, known, {"api_url": "https://api.tiza.example/"})
        assert smoke.place_of(target) == smoke.Place("https://api.tiza.example", "https://a.example")
    finally:
        state.remove()
        ssm.delete_parameters(Names=["/tiza/staging/cors_origins", "/tiza/staging/api_url"])
