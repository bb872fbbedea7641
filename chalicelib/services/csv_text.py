"""Tables as CSV text (RFC 4180), made to survive a spreadsheet program on the way out and back.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"); so
does one that has such an apostrophe already. Reading takes exactly one off again: what was written is what is
read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chalicelib.errors import ValidationError

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for the alphabet of the country
SEPARATORS = ",;\t"  # Excel writes what the country uses
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
GUARDED = re.compile(r"''*[=+\-@\t\r\n]")


class Row(NamedTuple):
    """A line of a file: where it begins, its cells by column, and whether it has more cells than columns."""

    line: int
    cells: dict[str, str]
    is_too_long: bool


def written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as text: a line of column names, then the rows; None is an empty cell."""
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_guarded("" if cell is None else str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def read(text: str, columns: Sequence[str], needed: Sequence[str], path: str) -> list[Row]:
    """The rows of `text` that are not empty, with those of the `columns` that it has, whatever their order.

    Cells are without the space around them; columns of other names are left out. `path` is where the text
    stands in the request. Raises `ValidationError` where it is no CSV, or lacks one of the `needed` columns.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    first_line = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    known = {name.lower(): name for name in columns}
    rows = []
    try:
        header = [known.get(name.strip().lower()) for name in next(reader, [])]
        _check_header(header, needed, path)
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found = {name: _read(cell) for name, cell in zip(header, cells, strict=False) if name}
                rows.append(Row(begins, found, len(cells) > len(header)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(path=path, reason=f"Line {reader.line_num} is no CSV: {error}.") from error
    return rows


def _check_header(header: Sequence[str | None], needed: Sequence[str], path: str) -> None:
    for name in needed:
        if name not in header:
            raise ValidationError(path=path, reason=f"The first line has no column `{name}`.")
    for known in header:
        if known and header.count(known) > 1:
            raise ValidationError(path=path, reason=f"The first line has the column `{known}` twice.")


def _guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _read(cell: str) -> str:
    return (cell[1:] if GUARDED.match(cell) else cell).strip()
