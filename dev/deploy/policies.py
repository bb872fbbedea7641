"""One least-privilege policy for each Lambda function and stage, made from what the code declares.

    python -m dev.deploy.policies            write .chalice/policies/, and the functions into config.json
    python -m dev.deploy.policies --check    say whether the committed files are up to date

A function may do what the functions of `chalicelib/aws` that it reaches declare, and what Lambda does in its
name: write its own log, take from its own queue, tell of failed runs, trace. docs/iam.md has the whole.

The committed files leave open what only an account knows (`${Account}`, `${Region}`, `${Partition}`,
`${MailFrom}`). `fill` puts it in, into the copies in .chalice/deployments/ that Chalice reads.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from string import Template
from typing import Any

from chalicelib.settings import SSM_PREFIX
from dev.deploy import limits
from dev.deploy.uses import CONFIG, Function, declared, functions, surface

CHALICE = CONFIG.parent
POLICIES = CHALICE / "policies"
PARTS_OF_THE_WORLD = ("apac", "au", "ca", "eu", "global", "jp", "us", "us-gov")
ANY_REGION = "any-region/"
MODELS = "TIZA_LLM_MODELS"  # what the settings that name models begin with
FILLED = "deployments/policies"  # below .chalice; not committed

Json = dict[str, Any]


class PolicyError(Exception):
    """No policy can be made; the message says why."""


def document(function: Function, stage: str, config: Json) -> Json:
    """The policy of a function on that stage, with what only an account knows left open."""
    is_traced = limits.look_up(config, stage, function.name, "xray_enabled")
    return {
        "Version": "2012-10-17",
        "Statement": [
            *by_lambda(function, stage, is_traced=is_traced),
            *by_code(function, stage, settings(config, stage, function.name)),
        ],
    }


def by_lambda(function: Function, stage: str, *, is_traced: bool) -> list[Json]:
    """The statements for what Lambda itself does as the function. The log group exists already."""
    log = f"logs:log-group:/aws/lambda/{function.deployed_name(stage)}:*"  # Lambda names the streams
    statements = [_statement("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], [_arn(log)])]
    if is_traced:  # X-Ray knows no resources
        statements.append(_statement("Traces", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]))
    if function.queue is not None:
        actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        statements.append(_statement("OwnQueue", actions, [_arn(f"sqs:{function.queue.name(stage)}")]))
    if function.is_schedule:
        statements.append(_statement("FailedRuns", ["sns:Publish"], [_arn(f"sns:tiza-{stage}-alarms")]))
    return statements


def by_code(function: Function, stage: str, settings: Mapping[str, str]) -> list[Json]:
    """The statements for what the code that the function reaches declares. Raises `PolicyError`."""
    sending = ["queues.send"] if function.sends else []
    known = declared()
    resources: dict[tuple[str, tuple[tuple[str, str], ...]], set[str]] = {}
    for name in (*function.uses, *sending, "parameters.fetch"):
        if name not in known:
            raise PolicyError(f"{function.name} uses {name!r}, which no function of chalicelib/aws declares.")
        for use in known[name]:
            arns = {
                _arn(each)
                for resource in use.resources
                for each in _expanded(resource, function, stage, settings)
            }
            for action in use.actions:
                key = (action, tuple(sorted(use.conditions.items())))
                resources.setdefault(key, set()).update(arns)
    actions: dict[tuple[Any, ...], list[str]] = {}
    for (action, conditions), arns in sorted(resources.items()):
        if arns:
            actions.setdefault((tuple(sorted(arns)), conditions), []).append(action)
    return [
        _statement(None, names, list(arns), dict(conditions)) for (arns, conditions), names in actions.items()
    ]


def settings(config: Json, stage: str, function: str) -> Mapping[str, str]:
    """The settings of a function on that stage, as its environment has them."""
    environment: Mapping[str, str] = limits.look_up(config, stage, function, "environment_variables")
    return environment


def files(config: Json) -> dict[Path, str]:
    """The text of every policy file."""
    return {
        POLICIES / stage / f"{function.name}.json": _text(document(function, stage, config))
        for stage in limits.stages(config)
        for function in functions(surface())
    }


def fill(target: Any) -> list[Path]:
    """Write the copies that Chalice reads for a `Target`; their paths. The resources stack must stand.

    Raises `KeyError` where a policy leaves something open that is not known here.
    """
    mail_from = target.client("ssm").get_parameter(Name=f"/tiza/{target.stage}/mail_from")
    return fill_with(
        target.stage,
        Partition=target.place.partition,
        Region=target.place.region,
        Account=target.place.account,
        MailFrom=parseaddr(mail_from["Parameter"]["Value"])[1],
    )


def fill_with(stage: str, **values: str) -> list[Path]:
    """Write the copies with these values; their paths."""
    folder = CHALICE / FILLED / stage
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    filled = []
    for source in sorted((POLICIES / stage).glob("*.json")):
        path = folder / source.name
        path.write_text(Template(source.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
        filled.append(path)
    return filled


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if arguments not in ([], ["--check"]):
        print((__doc__ or "").split("A function may", 1)[0], file=sys.stderr)
        return 2
    standing = CONFIG.read_text(encoding="utf-8")
    wanted_config = limits.with_functions(json.loads(standing), functions(surface()), FILLED)
    wanted = files(wanted_config)
    if json.loads(standing) != wanted_config:
        wanted[CONFIG] = json.dumps(wanted_config, indent=2) + "\n"
    there = set(POLICIES.rglob("*.json"))
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    left = sorted(there - wanted.keys())
    if arguments:
        for path in (*stale, *left):
            print(f"{path.relative_to(CHALICE.parent)} is not what dev/deploy/policies.py makes: run it.")
        return 1 if stale or left else 0
    for path in left:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return 0


def _expanded(resource: str, function: Function, stage: str, settings: Mapping[str, str]) -> list[str]:
    """`resource` for each queue, parameter of the settings or model of Bedrock, where it speaks of these."""
    if "{queue}" in resource:
        return [resource.replace("{queue}", queue.name(stage)) for queue in function.sends]
    if "{parameter}" in resource:
        paths = sorted({v.removeprefix(SSM_PREFIX) for v in settings.values() if v.startswith(SSM_PREFIX)})
        return [resource.replace("{parameter}", path) for path in paths]
    for mark, is_asked in (("{model}", _is_of_words), ("{embedder}", _is_of_embeddings)):
        if mark in resource:
            named = {name: value for name, value in settings.items() if is_asked(name)}
            return [resource.replace(mark, each) for model in _models(named) for each in _reached_by(model)]
    return [resource.replace("{stage}", stage)]


def _is_of_words(setting: str) -> bool:
    return setting.startswith(MODELS) and not _is_of_embeddings(setting)


def _is_of_embeddings(setting: str) -> bool:
    return setting == f"{MODELS}_EMBED"


def _models(settings: Mapping[str, str]) -> list[str]:
    """The names of Bedrock's models in these settings."""
    named = [each.strip().partition("/") for models in settings.values() for each in models.split(",")]
    return sorted({name for provider, _, name in named if provider == "bedrock"})


def _reached_by(model: str) -> list[str]:
    """The resources through which a model is asked.

    A name that begins with a part of the world, as `eu.`, is a profile: it asks the model in its regions.
    """
    world, _, shared = model.partition(".")
    if world in PARTS_OF_THE_WORLD:
        return [f"inference-profile/{model}", f"{ANY_REGION}foundation-model/{shared}"]
    return [f"foundation-model/{model}"]


def _arn(resource: str) -> str:
    service, _, rest = resource.partition(":")
    place = "${Region}:${Account}"
    if service == "s3":  # the names of buckets are the world's own
        place = ":"
    elif "foundation-model/" in rest:  # of AWS, not of an account
        place = "*:" if rest.startswith(ANY_REGION) else "${Region}:"
        rest = rest.removeprefix(ANY_REGION)
    return f"arn:${{Partition}}:{service}:{place}:{rest}"


def _statement(
    sid: str | None, actions: list[str], resources: list[str], conditions: Mapping[str, str] | None = None
) -> Json:
    statement: Json = {"Sid": sid} if sid else {}
    statement |= {"Effect": "Allow", "Action": actions, "Resource": resources}
    if conditions:
        statement["Condition"] = {"StringEquals": dict(conditions)}
    return statement


def _text(policy: Json) -> str:
    return json.dumps(policy, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
