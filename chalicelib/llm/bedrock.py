"""Amazon Bedrock, through its Converse API, which is the same for all its models."""

from __future__ import annotations

import json
from typing import Any

from chalicelib.aws import client
from chalicelib.aws.uses import EMBEDDERS, MODELS, uses
from chalicelib.errors import UnavailableError
from chalicelib.llm.configuration import Model
from chalicelib.llm.conversation import Image, Part, Reply, Request, Usage
from chalicelib.llm.faults import AwayError, RejectedError

SERVICE = "bedrock-runtime"
CACHE_POINT = {"cachePoint": {"type": "default"}}
NOT_AS_DOCUMENTED = "the answer is not what Bedrock's documents say"
# A model that took too long or broke: Bedrock says that with a status below 500 too.
PASSING = frozenset({"ModelTimeoutException", "ModelNotReadyException", "ModelErrorException"})


@uses(MODELS, "bedrock:InvokeModel")  # the right that Converse asks for
def converse(model: Model, request: Request, seconds: float) -> Reply:
    """What the model says, within `seconds`. Raises `AwayError` and `RejectedError`."""
    system: list[dict[str, Any]] = [{"text": request.system}]
    if model.price.cached is not None:
        system.append(CACHE_POINT)
    answer = _call(
        "converse",
        seconds,
        modelId=model.name,
        system=system,
        messages=[
            {"role": message.role, "content": [_block(part) for part in message.parts]}
            for message in request.messages
        ],
        inferenceConfig={"maxTokens": request.max_tokens, "temperature": request.temperature},
    )
    try:
        blocks = answer["output"]["message"]["content"]
        usage = answer["usage"]
        return Reply(
            "".join(block["text"] for block in blocks if "text" in block),
            Usage(
                input=usage["inputTokens"] + usage.get("cacheWriteInputTokens", 0),
                cached=usage.get("cacheReadInputTokens", 0),
                output=usage["outputTokens"],
            ),
            is_whole=answer.get("stopReason") != "max_tokens",
        )
    except (TypeError, KeyError) as error:
        raise AwayError(NOT_AS_DOCUMENTED) from error


@uses(EMBEDDERS, "bedrock:InvokeModel")
def embed(model: Model, text: str, seconds: float) -> Reply:
    """The embedding of `text` by a Titan model: a JSON array, a vector of length 1.

    Raises `AwayError` and `RejectedError`.
    """
    body = json.dumps({"inputText": text, "normalize": True})
    answer = _call("invoke_model", seconds, modelId=model.name, body=body, contentType="application/json")
    try:
        found = json.loads(answer["body"].read())
        vector = [float(each) for each in found["embedding"]]
        return Reply(json.dumps(vector), Usage(input=int(found["inputTextTokenCount"])))
    except (ValueError, TypeError, KeyError) as error:
        raise AwayError(NOT_AS_DOCUMENTED) from error


def _call(operation: str, seconds: float, **arguments: Any) -> Any:
    try:
        return client.call_within(seconds, SERVICE, operation, **arguments)
    except (UnicodeDecodeError, AttributeError) as error:  # botocore takes a body for an object in UTF-8
        raise AwayError(NOT_AS_DOCUMENTED) from error
    except UnavailableError as error:
        raise AwayError("Bedrock is away", _retry_after(error.__cause__)) from error
    except client.Refused as error:
        if error.code in PASSING:
            raise AwayError(error.code) from error
        raise RejectedError(error.code) from error


def _retry_after(cause: BaseException | None) -> float | None:
    """The seconds that Bedrock asks for, where it says any."""
    response = getattr(cause, "response", None) or {}
    text = response.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("retry-after", "")
    return float(text) if text.isdecimal() else None


def _block(part: Part) -> dict[str, Any]:
    if isinstance(part, Image):
        return {
            "image": {"format": part.media_type.removeprefix("image/"), "source": {"bytes": part.content}}
        }
    return {"text": part}
