"""In which form an answer is given."""

from __future__ import annotations

import pytest

from chalicelib.edge.negotiation import preferred
from chalicelib.edge.responses import CSV, JSON, SVG
from tests.support.client import Reply
from tests.unit.edge import sample
from tests.unit.edge.gateway import call

OFFERED = (JSON, SVG, CSV)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
IMAGE = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", JSON),
        ("*/*", JSON),
        (BROWSER, JSON),
        (IMAGE, SVG),
        ("image/svg+xml", SVG),
        ("IMAGE/SVG+XML ; q=0.5", SVG),
        ("image/*", SVG),
        ("text/csv", CSV),
        ("text/csv;charset=utf-8", CSV),
        ("text/*;q=0.9, image/svg+xml;q=0.8", CSV),
        ("image/svg+xml;q=0.2, application/json;q=0.3", JSON),
        ("image/svg+xml, application/json", JSON),
        ("application/json;q=0, */*", SVG),
        ("image/svg+xml;q=0, */*;q=0.1", JSON),
        ("image/png", JSON),
        ("image/svg+xml;q=high, text/csv;q=0.1", CSV),
        (",;,nonsense,/,text", JSON),
    ],
)
def test_the_form_that_is_liked_best_is_given(accept: str, wanted: str) -> None:
    assert preferred(accept, OFFERED) == wanted


def drawn(**headers: str) -> Reply:
    return call(sample.app, "GET", "/v1/drawn", headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_each_form_has_its_type_and_its_own_tag() -> None:
    json, svg, csv = (drawn(Accept=accept) for accept in ("*/*", SVG, "text/csv"))
    assert json.data == {"name": "A"}
    assert (svg.text, svg.headers["Content-Type"]) == ("<svg>A en</svg>", SVG)
    assert (csv.text, csv.headers["Content-Type"]) == ("name\r\nA\r\n", CSV)
    assert csv.headers["Content-Disposition"].startswith("attachment")
    assert svg.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert svg.headers["X-Content-Type-Options"] == "nosniff"
    tags = [reply.headers["ETag"] for reply in (json, svg, csv)]
    assert len(set(tags)) == 3
    assert [drawn(Accept=SVG, If_None_Match=tag).status for tag in tags] == [200, 304, 200]


def test_caches_are_told_what_the_form_depends_on() -> None:
    tag = drawn(Accept=SVG).headers["ETag"]
    assert drawn().headers["Vary"] == "Accept"
    assert drawn(Accept=SVG, If_None_Match=tag).headers["Vary"] == "Accept"
    assert drawn(Origin="https://app.tiza.example").headers["Vary"] == "Origin, Accept"
