"""The fields of a JSON Schema as an HTML definition list, for the docs page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from chalicelib.edge.openapi.schemas import ALLOWED_TEXT, REF

DEEPEST = 5
LONGEST_PATTERN = 20  # a longer one is no help to a reader; the OpenAPI document has it
FORMATS = {"uuid": "UUID", "date": "date", "date-time": "time, RFC 3339"}

Object = dict[str, Any]


class Field(NamedTuple):
    """One line: the field's path within the whole, its schema, whether it must be there."""

    path: str
    schema: Object
    required: bool


def fields(schema: Object, document: Object, *, mark_required: bool = False) -> str:
    """The fields of `schema`, nested ones by their path; for a choice of objects, each choice by itself."""
    known = document["components"]["schemas"]
    resolved = _resolved(schema, known)
    if "discriminator" in resolved:
        name = escape(resolved["discriminator"]["propertyName"])
        return "".join(
            f"<h5>{name} <code>{escape(value)}</code></h5>\n"
            + fields({"$ref": ref}, document, mark_required=mark_required)
            for value, ref in resolved["discriminator"]["mapping"].items()
        )
    found = list(_nested("", schema, known))
    if not found:
        return f'<p class="type">{type_text(schema, known)}</p>\n'
    about = escape(resolved.get("description", "")) if schema is not resolved else ""
    lines = "".join(_line(field, known, mark_required=mark_required) for field in found)
    return (f"<p>{about}</p>\n" if about else "") + f"<dl>\n{lines}</dl>\n"


def type_text(schema: Object, known: Object) -> str:
    """What a value of `schema` looks like, in a few words of HTML."""
    schema = _resolved(schema, known)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_text(choice, known) for choice in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    kind = schema.get("type", "anything")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        bounds = _bounds(schema.get("minItems"), schema.get("maxItems"))
        items = type_text(schema.get("items", {}), known)
        return f"list of {items}, {bounds} of them" if bounds else f"list of {items}"
    if kind == "string":
        return _string_text(schema)
    bounds = _bounds(schema.get("minimum"), schema.get("maximum"))
    return f"{kind}, {bounds}" if bounds else str(kind)


def _string_text(schema: Object) -> str:
    if "format" in schema:
        return FORMATS.get(schema["format"], escape(schema["format"]))
    parts = ["text"]
    bounds = _bounds(schema.get("minLength"), schema.get("maxLength"))
    if bounds:
        parts.append(f"{bounds} characters")
    pattern = schema.get("pattern", ALLOWED_TEXT)
    if pattern != ALLOWED_TEXT and len(pattern) <= LONGEST_PATTERN:
        parts.append(f"<code>{escape(pattern)}</code>")
    return ", ".join(parts)


def _bounds(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{least}" if least == most else f"{least} to {most}"
    if most is not None:
        return f"at most {most}"
    return "" if least is None else f"at least {least}"


def _nested(path: str, schema: Object, known: Object, depth: int = 0) -> Iterator[Field]:
    """The fields within `schema`, each before those within itself."""
    schema = _resolved(_without_null(schema), known)
    if "items" in schema:
        yield from _nested(f"{path}[]", schema["items"], known, depth)
        return
    if depth == DEEPEST:
        return
    for name, part in schema.get("properties", {}).items():
        inner = f"{path}.{name}".lstrip(".")
        yield Field(inner, part, name in schema.get("required", ()))
        yield from _nested(inner, part, known, depth + 1)


def _line(field: Field, known: Object, *, mark_required: bool) -> str:
    resolved = _resolved(field.schema, known)
    notes = ['<strong class="mark">required</strong>'] if mark_required and field.required else []
    notes.append(f'<span class="type">{type_text(field.schema, known)}</span>')
    if resolved.get("default") is not None and resolved["default"] not in ([], {}):
        default = escape(json.dumps(resolved["default"]))
        notes.append(f'<span class="type">default <code>{default}</code></span>')
    described = resolved.get("description") or _without_null(resolved).get("description", "")
    name = escape(field.path).replace(".", "<wbr>.")
    return f"<dt><code>{name}</code> {' '.join(notes)}</dt><dd>{inline(described)}</dd>\n"


def inline(text: str) -> str:
    """One paragraph of text with Markdown's `code` and **strong**, as HTML."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked)


def _without_null(schema: Object) -> Object:
    """The only choice besides null, or `schema` itself."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


def _resolved(schema: Object, known: Object) -> Object:
    while "$ref" in schema:
        schema = known[schema["$ref"].removeprefix(REF)]
    return schema
