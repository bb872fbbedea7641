"""The Lambda functions in .chalice/config.json: time, memory and policy of each.

Time and memory stand once, for all stages; a stage may say otherwise in its own block, by hand. The policy
is each stage's own.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from dev.deploy.uses import Function

# `uploads` holds all pixels of a photo, `guide_ingest` a process that reads a PDF; what is not named here has
# the usual size.
MEMORY_MB = {"uploads": 1536, "guide_ingest": 1536}
FUNCTIONS = "lambda_functions"

Json = dict[str, Any]


def stages(config: Json) -> list[str]:
    """The stages that are deployed: all but the developer's own machine."""
    return [stage for stage in config["stages"] if stage != "dev"]


def look_up(config: Json, stage: str, function: str, name: str) -> Any:
    """What Chalice finds in `config` under the property `name` for a function of a stage."""
    from chalice.config import Config

    found = Config(chalice_stage=stage, function_name=function, config_from_disk=config)
    return getattr(found, name)


def with_functions(config: Json, functions: Sequence[Function], policies: str) -> Json:
    """`config` with these functions; `policies` is the folder of their policies, below .chalice."""
    own = {function.name: _limits(function) for function in functions}
    # The stages come last in the file.
    changed = {key: value for key, value in config.items() if key not in (FUNCTIONS, "stages")}
    changed |= {FUNCTIONS: own, "stages": copy.deepcopy(config["stages"])}
    for stage in stages(config):
        block = changed["stages"][stage]
        before = block.get(FUNCTIONS, {})
        block[FUNCTIONS] = {
            name: {**before.get(name, {}), "iam_policy_file": f"{policies}/{stage}/{name}.json"}
            for name in own
        }
    return changed


def _limits(function: Function) -> Json:
    memory = {"lambda_memory_size": MEMORY_MB[function.name]} if function.name in MEMORY_MB else {}
    return {"lambda_timeout": function.seconds, **memory}
