"""The OpenAPI 3.1 document, built from what the routes of `app.py` declare.

Summaries and descriptions are the handlers' docstrings, schemas their annotations; which errors an operation
may answer with follows from its declaration.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args, get_origin
from uuid import UUID

from chalicelib.caller import ANYONE
from chalicelib.edge.http import Endpoint, Page
from chalicelib.edge.idempotency import KEPT_HOURS, LONGEST_KEY
from chalicelib.edge.openapi import errors
from chalicelib.edge.openapi.schemas import ALLOWED_TEXT, EXAMPLES_BY_FORMAT, Schema, Schemas, without_null
from chalicelib.edge.openapi.words import DESCRIPTION, HEADERS, TAGS, header_refs
from chalicelib.edge.responses import JSON, Answer, to_json

OPENAPI_VERSION = "3.1.0"
API_VERSION = "1"  # the one in the paths
# What `idempotency.of` accepts, without spaces at the ends, which HTTP drops from a header.
PRINTABLE = r"^[!-~]([ -~]*[!-~])?$"

Object = dict[str, Any]


def answer(endpoints: Sequence[Endpoint], base_url: str) -> Answer:
    """The document as an HTTP answer, outside the usual envelope."""
    return Answer(200, to_json(document(endpoints, base_url)))


def document(endpoints: Sequence[Endpoint], base_url: str) -> Object:
    """The OpenAPI document of `endpoints`, reached under `base_url`. Its parts are shared: read only."""
    return {**_described(tuple(endpoints)), "servers": [{"url": base_url}]}


def told(handler: Callable[..., Any]) -> tuple[str, str]:
    """What a handler's docstring says: its first sentence, without the full stop, and all the rest."""
    first, _, rest = (inspect.getdoc(handler) or "").partition("\n")
    summary, _, more = first.partition(". ")
    return summary.rstrip("."), "\n\n".join(filter(None, (more, rest.strip())))


@functools.lru_cache(maxsize=2)
def _described(endpoints: tuple[Endpoint, ...]) -> Object:
    """The document without its `servers`."""
    schemas = Schemas(
        {(endpoint.handler, slot): kind for endpoint in endpoints for slot, kind in _schema_types(endpoint)}
    )
    paths: dict[str, Object] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    return {
        "openapi": OPENAPI_VERSION,
        "info": {"title": "Tiza", "version": API_VERSION, "description": DESCRIPTION},
        "tags": _tags({_tag(endpoint) for endpoint in endpoints}),
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": {"Error": errors.schema(), **schemas.used_by(paths)},
            "responses": errors.components(map(errors.possible, endpoints)),
            "headers": HEADERS,
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "The `access_token` that signing in gave.",
                },
                "serviceKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "tiza_sk_",
                    "description": "The key of another system, with the scope that is named here.",
                },
            },
        },
    }


def _schema_types(endpoint: Endpoint) -> Iterator[tuple[str, Any]]:
    """The types of `endpoint` that have a schema: `body`, `query`, and the `data` of its answer."""
    types = endpoint.types()
    for slot in ("body", "query"):
        if slot in types:
            yield slot, types[slot]
    result = types["return"]
    if get_origin(result) is Page:
        yield "data", list[get_args(result)[0]]  # type: ignore[misc]
    elif endpoint.status != 204 and result is not Answer and endpoint.media_type == JSON:
        yield "data", result


def _operation(endpoint: Endpoint, schemas: Schemas) -> Object:
    summary, description = told(endpoint.handler)
    operation: Object = {
        "operationId": endpoint.handler.__name__,
        "tags": [_tag(endpoint)],
        "summary": summary,
        "description": "\n\n".join(filter(None, (description, _audience(endpoint)))),
        "parameters": list(_parameters(endpoint, schemas)),
    }
    if "body" in endpoint.types():
        schema = schemas[endpoint.handler, "body"]
        examples = {name: {"value": value} for name, value in schemas.examples(schema).items()}
        content = {JSON: {"schema": schema, "examples": examples}}
        operation["requestBody"] = {"required": True, "content": content}
    operation["responses"] = {**_successes(endpoint, schemas), **errors.responses(errors.possible(endpoint))}
    if endpoint.allow is None:
        operation["security"] = []
    else:
        operation["x-roles"] = list(endpoint.allow)
    if endpoint.scope is not None:
        operation["security"] = [{"bearer": []}, {"serviceKey": [endpoint.scope]}]
    if endpoint.deprecated:
        operation["deprecated"] = True
    return operation


def _parameters(endpoint: Endpoint, schemas: Schemas) -> Iterator[Object]:
    """What the path, the query string and the headers hold."""
    types = endpoint.types()
    for name in re.findall(r"{(\w+)}", endpoint.path):
        yield {"name": name, "in": "path", "required": True, **_path_schema(name, types[name])}
    if "query" in types:
        query = schemas.resolved(schemas[endpoint.handler, "query"])
        for name, schema in query["properties"].items():
            bare = without_null(schema)
            parameter = {"name": name, "in": "query", "required": name in query.get("required", ())}
            yield {**parameter, "description": bare.pop("description", ""), "schema": bare}
    if endpoint.idempotent:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "description": f"Makes it safe to send this again within {KEPT_HOURS} hours: it is done once.",
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": PRINTABLE},
            "example": EXAMPLES_BY_FORMAT["uuid"],
        }
    if endpoint.etag:
        yield {
            "name": "If-None-Match",
            "in": "header",
            "description": "The `ETag` of the answer that you have: `304` when it is still good.",
            "schema": {"type": "string"},
        }


def _path_schema(name: str, kind: Any) -> Object:
    if kind is UUID:
        described = f"The id of the {name.removesuffix('_id').replace('_', ' ')}."
        return {
            "description": described,
            "schema": {"type": "string", "format": "uuid"},
            "example": EXAMPLES_BY_FORMAT["uuid"],
        }
    described = f"The {name.replace('_', ' ')}."
    return {"description": described, "schema": {"type": "string", "minLength": 1, "pattern": ALLOWED_TEXT}}


def _successes(endpoint: Endpoint, schemas: Schemas) -> Object:
    """The answer when all is well, and 304 where the client may have it already."""
    limited = ("RateLimit", "RateLimit-Policy") if endpoint.limit is not None else ()
    announced = ("Deprecation", "Sunset") if endpoint.deprecated else ()
    tagged = ("ETag",) if endpoint.etag else ()
    success: Object = {
        "description": "Done." if endpoint.status == 204 else "Here it is.",
        "headers": header_refs(*limited, *announced, *tagged),
    }
    if endpoint.status != 204:
        success["content"] = {endpoint.media_type.partition(";")[0]: _content(endpoint, schemas)}
        for form, _ in endpoint.also:
            success["content"][form.partition(";")[0]] = {"schema": {"type": "string"}}
    found: Object = {str(endpoint.status): success}
    if endpoint.etag:
        headers = header_refs(*announced, *tagged)
        found["304"] = {"description": "What you have is still good.", "headers": headers}
    return found


def _content(endpoint: Endpoint, schemas: Schemas) -> Object:
    """The media type object of a success: the envelope, or what it holds where there is none."""
    if endpoint.media_type != JSON:
        return {"schema": {"type": "string"}}
    if endpoint.types()["return"] is Answer:
        return {"schema": {"type": "object"}}
    data, meta = schemas[endpoint.handler, "data"], _meta(endpoint)
    envelope = {"type": "object", "properties": {"data": data, "meta": meta}, "required": ["data", "meta"]}
    return {"schema": envelope, "example": {"data": schemas.example(data), "meta": schemas.example(meta)}}


def _meta(endpoint: Endpoint) -> Schema:
    if get_origin(endpoint.types()["return"]) is not Page:
        return {"type": "object", "examples": [{}]}
    cursor = {
        "type": ["string", "null"],
        "description": "The `cursor` of the next page; null at the end.",
        "examples": [None],
    }
    return {"type": "object", "properties": {"next_cursor": cursor}, "required": ["next_cursor"]}


def _audience(endpoint: Endpoint) -> str:
    if endpoint.allow is None:
        return "Needs no token."
    keys = f", and for service keys with the scope `{endpoint.scope}`" if endpoint.scope else ""
    if set(endpoint.allow) == set(ANYONE):
        return f"For every signed-in user{keys}."
    return f"For the roles {', '.join(f'`{role}`' for role in endpoint.allow)}{keys}."


def _tag(endpoint: Endpoint) -> str:
    """The resource: what follows the version in the path."""
    version, _, rest = endpoint.path.strip("/").partition("/")
    return rest.partition("/")[0] if re.fullmatch(r"v\d+", version) else "service"


def _tags(used: set[str]) -> list[Object]:
    known = [tag for tag in TAGS if tag in used]
    return [{"name": tag, "description": TAGS.get(tag, "")} for tag in (*known, *sorted(used - set(known)))]
