"""A diagnosis for whoever asks. Nothing is stored."""

from __future__ import annotations

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.schemas import diagnose as schemas
from chalicelib.services import findings


def diagnose(caller: Caller, body: schemas.Diagnose) -> schemas.Diagnosed:
    """What the engine says about an answer. Raises `ProblemError` for a problem outside the grammar."""
    locale = caller.locale if body.locale is UNSET else body.locale
    problem = findings.read_problem(body.problem, locale)
    history = [(earlier.problem, earlier.answer) for earlier in body.history]
    found = findings.diagnose(str(problem), body.answer, body.steps, history, locale)
    return schemas.Diagnosed(
        topic=problem.topic,
        problem=str(problem),
        verdict=found.verdict,
        expected=None if found.verdict == "unreadable" else found.expected,
        diagnosis=findings.told(found),
    )
