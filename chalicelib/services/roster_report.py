"""The line-by-line report of an import: each line is tried on its own, and the others go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal

from chalicelib.errors import TizaError, ValidationError
from chalicelib.schemas import roster as schemas
from chalicelib.services.csv_text import Row

Outcome = Literal["created", "changed", "unchanged", "refused"]
File = Literal["users", "roles", "classes", "enrollments"]
# Which cell names a line, by file.
NAMED_BY = {
    "users": "sourcedId",
    "roles": "userSourcedId",
    "classes": "sourcedId",
    "enrollments": "sourcedId",
}


class Report:
    """What became of the lines so far."""

    def __init__(self) -> None:
        self.lines: list[schemas.Line] = []

    def take(self, file: File, rows: Sequence[Row], work: Callable[[Row, schemas.Line], Outcome]) -> None:
        """Have `work` done for each line of `file`; an error that it raises is what becomes of that line."""
        for row in rows:
            name = row.cells.get(NAMED_BY[file], "")
            line = schemas.Line(file=file, line=row.line, sourced_id=name, outcome="unchanged", error=None)
            self.lines.append(line)
            try:
                if row.is_too_long:
                    raise ValidationError(path="$", reason="The line has more cells than the first one.")
                line.outcome = work(row, line)
            except TizaError as error:
                refuse(line, error)

    @property
    def counts(self) -> schemas.Counts:
        """How many lines came out how."""
        found: Counter[str] = Counter(line.outcome for line in self.lines)
        return schemas.Counts(**{name: found[name] for name in schemas.Counts.__struct_fields__})

    def shown(self, *, applied: bool) -> schemas.ImportReport:
        """The report as it is answered."""
        return schemas.ImportReport(applied=applied, counts=self.counts, lines=self.lines)


def refuse(line: Any, error: TizaError) -> None:
    """Say on `line`, or any part of a report that has an outcome and an error, that it is refused."""
    line.outcome = "refused"
    line.error = fault(error)


def fault(error: TizaError) -> schemas.Fault:
    """`error` as the error of a request says it."""
    return schemas.Fault(code=error.code, message=error.message, details=dict(error.details))
