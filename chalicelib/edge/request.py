"""An API Gateway request as plain data: headers, body, caller's claims, and typed input."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from chalicelib.errors import MediaTypeError, NotFoundError, PayloadTooLargeError, ValidationError

LARGEST_BODY_BYTES = 1_000_000
DEEPEST_NESTING = 32
LARGEST_EXACT_INTEGER = 2**53  # of a double-precision number, which is what most senders of 2.0 hold
# What no text of a request may hold: control characters, halves of surrogate pairs, and the mark that a
# decoder leaves where bytes were not UTF-8.
FORBIDDEN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
# A query holds text, so numbers and truth values are read leniently; too leniently for these: a number is no
# moment, and 1 is not true.
AS_WRITTEN = {bool: re.compile("true|false"), datetime: re.compile(r"\d{4}-.+")}

T = TypeVar("T")


class Claims(NamedTuple):
    """What the authorizer found in the token. Who that is, and with which role, the database says."""

    subject: str
    token_version: int
    issuer: str | None  # None: one of our own tokens
    expires_at: int  # seconds since 1970: the gateway may keep an authorizer's answer beyond the token's life
    is_service_key: bool = False  # then `subject` is the key's hash, and the database knows when it ends

    @property
    def key(self) -> str:
        """One name for the caller, for rate limits."""
        return f"{self.issuer or ''}|{self.subject}"

    def is_expired(self) -> bool:
        """Whether the token's time is over, as far as the token tells."""
        return not self.is_service_key and self.expires_at < time.time()


class Request:
    """One HTTP request. `path` is the route's pattern, `address` the client's IP address."""

    def __init__(self, source: Any) -> None:
        context: Mapping[str, Any] = source.context
        self._source = source
        self.method: str = source.method
        self.path: str = context["resourcePath"]
        self.headers: Mapping[str, str] = source.headers
        self.id: str = context.get("requestId") or ""
        self.address: str = (context.get("identity") or {}).get("sourceIp") or ""
        self.claims = _claims(context.get("authorizer"))

    @property
    def base_url(self) -> str:
        """Scheme, host and stage prefix under which the client reached us, without a slash at the end."""
        scheme = self.headers.get("x-forwarded-proto", "http").split(",")[0].strip()
        host = self.headers.get("host", "localhost")
        full_path: str = self._source.context.get("path") or self.path
        depth = len(self.path.strip("/").split("/"))
        return f"{scheme}://{host}" + "/".join(full_path.rstrip("/").split("/")[:-depth])

    @property
    def body(self) -> bytes:
        """The body as sent. Raises `PayloadTooLargeError`."""
        raw = self._source.raw_body or b""
        data: bytes = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
        if len(data) > LARGEST_BODY_BYTES:
            raise PayloadTooLargeError(limit_bytes=LARGEST_BODY_BYTES)
        return data

    def read_body(self, kind: type[T]) -> T:
        """The JSON body as a `kind`. Raises `MediaTypeError`, `PayloadTooLargeError` or `ValidationError`."""
        import msgspec

        media_type = self.headers.get("content-type", "").split(";")[0].strip().lower()
        encoding = self.headers.get("content-encoding", "identity").strip().lower()
        if media_type != "application/json" or encoding != "identity":
            raise MediaTypeError()
        try:
            data = msgspec.json.Decoder(float_hook=_number).decode(self.body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ValidationError(
                "The body is not valid JSON in UTF-8.", path="$", reason=str(error)
            ) from error
        _check_text(data, "$")
        return _converted(data, kind, strict=True)

    def read_query(self, kind: type[T]) -> T:
        """The query string as a `kind`. Raises `ValidationError`; a repeated parameter is an error."""
        data = {}
        for name in self._source.query_params or {}:
            values = self._source.query_params.getlist(name)
            if len(values) > 1:
                raise ValidationError(path=f"$.{name}", reason="The parameter is given more than once.")
            data[name] = values[0]
        _check_text(data, "$")
        query = _converted(data, kind, strict=False)
        for name, text in data.items():
            found = type(getattr(query, name))
            if found in AS_WRITTEN and not AS_WRITTEN[found].fullmatch(text):
                raise ValidationError(path=f"$.{name}", reason=f"Expected `{found.__name__}`, got `str`")
        return query

    def refuse_query(self) -> None:
        """For a route without query parameters. Raises `ValidationError` when there are any."""
        for name in self._source.query_params or {}:
            raise ValidationError(path=f"$.{name}", reason="This endpoint takes no such parameter.")


def path_value(text: str, kind: type) -> Any:
    """One path parameter as a `kind`. What is no UUID, or no proper text, names nothing: `NotFoundError`."""
    if kind is not UUID:
        if FORBIDDEN_TEXT.search(text):
            raise NotFoundError()
        return text
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFoundError() from error


def _claims(context: Mapping[str, Any] | None) -> Claims | None:
    """The authorizer's context; API Gateway hands every value over as text."""
    if not context or "subject" not in context:
        return None
    return Claims(
        context["subject"],
        int(context.get("token_version") or 0),
        context.get("issuer") or None,
        int(context.get("expires_at") or 0),
        context.get("is_service_key") == "true",
    )


def _number(text: str) -> int | float:
    """A number that was not written as an integer. As JSON Schema has it, `2.0` is one all the same."""
    value = float(text)
    if math.isinf(value):
        raise ValueError("The number is out of range.")
    return int(value) if value.is_integer() and abs(value) <= LARGEST_EXACT_INTEGER else value


def _check_text(data: Any, path: str, depth: int = 0) -> None:
    """Refuse forbidden characters in any text of `data`, keys included, and nesting that no schema has."""
    if isinstance(data, str):
        if FORBIDDEN_TEXT.search(data):
            raise ValidationError(
                path=path, reason="The text holds a control character or is not valid Unicode."
            )
    elif depth > DEEPEST_NESTING:
        raise ValidationError(path="$", reason=f"The body is nested deeper than {DEEPEST_NESTING} levels.")
    elif isinstance(data, dict):
        for key, value in data.items():
            _check_text(key, path)
            _check_text(value, f"{path}.{key}", depth + 1)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            _check_text(value, f"{path}[{index}]", depth + 1)


def _converted(data: Any, kind: type[T], *, strict: bool) -> T:
    import msgspec

    try:
        return msgspec.convert(data, kind, strict=strict)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        path = place.rpartition("` in `")[2]  # for the key of an object: "key` in `$.path`"
        raise ValidationError(path=path.rstrip("`") or "$", reason=reason) from error
