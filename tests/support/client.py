"""A client of the app inside this process: events as API Gateway makes them, through the real authorizer."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from chalice import Chalice
from chalice.config import Config
from chalice.local import LocalChalice, LocalGateway, NotAuthorizedError

from chalicelib.edge import authorizer, responses
from chalicelib.errors import UnauthorizedError
from tests.support import contract


class Reply(NamedTuple):
    """An HTTP answer; `json` is None where the body is not JSON."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def data(self) -> Any:
        """`data` of the envelope."""
        return self.json["data"]

    @property
    def code(self) -> str:
        """The error's code."""
        return str(self.json["error"]["code"])


class ApiClient:
    """Calls the app; `as_user(token)` gives a client that sends the token with each call.

    Each answer of Tiza's is held against the OpenAPI document: one that it does not foresee fails the test.
    """

    def __init__(self, app: Chalice, token: str | None = None) -> None:
        app.__class__ = LocalChalice  # as `chalice local` does: each thread has a request of its own
        self._app = app
        self._token = token
        self._gateway = LocalGateway(app, Config())

    def as_user(self, token: str) -> ApiClient:
        return ApiClient(self._app, token)

    def get(self, path: str, **options: Any) -> Reply:
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> Reply:
        return self.call("POST", path, json=json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> Reply:
        return self.call("PUT", path, json=json, **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> Reply:
        return self.call("PATCH", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> Reply:
        return self.call("DELETE", path, **options)

    def call(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request. `json` is sent as such; `body` as it is."""
        sent = {"host": "testserver", **{name.lower(): value for name, value in (headers or {}).items()}}
        if self._token is not None:
            sent.setdefault("authorization", f"Bearer {self._token}")
        if json is not None:
            body = _dumps(json)
        if body is not None:
            sent.setdefault("content-type", "application/json")
        try:
            answer = self._gateway.handle_request(method, path, sent, body)
            reply = Reply(answer["statusCode"], answer["headers"], answer["body"] or "")
        except (authorizer.Unauthorized, NotAuthorizedError):
            refused = responses.error(UnauthorizedError(), "")
            reply = Reply(refused.status, refused.headers, refused.body)
        if self._app.app_name == "tiza":
            assert contract.faults(method, path, reply.status, reply.headers, reply.text) == []
        return reply


def _dumps(value: Any) -> bytes:
    return json.dumps(value, default=str).encode()
