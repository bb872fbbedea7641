"""JSON Schemas of what endpoints take and give, and examples composed from those of their fields.

The schemas come from msgspec (JSON Schema 2020-12, which OpenAPI 3.1 uses as it is). What the edge does
beyond them is added here: no text of a request holds a control character.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from chalicelib.schemas.base import END, EXAMPLE_ID

REF = "#/components/schemas/"
# `edge.request.FORBIDDEN_TEXT`, said as what is allowed. Halves of surrogate pairs cannot be written in a
# portable regular expression, nor sent in valid UTF-8.
ALLOWED_TEXT = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFD]*$"
OPEN_CLASS = re.compile(r"\.|\[\^|\\[DSW]")  # what may match a control character
EXAMPLES_BY_FORMAT = {
    "uuid": EXAMPLE_ID,
    "date": "2026-11-21",
    "date-time": "2026-11-21T09:30:00Z",
}
EXAMPLES_BY_TYPE = {"string": "text", "boolean": True, "object": {}, "array": []}

Schema = dict[str, Any]


class Schemas:
    """The schemas of `types`, by the same keys, and the `components` that they refer to."""

    def __init__(self, types: Mapping[Hashable, Any]) -> None:
        import msgspec

        made, components = msgspec.json.schema_components(types.values(), ref_template=REF + "{name}")
        self._made: dict[Hashable, Schema] = dict(zip(types, made, strict=True))
        self.components: dict[str, Schema] = components
        for schema in (*made, *components.values()):
            for part in _parts(schema):
                _refine(part)

    def __getitem__(self, key: Hashable) -> Schema:
        return self._made[key]

    def resolved(self, schema: Schema) -> Schema:
        """`schema`, or the component that it refers to."""
        while "$ref" in schema:
            schema = self.components[schema["$ref"].removeprefix(REF)]
        return schema

    def example(self, schema: Schema) -> Any:
        """A value of `schema`: the one that it gives, or one composed from those of its fields."""
        if "examples" not in schema:
            schema = self.resolved(schema)
        if "examples" in schema:
            return schema["examples"][0]
        if "anyOf" in schema:
            return self.example(next(s for s in schema["anyOf"] if s.get("type") != "null"))
        if "enum" in schema:
            return schema["enum"][0]
        if "properties" in schema:
            return {name: self.example(part) for name, part in schema["properties"].items()}
        if "items" in schema:
            return [self.example(schema["items"])] * max(1, schema.get("minItems", 0))
        return _plain_example(schema)

    def examples(self, schema: Schema) -> dict[str, Any]:
        """Named examples of a request: those that it gives, or one for each form that it may take."""
        tag = schema.get("discriminator", {}).get("propertyName")
        if tag and "examples" not in schema:
            values = [self.example(form) for form in schema["anyOf"]]
        else:
            values = schema.get("examples") or [self.example(schema)]
        named: dict[str, Any] = {}
        for number, value in enumerate(values, start=1):
            name = value[tag] if tag else "example"
            named[f"{name} {number}" if name in named else name] = value
        return named

    def used_by(self, document: Any) -> dict[str, Schema]:
        """The components that `document` refers to, directly or through others, by name."""
        used: dict[str, Schema] = {}
        pending = [document]
        while pending:
            for part in _parts(pending.pop()):
                name = str(part.get("$ref", "")).removeprefix(REF)
                if name in self.components and name not in used:
                    used[name] = self.components[name]
                    pending.append(self.components[name])
        return dict(sorted(used.items()))


def without_null(schema: Schema) -> Schema:
    """`schema` without the choice of null, which a query string cannot say."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice.get("type") != "null"]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    if rest.get("default", 0) is None:
        del rest["default"]
    if len(choices) == 1:
        return {**choices[0], **rest}
    return {"anyOf": choices, **rest} if choices else rest


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object within `schema`, itself included."""
    if isinstance(schema, dict):
        yield schema
        for value in list(schema.values()):
            yield from _parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _parts(value)


def _refine(part: dict[str, Any]) -> None:
    """Add to one schema what msgspec does not say."""
    if isinstance(part.get("description"), str):
        part["description"] = inspect.cleandoc(part["description"])
    if isinstance(part.get("additionalProperties"), dict):
        names = part.setdefault("propertyNames", {})
        names["pattern"] = names.get("pattern", ALLOWED_TEXT).replace(END, "$")
    if part.get("type") != "string" or "format" in part or "enum" in part:
        return
    pattern = part["pattern"] = part.get("pattern", ALLOWED_TEXT).replace(END, "$")  # as ECMA 262 has it
    if pattern != ALLOWED_TEXT and OPEN_CLASS.search(pattern):
        part["allOf"] = [{"pattern": ALLOWED_TEXT}]


def _plain_example(schema: Schema) -> Any:
    """A value for a schema without an example of its own, good where any value will do."""
    if "format" in schema:
        return EXAMPLES_BY_FORMAT.get(schema["format"])
    if schema.get("type") in ("integer", "number"):
        return schema.get("minimum", 1)
    return EXAMPLES_BY_TYPE.get(schema.get("type", ""))
