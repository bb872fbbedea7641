"""Takes a stage down, code first, and says what stays."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from chalicelib import queues
from dev.aws import stack
from dev.deploy import alarms, chalice_cli, finish, reconcile, web
from dev.deploy.state import State
from dev.deploy.target import CHECKOUT, DeployError, Target, say

PARAMETERS_AT_ONCE = 10


def run(target: Target, *, keep_parameters: bool = False) -> None:
    """Remove all of the stage but what the resources template keeps: queues, the photo bucket.

    `keep_parameters`: its secrets stay as well, for the next time. Raises `DeployError`.
    """
    say(f"Taking {target.prefix} down in {target.place.account}, {target.region}.")
    say("1/5 code")
    state = State(target)
    _remove_code(target, state)
    say("2/5 logs, alarms, dashboard")
    for group in finish.log_groups(target):
        target.client("logs").delete_log_group(logGroupName=group)
    alarms.remove(target)
    say("3/5 resources")
    _remove_stack(target)
    say("4/5 parameters")
    _remove_parameters(target, keep_parameters)
    say("5/5 record of deployments")
    if state.exists():
        state.remove()
    _tell_what_stays(target)


def _remove_code(target: Target, state: State) -> None:
    """Have Chalice delete what is there, and remove APIs that it cannot know of."""
    from dev.deploy import artifact

    apis = [api.id for api in reconcile.apis_of(target)]
    # Which one was in use does not matter now.
    found = reconcile.standing(target, state.read(), apis[0] if apis else None)
    if found.resources:
        state.write_file(found.resources)
        with tempfile.TemporaryDirectory() as place:
            project = artifact.copy_of_project(CHECKOUT, Path(place) / "project")
            copy = project / state.path.relative_to(CHECKOUT)
            copy.parent.mkdir(parents=True)
            shutil.copy(state.path, copy)
            chalice_cli.run(target, "delete", project)
    for api in apis[1:]:
        target.client("apigateway").delete_rest_api(restApiId=api)
    for layer in found.leftover_layers:
        name, version = layer.split(":")[-2:]
        target.client("lambda").delete_layer_version(LayerName=name, VersionNumber=int(version))


def _remove_stack(target: Target) -> None:
    from botocore.exceptions import WaiterError

    cloudformation = target.client("cloudformation")
    name = stack.name(target.stage)
    standing = stack.described(cloudformation, target.stage)
    if standing is None:
        return
    if standing.get("EnableTerminationProtection"):
        cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
    web.make_room(target, {})
    cloudformation.delete_stack(StackName=name)
    waiter = cloudformation.get_waiter("stack_delete_complete")
    try:
        waiter.wait(
            StackName=name, WaiterConfig={"Delay": stack.WAIT_SECONDS, "MaxAttempts": stack.WAIT_TIMES}
        )
    except WaiterError as error:
        raise DeployError(f"the stack {name} could not be deleted: {error}") from error


def _remove_parameters(target: Target, keep: bool) -> None:
    names = [
        one["Name"]
        for one in target.pages(
            "ssm", "get_parameters_by_path", "Parameters", Path=f"/tiza/{target.stage}", Recursive=True
        )
    ]
    if keep:
        say(f"  kept: {len(names)} parameters")
        return
    for start in range(0, len(names), PARAMETERS_AT_ONCE):
        target.client("ssm").delete_parameters(Names=names[start : start + PARAMETERS_AT_ONCE])
    say(f"  removed: {len(names)}")


def _tell_what_stays(target: Target) -> None:
    kept = [
        *(one.name(target.stage) for one in queues.ALL),
        *(one.dead_letter_name(target.stage) for one in queues.ALL),
        f"{target.prefix}-photos-{target.place.account}",
    ]
    say(f"{target.prefix} is down. These stay, as they may hold work and photos; delete them by hand:")
    for name in kept:
        say(f"  {name}")
    say("The database stays as well: it is not in this account.")


def confirm(target: Target, answer: str) -> None:
    """Raise `DeployError` unless `answer` is the stage's name."""
    if answer.strip() != target.stage:
        raise DeployError(f"not confirmed: the answer was not {json.dumps(target.stage)}.")
