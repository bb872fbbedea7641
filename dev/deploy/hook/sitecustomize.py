"""Loaded by Python itself where `dev/deploy/chalice_cli.py` has it on the path: in `chalice deploy`.

Chalice's calls go out as they must be: without those that would change nothing (`unchanged`), and with each
queue's mapping reporting partial failures from its first moment. Chalice cannot ask for that; should Lambda
poll before the finish step, it would take a batch for done whose handler names messages that failed.
"""

from __future__ import annotations

from typing import Any

import unchanged
from botocore.client import BaseClient
from botocore.handlers import BUILTIN_HANDLERS


def report_partial_failures(params: dict[str, Any], **_more: Any) -> None:
    """Hook of botocore, for the parameters of CreateEventSourceMapping."""
    params.setdefault("FunctionResponseTypes", ["ReportBatchItemFailures"])


BUILTIN_HANDLERS.append(("provide-client-params.lambda.CreateEventSourceMapping", report_partial_failures))
BaseClient._make_api_call = unchanged.left_out(BaseClient._make_api_call)
