"""`ssm:` settings against Parameter Store's real wire protocol, as moto's server speaks it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from chalicelib import settings
from chalicelib.aws import parameters
from chalicelib.settings import SettingsError

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a local AWS."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def store(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of an empty Parameter Store, to which Tiza's settings refer."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_MAX_ATTEMPTS": "1",
        "TIZA_STAGE": "prod",
        "TIZA_DATABASE_URL": "ssm:/tiza/prod/database_url",
        "TIZA_TOKEN_KEYS": "ssm:/tiza/prod/token_keys",
        "TIZA_MAIL": "ses",
        "TIZA_MAIL_FROM": "Tiza <hello@tiza.example>",
    }.items():
        monkeypatch.setenv(name, value)
    settings.reset()
    client = boto3.client("ssm")
    put(client, "/tiza/prod/database_url", "postgresql://tiza_app@db.example/tiza")
    put(client, "/tiza/prod/token_keys", f"k1:{SECRET}")
    yield client
    names = [
        one["Name"]
        for page in client.get_paginator("describe_parameters").paginate()
        for one in page["Parameters"]
    ]
    for name in names:
        client.delete_parameter(Name=name)
    settings.reset()


def put(client: Any, name: str, value: str) -> None:
    client.put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)


class Clock:
    """A monotonic clock to be moved by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(settings.time, "monotonic", found.monotonic)
    return found


def test_references_are_fetched_and_decrypted(store: Any) -> None:
    found = settings.get()
    assert found.database_url == "postgresql://tiza_app@db.example/tiza"
    assert found.token_keys == (("k1", SECRET),)


def test_more_than_one_call_takes(store: Any) -> None:
    names = [f"/many/{number:02}" for number in range(23)]
    for name in names:
        put(store, name, f"value of {name}")
    assert parameters.fetch(names) == {name: f"value of {name}" for name in names}


@pytest.mark.parametrize("count", [0, 1, 10, 11])
def test_a_call_takes_ten(store: Any, count: int) -> None:
    names = [f"/some/{number:02}" for number in range(count)]
    for name in names:
        put(store, name, "x")
    assert set(parameters.fetch(names)) == set(names)


def test_two_settings_may_refer_to_one_parameter(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_WEB_URL", "ssm:/tiza/prod/url")
    monkeypatch.setenv("TIZA_CORS_ORIGINS", "ssm:/tiza/prod/url")
    put(store, "/tiza/prod/url", "https://app.example")
    assert (settings.get().web_url, settings.get().cors_origins) == (
        "https://app.example",
        ("https://app.example",),
    )


def test_what_is_missing_is_named_with_its_path(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_WEB_URL", "ssm:/nowhere")
    store.delete_parameter(Name="/tiza/prod/token_keys")
    with pytest.raises(SettingsError) as caught:
        settings.get()
    assert "TIZA_WEB_URL (/nowhere)" in str(caught.value)
    assert "TIZA_TOKEN_KEYS (/tiza/prod/token_keys)" in str(caught.value)
    assert "TIZA_DATABASE_URL" not in str(caught.value)


def test_a_value_from_the_store_is_checked_like_any_other(store: Any) -> None:
    put(store, "/tiza/prod/token_keys", "k1:short")
    with pytest.raises(SettingsError, match="shorter"):
        settings.get()


def test_the_start_asks_nobody(store: Any) -> None:
    store.delete_parameter(Name="/tiza/prod/token_keys")
    settings.check()


def test_a_rotated_secret_arrives_after_a_time_and_not_before(store: Any, clock: Clock) -> None:
    first = settings.get()
    put(store, "/tiza/prod/token_keys", f"k2:{SECRET},k1:{SECRET}")
    clock.now += settings.REFRESH_SECONDS - 1
    assert settings.get() is first
    clock.now += 2
    assert [key.key_id for key in settings.get().token_keys] == ["k2", "k1"]


@pytest.mark.parametrize("fault", ["missing", "unfit", "away"])
def test_a_refresh_that_fails_keeps_what_was_read(
    store: Any, clock: Clock, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = settings.get()
    if fault == "missing":
        store.delete_parameter(Name="/tiza/prod/token_keys")
    elif fault == "unfit":
        put(store, "/tiza/prod/token_keys", "k1:short")
    else:
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    clock.now += settings.REFRESH_SECONDS + 1
    assert settings.get() == first
    monkeypatch.setenv("AWS_ENDPOINT_URL", store.meta.endpoint_url)
    put(store, "/tiza/prod/token_keys", f"k3:{SECRET}")
    clock.now += settings.REFRESH_SECONDS + 1
    assert settings.get().token_keys[0].key_id == "k3"


def test_without_a_store_there_is_no_start(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(Exception, match="Could not connect"):
        settings.get()
