"""A deployed stage as it is met from outside: over HTTP, with its queues worked off and its schedules fired.

It stands for API Gateway, for Lambda's pollers and for EventBridge, and knows of the stage only what AWS
says: routes, authorizer and gateway responses of the API, mappings, rules. Functions are called by Lambda.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from chalicelib.edge import local_gateway, local_http
from chalicelib.edge.local_http import Incoming, Outgoing
from chalicelib.errors import NotFoundError, UnauthorizedError
from dev import lambdas
from dev.deploy import finish, reconcile
from dev.deploy.target import API_STAGE, Target
from tests.support.mails import Sent

PREFIX = f"/{API_STAGE}"


class FunctionFailed(Exception):
    """A function raised; the message is what that said."""


class AuthorizerFailed(Exception):
    """The authorizer raised something else than that nobody is let in."""


class Deployed:
    """The stage. `url` is its public address while it is `served`."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.url = ""
        self._api: _Api | None = None
        self._turn = threading.Lock()

    @contextmanager
    def served(self) -> Iterator[Deployed]:
        """Serve its API as API Gateway does, what is deployed later too."""
        server = local_http.Server(("127.0.0.1", 0), local_http.handler_for(self))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def call(self, function: str, event: Any) -> Any:
        """What the function (its name or ARN) answers to the event. Raises `FunctionFailed`."""
        answer = self.target.client("lambda").invoke(
            FunctionName=function, Payload=json.dumps(event).encode()
        )
        said = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise FunctionFailed(said["errorMessage"])
        return said

    def deliver(self) -> int:
        """Hand each mapped queue's messages to its function; how many messages it was."""
        mappings = self.target.pages("lambda", "list_event_source_mappings", "EventSourceMappings")
        return sum(self._poll(one) for one in mappings if self._is_own(one["FunctionArn"]))

    def fire(self, rule: str) -> Any:
        """Start the function that the rule of that name aims at; what it says. Raises `FunctionFailed`."""
        [aim] = self.target.client("events").list_targets_by_rule(Rule=rule)["Targets"]
        return lambdas.call_schedule(self._handler(aim["Arn"]), rule, self.target.region)

    def events(self, message: str) -> list[dict[str, Any]]:
        """What was mailed, to whom and with what token, as the log of `make run` tells it."""
        assert message == "mail"
        while self.deliver():
            pass
        with urllib.request.urlopen(f"{self.target.endpoint}/local/mails", timeout=10) as answer:  # noqa: S310
            sent = [Sent(one) for one in json.loads(answer.read()) if "#token=" in json.dumps(one)]
        return [{"to": one.request["Destination"]["ToAddresses"][0], "token": one.token} for one in sent]

    def lines(self) -> list[dict[str, Any]]:
        """What its functions wrote to their logs, where that is JSON."""
        logs = self.target.client("logs")
        found = [
            event["message"]
            for group in finish.log_groups(self.target)
            for event in logs.filter_log_events(logGroupName=group)["events"]
        ]
        return [json.loads(line) for line in found if line.startswith("{")]

    def answer(self, incoming: Incoming) -> Outgoing:
        """Answer a request as API Gateway does."""
        return self._in_use().answer(incoming)

    def malformed(self, reason: str) -> Outgoing:
        return self._in_use().malformed(reason)

    def _in_use(self) -> _Api:
        """The API as it is deployed now."""
        with self._turn:
            [api] = (
                [one.id for one in reconcile.apis_of(self.target)] if self._api is None else [self._api.id]
            )
            stage = self.target.client("apigateway").get_stage(restApiId=api, stageName=API_STAGE)
            if self._api is None or self._api.deployment != stage["deploymentId"]:
                self._api = _Api(self, api, stage["deploymentId"])
            return self._api

    def _is_own(self, function: str) -> bool:
        return self.target.function_key(function.split(":")[6]) is not None

    def _handler(self, function: str) -> Callable[[Any, Any], Any]:
        return lambda event, _context: self.call(function, event)

    def _poll(self, mapping: dict[str, Any]) -> int:
        """One batch of a queue, of which only what the function has finished is deleted."""
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        sqs, arn = self.target.client("sqs"), mapping["EventSourceArn"]
        url = sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
        received = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=min(mapping["BatchSize"], 10), AttributeNames=["All"]
        ).get("Messages", [])
        if received:
            handler = self._handler(mapping["FunctionArn"])
            for receipt in lambdas.call_queue(handler, arn, received, 60):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=receipt)
        return len(received)


class _Api(local_gateway.Gateway):
    """One deployment of the API, as read back; the authorizer's answers are kept, as API Gateway does."""

    def __init__(self, stage: Deployed, api: str, deployment: str) -> None:
        self.id, self.deployment = api, deployment
        self._stage = stage
        self._kept: dict[tuple[str, str], tuple[float, Any]] = {}
        client = stage.target.client("apigateway")
        whole = client.get_rest_api(restApiId=api)
        guards = {one["id"]: one for one in client.get_authorizers(restApiId=api)["items"]}
        self._answers = {
            one["responseType"]: one for one in client.get_gateway_responses(restApiId=api)["items"]
        }
        resources = stage.target.pages(
            "apigateway", "get_resources", "items", restApiId=api, embed=["methods"], limit=500
        )
        self._functions: dict[tuple[str, str], str] = {}
        self.routes: dict[str, dict[str, Any]] = {}
        self.api = SimpleNamespace(binary_types=whole.get("binaryMediaTypes", []))
        for resource in resources:
            for verb, method in resource.get("resourceMethods", {}).items():
                guard = guards.get(method.get("authorizerId"))
                asked = None if guard is None else self._authorizer(guard)
                self.routes.setdefault(resource["path"], {})[verb] = SimpleNamespace(authorizer=asked)
                self._functions[resource["path"], verb] = _function(method["methodIntegration"]["uri"])
        super().__init__(self, SimpleNamespace(minimum_compression_size=whole.get("minimumCompressionSize")))

    def __call__(self, event: dict[str, Any], _context: Any) -> Any:
        return self._stage.call(self._functions[event["resource"], event["httpMethod"]], event)

    def answer(self, incoming: Incoming) -> Outgoing:
        request_id = str(uuid4())
        try:
            event = self._event(incoming._replace(target=_without_stage(incoming.target)), request_id)
            context = event["requestContext"]
            context |= {"apiId": self.id, "path": PREFIX + event["path"]}
            self._authorize(event, None)
            outgoing = local_gateway._from_lambda(self(event, None))
        except NotFoundError:
            outgoing = self._own("MISSING_AUTHENTICATION_TOKEN", request_id)
        except UnauthorizedError:
            outgoing = self._own("UNAUTHORIZED", request_id)
        except AuthorizerFailed:
            outgoing = self._own("AUTHORIZER_FAILURE", request_id)
        except FunctionFailed:
            outgoing = self._own("DEFAULT_5XX", request_id)
        return self._compressed(outgoing, incoming.headers.get("Accept-Encoding", ""))

    def malformed(self, _reason: str) -> Outgoing:
        return self._own("BAD_REQUEST_BODY", str(uuid4()))

    def _authorizer(self, guard: dict[str, Any]) -> Callable[[Any, Any], Any]:
        """Asks the function of an authorizer, once for each token in the time that it sets."""
        assert guard["identitySource"] == "method.request.header.Authorization"
        function = _function(guard["authorizerUri"])

        def ask(event: dict[str, Any], _context: Any) -> Any:
            key = guard["id"], event["authorizationToken"]
            until, policy = self._kept.get(key, (0.0, None))
            if time.monotonic() >= until:
                try:
                    policy = self._stage.call(function, event)
                except FunctionFailed as error:
                    if str(error) == local_gateway.UNAUTHORIZED:
                        raise
                    raise AuthorizerFailed from error
                self._kept[key] = time.monotonic() + guard["authorizerResultTtlInSeconds"], policy
            return policy

        return ask

    def _own(self, kind: str, request_id: str) -> Outgoing:
        """What the gateway answers by itself, by the gateway response of that kind."""
        found = self._answers[kind]
        headers = {
            name.removeprefix("gatewayresponse.header."): value.strip("'")
            for name, value in found["responseParameters"].items()
        }
        headers["Content-Type"] = "application/json"
        body = found["responseTemplates"]["application/json"].replace("$context.requestId", request_id)
        return Outgoing(int(found["statusCode"]), list(headers.items()), body.encode())


def _function(uri: str) -> str:
    """The ARN of the function in an integration's address."""
    return uri.partition("/functions/")[2].removesuffix("/invocations")


def _without_stage(target: str) -> str:
    path, mark, query = target.partition("?")
    if not path.startswith(f"{PREFIX}/"):
        return "/no/such/stage"
    return path.removeprefix(PREFIX) + mark + query
