"""Reads printed work on photos where no language model is set up, so that `make run` needs no account.

The characters are recognised by RapidOCR 1.4, whose wheel carries its models. There is none for Python 3.13
and newer, and OpenCV in it asks for libGL and GLib (Debian: libgl1, libglib2.0-0); where it is missing,
photos wait for a language model.

It reads print, line by line, and hardly handwriting. It takes a sign that it does not know (÷, −) for one
that it knows (±): the grammar then finds such a line unreadable, as it should.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from chalicelib.diagnosis import ProblemSyntaxError, canonical_answer, parse_problem
from chalicelib.services import readers
from chalicelib.services.readers import Piece, Sheet

PACKAGE = "rapidocr_onnxruntime"
LONGEST_TEXT = 200
SOLUTION = re.compile(r"[A-Za-z] *=")

log = logging.getLogger("tiza")
_lock = threading.Lock()


class Text(NamedTuple):
    """A printed line, and how sure the recogniser is of it (0 to 1)."""

    text: str
    confidence: float


def is_installed() -> bool:
    """Whether this Python has the recogniser."""
    return importlib.util.find_spec(PACKAGE) is not None


@functools.cache
def missing() -> str | None:
    """What keeps it from reading here: the wheel, or a library of the system that OpenCV asks for."""
    if not is_installed():
        return f"{PACKAGE} is not installed"
    try:
        import cv2  # noqa: F401 (half a second; the rest is loaded with the first photo)
    except ImportError as error:
        return str(error)
    return None


def install() -> None:
    """Have photos read by it in this process, if it can."""
    why = missing()
    if why is None:
        readers.embed(read)
    else:
        log.warning("print on photos cannot be read here", extra={"fields": {"reason": why}})


def read(sheet: Sheet) -> list[Piece]:
    """The work on the sheet, from top to bottom."""
    return list(pieces(recognised(sheet.content), sheet))


def recognised(content: bytes) -> list[Text]:
    """The printed lines of a picture, from top to bottom."""
    import numpy
    from PIL import Image

    picture = numpy.asarray(Image.open(BytesIO(content)).convert("RGB"))
    with _lock:  # loaded once, and not made for several threads
        found, _ = _engine()(picture)
    lines = sorted(found or (), key=lambda line: min(y for _, y in line[0]))
    return [Text(_plain(text), float(confidence)) for _, text, confidence in lines]


def pieces(texts: Iterable[Text], sheet: Sheet) -> Iterator[Piece]:
    """The texts as work: `problem = answer`, with what stands between more signs `=` as its steps.

    An equation goes on until a line `x = 4`, with the lines before that as its steps. What is no such line is
    an answer to the sheet's problem, if it can be one, and otherwise unreadable.
    """
    equation: list[Text] = []
    for text in texts:
        if equation and _is_formula(text.text, equation[0].text, sheet.locale):
            equation.append(text)
            if SOLUTION.match(text.text):
                yield _of(equation)
                equation = []
        else:
            yield from map(_unreadable, equation)
            equation = []
            if _is_problem(text.text, sheet.locale):
                equation = [text]
            else:
                yield _statement(text, sheet)
    yield from map(_unreadable, equation)


def _statement(text: Text, sheet: Sheet) -> Piece:
    """A line that begins and ends a piece of work."""
    problem, *rest = (part.strip() for part in text.text.split("="))
    if rest and _is_problem(problem, sheet.locale):
        return Piece(text.confidence, problem, rest[:-1], rest[-1])
    if sheet.problem and canonical_answer(sheet.problem, text.text, sheet.locale) is not None:
        return Piece(text.confidence, answer=text.text)
    return _unreadable(text)


def _of(equation: Sequence[Text]) -> Piece:
    """An equation with its solution."""
    problem, *steps, answer = (line.text for line in equation)
    return Piece(min(line.confidence for line in equation), problem, steps, answer)


def _unreadable(text: Text) -> Piece:
    return Piece(text.confidence, unreadable=text.text)


def _is_problem(text: str, locale: str) -> bool:
    try:
        parse_problem(text, locale)
    except ProblemSyntaxError:
        return False
    return True


def _is_formula(text: str, problem: str, locale: str) -> bool:
    """Whether a line can be one of the work on that problem."""
    return "=" in text and canonical_answer(problem, text, locale) is not None


def _plain(text: str) -> str:
    """As the grammar has it: wide signs are their usual ones, and an x is small."""
    return unicodedata.normalize("NFKC", text).strip()[:LONGEST_TEXT].replace("X", "x")


@functools.cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
