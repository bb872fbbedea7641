"""The docs page: the OpenAPI document as one HTML page, read without JavaScript and without any other file.

Made from the document alone. The style is inside the page; the content security policy allows it by its hash
and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shlex
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from chalicelib.edge import openapi
from chalicelib.edge.docs_fields import fields, inline
from chalicelib.edge.http import Endpoint
from chalicelib.edge.responses import HTML, Answer
from chalicelib.errors import all_errors

STYLE = Path(__file__).with_name("docs_page.css").read_text(encoding="utf-8")
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Object = dict[str, Any]


def answer(endpoints: Sequence[Endpoint], base_url: str) -> Answer:
    """The page of `endpoints` as an HTTP answer, with a policy of its own."""
    text = page(openapi.document(endpoints, base_url))
    return Answer(200, text, {"Content-Type": HTML, "Content-Security-Policy": POLICY})


def page(document: Object) -> str:
    """The HTML of an OpenAPI `document` as `edge.openapi` makes it."""
    base_url = escape(document["servers"][0]["url"])
    sections = [(tag, list(_operations(document, tag["name"]))) for tag in document["tags"]]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tiza API</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Tiza API</h1>
<p>Base address <code>{base_url}</code> · <a href="{base_url}/openapi.json">OpenAPI document</a></p>
</header>
<nav aria-label="Endpoints">
<ul>
<li><a href="#start">Start here</a></li>
{"".join(_contents(tag, operations) for tag, operations in sections)}
<li><a href="#errors">Errors</a></li>
</ul>
</nav>
<main id="content">
<section id="start" aria-labelledby="start-title">
<h2 id="start-title">Start here</h2>
{_prose(document["info"]["description"])}
</section>
{"".join(_section(tag, operations, document) for tag, operations in sections)}
{_errors()}
</main>
</body>
</html>
"""


def _operations(document: Object, tag: str) -> Iterator[tuple[str, str, Object]]:
    """Method, path and operation of each endpoint of a resource."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                yield method.upper(), path, operation


def _contents(tag: Object, operations: list[tuple[str, str, Object]]) -> str:
    entries = "".join(
        f'<li><a href="#{operation["operationId"]}">{_method(method)} {escape(operation["summary"])}</a></li>'
        for method, _, operation in operations
    )
    return f'<li><a href="#about-{escape(tag["name"])}">{escape(tag["name"])}</a>\n<ul>{entries}</ul></li>\n'


def _section(tag: Object, operations: list[tuple[str, str, Object]], document: Object) -> str:
    name = escape(tag["name"])
    articles = "".join(_article(method, path, operation, document) for method, path, operation in operations)
    return (
        f'<section id="about-{name}" aria-labelledby="about-{name}-title">\n'
        f'<h2 id="about-{name}-title">{name}</h2>\n'
        f"<p>{escape(tag['description'])}</p>\n{articles}</section>\n"
    )


def _article(method: str, path: str, operation: Object, document: Object) -> str:
    name = operation["operationId"]
    deprecated = ' <strong class="mark">deprecated</strong>' if operation.get("deprecated") else ""
    return f"""<article id="{name}" aria-labelledby="{name}-title">
<h3 id="{name}-title"><a href="#{name}">{escape(operation["summary"])}</a>{deprecated}</h3>
<p class="route">{_method(method)} <code>{escape(path).replace("/", "<wbr>/")}</code></p>
<div class="columns">
<div>
{_prose(operation["description"])}
{_parameters(operation, document)}
{_body(operation, document)}
{_answers(operation, document)}
</div>
<div>
{_listing("Call", _curl(method, path, operation, document))}
{"".join(_listing(title, text) for title, text in _examples(operation))}
</div>
</div>
</article>
"""


def _parameters(operation: Object, document: Object) -> str:
    if not operation["parameters"]:
        return ""
    schema = {
        "properties": {
            one["name"]: {**one["schema"], "description": f"In the {one['in']}. {one['description']}"}
            for one in operation["parameters"]
        },
        "required": [one["name"] for one in operation["parameters"] if one.get("required")],
    }
    return f"<h4>Parameters</h4>\n{fields(schema, document, mark_required=True)}"


def _body(operation: Object, document: Object) -> str:
    if "requestBody" not in operation:
        return ""
    (media,) = operation["requestBody"]["content"].values()
    return f"<h4>Body</h4>\n{fields(media['schema'], document, mark_required=True)}"


def _answers(operation: Object, document: Object) -> str:
    """The answers of an operation: the good ones with their fields, the others by their codes."""
    parts, faults = [], []
    for status, response in operation["responses"].items():
        if "$ref" in response:
            codes = response["$ref"].rpartition("/")[2].split(".")
            faults += [f'<li><a href="#error-{code}">{status} {code}</a></li>' for code in codes]
            continue
        content = response.get("content", {})
        parts.append(f"<h4>Answer {status}</h4>\n")
        parts += [] if content else [f"<p>{escape(response['description'])}</p>\n"]
        for media_type, media in content.items():
            data = media["schema"].get("properties", {}).get("data")
            parts.append(fields(data, document) if data else f"<p>As <code>{escape(media_type)}</code>.</p>")
    return "".join(parts) + f'<h4>Errors</h4>\n<ul class="codes">{"".join(faults)}</ul>\n'


def _examples(operation: Object) -> Iterator[tuple[str, str]]:
    """Title and text of each example: the forms of the body that the call does not show, and the answer."""
    for media in operation.get("requestBody", {}).get("content", {}).values():
        for name, example in list(media["examples"].items())[1:]:
            yield f"Or with the body: {name}", _pretty(example["value"])
    for status, response in operation["responses"].items():
        for media in response.get("content", {}).values():
            if "example" in media:
                yield f"Answer {status}", _pretty(media["example"])


def _curl(method: str, path: str, operation: Object, document: Object) -> str:
    """A call to paste into a shell; the access token is in `$TOKEN`."""
    for parameter in operation["parameters"]:
        path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example", "...")))
    lines = ["curl" if method == "GET" else f"curl -X {method}"]
    lines[0] += f" {shlex.quote(document['servers'][0]['url'] + path)}"
    if operation.get("security") != []:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    for media_type, media in operation.get("requestBody", {}).get("content", {}).items():
        example = next(iter(media["examples"].values()))["value"]
        lines.append(f"-H 'Content-Type: {media_type}'")
        lines.append(f"-d {shlex.quote(_pretty(example))}")
    return " \\\n  ".join(lines)


def _listing(title: str, text: str) -> str:
    return f'<h4>{escape(title)}</h4>\n<pre tabindex="0"><code>{escape(text)}</code></pre>\n'


def _errors() -> str:
    entries = "".join(
        f'<dt id="error-{error.code}"><code>{error.code}</code> <span class="type">{error.status}</span></dt>'
        f"<dd>{inline((error.__doc__ or '').strip())}</dd>\n"
        for error in all_errors()
    )
    return (
        '<section id="errors" aria-labelledby="errors-title">\n<h2 id="errors-title">Errors</h2>\n'
        f"<p>Every code, with its status.</p>\n<dl>\n{entries}</dl>\n</section>"
    )


def _method(method: str) -> str:
    return f'<span class="method {method.lower()}">{method}</span>'


def _prose(text: str) -> str:
    return "\n".join(f"<p>{inline(part)}</p>" for part in text.strip().split("\n\n") if part)


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
