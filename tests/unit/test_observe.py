"""What a log line holds, and what it keeps out."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from chalicelib import message, observe, settings
from chalicelib.observe import Metric
from tests.support.logs import Log


def line(error: Exception) -> dict[str, str]:
    """The line of an error that was raised and logged."""
    try:
        raise error
    except Exception:
        record = observe.log.makeRecord("tiza", logging.ERROR, "", 0, "fault", (), sys.exc_info())
    return dict(json.loads(observe.JsonFormatter().format(record)))


@pytest.mark.parametrize(
    "text",
    [
        "Key (email)=(ana@school.example) already exists.",
        "duplicate key\nDETAIL:  Failing row contains (1, Ana, 503).",
        "invalid literal for int() with base 10: 'Ana'",
        'no such student "Ana"',
        "cannot write to ana@school.example",
    ],
)
def test_a_trace_tells_where_and_not_of_whom(text: str) -> None:
    logged = line(ValueError(text))
    assert "test_observe.py" in logged["trace"]
    assert "ValueError" in logged["trace"]
    assert "ana" not in logged["trace"].lower()
    assert "503" not in logged["trace"]


def test_faults_of_one_cause_have_one_fingerprint() -> None:
    def fault(stage: str) -> str:
        try:
            settings.parse({"TIZA_STAGE": stage})
        except settings.SettingsError as error:
            return observe.fingerprint(error)
        raise AssertionError

    assert fault("dev") == fault("prod")
    with pytest.raises(message.MalformedMessageError) as other:
        message.read("")
    assert observe.fingerprint(other.value) != fault("dev")


def test_metrics_are_in_the_line_where_cloudwatch_reads_them(
    monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    monkeypatch.setenv(observe.IN_LAMBDA, "tiza-prod")
    monkeypatch.setenv("TIZA_STAGE", "prod")
    observe.event("request", Metric("Latency", 12.5, observe.MILLISECONDS), by="code", code="CONFLICT")
    observe.event("request", Metric("Requests", 1), by="code")
    first, second = log.lines
    (directive,) = first["_aws"]["CloudWatchMetrics"]
    assert directive == {
        "Namespace": "Tiza",
        "Dimensions": [["stage"], ["stage", "code"]],
        "Metrics": [{"Name": "Latency", "Unit": "Milliseconds"}],
    }
    assert (first["Latency"], first["stage"], first["code"]) == (12.5, "prod", "CONFLICT")
    assert second["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage"]]


def test_elsewhere_a_line_has_no_metrics(monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    monkeypatch.delenv(observe.IN_LAMBDA, raising=False)
    observe.event("request", Metric("Requests", 1), status=200)
    (line,) = log.lines
    assert "_aws" not in line
    assert line["status"] == 200
