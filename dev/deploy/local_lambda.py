"""Lambda on this machine: runs the functions that a local AWS has, from what was uploaded.

What it needs it asks AWS for, as anybody could: the configuration of a function, its code and its layer from
the addresses that come with them. Each function has one execution environment, which is made when it is first
called and again when code or configuration have changed; it sees its code, its layer, what Lambda itself
brings, and its own variables. What it writes goes to its log group.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

from dev.aws.stack import Aws
from dev.deploy import artifact_run
from dev.deploy.artifact_run import ExecutionEnvironment, HandlerError
from dev.lambdas import Context

LOGS = "/aws/lambda/"
SECONDS = 30
KEY = "function"  # whose calls to AWS these are


class Answer(NamedTuple):
    """What a call of a function gave: JSON, and what it wrote. `failed`: the JSON is what it raised."""

    payload: str
    failed: bool
    log: str


class Functions:
    """The functions of one local AWS, until `close`."""

    def __init__(self, endpoint: str) -> None:
        self._aws = Aws(endpoint)
        self._folder = Path(tempfile.mkdtemp(prefix="tiza-lambda-"))
        self._running: dict[str, _Running] = {}
        self._lock = threading.Lock()

    def call(self, name: str, event: Any) -> Answer:
        """Call the function of that name with `event`, which is JSON's."""
        configuration = self._aws.client("lambda").get_function(FunctionName=name)
        running = self._environment(name, configuration)
        with running.turn:
            try:
                payload, failed = json.dumps(running.call(event)), False
            except HandlerError as error:
                said = {"errorMessage": error.message, "errorType": error.name, "stackTrace": [str(error)]}
                payload, failed = json.dumps(said), True
            log = running.new_log()
        self._keep(name, log)
        return Answer(payload, failed, log)

    def close(self) -> None:
        """End all of them and leave nothing behind."""
        for running in self._running.values():
            running.environment.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _environment(self, name: str, found: dict[str, Any]) -> _Running:
        """The function's environment, of its code and configuration as they are now."""
        configuration = found["Configuration"]
        layers = [layer["Arn"] for layer in configuration.get("Layers", [])]
        variables = configuration.get("Environment", {}).get("Variables", {})
        version = json.dumps([configuration["CodeSha256"], layers, variables, configuration["Handler"]])
        with self._lock:
            running = self._running.get(name)
            if running is None or running.version != version:
                if running is not None:
                    running.environment.kill()
                place = self._unpacked(found["Code"]["Location"], layers[0], configuration["CodeSha256"])
                log = self._folder / f"{name}.log"
                environment = ExecutionEnvironment(place, self._variables(name, configuration), log)
                running = self._running[name] = _Running(version, environment, configuration, log)
            return running

    def _unpacked(self, code: str, layer: str, digest: str) -> artifact_run.Place:
        """The code at that address and that layer, unpacked: once for all functions that share them."""
        folder = self._folder / f"{digest.replace('/', '_')}{layer.rpartition(':')[2]}"
        if not folder.exists():
            content = self._aws.client("lambda").get_layer_version_by_arn(Arn=layer)["Content"]
            folder.mkdir()
            for name, address in (("code.zip", code), ("layer.zip", content["Location"])):
                with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 (the local AWS)
                    (folder / name).write_bytes(answer.read())
            return artifact_run.unpack(folder / "code.zip", folder / "layer.zip", folder / "unpacked")
        return artifact_run.place(folder / "unpacked")

    def _variables(self, name: str, configuration: dict[str, Any]) -> dict[str, str]:
        """The function's own variables, and those by which it finds AWS: here, the local one."""
        return {
            "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(configuration["MemorySize"]),
            "AWS_REGION": self._aws.region,
            "AWS_DEFAULT_REGION": self._aws.region,
            "AWS_ENDPOINT_URL": str(self._aws.endpoint),
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
            **configuration.get("Environment", {}).get("Variables", {}),
        }

    def _keep(self, name: str, log: str) -> None:
        """Write what a function wrote to its log group, as Lambda does; a function may not make that."""
        logs = self._aws.client("logs")
        place = {"logGroupName": LOGS + name, "logStreamName": "local"}
        events = [{"timestamp": int(time.time() * 1000), "message": line} for line in log.splitlines()]
        with contextlib.suppress(logs.exceptions.ResourceNotFoundException):
            if events:
                with contextlib.suppress(logs.exceptions.ResourceAlreadyExistsException):
                    logs.create_log_stream(**place)
                logs.put_log_events(**place, logEvents=events)


class _Running:
    """One function's execution environment, of one version."""

    def __init__(
        self, version: str, environment: ExecutionEnvironment, configuration: dict[str, Any], log: Path
    ) -> None:
        self.version = version
        self.environment = environment
        self.turn = threading.Lock()
        self._configuration = configuration
        self._log = log
        self._told = log.stat().st_size

    def call(self, event: Any) -> Any:
        """What the handler answers. Raises `HandlerError`."""
        context = Context(self._configuration["FunctionName"], self._configuration["Timeout"])
        return self.environment.call(self._configuration["Handler"], event, context)

    def new_log(self) -> str:
        """What was written since this was last asked."""
        with self._log.open("rb") as file:
            file.seek(self._told)
            written = file.read()
        self._told += len(written)
        return written.decode(errors="replace")
