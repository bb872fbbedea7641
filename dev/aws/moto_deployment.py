"""Where moto's API Gateway and Lambda differ from AWS in what `chalice deploy` relies on, put right.

Applied when API Gateway or Lambda is first asked for: to import moto's modules for them takes longer than the
whole start of the local AWS, and `make run` needs neither. Each mend has a test in
tests/deploy/test_local_deployment.py that fails without it.
"""

from __future__ import annotations

import functools
from typing import Any

SERVICES = ("apigateway", "lambda")


def mend_at_first_use(application: Any) -> None:
    """Apply all of it before `application` (moto's dispatcher) makes its first app of one of `SERVICES`."""
    create = application.create_app

    def create_app(service: str | None) -> Any:
        if service in SERVICES:
            apply()
        return create(service)

    application.create_app = create_app


@functools.cache
def apply() -> None:
    """Put all of it right, once."""
    _take_swagger()
    _keep_stage_settings()
    _refuse_second_mappings()


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
    """Keep the throttling of a stage that exists when a new deployment goes there."""
    from moto.apigateway.models import RestAPI

    create = RestAPI.create_deployment

    def create_deployment(self: RestAPI, name: str, *arguments: Any, **named: Any) -> Any:
        stage = self.stages.get(name)
        deployment = create(self, name, *arguments, **named)
        if stage is not None:
            stage.deployment_id = deployment.id
            self.stages[name] = stage
        return deployment

    RestAPI.create_deployment = create_deployment


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
