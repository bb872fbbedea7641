"""Cursors: what was made by a list is good for that list, and nothing else is."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import settings
from chalicelib.errors import CursorError
from chalicelib.store import paging

SCOPE = "attempts|student=1"
VALUES = ["2026-11-21T09:30:00Z", 7, 0.25, "ñ/+?"]


@pytest.fixture(autouse=True)
def _settings() -> Any:
    settings.reset()
    yield
    settings.reset()


def test_a_cursor_gives_back_what_went_in() -> None:
    assert paging.decode(paging.encode(VALUES, SCOPE), SCOPE, len(VALUES)) == VALUES


def test_a_cursor_is_fit_for_a_url() -> None:
    cursor = paging.encode(["ÿ~~~???" * 20], SCOPE)
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@pytest.mark.parametrize("scope", ["attempts|student=2", "attempts", "", "skills"])
def test_a_cursor_of_another_list_is_refused(scope: str) -> None:
    with pytest.raises(CursorError):
        paging.decode(paging.encode(VALUES, SCOPE), scope, len(VALUES))


@pytest.mark.parametrize("count", [0, 3, 5])
def test_a_cursor_with_other_keys_is_refused(count: int) -> None:
    with pytest.raises(CursorError):
        paging.decode(paging.encode(VALUES, SCOPE), SCOPE, count)


def test_no_bit_of_a_cursor_can_be_changed() -> None:
    payload, _, signature = paging.encode(VALUES, SCOPE).partition(".")
    for place in range(len(VALUES)):
        data = bytearray(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        data[place + 2] ^= 1
        changed = base64.urlsafe_b64encode(bytes(data)).rstrip(b"=").decode()
        with pytest.raises(CursorError):
            paging.decode(f"{changed}.{signature}", SCOPE, len(VALUES))


def test_a_cursor_of_another_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = paging.encode(VALUES, SCOPE)
    monkeypatch.setenv("TIZA_TOKEN_KEYS", "test:development-only-another-key-0123456789")
    settings.reset()
    with pytest.raises(CursorError):
        paging.decode(cursor, SCOPE, len(VALUES))


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", fullmatch=True))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        paging.decode(text, SCOPE, 1)
