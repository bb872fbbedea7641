"""Where moto differs from AWS in what a deployment relies on, put right.

Applied when the service is first asked for: to import moto's API Gateway and Lambda takes longer than the
whole start of the local AWS, and `make run` needs neither. Each mend has a test in
tests/deploy/test_local_deployment.py that fails without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from dev.aws import moto_functions, moto_web

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

    moto makes the stage anew, without tracing, and deletes no deployment whose stage there still is.
    """
    from moto.apigateway.exceptions import StageStillActive
    from moto.apigateway.models import RestAPI
    from moto.apigateway.responses import APIGatewayResponse

    create, respond = RestAPI.create_deployment, APIGatewayResponse.create_deployment

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

    def create_traced(self: APIGatewayResponse) -> Any:
        answer = respond(self)
        api = self.backend.get_rest_api(self.path.split("/")[2])
        if (name := self._get_param("stageName")) is not None:
            api.stages[name].tracing_enabled = self._get_param("tracingEnabled")
        return answer

    APIGatewayResponse.create_deployment = create_traced
    RestAPI.create_deployment = create_deployment
    RestAPI.delete_deployment = delete_deployment


def _keep_compression() -> None:
    """Keep the smallest size that an API compresses, which moto takes with a new API only."""
    from moto.apigateway.models import RestAPI

    apply = RestAPI.apply_patch_operations

    def apply_patch_operations(self: RestAPI, operations: list[dict[str, Any]]) -> None:
        apply(self, operations)
        for one in operations:
            if one["path"] == "/minimumCompressionSize":
                self.minimum_compression_size = int(one["value"])

    RestAPI.apply_patch_operations = apply_patch_operations


def _know_domains() -> None:
    """Let the second version of API Gateway's interface know the domains of the first, as it does at AWS."""
    from moto.apigateway.models import apigateway_backends
    from moto.apigateway.urls import url_paths
    from moto.apigatewayv2.models import ApiGatewayV2Backend
    from moto.apigatewayv2.responses import ApiGatewayV2Response

    of_domains = "{0}/v2/tags/(?P<resource_arn_pt1>[^/]+)/domainnames/(?P<resource_arn_pt2>[^/]+)$"
    url_paths[of_domains] = ApiGatewayV2Response.dispatch
    tags = ApiGatewayV2Backend.get_tags

    def first(self: ApiGatewayV2Backend) -> Any:
        return apigateway_backends[self.account_id][self.region_name]

    def get_api_mappings(self: ApiGatewayV2Backend, domain_name: str) -> list[Any]:
        found = first(self).get_base_path_mappings(domain_name)
        return [_mapping(one.to_json()) for one in found]

    def delete_domain_name(self: ApiGatewayV2Backend, domain_name: str) -> None:
        for one in first(self).get_base_path_mappings(domain_name):
            first(self).delete_base_path_mapping(domain_name, one.to_json()["basePath"])
        first(self).delete_domain_name(domain_name)

    def get_tags(self: ApiGatewayV2Backend, resource_id: str) -> dict[str, str]:
        kind, _, name = resource_id.rpartition("/")
        is_domain = kind.endswith("/domainnames")
        found = first(self).get_domain_name(name).tags if is_domain else tags(self, resource_id)
        return dict(found or {})

    ApiGatewayV2Backend.get_api_mappings = get_api_mappings
    ApiGatewayV2Backend.delete_domain_name = delete_domain_name
    ApiGatewayV2Backend.get_tags = get_tags


def _mapping(found: dict[str, Any]) -> Any:
    """A base path mapping as the second version's interface gives it."""
    answer = {
        "apiId": found["restApiId"],
        "apiMappingId": found["basePath"],
        "apiMappingKey": found["basePath"].replace("(none)", ""),
        "stage": found["stage"],
    }
    return SimpleNamespace(to_json=lambda: answer)


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


def _tell_lists_as_given() -> None:
    """Describe a stack's parameters that are lists as they were given: moto gives them as Python's lists."""
    from moto.cloudformation.models import Stack

    parameters = Stack.parameter_list.fget

    def parameter_list(self: Stack) -> list[dict[str, Any]]:
        found = parameters(self)
        for one in found:
            if isinstance(one["ParameterValue"], list):
                one["ParameterValue"] = ",".join(one["ParameterValue"])
        return list(found)

    Stack.parameter_list = property(parameter_list)


def _heed_conditions() -> None:
    """Make and remove resources as their conditions come to hold or not.

    moto looks at conditions when it makes a stack, and when it updates one only at what the template lists.
    """
    from moto.cloudformation.parsing import ResourceMap

    create, update = ResourceMap.create, ResourceMap.update

    def create_standing(self: ResourceMap, template: dict[str, Any]) -> bool:
        standing = _standing(template, self.input_parameters)
        return bool(create(self, {**template, "Resources": standing}))

    def update_standing(self: ResourceMap, template: dict[str, Any], parameters: Any = None) -> None:
        standing = _standing(template, parameters or self.input_parameters)
        update(self, {**template, "Resources": standing}, parameters)
        for name in template["Resources"].keys() - standing.keys():
            self._parsed_resources.pop(name, None)

    ResourceMap.create, ResourceMap.update = create_standing, update_standing


def _standing(template: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The template's resources whose condition holds with the parameters that are given."""
    from moto.cloudformation.parsing import parse_condition

    defaults = {name: one.get("Default") for name, one in template.get("Parameters", {}).items()}
    held: dict[str, bool] = {}
    for name, condition in template.get("Conditions", {}).items():
        held[name] = parse_condition(condition, {**defaults, **given}, held)
    return {name: one for name, one in template["Resources"].items() if held.get(one.get("Condition"), True)}


MENDS: dict[str, tuple[Callable[[], None], ...]] = {
    "apigateway": (_take_swagger, _keep_stage_settings, _keep_compression, _know_domains),
    "awslambda": moto_functions.MENDS,
    "cloudformation": (_protect_stacks, _tell_lists_as_given, _heed_conditions, moto_web.know_cloudfront),
}
