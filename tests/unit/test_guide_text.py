"""The questions in the text of a worksheet, and the text in a PDF; hostile ones too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.services import guide_pdf, guide_text
from chalicelib.services.guide_pdf import RefusedError
from tests.support import pdfs
from tests.support.guides import SHEET


def found(page: str, locale: str = "en") -> list[tuple[str, str, str | None]]:
    return [tuple(each) for each in guide_text.questions([page], locale)]


def test_questions_are_found_by_number_and_by_grammar() -> None:
    assert found(SHEET) == [
        ("1", "503 - 278 =", "503 - 278"),
        ("2", "700 - 1 = ____", "700 - 1"),
        ("3", "Ana has 12 apples and gives away 5. How many has she now?", None),
        ("4", "What is a shape with four equal sides called?", None),
    ]


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("a) 12 x 13", ("a", "12 x 13", "12 × 13")),
        ("(b) Work out: 3/4 + 1/8 = ?", ("b", "Work out: 3/4 + 1/8 = ?", "3/4 + 1/8")),
        ("84 : 7 = \u2026\u2026", ("", "84 : 7 = \u2026\u2026", "84 ÷ 7")),
        ("7.   2x + 3 = 11", ("7", "2x + 3 = 11", "2x + 3 = 11")),
        ("8: simplify 6/8", ("8", "simplify 6/8", "simplify 6/8")),
    ],
)
def test_the_ways_in_which_a_question_is_printed(line: str, question: tuple[str, str, str]) -> None:
    assert found(line) == [question]


@pytest.mark.parametrize("line", ["Chapter 3", "Name: Leo", "Page 1 of 3", "", "Good luck!", "2026"])
def test_what_is_no_question(line: str) -> None:
    assert found(line) == []


def test_a_comma_is_read_in_the_language_of_the_sheet() -> None:
    assert found("1) 1,5 + 2,25", "es")[0][2] == "1.5 + 2.25"
    assert found("1) 1,500 + 250", "en")[0][2] == "1500 + 250"


@given(st.text("0123456789.) \n+-=_abc:?", max_size=300))
def test_any_text_gives_questions_or_none(text: str) -> None:
    for label, words, problem in found(text):
        assert words.strip()
        assert len(label) <= 3
        assert problem is None or guide_text.problem_in(problem, "en") == problem


def test_a_long_line_costs_no_more_than_its_length() -> None:
    assert len(found("1) " + "_ =." * 20_000)[0][1]) == guide_text.LONGEST


# --- PDFs ---


def test_the_text_of_each_page_is_read_as_it_stands_on_it() -> None:
    pages = guide_pdf.read(pdfs.text_pdf(SHEET, "9) 12 x 13"))
    texts = [page.text for page in pages]
    assert found(texts[0]) == found(SHEET)
    assert found(texts[1]) == [("9", "12 x 13", "12 × 13")]
    assert [page.picture for page in pages] == [None, None]
    assert [page.text.strip() for page in guide_pdf.read(pdfs.text_pdf(""))] == [""]


def test_a_page_without_text_gives_its_picture() -> None:
    first, second = guide_pdf.read(pdfs.scanned_pdf(SHEET, "blank"))
    assert (first.text, second.text) == ("", "")
    assert first.picture is not None
    assert first.picture.startswith(b"\xff\xd8\xff")
    assert first.picture != second.picture


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", guide_pdf.WRONG_TYPE),
        (b"%PDF-1.7 nothing more", guide_pdf.DAMAGED),
        (pdfs.text_pdf(SHEET)[:300], guide_pdf.DAMAGED),
        (b"%PDF-1.4" + bytes(guide_pdf.LARGEST_BYTES), guide_pdf.TOO_LARGE),
        (pdfs.text_pdf(*["1) 2 + 2"] * (guide_pdf.MOST_PAGES + 1)), guide_pdf.TOO_MANY_PAGES),
        (pdfs.encrypted_pdf(), guide_pdf.ENCRYPTED),
        (pdfs.bomb_pdf(), guide_pdf.TOO_COMPLEX),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_fit_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        guide_pdf.read(content)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("content", [pdfs.text_pdf(SHEET, ""), pdfs.scanned_pdf(SHEET)], ids=["text", "scan"])
def test_the_other_process_says_what_it_reads(content: bytes) -> None:
    assert guide_pdf.read(content) == guide_pdf._pages(content)


@pytest.mark.parametrize("content", [pdfs.encrypted_pdf(), pdfs.bomb_pdf()], ids=["encrypted", "bomb"])
def test_it_refuses_before_it_reads_too_much(content: bytes) -> None:
    with pytest.raises(RefusedError):
        guide_pdf._pages(content)


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide_pdf, "SECONDS", 0.2)
    monkeypatch.setattr(guide_pdf, "_PROGRAM", "while True: pass")
    with pytest.raises(RefusedError, match=guide_pdf.TOO_COMPLEX):
        guide_pdf.read(pdfs.text_pdf(SHEET))


def test_the_reader_is_told_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_DATABASE_URL", "secret")
    program = "import json, os; print(json.dumps({'pages': [[','.join(sorted(os.environ)), None]]}))"
    monkeypatch.setattr(guide_pdf, "_PROGRAM", program)
    assert "TIZA" not in guide_pdf.read(pdfs.text_pdf(SHEET))[0].text


def test_a_reader_that_eats_memory_dies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
        "from chalicelib.services import guide_pdf; guide_pdf._limit(); bytearray(2**30)"
    )
    monkeypatch.setattr(guide_pdf, "_PROGRAM", program)
    with pytest.raises(RefusedError, match=guide_pdf.TOO_COMPLEX):
        guide_pdf.read(pdfs.text_pdf(SHEET))
