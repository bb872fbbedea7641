"""A server that speaks the wire formats of Bedrock's Converse and of OpenAI's Chat Completions.

It answers what it is told to, and can be slow, fail, talk rubbish, break off, or ask for patience.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from chalicelib import settings
from chalicelib.aws import client

GATEWAY, BEDROCK = "gateway/small", "bedrock/amazon.nova-lite-v1:0"
USED = {"input": 100, "output": 20, "cached": 40}
DIMENSIONS = 16
CASE = re.compile(r"^\[(\d+)\]$", re.MULTILINE)  # of what the worker `classify` tells


class Behaviour(NamedTuple):
    """How one call is answered: with `text`, which may be made from the prompt, unless with `body`."""

    text: str | Callable[[str], str] = "Hello."
    status: int = 200
    retry_after: str | None = None
    seconds: float = 0.0
    drops: bool = False  # the body comes in drops, each in time, the whole never
    body: bytes | None = None
    broken_off: bool = False  # in the middle of the body
    is_cut: bool = False  # at the most tokens


class Call(NamedTuple):
    """One call as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Models:
    """The server. `behave` says how the next calls are answered, in order; after them, as the last one."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.calls: list[Call] = []
        self._lock = threading.Lock()
        self._behaviours: list[Behaviour] = [Behaviour()]

    def behave(self, *behaviours: Behaviour) -> None:
        with self._lock:
            self._behaviours = list(behaviours)

    def say(self, *texts: str | Callable[[str], str]) -> None:
        self.behave(*(Behaviour(text) for text in texts))

    def answer(self, call: Call) -> Behaviour:
        """Note the call; how it is answered."""
        with self._lock:
            self.calls.append(call)
            return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]

    @property
    def said(self) -> str:
        """Everything that came over the wire, headers and bodies."""
        return "\n".join(f"{each.path} {each.headers} {each.body.decode()}" for each in self.calls)

    def settings(self, *models: str, **more: str) -> dict[str, str]:
        """The environment in which these models, such as `gateway/small`, answer here."""
        return {
            "TIZA_LLM_MODELS": ",".join(models),
            "TIZA_LLM_PRICES": ",".join(f"{model}=1/2/0.5" for model in models),
            "TIZA_LLM_GATEWAY_URL": f"{self.address}/v1",
            "TIZA_LLM_GATEWAY_KEY": "key-of-the-gateway",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": self.address,
            **more,
        }


def opinions(*said: tuple[int, str, float]) -> str:
    """What a model says that is asked to classify: case, bug and confidence of each opinion."""
    listed = [{"case": case, "bug": bug, "confidence": confidence} for case, bug, confidence in said]
    return json.dumps({"opinions": listed})


def saying(bug: str, confidence: float = 0.9) -> Callable[[str], str]:
    """A model that says the same of every case."""
    return lambda told: opinions(*((int(case), bug, confidence) for case in CASE.findall(told)))


def set_up(patch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """Have Tiza in this process use these models."""
    for name, value in environment.items():
        patch.setenv(name, value)
    settings.reset()
    client.forget()


@contextmanager
def served() -> Iterator[Models]:
    """The server on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    models = Models(f"http://127.0.0.1:{server.server_address[1]}")
    server.models = models  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield models
    finally:
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        call = Call(unquote(self.path), {k.lower(): v for k, v in self.headers.items()}, body)
        behaviour = self.server.models.answer(call)  # type: ignore[attr-defined]
        time.sleep(behaviour.seconds)
        content = behaviour.body if behaviour.body is not None else _content(call, behaviour)
        self.send_response(behaviour.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if behaviour.retry_after is not None:
            self.send_header("Retry-After", behaviour.retry_after)
        if behaviour.status >= 400:
            self.send_header("x-amzn-ErrorType", _fault(behaviour.status))
        self.end_headers()
        try:
            self._send(content, behaviour)
        except OSError:
            self.close_connection = True  # the caller has given up, which is what it should do

    def _send(self, content: bytes, behaviour: Behaviour) -> None:
        if behaviour.drops:
            for position in range(len(content)):
                self.wfile.write(content[position : position + 1])
                self.wfile.flush()
                time.sleep(0.2)
        elif behaviour.broken_off:
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            linger = struct.pack("ii", 1, 0)  # closed at once, with a reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            self.close_connection = True
        else:
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: the calls are noted."""


def _fault(status: int) -> str:
    return {429: "ThrottlingException", 403: "AccessDeniedException", 503: "ServiceUnavailableException"}.get(
        status, "InternalServerException" if status >= 500 else "ValidationException"
    )


def _content(call: Call, behaviour: Behaviour) -> bytes:
    if behaviour.status >= 400:
        return json.dumps({"message": "as I was told", "error": {"message": "as I was told"}}).encode()
    asked = call.json
    if call.path.endswith("/embeddings"):
        return json.dumps(
            {"data": [{"embedding": vector(asked["input"])}], "usage": {"prompt_tokens": 5}}
        ).encode()
    if call.path.endswith("/invoke"):
        return json.dumps({"embedding": vector(asked["inputText"]), "inputTextTokenCount": 5}).encode()
    text = behaviour.text if isinstance(behaviour.text, str) else behaviour.text(prompt(asked))
    if call.path.endswith("/converse"):
        return _of_bedrock(text, behaviour)
    return _of_gateway(text, behaviour)


def _of_bedrock(text: str, behaviour: Behaviour) -> bytes:
    return json.dumps(
        {
            "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
            "stopReason": "max_tokens" if behaviour.is_cut else "end_turn",
            "usage": {
                "inputTokens": USED["input"],
                "outputTokens": USED["output"],
                "totalTokens": USED["input"] + USED["output"],
                "cacheReadInputTokens": USED["cached"],
            },
            "metrics": {"latencyMs": 1},
        }
    ).encode()


def _of_gateway(text: str, behaviour: Behaviour) -> bytes:
    finish = "length" if behaviour.is_cut else "stop"
    return json.dumps(
        {
            "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}],
            "usage": {
                "prompt_tokens": USED["input"] + USED["cached"],
                "completion_tokens": USED["output"],
                "prompt_tokens_details": {"cached_tokens": USED["cached"]},
            },
        }
    ).encode()


def prompt(asked: Any) -> str:
    """The text of the last message, in either format."""
    content = asked["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def vector(text: str) -> list[float]:
    """A stand-in for an embedding: texts that share words have vectors that are near to each other."""
    values = [0.0] * DIMENSIONS
    for word in text.lower().split():
        values[sum(word.encode()) % DIMENSIONS] += 1.0
    length = sum(value * value for value in values) ** 0.5 or 1.0
    return [value / length for value in values]
