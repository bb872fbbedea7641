"""Of `moto_deployment`: Lambda. What was uploaded is handed out again and can be run."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

_endpoint = ""
_functions: Any = None  # of `dev.deploy.local_lambda`, once Lambda was asked for anything


def serve_at(endpoint: str) -> None:
    """Say where this local AWS is, which its functions must know."""
    global _endpoint
    _endpoint = endpoint


def end() -> None:
    """End the functions that run."""
    if _functions is not None:
        _functions.close()


def code(query: str) -> bytes:
    """The zip that was uploaded for a function or a layer, by the query of the address that was given out."""
    from moto.awslambda.models import lambda_backends

    asked = {name: values[0] for name, values in parse_qs(query).items()}
    backend = lambda_backends[asked["account"]][asked["region"]]
    if "layer" in asked:
        content: bytes = backend.get_layer_version(asked["layer"], asked["version"]).code_bytes
    else:
        content = backend.get_function(asked["function"], None).code_bytes
    return content


def _address(one: Any, **what: str) -> str:
    query = urlencode({"account": one.account_id, "region": one.region, **what})
    return f"{_endpoint}/local/code?{query}"


def _hand_out_code() -> None:
    """Give addresses under which code and layers can be fetched: moto's lead nowhere."""
    from moto.awslambda.models import LambdaFunction, LayerVersion

    describe, describe_layer = LambdaFunction.get_code, LayerVersion.get_layer_version

    def get_code(self: LambdaFunction) -> dict[str, Any]:
        answer = describe(self)
        answer["Code"]["Location"] = _address(self, function=self.function_name)
        return dict(answer)

    def get_layer_version(self: LayerVersion) -> dict[str, Any]:
        answer = describe_layer(self)
        answer["Content"]["Location"] = _address(self, layer=self.name, version=str(self.version))
        return dict(answer)

    LambdaFunction.get_code = get_code
    LayerVersion.get_layer_version = get_layer_version


def _run_functions() -> None:
    """Run functions, which moto does in Docker only, and leave a queue's messages to its pollers.

    moto calls a mapped function with each message while that is sent, and knows no partial failures.
    """
    global _functions
    from moto.awslambda.models import LambdaBackend
    from moto.sqs.models import Queue

    from dev.deploy.local_lambda import Functions

    _functions = Functions(_endpoint)

    def invoke(
        self: LambdaBackend,
        name: str,
        qualifier: str | None,
        body: Any,
        _asked: Any,
        answered: dict[str, str],
    ) -> bytes:
        function = self.get_function(name, qualifier)
        answer = _functions.call(function.function_name, json.loads(body or "{}"))
        if answer.failed:
            answered["x-amz-function-error"] = "Unhandled"
        answered["x-amz-log-result"] = base64.b64encode(answer.log.encode()[-4096:]).decode()
        payload: bytes = answer.payload.encode()
        answered["Content-Length"] = str(len(payload))
        return payload

    LambdaBackend.invoke = invoke
    Queue.lambda_event_source_mappings = property(lambda _self: {}, lambda _self, _mappings: None)


def _refuse_second_mappings() -> None:
    """Refuse a second mapping of one queue to one function."""
    from moto.awslambda.models import LambdaBackend
    from moto.core.exceptions import JsonRESTError

    create = LambdaBackend.create_event_source_mapping

    class ConflictError(JsonRESTError):
        code = 409

        def __init__(self) -> None:
            super().__init__("ResourceConflictException", "The event source mapping exists already.")

    def create_event_source_mapping(self: LambdaBackend, spec: dict[str, Any]) -> Any:
        made = create(self, spec)
        same = [
            one.uuid
            for one in self._event_source_mappings.values()
            if (one.event_source_arn, one.function_arn) == (made.event_source_arn, made.function_arn)
        ]
        if len(same) > 1:
            self.delete_event_source_mapping(made.uuid)
            raise ConflictError
        return made

    LambdaBackend.create_event_source_mapping = create_event_source_mapping


def _find_layers_by_arn() -> None:
    """Answer GetLayerVersionByArn, which moto knows by name only."""
    from moto.awslambda.responses import LambdaResponse
    from moto.core.exceptions import JsonRESTError

    class NoSuchLayerError(JsonRESTError):
        code = 404

        def __init__(self) -> None:
            super().__init__("ResourceNotFoundException", "The layer version does not exist.")

    def get_layer_version_by_arn(self: LambdaResponse) -> str:
        arn = self.querystring["Arn"][0]
        found = self.backend.layers_versions_by_arn(arn)
        if found is None:
            raise NoSuchLayerError
        return json.dumps(found.get_layer_version())

    LambdaResponse.get_layer_version_by_arn = get_layer_version_by_arn


MENDS: tuple[Callable[[], None], ...] = (
    _hand_out_code,
    _run_functions,
    _refuse_second_mappings,
    _find_layers_by_arn,
)
