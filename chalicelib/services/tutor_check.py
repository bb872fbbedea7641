"""Whether what a model says may be shown to a student: looked at in the reply, whatever the prompt said.

It gives no answer away that the student has not tried, in any form that the engine can read; it is in the
student's language, short and plain; it names no source that the model was not given, and repeats nothing of
the prompt. A model is told once what is wrong. After that its reply is not shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final, Literal

import msgspec

from chalicelib.services import tutor_texts

LONGEST_REPLY: Final = 900  # characters
SHORTEST_ECHO: Final = 8  # words in a row that stand in the prompt
LEAST_KNOWN: Final = 0.2  # of the words of a reply, that are everyday words of its language
SHORTEST_JUDGED: Final = 4  # words; fewer tell no language
MARKUP: Final = re.compile(r"https?://|www\.|</?data>|```|[\w.+-]+@[\w-]+\.\w|!\[|\]\(", re.IGNORECASE)
CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class Reply(msgspec.Struct, forbid_unknown_fields=True):
    """What a model answers. `sources` are the marks of those that it rests on."""

    kind: Literal["answer", "off_subject"]
    reply: str
    sources: list[str]


class Check:
    """Whether a reply may be shown. `is_unfit` where, after the model was told, it still may not."""

    def __init__(self, system: str, guarded: Collection[str], marks: Collection[str], locale: str) -> None:
        self.is_unfit = False
        self._was_told = False
        self._echoes = _runs(system)
        self._guarded = guarded
        self._marks = marks
        self._locale = locale

    def __call__(self, said: Reply) -> None:
        """Raises `ValueError`, in words for the model."""
        fault = None if said.kind == "off_subject" else self._fault(said)
        if fault is None:
            return
        if not self._was_told:
            self._was_told = True
            raise ValueError(fault)
        self.is_unfit = True

    def _fault(self, said: Reply) -> str | None:
        if not said.reply.strip() or len(said.reply) > LONGEST_REPLY:
            return f"`reply` must have 1 to {LONGEST_REPLY} characters"
        if any(mark not in self._marks for mark in said.sources):
            return f"`sources` may only name marks of {sorted(self._marks)}"
        if not _runs(said.reply).isdisjoint(self._echoes):
            return "`reply` repeats your instructions; say it in words for the student, about the problem"
        if MARKUP.search(said.reply) or CONTROL.search(said.reply):
            return "`reply` must be plain sentences, without links, addresses or marks of code"
        if not is_in_language(said.reply, self._locale):
            return "`reply` must be in plain everyday words of the student's language"
        if self._gives_away(said.reply):
            return (
                "`reply` gives the right answer away, or a form of it. The student has not tried the problem."
                " Give a hint that does not have the result in it, neither in digits nor in words"
            )
        return None

    def _gives_away(self, reply: str) -> bool:
        from chalicelib.diagnosis import discloses

        return any(discloses(problem, reply, self._locale) for problem in self._guarded)


def is_in_language(text: str, locale: str) -> bool:
    """Whether so many of the words of `text` are everyday words of a language that it may be in it."""
    words = _words(text)
    everyday = tutor_texts.everyday(locale)
    is_known = sum(word in everyday for word in words) >= LEAST_KNOWN * len(words)
    return is_known or len(words) < SHORTEST_JUDGED


def _runs(text: str) -> set[tuple[str, ...]]:
    """All runs of so many words that they are no chance."""
    words = _words(text)
    return {tuple(words[first : first + SHORTEST_ECHO]) for first in range(len(words) - SHORTEST_ECHO + 1)}


def _words(text: str) -> list[str]:
    """The words of more than a letter, in small letters and without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.findall(r"[^\W\d_]{2,}", plain)
