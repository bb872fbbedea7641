"""Brings a stage up: the same steps from a developer's machine and in CI, each saying what it does.

The database goes first, then the resources, then the code: each works with the version before of what comes
after it. A step that fails ends the deployment; what it left is taken up by the next one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dev.deploy import chalice_cli, finish, migrations, reconcile, web
from dev.deploy.reconcile import Standing
from dev.deploy.state import State
from dev.deploy.target import CHECKOUT, DeployError, Target, complain, say

EXAMPLE = ".example"  # RFC 2606: the domains that nobody has
GATEWAY = ".execute-api."  # in the address that API Gateway gives


class Wishes(NamedTuple):
    """What may be said of a deployment: which of several APIs is the stage's, and not to wait for others."""

    api: str | None = None
    take_over: bool = False


def run(target: Target, wishes: Wishes = Wishes()) -> str:  # noqa: B008 (it is immutable)
    """Deploy the stage; its public address. Raises `DeployError` and whatever a step raises."""
    say(f"Deploying {target.prefix} to {target.place.account}, {target.region}.")
    say("1/9 settings and parameters")
    check(target)
    say("2/9 what is there")
    state = State(target)
    found = _take_stock(target, state, wishes)
    try:
        say("3/9 database")
        applied = migrations.run(target)
        say(f"  migrations: {', '.join(applied) if applied else 'none is pending'}")
        say("4/9 resources")
        values = _resources(target)
        say("5/9 policies, logs and artifact")
        with tempfile.TemporaryDirectory() as place:
            project = _prepare(target, state, Path(place) / "project")
            say("6/9 chalice deploy")
            chalice_cli.run(target, "deploy", project)
    except BaseException:
        _after_failure(target, state, wishes)
        raise
    say("7/9 finish")
    try:
        found = reconcile.standing(target, state.document, wishes.api)
        finish.run(target, found.resources)
        for name in reconcile.remove_leftovers(target, found):
            say(f"  removed, left by an earlier deployment: {name}")
        url = _public_address(target, found)
        say("8/9 pages")
        _pages(target, values)
    except BaseException:
        _after_failure(target, state, wishes)
        raise
    say("9/9 state")
    state.end(found.resources, "done")
    say(f"{target.prefix} is deployed: {url}")
    return url


def check(target: Target) -> None:
    """Refuse to begin with values that a later step could not work with. Raises `DeployError`."""
    from dev.deploy import parameters, secrets, store

    values = target.options["stack"]
    unset = [name for name, value in values.items() if EXAMPLE in value]
    if unset and target.endpoint is None:
        raise DeployError(
            f"{', '.join(unset)} of {target.stage} in .chalice/config.json (tiza.stack) still name a domain "
            f"that nobody has ({EXAMPLE}): put your own there."
        )
    # The API's own address, and that of hosted pages, is known, and written, after the first deployment.
    later = {parameters.API_URL, *([parameters.WEB_URL] if web.is_hosted(target) else [])}
    missing = [
        one.path for one in secrets.missing(target.client("ssm"), target.stage) if one.name not in later
    ]
    if missing:
        raise DeployError(
            f"parameters are missing: {', '.join(missing)}.\n"
            f"Put them there: python -m dev.deploy.secrets put --stage {target.stage}"
        )
    web.check(target)
    there = store.read(target.client("ssm"), parameters.of_stage(target.stage))
    say(f"  {len(there)} parameters are there")


def _take_stock(target: Target, state: State, wishes: Wishes) -> Standing:
    if state.ensure_bucket():
        say(f"  made s3://{state.bucket} for the record of deployments")
    recorded = state.read()
    found = reconcile.standing(target, recorded, wishes.api)
    if recorded is None:
        say("  no record of an earlier deployment")
    for line in reconcile.difference(recorded, found.resources):
        say(f"  {line}")
    api = reconcile.value(found.resources, "rest_api", "rest_api_id")
    say(f"  {len(finish.function_names(found.resources))} functions, API {api or 'to be made'}")
    state.begin(found.resources, take_over=wishes.take_over)
    return found


def _resources(target: Target) -> dict[str, str]:
    """Bring the stack up to date; its parameters."""
    from dev.aws import stack

    say(f"  stack {stack.name(target.stage)} (a first creation takes some minutes)")
    values = web.stack_values(target)
    web.make_room(target, values)
    try:
        stack.create(target.endpoint, target.stage, values, region=target.region)
    except stack.StackError as error:
        raise DeployError(str(error)) from error
    return values


def _prepare(target: Target, state: State, project: Path) -> Path:
    """Make a clean copy of the project in `project`, with all that Chalice reads beside it."""
    from dev.deploy import artifact, policies, uses

    filled = policies.fill(target)
    say(f"  {len(filled)} policies")
    functions = [function.name for function in uses.functions(uses.surface())]
    say(f"  logs: {_listed(finish.retain_logs(target, functions))}")
    artifact.copy_of_project(CHECKOUT, project)
    for path in (*filled, state.path):
        copy = project / path.relative_to(CHECKOUT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    # A local AWS runs what this machine can run; there is no Lambda that it must fit.
    built = artifact.build(target.stage, project, artifact.here() if target.endpoint else None)
    say(f"  artifact: {built.zipped / 1e6:.1f} MB, unpacked {built.unpacked / 1e6:.1f} MB")
    return project


def _public_address(target: Target, found: Standing) -> str:
    """The stage's address. Written down for the settings, unless it is one of the stage's own domain."""
    from dev.deploy import parameters, store

    url = str(reconcile.value(found.resources, "rest_api", "rest_api_url")).rstrip("/")
    own = [one for one in parameters.of_stage(target.stage) if one.name == parameters.API_URL]
    there = store.read(target.client("ssm"), own).get(parameters.API_URL)
    if there is not None and GATEWAY not in there.value:
        return there.value
    if own and (there is None or there.value != url):
        store.write(target.client("ssm"), own, {parameters.API_URL: url})
        say(f"  wrote {own[0].path}")
    return url


def _pages(target: Target, values: dict[str, str]) -> None:
    """Upload the pages of a stage that hosts them. `values`: the parameters that its stack has."""
    if not web.is_hosted(target):
        say("  none are hosted here")
        return
    if web.stack_values(target) != values:
        say("  the API has an address now, which the pages name")
        _resources(target)
    web.run(target)


def _after_failure(target: Target, state: State, wishes: Wishes) -> None:
    """Look again at what is there, so that nothing that was made is forgotten, and say so."""
    complain("The deployment failed. What was made stays, and the next deployment goes on from there.")
    try:
        found = reconcile.standing(target, state.document, wishes.api)
        state.end(found.resources, "failed")
    except Exception as error:  # the failure that led here is the one to raise
        complain(f"Nor could it be looked at again: {error}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "as they were"
