"""Of the finish step: what Chalice cannot tell API Gateway.

The gateway's own errors get Tiza's shape and CORS; calls are throttled per stage and method; the API bears
the stage's name, since CloudWatch tells APIs apart by name alone. Chalice's import drops the first, and a
gateway response is in force only after a deployment of its own: until then an expired token, an unknown path
or a body over 10 MB is answered in AWS's words, and a browser sees a network error.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from chalicelib import errors
from chalicelib.edge.responses import EXPOSED_HEADERS
from dev.deploy.target import API_STAGE, Target

RETRY_SECONDS = 5
KEPT_DEPLOYMENTS = 5
DIVIDER = "; "  # in a deployment's description: what was imported (`hook/unchanged.py`), and the answers
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
# API Gateway's kinds of error, each with what Tiza says instead. An unknown path is asked for a token.
ANSWERS: dict[str, type[errors.TizaError]] = {
    "UNAUTHORIZED": errors.UnauthorizedError,
    "ACCESS_DENIED": errors.ForbiddenError,
    "MISSING_AUTHENTICATION_TOKEN": errors.NotFoundError,
    "RESOURCE_NOT_FOUND": errors.NotFoundError,
    "BAD_REQUEST_BODY": errors.ValidationError,
    "BAD_REQUEST_PARAMETERS": errors.ValidationError,
    "REQUEST_TOO_LARGE": errors.PayloadTooLargeError,
    "UNSUPPORTED_MEDIA_TYPE": errors.MediaTypeError,
    "THROTTLED": errors.RateLimitError,
    "QUOTA_EXCEEDED": errors.RateLimitError,
    "AUTHORIZER_FAILURE": errors.UnavailableError,
    "INTEGRATION_FAILURE": errors.UnavailableError,
    "INTEGRATION_TIMEOUT": errors.UnavailableError,
    "DEFAULT_5XX": errors.InternalError,
}


def responses(origin: str) -> dict[str, dict[str, Any]]:
    """The gateway responses by their type, as PutGatewayResponse takes them; `origin` is let in."""
    wanted = {kind: _response(fault, origin) for kind, fault in ANSWERS.items()}
    # What AWS invents next keeps its status, and says no more than that.
    other = _response(errors.ValidationError, origin)
    del other["statusCode"]
    return {**wanted, "DEFAULT_4XX": other}


def answer_in_our_words(target: Target, api: str) -> float | None:
    """Set the gateway responses and deploy them, where the deployment in use does not have them.

    For how many seconds AWS's own were in force: since Chalice's deployment; None where it made none.
    """
    gateway = target.client("apigateway")
    origin = target.options["stack"]["CorsOrigins"].split(",")[0].strip()
    wanted = responses(origin)
    stage = gateway.get_stage(restApiId=api, stageName=API_STAGE)
    before = gateway.get_deployment(restApiId=api, deploymentId=stage["deploymentId"])
    imported, _, answers = before.get("description", "").partition(DIVIDER)
    digest = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:32]
    if answers == f"answers {digest}":
        return None
    for kind, response in wanted.items():
        gateway.put_gateway_response(restApiId=api, responseType=kind, **response)
    after = gateway.create_deployment(
        restApiId=api,
        stageName=API_STAGE,
        description=f"{imported}{DIVIDER}answers {digest}",
        tracingEnabled=bool(target.stage_config.get("xray", target.config.get("xray"))),
    )
    _remove_old_deployments(target, api)
    if answers:
        return None
    return float((after["createdDate"] - before["createdDate"]).total_seconds())


def name_after_stage(target: Target, api: str) -> None:
    """Call the API `tiza-{stage}`."""
    gateway = target.client("apigateway")
    if gateway.get_rest_api(restApiId=api)["name"] != target.prefix:
        operation = {"op": "replace", "path": "/name", "value": target.prefix}
        gateway.update_rest_api(restApiId=api, patchOperations=[operation])


def throttle(target: Target, api: str) -> list[str]:
    """Set the limits of .chalice/config.json (calls per second); the methods that were changed."""
    gateway = target.client("apigateway")
    settings = gateway.get_stage(restApiId=api, stageName=API_STAGE).get("methodSettings", {})
    wanted = {_setting(call): limits for call, limits in target.options["throttling"].items()}
    operations, changed = [], []
    for setting, limits in wanted.items():
        rate, burst = float(limits["rate"]), int(limits["burst"])
        found = settings.get(setting, {})
        if (found.get("throttlingRateLimit"), found.get("throttlingBurstLimit")) != (rate, burst):
            changed.append(setting)
            operations += [
                {"op": "replace", "path": f"/{setting}/throttling/rateLimit", "value": str(rate)},
                {"op": "replace", "path": f"/{setting}/throttling/burstLimit", "value": str(burst)},
            ]
    for setting in settings.keys() - wanted.keys():
        changed.append(setting)
        operations.append({"op": "remove", "path": f"/{setting}"})
    if operations:
        gateway.update_stage(restApiId=api, stageName=API_STAGE, patchOperations=operations)
    return changed


def _setting(call: str) -> str:
    """`POST /v1/auth/login` as method settings name it; `*` for all that is not named."""
    if call == "*":
        return "*/*"
    method, path = call.split()
    return f"{path.replace('~', '~0').replace('/', '~1')}/{method}"


def _response(fault: type[errors.TizaError], origin: str) -> dict[str, Any]:
    shape = {"code": fault.code, "message": fault.message, "details": {}, "request_id": "$context.requestId"}
    headers = {
        **HEADERS,
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
        "Vary": "Origin",
    }
    if fault.status in (429, 503):
        headers["Retry-After"] = str(RETRY_SECONDS)
    if fault.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return {
        "statusCode": str(fault.status),
        "responseParameters": {
            f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()
        },
        "responseTemplates": {"application/json": json.dumps({"error": shape})},
    }


def _remove_old_deployments(target: Target, api: str) -> None:
    """Keep the last few: nobody goes back by older ones."""
    gateway = target.client("apigateway")
    deployments = target.pages("apigateway", "get_deployments", "items", restApiId=api)
    used = {one["deploymentId"] for one in gateway.get_stages(restApiId=api)["item"]}
    newest_first = sorted(deployments, key=lambda one: one["createdDate"], reverse=True)
    for one in newest_first[KEPT_DEPLOYMENTS:]:
        if one["id"] not in used:
            gateway.delete_deployment(restApiId=api, deploymentId=one["id"])
