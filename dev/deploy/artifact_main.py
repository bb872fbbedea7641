"""The process of `artifact_run`: what Lambda's runtime does, in short. Needs the standard library alone.

Its arguments are the folders to import from. Each line that comes in is a call, each line that goes out an
answer; whatever the handlers print goes to the log.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
import zoneinfo
from importlib import import_module
from typing import Any


class LambdaContext:
    """The context object of a call, as far as Lambda documents it and handlers use it."""

    def __init__(self, call: dict[str, Any]) -> None:
        self.function_name = call["function_name"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = f"arn:aws:lambda:local:123456789012:function:{self.function_name}"
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.aws_request_id = call["request_id"]
        self._ends_at = time.monotonic() + call["seconds"]

    def get_remaining_time_in_millis(self) -> int:
        """The time that is left to this call."""
        return max(0, int((self._ends_at - time.monotonic()) * 1000))


def answer(call: dict[str, Any]) -> str:
    """The handler's answer, or what it raised, as JSON."""
    module, _, name = call["handler"].rpartition(".")
    try:
        handler = getattr(import_module(module), name)
        return json.dumps({"result": handler(call["event"], LambdaContext(call))})
    except Exception as error:
        told = {"error": type(error).__name__, "message": str(error), "trace": traceback.format_exc()}
        return json.dumps(told)


def main() -> None:
    """Answer calls until there are no more."""
    sys.path[:0] = sys.argv[1:]
    zoneinfo.reset_tzpath(())  # Lambda has no time zones of its own
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(answer(json.loads(line)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
