"""The workshop's first bench: what went wrong in an answer. Pure functions, no I/O but its own data files.

    from chalicelib.diagnosis import diagnose

    diagnose("503 - 278", "335").candidates[0].bug   # "subtraction.smaller_from_larger"

Everything here is loaded at first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalogue import bug_named, bugs
    from .disclosure import discloses
    from .engine import diagnose, leads_to, simulate, trace
    from .errors import ProblemSyntaxError, UnknownBugError, UnknownTopicError
    from .exercises import generate
    from .operation import Operation, is_same_operation, operation_of
    from .probe import next_probe
    from .problem import Problem, canonical_answer, expected_answer, parse_problem
    from .results import Bug, Candidate, Diagnosis, TraceLine, WrongStep
    from .stated import problems_in
    from .texts import bug_text

_HOMES = {
    "bug_named": "catalogue",
    "bugs": "catalogue",
    "canonical_answer": "problem",
    "diagnose": "engine",
    "discloses": "disclosure",
    "expected_answer": "problem",
    "leads_to": "engine",
    "simulate": "engine",
    "trace": "engine",
    "ProblemSyntaxError": "errors",
    "UnknownBugError": "errors",
    "UnknownTopicError": "errors",
    "generate": "exercises",
    "next_probe": "probe",
    "Operation": "operation",
    "is_same_operation": "operation",
    "operation_of": "operation",
    "Problem": "problem",
    "parse_problem": "problem",
    "Bug": "results",
    "Candidate": "results",
    "Diagnosis": "results",
    "TraceLine": "results",
    "WrongStep": "results",
    "problems_in": "stated",
    "bug_text": "texts",
}

__all__ = [
    "Bug",
    "Candidate",
    "Diagnosis",
    "Operation",
    "Problem",
    "ProblemSyntaxError",
    "TraceLine",
    "UnknownBugError",
    "UnknownTopicError",
    "WrongStep",
    "bug_named",
    "bug_text",
    "bugs",
    "canonical_answer",
    "diagnose",
    "discloses",
    "expected_answer",
    "generate",
    "is_same_operation",
    "leads_to",
    "next_probe",
    "operation_of",
    "parse_problem",
    "problems_in",
    "simulate",
    "trace",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    member = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = member
    return member
