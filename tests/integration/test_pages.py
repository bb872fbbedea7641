"""The built pages as a browser gets them from this machine."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dev import pages
from dev.seed import DemoUser

API = "http://127.0.0.1:8999"
FILES = "http://127.0.0.1:5999/bucket"
INDEX = f"<head>{pages.API_META}</head>"
SCRIPT = "console.log(1);" * 50


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a small built site is served, beside which a secret lies."""
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text(INDEX)
    (built / "assets" / "a-1.js").write_text(SCRIPT)
    (tmp_path / "secret.js").write_text("secret")
    monkeypatch.setattr(pages, "BUILT", built)
    user = DemoUser("student", 'Ana "<b>"', {"pin": "2468"})
    with pages.Pages("127.0.0.1", 0, api=API, files=FILES, users=[user]) as served:
        yield served.address


def get(url: str, **headers: str) -> httpx.Response:
    return httpx.get(url, headers=headers, timeout=10)


@pytest.mark.parametrize("path", ["/", "/index.html", "/classes/0193/students/0194?tab=a"])
def test_a_path_of_the_pages_is_the_page(address: str, path: str) -> None:
    reply = get(address + path)
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-cache")
    assert f'<meta name="tiza-api" content="{API}" />' in reply.text
    assert "<b>" not in reply.text
    assert "&quot;pin&quot;: &quot;2468&quot;" in reply.text


@pytest.mark.parametrize("path", ["/assets/a-2.js", "/../secret.js", "/%2e%2e/secret.js", "/..%2fsecret.js"])
def test_a_file_that_is_not_there_or_not_of_it_is_404(address: str, path: str) -> None:
    with httpx.Client(base_url=address) as client:
        request = client.build_request("GET", address)
        request.url = request.url.copy_with(raw_path=path.encode())
        reply = client.send(request)
    assert reply.status_code == 404
    assert "secret" not in reply.text


def test_a_script_is_compressed_and_kept_for_good(address: str) -> None:
    reply = get(f"{address}/assets/a-1.js", **{"Accept-Encoding": "gzip"})
    assert reply.text == SCRIPT
    assert int(reply.headers["Content-Length"]) == len(gzip.compress(SCRIPT.encode(), mtime=0))
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["Content-Type"].startswith("text/javascript")


def test_scripts_are_the_own_ones_and_calls_go_to_the_api_and_the_files(address: str) -> None:
    policy = dict(
        directive.split(" ", 1) for directive in get(address).headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' {API} http://127.0.0.1:5999"


def test_the_other_name_of_this_machine_leads_to_the_origin_that_the_api_knows(address: str) -> None:
    port = address.rpartition(":")[2]
    reply = get(f"{address}/classes?a=1", Host=f"localhost:{port}")
    assert (reply.status_code, reply.headers["Location"]) == (307, f"{address}/classes?a=1")


def test_a_page_without_room_for_the_address_is_refused() -> None:
    with pytest.raises(ValueError, match="tiza-api"):
        pages.filled_in("<head></head>", API)
