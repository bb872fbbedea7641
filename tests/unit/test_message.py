"""Messages survive their way through a queue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import message, queues
from chalicelib.message import Message

PAYLOADS: Any = st.dictionaries(
    st.text(max_size=10), st.none() | st.text(max_size=20) | st.integers(), max_size=5
)


@given(
    st.uuids(),
    st.sampled_from(queues.ALL),
    PAYLOADS,
    st.none() | st.uuids(),
    st.text(max_size=40),
    st.integers(1, 9),
)
def test_what_is_written_is_read(
    id: UUID,
    queue: queues.Queue,
    payload: dict[str, Any],
    school_id: UUID | None,
    correlation_id: str,
    receives: int,
) -> None:
    sent = Message(id, queue.key, payload, school_id, correlation_id, receives)
    assert message.read(sent.body(), receives) == sent


@given(st.text())
def test_what_is_no_message_is_refused_by_one_error(text: str) -> None:
    with pytest.raises(message.MalformedMessageError):
        message.read(text)


def test_queues_are_found_by_their_keys_and_named_apart() -> None:
    assert [queues.by_key(queue.key) for queue in queues.ALL] == list(queues.ALL)
    assert queues.by_key("nothing") is None
    names = [name for queue in queues.ALL for name in (queue.name("dev"), queue.dead_letter_name("dev"))]
    assert len(set(names)) == len(names)
