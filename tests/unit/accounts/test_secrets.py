"""Passwords, codes and the names under which tries are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.services import invites, lockout, passwords


def test_a_hash_is_argon2id_with_owasps_parameters() -> None:
    stored = passwords.hashed("correct horse battery")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(stored, "correct horse battery")
    assert not passwords.matches(stored, "correct horse batterY")
    assert not passwords.is_outdated(stored)


def test_nobodys_hash_costs_as_much_as_any_and_lets_nobody_in() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS)
    assert not passwords.matches(None, "correct horse battery")


def test_an_accent_is_the_same_however_it_was_typed() -> None:
    assert passwords.matches(passwords.hashed("contraseña!"), "contrasen\u0303a!")


def test_codes_hold_no_letters_that_are_easily_mistaken() -> None:
    codes = [invites.new_code(groups) for groups in (2, 3) for _ in range(200)]
    assert len(set(codes)) == len(codes)
    assert not set("01OIL") & set("".join(codes))
    assert {len(code) for code in codes} == {9, 14}


@given(st.lists(st.sampled_from(invites.ALPHABET), min_size=8, max_size=8), st.sets(st.integers(0, 8)))
def test_a_code_is_the_same_however_it_was_typed(letters: list[str], dashes: set[int]) -> None:
    code = "".join(letters)
    typed = "".join(("-" if n in dashes else "") + letter for n, letter in enumerate(code)).lower()
    assert invites.normalised(typed) == f"{code[:4]}-{code[4:]}"


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "192.0.2.1", False),
        (":bad", ":bad", True),
    ],
)
def test_tries_are_counted_by_address_and_of_ipv6_by_network(one: str, other: str, are_same: bool) -> None:
    assert (lockout.pair(one, "a") == lockout.pair(other, "a")) is are_same
    assert lockout.pair(one, "a") != lockout.pair(one, "b")


def test_the_name_of_a_pair_tells_neither_address_nor_account() -> None:
    name = lockout.pair("192.0.2.1", "ada@school.example")
    assert len(name) == 64
    assert int(name, 16) > 0
