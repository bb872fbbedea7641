"""Which parameters a stage needs in Parameter Store, who writes them, and which are secret."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from chalicelib.settings import SSM_PREFIX
from dev.deploy.target import CHECKOUT, DeployError

CONFIG = CHECKOUT / ".chalice" / "config.json"
TEMPLATE = CHECKOUT / ".chalice" / "resources.json"
TOKEN_KEYS = "token_keys"  # noqa: S105 (a name)
OWNER_URL = "database_owner_url"
API_URL = "api_url"
WEB_URL = "web_url"
# Known to everybody who uses the API. What is not named here is kept encrypted.
PUBLIC = frozenset({WEB_URL, API_URL})
BESIDE_SETTINGS = {OWNER_URL: "Postgres as the owner, on the direct endpoint: for migrations"}
MEANINGS = {
    "database_url": "Postgres as the role tiza_app, through the pooler",
    TOKEN_KEYS: "the keys of access tokens; made by this command, never typed",
    WEB_URL: "the frontend's address, for the links in mails",
    API_URL: "this API's public address; put it for a domain of your own",
}


class Parameter(NamedTuple):
    """One parameter. `name` is the last part of `path`; `variables` are the settings that refer to it."""

    name: str
    path: str
    variables: tuple[str, ...]
    is_secret: bool
    by_stack: bool  # the resources stack writes it
    meaning: str

    @property
    def comes_by_itself(self) -> bool:
        """Whether a deployment writes it where nobody has put it."""
        return self.by_stack or self.name == API_URL


def stages() -> list[str]:
    """The stages that are deployed: all but the developer's own machine."""
    return [stage for stage in _config()["stages"] if stage != "dev"]


def environment(stage: str) -> dict[str, str]:
    """The environment variables of the stage's functions, references and all. Raises `DeployError`."""
    if stage not in stages():
        raise DeployError(f"{stage!r} is not a deployed stage: {', '.join(stages())}.")
    config = _config()
    common = config.get("environment_variables", {})
    return {**common, **config["stages"][stage].get("environment_variables", {})}


def of_stage(stage: str) -> list[Parameter]:
    """What must be in Parameter Store before the stage can run, by name. Raises `DeployError`."""
    references: dict[str, list[str]] = {}
    for variable, value in environment(stage).items():
        if value.startswith(SSM_PREFIX):
            references.setdefault(value.removeprefix(SSM_PREFIX), []).append(variable)
    prefix = f"/tiza/{stage}/"
    by_stack = _written_by_stack(prefix)
    paths = sorted({*references, *by_stack, *(prefix + name for name in BESIDE_SETTINGS)})
    return [
        Parameter(
            name=(name := path.removeprefix(prefix)),
            path=path,
            variables=tuple(sorted(references.get(path, []))),
            is_secret=path not in by_stack and name not in PUBLIC,
            by_stack=path in by_stack,
            meaning=MEANINGS.get(name) or BESIDE_SETTINGS.get(name, ""),
        )
        for path in paths
    ]


def _written_by_stack(prefix: str) -> set[str]:
    resources = json.loads(TEMPLATE.read_text(encoding="utf-8"))["Resources"].values()
    names = [one["Properties"]["Name"] for one in resources if one["Type"] == "AWS::SSM::Parameter"]
    return {prefix + name["Fn::Sub"].rpartition("/")[2] for name in names}


def _config() -> Any:
    return json.loads(CONFIG.read_text(encoding="utf-8"))
