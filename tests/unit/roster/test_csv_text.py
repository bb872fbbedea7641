"""CSV as spreadsheets write it, and cells that would be formulas."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.errors import ValidationError
from chalicelib.services import csv_text

COLUMNS = ("sourcedId", "title")
CELLS = st.text(st.sampled_from("'=+-@,;\"\t a1é"), max_size=8).map(str.strip)


def cells(text: str) -> list[list[str]]:
    return [list(row.cells.values()) for row in csv_text.read(text, COLUMNS, COLUMNS, "$.users")]


@settings(max_examples=200)
@given(st.lists(st.tuples(st.just("x"), CELLS), max_size=4))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    assert cells(csv_text.written(COLUMNS, rows)) == [list(row) for row in rows]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''-1"])
def test_no_cell_is_a_formula(start: str) -> None:
    line = csv_text.written(COLUMNS, [("x", start)]).splitlines()[1]
    assert line.partition(",")[2].lstrip('"').startswith("'")


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    assert cells("sourcedId,title\nx,'t Hooft\ny,O'Neill") == [["x", "'t Hooft"], ["y", "O'Neill"]]


@pytest.mark.parametrize(
    "text",
    [
        "sourcedId,title\nx,4a\n",
        "\ufeffsourcedId,title\r\nx,4a\r\n",
        "sourcedId;title\r\nx;4a",
        "sourcedId\ttitle\r\nx\t4a",
        'SOURCEDID,"title",other\n\n x , 4a ,"a,b"\n,,\n',
    ],
)
def test_every_spreadsheet_is_read(text: str) -> None:
    assert cells(text) == [["x", "4a"]]


def test_a_line_is_where_it_begins() -> None:
    rows = csv_text.read('sourcedId,title\n"x","4\na"\n\ny,4b,5\nz', COLUMNS, COLUMNS, "$")
    assert [(row.line, row.is_too_long) for row in rows] == [(2, False), (5, True), (6, False)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x", "no column `sourcedId`"),
        ("sourcedId", "no column `title`"),
        ("sourcedId,title,sourcedid", "`sourcedId` twice"),
        ('sourcedId,title\n"x"y,1', "Line 2 is no CSV"),
        ('sourcedId,title\n"x,1', "Line 2 is no CSV"),
    ],
)
def test_what_is_no_such_table_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        cells(text)
    assert caught.value.details["path"] == "$.users"
    assert reason in caught.value.details["reason"]
