"""The docs page: whole, self-contained, readable by people and screen readers."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

import app
from chalicelib.edge import docs_page, openapi
from tests.support.client import ApiClient
from tests.unit.edge import sample

BASE = "https://api.example/api"
VOID = {"meta", "link", "wbr", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """What a page holds; raises for tags that are not closed as they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("id"):
            self.ids.append(str(values["id"]))
        self.links += [str(value) for name, value in attrs if name in ("href", "src", "action", "srcset")]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


@pytest.fixture(params=["app", "sample"])
def text(request: pytest.FixtureRequest) -> str:
    api = {"app": app.api, "sample": sample.api}[request.param]
    return docs_page.page(openapi.document(api.endpoints, BASE))


def test_every_endpoint_has_its_article_and_its_link(text: str) -> None:
    page = Page(text)
    for endpoint in app.api.endpoints if "register" in page.ids else sample.api.endpoints:
        assert endpoint.handler.__name__ in page.ids
        assert f"#{endpoint.handler.__name__}" in page.links


def test_every_link_leads_somewhere_and_nowhere_else(text: str) -> None:
    page = Page(text)
    for link in page.links:
        assert link[1:] in page.ids if link.startswith("#") else link in ("data:,", f"{BASE}/openapi.json")
    assert len(page.ids) == len(set(page.ids))


def test_nothing_is_loaded_and_nothing_runs(text: str) -> None:
    tags = {tag for tag, _ in Page(text).tags}
    assert not tags & {"script", "img", "iframe", "form", "object", "svg", "base"}
    assert "@import" not in text
    assert "url(" not in text
    assert not any(name.startswith("on") or name == "style" for _, a in Page(text).tags for name in a)


def test_it_can_be_walked_by_landmarks_headings_and_keys(text: str) -> None:
    page = Page(text)
    names = [tag for tag, _ in page.tags]
    assert {names.count(landmark) for landmark in ("header", "nav", "main", "h1")} == {1}
    assert ("html", {"lang": "en"}) in page.tags
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    labelled = [a["aria-labelledby"] for tag, a in page.tags if tag in ("article", "section")]
    assert set(labelled) <= set(page.ids)
    assert page.links[1] == "#content"  # after the icon's: the first thing that a keyboard reaches
    assert all(a.get("tabindex") == "0" for tag, a in page.tags if tag == "pre")


def test_the_policy_allows_its_own_style_and_nothing_else(text: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in docs_page.POLICY.split(";"))
    assert rules["style-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in docs_page.POLICY


def listings(text: str, operation: str) -> Iterator[str]:
    article = text.partition(f'<article id="{operation}"')[2].partition("</article>")[0]
    for listing in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", article, re.DOTALL):
        yield listing.replace("&quot;", '"').replace("&#x27;", "'").replace("&lt;", "<").replace("&amp;", "&")


def test_a_call_can_be_pasted() -> None:
    text = docs_page.page(openapi.document(sample.api.endpoints, BASE))
    words = shlex.split(next(listings(text, "guard_thing")).replace("\\\n", " "))
    assert words[:4] == ["curl", "-X", "POST", f"{BASE}/v1/guarded"]
    assert words[4:8] == ["-H", "Authorization: Bearer $TOKEN", "-H", "Content-Type: application/json"]
    assert words[8] == "-d"
    assert words[9].replace("\n", "").replace(" ", "") == '{"name":"AdaLópez"}'
    read = next(listings(text, "read_thing"))
    assert read == f"curl {BASE}/v1/things/01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"


def test_fields_say_what_they_are() -> None:
    text = docs_page.page(openapi.document(sample.api.endpoints, BASE))
    article = text.partition('<article id="make_thing"')[2].partition("</article>")[0]
    assert "parts[]<wbr>.weight" in article
    assert "integer, 1 to 10000 or null" in article
    assert "list of object, at most 5 of them" in article
    assert article.count('class="mark">required') == 4  # name, pin, parts, and each part's name
    assert "<h5>kind <code>id</code></h5>" in text
    assert "default <code>20</code>" in text
    assert '<strong class="mark">deprecated</strong>' in text


@pytest.mark.parametrize("host", ['"><script>alert(1)</script>', "a' onload='x", "x&amp;<b>"])
def test_the_host_that_a_client_sends_is_only_text(host: str) -> None:
    reply = ApiClient(app.app).get("/docs", headers={"host": host})
    assert reply.status == 200
    assert host not in reply.text
    assert not {"script", "b"} & {tag for tag, _ in Page(reply.text).tags}


def test_it_is_served_as_a_page() -> None:
    reply: Any = ApiClient(app.app).get("/docs", headers={"host": "tiza.example"})
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Content-Security-Policy"] == docs_page.POLICY
    assert "http://tiza.example/v1/auth/login" in reply.text
    again = ApiClient(app.app).get(
        "/docs", headers={"host": "tiza.example", "if-none-match": reply.headers["ETag"]}
    )
    assert again.status == 304
