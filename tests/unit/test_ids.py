"""UUIDv7 keys (RFC 9562, 5.7)."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from chalicelib.store.ids import lowest_at, uuid7


def test_it_is_a_version_7_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    key = uuid7()
    after = time.time_ns() // 1_000_000
    assert (key.version, key.variant) == (7, RFC_4122)
    assert before <= key.int >> 80 <= after + 1


def test_ids_only_ever_increase_and_stay_version_7() -> None:
    keys = [uuid7() for _ in range(50_000)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert {(key.version, key.variant) for key in keys} == {(7, RFC_4122)}


def test_threads_never_make_the_same_one() -> None:
    made: list[list[UUID]] = [[] for _ in range(8)]

    def work(keys: list[UUID]) -> None:
        keys.extend(uuid7() for _ in range(5_000))

    threads = [threading.Thread(target=work, args=(keys,)) for keys in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({key for keys in made for key in keys}) == 40_000
    assert all(keys == sorted(keys) for keys in made)


def test_the_random_part_is_not_guessable_from_the_time() -> None:
    assert len({uuid7().int & (2**32 - 1) for _ in range(1_000)}) > 990


def test_a_moment_has_a_lowest_id() -> None:
    moment = datetime.now(UTC)
    made = uuid7()
    assert lowest_at(moment) <= made < lowest_at(moment + timedelta(minutes=1))
    assert lowest_at(moment).version == 7
