"""Each Lambda function that `app.py` makes: what it says it uses at AWS, and how long it may take."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib import aws, llm, queues
from chalicelib.queues import Queue

CONFIG = Path(__file__).resolve().parents[2] / ".chalice" / "config.json"
API = "api_handler"
API_SECONDS = 29  # the gateway waits no longer
AUTHORIZER_SECONDS = 10
LONGEST_SECONDS = 900  # that Lambda lets a function take
LEASE_RESERVE_SECONDS = 60  # a schedule's function has ended that long before its lease does


class Function(NamedTuple):
    """A Lambda function. `name` is Chalice's for it; `queue` the one whose messages it handles.

    `uses` are functions of `chalicelib/aws` ("files.delete"), `sends` the queues that its messages go to.
    """

    name: str
    seconds: int
    uses: tuple[str, ...] = ()
    sends: tuple[Queue, ...] = ()
    queue: Queue | None = None
    is_schedule: bool = False

    def deployed_name(self, stage: str) -> str:
        """What it is called at AWS."""
        return f"tiza-{stage}" if self.name == API else f"tiza-{stage}-{self.name}"


def functions(surface: Any) -> list[Function]:
    """The functions of `surface`, the module `app`, in the order in which they stand there."""
    endpoints = surface.api.endpoints
    return [
        Function(
            API,
            API_SECONDS,
            tuple(sorted({name for endpoint in endpoints for name in endpoint.uses})),
            tuple(queue for queue in queues.ALL if any(queue in endpoint.sends for endpoint in endpoints)),
        ),
        *(Function(each.name, AUTHORIZER_SECONDS) for each in surface.app.builtin_auth_handlers),
        *(
            Function(each.name, each.queue.timeout_seconds, each.uses, each.sends, queue=each.queue)
            for each in surface.workers.workers
        ),
        *(
            Function(each.name, _seconds(each.lease_seconds), each.uses, each.sends, is_schedule=True)
            for each in surface.workers.schedules
        ),
    ]


def surface() -> Any:
    """The module `app`, as stage `dev` has it where no other is set."""
    config = json.loads(CONFIG.read_text(encoding="utf-8"))
    environment: Mapping[str, str] = config["stages"]["dev"]["environment_variables"]
    if "TIZA_STAGE" not in os.environ:
        os.environ.update(environment)
    return importlib.import_module("app")


def declared() -> dict[str, Any]:
    """What each function of `chalicelib/aws` and `chalicelib/llm` declares, by its name."""
    from chalicelib.aws import uses

    for package in (aws, llm):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    return uses.DECLARED


def _seconds(lease_seconds: int) -> int:
    """The time limit of a schedule's function: it has ended when another may take its lease."""
    return min(lease_seconds - LEASE_RESERVE_SECONDS, LONGEST_SECONDS)
