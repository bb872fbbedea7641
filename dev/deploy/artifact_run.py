"""Runs an unpacked artifact on this machine, with nothing else to import than Lambda itself provides.

    place = unpack(artifact.code, artifact.layer, folder)
    with ExecutionEnvironment(place, settings, log) as environment:
        answer = environment.call("app.app", event, context)

The interpreter starts without its site-packages, without the caller's environment and writes no bytecode.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import IO, Any, NamedTuple, cast
from zipfile import ZipFile

from dev.lambdas import Context

# What Lambda's Python brings: boto3 and all that it needs.
PROVIDED = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
MAIN = Path(__file__).with_name("artifact_main.py")
SECONDS = 60.0
END_SECONDS = 15.0


class HandlerError(Exception):
    """The handler raised; `name` is the class of what it raised, `message` what that says."""

    def __init__(self, name: str, message: str, trace: str) -> None:
        super().__init__(trace)
        self.name = name
        self.message = message


class Place(NamedTuple):
    """The folders that stand for /var/task, for the layer's site-packages and for Lambda's own."""

    code: Path
    layer: Path
    provided: Path

    @property
    def paths(self) -> tuple[str, ...]:
        """They, in the order in which Lambda's Python looks into them."""
        return (str(self.code), str(self.layer), str(self.provided))


def unpack(code: Path, layer: Path, folder: Path) -> Place:
    """Unpack the zips of a function and of its layer below `folder`, which may be missing."""
    task, opt, provided = folder / "task", folder / "opt", folder / "provided"
    for zipped, into in ((code, task), (layer, opt)):
        with ZipFile(zipped) as archive:
            archive.extractall(into)
    provided.mkdir(parents=True)
    for name in PROVIDED:
        distribution = metadata.distribution(name)
        tops = {file.parts[0] for file in distribution.files or () if file.suffix == ".py"} - {"..", "."}
        for top in tops:
            (provided / top).symlink_to(Path(str(distribution.locate_file(top))))
    return place(folder)


def place(folder: Path) -> Place:
    """What `unpack` made below `folder`."""
    (site_packages,) = folder.glob("opt/python/lib/python*/site-packages")
    return Place(folder / "task", site_packages, folder / "provided")


def command(script: Path, *arguments: str | Path) -> list[str]:
    """How to run `script` with nothing on its path but the standard library; it writes no bytecode."""
    return [sys.executable, "-I", "-S", "-B", str(script), *map(str, arguments)]


def variables(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a function that has `settings` in its own."""
    return {
        "AWS_LAMBDA_FUNCTION_NAME": "tiza",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        **settings,
    }


class ExecutionEnvironment:
    """One process with the artifact in it, which answers calls one after the other, until `close`.

    `settings` are its environment variables, beside those that Lambda sets; `log` gets what it writes.
    """

    def __init__(self, place: Place, settings: Mapping[str, str], log: Path) -> None:
        self._log = log
        self._turn = threading.Lock()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command(MAIN, *place.paths),
                cwd=place.code,
                env=variables(settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
            )
        self._calls = cast("IO[str]", self._process.stdin)
        self._answers = cast("IO[str]", self._process.stdout)

    def __enter__(self) -> ExecutionEnvironment:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, handler: str, event: Any, context: Any = None) -> Any:
        """What the handler, such as `app.mail`, answers to `event`. Raises `HandlerError` when it raises."""
        context = context or Context(handler, SECONDS)
        call = {
            "handler": handler,
            "event": event,
            "function_name": context.function_name,
            "request_id": context.aws_request_id,
            "seconds": context.get_remaining_time_in_millis() / 1000,
        }
        with self._turn:
            line = self._exchange(json.dumps(call))
        if not line:
            raise HandlerError("Runtime.ExitError", "It ended.", self._log.read_text(errors="replace"))
        answer = json.loads(line)
        if "error" in answer:
            raise HandlerError(answer["error"], answer["message"], answer["trace"])
        return answer["result"]

    def kill(self) -> None:
        """End the process without a word, as Lambda does."""
        self._process.kill()
        self.close()

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(BrokenPipeError):  # it has ended by itself
            self._calls.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()

    def _exchange(self, line: str) -> str:
        """Send a line and get one; nothing where the process has ended."""
        try:
            self._calls.write(line + "\n")
            self._calls.flush()
        except BrokenPipeError:
            return ""
        return self._answers.readline()
