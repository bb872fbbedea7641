"""What a running handler asks of AWS: each request that botocore sends, and each address that it signs.

`watch` is called once per process. From then on every request that botocore makes while a route, worker,
schedule or the authorizer of `app.py` runs is noted under its name, as the IAM actions that AWS asks for.
Requests of tests themselves are nobody's.
"""

from __future__ import annotations

import functools
import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from email.utils import parseaddr
from fnmatch import fnmatchcase
from string import Template
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from dev.aws.stack import LOCAL_VALUES
from dev.deploy import policies
from dev.deploy.uses import Function

ACCOUNT = "123456789012"  # moto's
REGION = "eu-west-1"
MAIL_FROM = parseaddr(LOCAL_VALUES["MailFrom"])[1]
# The action that SQS asks for, by operation: a batch is as many single calls.
OF_SQS = {
    "SendMessageBatch": "SendMessage",
    "DeleteMessageBatch": "DeleteMessage",
    "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
}

Json = dict[str, Any]


class Right(NamedTuple):
    """An action on a resource, as IAM asks for it; `context` is what conditions can speak of."""

    action: str
    resource: str
    context: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """A right that was needed, and the `Worker`, `Schedule` or `Endpoint` that ran (None: the authorizer)."""

    handler: Any
    right: Right


class Unknown(Exception):
    """Nobody taught this module which right an operation needs."""


asked: list[Asked] = []
_running: ContextVar[tuple[Any] | None] = ContextVar("running", default=None)


@functools.cache
def watch() -> None:
    """Begin to note."""
    import boto3
    from botocore.handlers import BUILTIN_HANDLERS

    from chalicelib.aws import client
    from chalicelib.edge import authorizer, http, workers

    BUILTIN_HANDLERS.extend(
        [
            ("before-send", _note_request),
            ("before-parameter-build.s3", _note_address),
            ("before-sign.s3.PutObject", _note_form),
        ]
    )
    boto3.DEFAULT_SESSION = None  # the next one takes its hooks from that list
    client.forget()
    for module, name in ((workers, "handle_batch"), (workers, "run_schedule"), (http, "handle")):
        setattr(module, name, _watched(getattr(module, name), lambda arguments: arguments[0]))
    authorizer.check = _watched(authorizer.check, lambda _: None)


def of_app() -> list[Asked]:
    """What handlers of `app.py` itself asked for since the last call; other surfaces are a test's own."""
    found = [each for each in asked if each.handler is None or _is_of_app(each.handler)]
    asked.clear()
    return found


def undeclared(asked: Iterable[Asked], stage: str) -> list[Asked]:
    """What of `asked` the very handler that asked, a route of its own, has not declared."""
    return [each for each in asked if not allows(declared_by(each.handler, stage), each.right)]


def declared_by(handler: Any, stage: str) -> Json:
    """The policy that a `Worker`, `Schedule`, `Endpoint` or the authorizer (None) would have alone."""
    uses, sends = (handler.uses, handler.sends) if handler else ((), ())
    alone = Function("alone", 0, uses, sends)
    models = dict.fromkeys(("TIZA_LLM_MODELS", "TIZA_LLM_MODELS_EMBED"), "bedrock/*")
    settings = {"TIZA_ANY": f"ssm:/tiza/{stage}/*", **models}
    return filled({"Statement": policies.by_code(alone, stage, settings)})


def filled(policy: Json) -> Json:
    """`policy` as it stands in the local account."""
    values = {"Partition": "aws", "Region": REGION, "Account": ACCOUNT, "MailFrom": MAIL_FROM}
    document: Json = json.loads(Template(json.dumps(policy)).substitute(values))
    return document


def of_nobody(client: Any) -> Any:
    """`client`, whose requests are a test's own, also where they are made while a handler runs."""
    client.meta.events.unregister("before-send", _note_request)
    return client


def allows(policy: Mapping[str, Any], right: Right) -> bool:
    """Whether IAM lets `right` pass by `policy`: some statement allows it, as none of Tiza's denies."""
    context = dict(right.context)
    return any(
        any(fnmatchcase(right.action, action) for action in statement["Action"])
        and any(fnmatchcase(right.resource, pattern) for pattern in statement["Resource"])
        and all(
            context.get(key) == value
            for key, value in statement.get("Condition", {}).get("StringEquals", {}).items()
        )
        for statement in policy["Statement"]
    )


def _watched(function: Callable[..., Any], handler: Callable[[Any], Any]) -> Callable[..., Any]:
    """`function`, with what it runs known while it runs."""

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        token = _running.set((handler(arguments),))
        try:
            return function(*arguments)
        finally:
            _running.reset(token)

    return call


def _is_of_app(handler: Any) -> bool:
    app = sys.modules.get("app")
    if app is None:
        return False
    known = (*app.api.endpoints, *app.workers.workers, *app.workers.schedules)
    return any(handler is each for each in known)


def _note(*rights: Right) -> None:
    running = _running.get()
    if running is not None:
        asked.extend(Asked(running[0], right) for right in rights)


def _note_request(request: Any, event_name: str, **_more: Any) -> None:
    """Hook of each request that goes out. It returns nothing, or botocore would take that for the answer."""
    if _running.get() is None:
        return
    service, operation = event_name.split(".")[1:]
    if service not in KINDS:
        raise Unknown(event_name)
    _note(*KINDS[service](operation, request))


def _note_address(params: Any, model: Any, context: Any, **_more: Any) -> None:
    """Hook of the parameters of S3's operations: of those that become an address, no request follows."""
    if context.get("is_presign_request") and "Key" in params:  # a form is built as one of the bucket
        _note(_of_object(f"s3:{model.name}", params["Bucket"], params["Key"]))


def _note_form(request: Any, **_more: Any) -> None:
    """Hook of what is signed: a form to upload with, which is no request either."""
    form = request.context.get("s3-presign-post-policy")
    if form is not None:
        said = dict(pair for each in form["conditions"] if isinstance(each, dict) for pair in each.items())
        _note(_of_object("s3:PutObject", said["bucket"], said["key"]))


def _of_sqs(operation: str, request: Any) -> list[Right]:
    said = json.loads(request.body)
    name = said.get("QueueName") or urlsplit(said["QueueUrl"]).path.rpartition("/")[2]
    return [Right(f"sqs:{OF_SQS.get(operation, operation)}", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")]


def _of_s3(operation: str, request: Any) -> list[Right]:
    bucket, _, key = unquote(urlsplit(request.url).path).lstrip("/").partition("/")
    if operation == "DeleteObjects":
        keys = re.findall(r"<Key>(.*?)</Key>", request.body.decode())
        return [_of_object("s3:DeleteObject", bucket, html.unescape(key)) for key in keys]
    if operation not in ("GetObject", "PutObject"):
        raise Unknown(f"s3.{operation}")
    # Who may not list the bucket is told that a file which is not there is forbidden.
    listing = [Right("s3:ListBucket", f"arn:aws:s3:::{bucket}")] if operation == "GetObject" else []
    return [_of_object(f"s3:{operation}", bucket, key), *listing]


def _of_object(action: str, bucket: str, key: str) -> Right:
    return Right(action, f"arn:aws:s3:::{bucket}/{key}")


def _of_ses(operation: str, request: Any) -> list[Right]:
    if operation != "SendEmail":
        raise Unknown(f"sesv2.{operation}")
    said = json.loads(request.body)
    sender = parseaddr(said["FromEmailAddress"])[1]
    names = [f"identity/{sender.rpartition('@')[2]}"]
    if "ConfigurationSetName" in said:
        names.append(f"configuration-set/{said['ConfigurationSetName']}")
    context = (("ses:FromAddress", sender),)
    return [Right("ses:SendEmail", f"arn:aws:ses:{REGION}:{ACCOUNT}:{name}", context) for name in names]


def _of_ssm(operation: str, request: Any) -> list[Right]:
    names = json.loads(request.body)["Names"]
    return [Right(f"ssm:{operation}", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{name}") for name in names]


def _of_bedrock(operation: str, request: Any) -> list[Right]:
    if operation not in ("Converse", "InvokeModel"):
        raise Unknown(f"bedrock-runtime.{operation}")
    model = unquote(urlsplit(request.url).path).split("/")[2]
    world, _, shared = model.partition(".")
    if world != "eu":
        return [Right("bedrock:InvokeModel", f"arn:aws:bedrock:{REGION}::foundation-model/{model}")]
    # A profile is asked, and asks the model in one of its regions in its caller's name.
    profile = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:inference-profile/{model}"
    reached = f"arn:aws:bedrock:eu-north-1::foundation-model/{shared}"
    return [Right("bedrock:InvokeModel", resource) for resource in (profile, reached)]


KINDS: dict[str, Callable[[str, Any], list[Right]]] = {
    "sqs": _of_sqs,
    "s3": _of_s3,
    "sesv2": _of_ses,
    "ssm": _of_ssm,
    "bedrock-runtime": _of_bedrock,
}
