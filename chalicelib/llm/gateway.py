"""Any server that speaks OpenAI's Chat Completions protocol: OpenRouter, Anannas, vLLM, Ollama and others."""

from __future__ import annotations

import base64
import functools
import json
import time
from typing import TYPE_CHECKING, Any

from chalicelib.llm.configuration import Configuration, Model
from chalicelib.llm.conversation import Image, Message, Part, Reply, Request, Usage
from chalicelib.llm.faults import AwayError, RejectedError

if TYPE_CHECKING:
    from urllib3 import PoolManager

CONNECT_SECONDS = 2.0
MOST_BYTES = 4_000_000  # of an answer
CHUNK_BYTES = 65_536
BUSY = (408, 409, 425, 429)  # passing faults below 500


def converse(model: Model, request: Request, seconds: float, where: Configuration) -> Reply:
    """What the model says, within `seconds`. Raises `AwayError` and `RejectedError`."""
    said = _post(
        where,
        "/chat/completions",
        {
            "model": model.name,
            "messages": [
                {"role": "system", "content": request.system},
                *({"role": each.role, "content": _content(each)} for each in request.messages),
            ],
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
        },
        seconds,
    )
    try:
        choice = said["choices"][0]
        text, usage = choice["message"]["content"], said.get("usage") or {}
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
        used = Usage(
            input=int(usage.get("prompt_tokens", 0)) - int(cached),
            cached=int(cached),
            output=int(usage.get("completion_tokens", 0)),
        )
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise AwayError("the answer is not of the protocol") from error
    if not isinstance(text, str):
        raise AwayError("the answer has no text")
    return Reply(text, used, is_whole=choice.get("finish_reason") != "length")


def embed(model: Model, text: str, seconds: float, where: Configuration) -> Reply:
    """The embedding of `text`: a JSON array. Raises `AwayError` and `RejectedError`."""
    said = _post(where, "/embeddings", {"model": model.name, "input": text}, seconds)
    try:
        vector = [float(each) for each in said["data"][0]["embedding"]]
        return Reply(json.dumps(vector), Usage(input=int((said.get("usage") or {}).get("prompt_tokens", 0))))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise AwayError("the answer is not of the protocol") from error


def _post(where: Configuration, path: str, body: dict[str, Any], seconds: float) -> Any:
    """The JSON of a 200. Raises `AwayError` for what may pass, `RejectedError` for the rest."""
    from urllib3.exceptions import HTTPError

    try:
        status, content, retry_after = _answer(where, path, json.dumps(body).encode(), seconds)
    except HTTPError as error:  # also where it is cut off in the middle
        raise AwayError(type(error).__name__) from error
    if status >= 500 or status in BUSY:
        raise AwayError(f"status {status}", retry_after)
    if status != 200:
        raise RejectedError(f"status {status}")
    try:
        return json.loads(content)
    except ValueError as error:
        raise AwayError("the answer is not JSON") from error


def _answer(where: Configuration, path: str, body: bytes, seconds: float) -> tuple[int, bytes, float | None]:
    """Status, body and `Retry-After`. Raises urllib3's `HTTPError`, and what a bad answer is."""
    from urllib3 import Retry, Timeout

    ends_at = time.monotonic() + seconds
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if where.gateway_key:
        headers["Authorization"] = f"Bearer {where.gateway_key}"
    answer = _pool().request(
        "POST",
        where.gateway_url + path,
        body=body,
        headers=headers,
        timeout=Timeout(total=seconds, connect=min(CONNECT_SECONDS, seconds)),
        retries=Retry(0, redirect=False),  # how often is decided above, where the time is known
        preload_content=False,
    )
    content = bytearray()
    try:
        # The time limit of a socket is for each of its reads: an answer in drops must not outlive us.
        while piece := answer.read1(CHUNK_BYTES):
            content += piece
            if time.monotonic() > ends_at:
                raise AwayError("the answer takes too long")
            if len(content) > MOST_BYTES:
                raise RejectedError("the answer is larger than it may be")
    finally:
        answer.close()
    return answer.status, bytes(content), _retry_after(answer.headers.get("Retry-After"))


@functools.cache
def _pool() -> PoolManager:
    from urllib3 import PoolManager

    return PoolManager(maxsize=4)


def _retry_after(text: str | None) -> float | None:
    """Seconds, where the header says seconds; a date is not worth a clock's trust here."""
    return float(text) if text is not None and text.strip().isdecimal() else None


def _content(message: Message) -> Any:
    if all(isinstance(part, str) for part in message.parts):
        return "\n".join(str(part) for part in message.parts)
    return [_block(part) for part in message.parts]


def _block(part: Part) -> dict[str, Any]:
    if isinstance(part, Image):
        encoded = base64.b64encode(part.content).decode()
        return {"type": "image_url", "image_url": {"url": f"data:{part.media_type};base64,{encoded}"}}
    return {"type": "text", "text": part}
