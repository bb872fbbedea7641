"""Where moto differs from AWS in what a deployment relies on, put right.

Applied when the service is first asked for: to import moto's API Gateway and Lambda takes longer than the
whole start of the local AWS, and `make run` needs neither. Each mend has a test in
tests/deploy/test_local_deployment.py that fails without it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_refused: list[re.Pattern[str]] = []  # the calls that shall fail: method and path


def is_refused(method: str, path: str) -> bool:
    """Whether a test wants this call to fail."""
    return any(pattern.fullmatch(f"{method} {path}") for pattern in _refused)


def refuse(call: str) -> list[str]:
    """Let calls whose `METHOD /path` matches this expression fail, and no others; none if it is empty."""
    _refused[:] = [re.compile(call)] if call else []
    return [pattern.pattern for pattern in _refused]


def mend_at_first_use(application: Any) -> None:
    """Apply the mends of a service before `application` (moto's dispatcher) makes the app for it."""
    create = application.create_app

    def create_app(service: str | None) -> Any:
        for mend in MENDS.get(service or "", ()):
            mend()
        return create(service)

    application.create_app = create_app


def _take_swagger() -> None:
    """Import Swagger 2.0, as Chalice writes it, with its authorizers; overwriting drops gateway responses.

    moto takes OpenAPI 3 with a description only, leaves every method open to anybody, and keeps the gateway
    responses that AWS drops.
    """
    from moto.apigateway.models import APIGatewayBackend

    import_api, put_api = APIGatewayBackend.import_rest_api, APIGatewayBackend.put_rest_api

    def import_rest_api(self: APIGatewayBackend, api_doc: dict[str, Any], fail_on_warnings: bool) -> Any:
        api_doc["info"].setdefault("description", "")
        return import_api(self, api_doc, fail_on_warnings)

    def put_rest_api(
        self: APIGatewayBackend,
        function_id: str,
        api_doc: dict[str, Any],
        fail_on_warnings: bool,
        mode: str = "merge",
    ) -> Any:
        document = {name: value for name, value in api_doc.items() if name != "swagger"}
        api = put_api(self, function_id, {"openapi": "3.0.1", **document}, fail_on_warnings, mode)
        if mode == "overwrite":
            api.name = api_doc["info"]["title"]
            api.gateway_responses.clear()
            api.authorizers.clear()
        _add_authorizers(self, api, api_doc)
        return api

    APIGatewayBackend.import_rest_api = import_rest_api
    APIGatewayBackend.put_rest_api = put_rest_api


def _add_authorizers(backend: Any, api: Any, document: dict[str, Any]) -> None:
    made = {}
    for name, definition in document.get("securityDefinitions", {}).items():
        details = definition.get("x-amazon-apigateway-authorizer")
        if details is not None:
            made[name] = backend.create_authorizer(
                api.id,
                name,
                details["type"].upper(),
                auth_type=definition["x-amazon-apigateway-authtype"],
                authorizer_uri=details["authorizerUri"],
                identity_source=f"method.request.header.{definition['name']}",
                authorizer_result_ttl=details.get("authorizerResultTtlInSeconds"),
            ).id
    for resource in api.resources.values():
        methods = document["paths"].get(resource.get_path(), {})
        for verb, method in resource.resource_methods.items():
            names = [name for one in methods[verb.lower()].get("security", []) for name in one]
            method.authorization_type = "CUSTOM" if names else "NONE"
            method.authorizer_id = made[names[0]] if names else None


def _keep_stage_settings() -> None:
    """Keep the throttling of a stage when a new deployment goes there, and let go of the one before.

    moto makes the stage anew, and deletes no deployment whose stage there still is.
    """
    from moto.apigateway.exceptions import StageStillActive
    from moto.apigateway.models import RestAPI

    create = RestAPI.create_deployment

    def create_deployment(self: RestAPI, name: str, *arguments: Any, **named: Any) -> Any:
        stage = self.stages.get(name)
        deployment = create(self, name, *arguments, **named)
        if stage is not None:
            stage.deployment_id = deployment.id
            self.stages[name] = stage
        return deployment

    def delete_deployment(self: RestAPI, deployment_id: str) -> Any:
        if any(stage.deployment_id == deployment_id for stage in self.stages.values()):
            raise StageStillActive
        return self.deployments.pop(deployment_id)

    RestAPI.create_deployment = create_deployment
    RestAPI.delete_deployment = delete_deployment


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


def _protect_stacks() -> None:
    """Let protected stacks be, let their protection be taken off, and keep what a template says is kept.

    moto deletes both, and knows `Retain` but not `RetainExceptOnCreate`.
    """
    from moto.cloudformation.exceptions import ValidationError
    from moto.cloudformation.models import CloudFormationBackend
    from moto.cloudformation.parsing import ResourceMap
    from moto.cloudformation.responses import CloudFormationResponse
    from moto.core.responses import ActionResult

    delete_stack, delete_resources = CloudFormationBackend.delete_stack, ResourceMap.delete

    def checked(self: CloudFormationBackend, name_or_stack_id: str) -> None:
        for stack in self.stacks.values():
            named = name_or_stack_id in (stack.name, stack.stack_id)
            if named and str(stack.enable_termination_protection).lower() == "true":
                fault = f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
                raise ValidationError(message=fault)
            if named:  # an update of moto's does not list the exports that are new
                self.exports.update({export.name: export for export in stack.exports})
        delete_stack(self, name_or_stack_id)

    def update_termination_protection(self: CloudFormationResponse) -> ActionResult:
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
        return ActionResult({"StackId": stack.stack_id})

    def delete(self: ResourceMap) -> None:
        for resource in self._resource_json_map.values():
            if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
                resource["DeletionPolicy"] = "Retain"
        delete_resources(self)

    CloudFormationBackend.delete_stack = checked
    CloudFormationResponse.update_termination_protection = update_termination_protection
    ResourceMap.delete = delete


MENDS: dict[str, tuple[Callable[[], None], ...]] = {
    "apigateway": (_take_swagger, _keep_stage_settings),
    "awslambda": (_refuse_second_mappings, _find_layers_by_arn),
    "cloudformation": (_protect_stacks,),
}
