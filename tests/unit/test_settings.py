"""The settings: what is fit to start with, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib import settings
from chalicelib.settings import Issuer, SettingsError, TokenKey

SECRET = "0123456789abcdef0123456789abcdef"
DEPLOYED = {
    "TIZA_STAGE": "prod",
    "TIZA_DATABASE_URL": "postgresql://tiza_app@db.example/tiza",
    "TIZA_TOKEN_KEYS": f"k1:{SECRET}",
    "TIZA_MAIL": "ses",
    "TIZA_MAIL_FROM": "Tiza <hello@tiza.example>",
}
DEV = {
    "TIZA_STAGE": "dev",
    "TIZA_DATABASE_URL": "embedded",
    "TIZA_TOKEN_KEYS": "dev:development-only-key-0123456789abcdef",
}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.reset()
    yield
    settings.reset()


def test_what_is_not_said_has_a_default() -> None:
    found = settings.parse(DEPLOYED)
    assert (found.stage, found.mail, found.is_dev) == ("prod", "ses", False)
    assert (found.access_token_seconds, found.database_connections) == (900, 1)
    assert found.cors_origins == ()
    assert found.trusted_issuers == ()
    assert settings.parse(DEV).is_dev


def test_every_value_reaches_its_field() -> None:
    found = settings.parse(
        {
            **DEPLOYED,
            "TIZA_TOKEN_KEYS": f"k2:{SECRET}2, k1:{SECRET}",
            "TIZA_TRUSTED_ISSUERS": "https://a.example|tiza|https://a.example/jwks,https://b.example|t|https://b.example/k",
            "TIZA_CORS_ORIGINS": "https://app.example, https://admin.example",
            "TIZA_WEB_URL": "https://www.example/portal/",
            "TIZA_API_URL": "https://api.example/",
            "TIZA_MAIL_CONFIGURATION_SET": "tiza-prod",
            "TIZA_MAIL_PRICE_MICRO_USD": "120",
            "TIZA_DATABASE_WAIT_SECONDS": "2.5",
            "TIZA_WRITE_RATE": "7",
        }
    )
    assert found.token_keys == (TokenKey("k2", SECRET + "2"), TokenKey("k1", SECRET))
    assert found.trusted_issuers[1] == Issuer("https://b.example", "t", "https://b.example/k")
    assert found.cors_origins == ("https://www.example", "https://app.example", "https://admin.example")
    assert (found.web_url, found.database_wait_seconds) == ("https://www.example/portal", 2.5)
    assert found.write_rate == 7
    assert (found.mail_from, found.mail_configuration_set) == ("Tiza <hello@tiza.example>", "tiza-prod")
    assert (found.mail_price_micro_usd, found.api_url) == (120, "https://api.example")


def test_a_secret_may_hold_a_colon() -> None:
    (key,) = settings.parse({**DEPLOYED, "TIZA_TOKEN_KEYS": f"k1:{SECRET}:more"}).token_keys
    assert key == TokenKey("k1", f"{SECRET}:more")


@pytest.mark.parametrize("name", settings.REQUIRED)
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_missing_is_named(name: str, value: str | None) -> None:
    environ = {key: text for key, text in DEPLOYED.items() if key != name}
    if value is not None:
        environ[name] = value
    with pytest.raises(SettingsError, match=name):
        settings.parse(environ)


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError, match=", ".join(settings.REQUIRED)):
        settings.parse({})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"TIZA_TOKEN_KEYS": "no-colon-" + SECRET}, "form kid:secret"),
        ({"TIZA_TOKEN_KEYS": f":{SECRET}"}, "form kid:secret"),
        ({"TIZA_TOKEN_KEYS": f"k1:{SECRET},"}, "form kid:secret"),
        ({"TIZA_TOKEN_KEYS": "k1:short"}, "'k1' is shorter than 32 bytes"),
        ({"TIZA_TOKEN_KEYS": f"k1:{SECRET},k2:short"}, "'k2' is shorter than 32 bytes"),
        ({"TIZA_TOKEN_KEYS": DEV["TIZA_TOKEN_KEYS"]}, "published development key"),
        ({"TIZA_CORS_ORIGINS": "*"}, "must not be \\*"),
        ({"TIZA_CORS_ORIGINS": "https://a.example,*"}, "must not be \\*"),
        ({"TIZA_MAIL": "pigeon"}, "neither log nor ses"),
        ({"TIZA_MAIL": "log"}, "into the log of a deployed stage"),
        ({"TIZA_MAIL_FROM": ""}, "needs TIZA_MAIL_FROM"),
        ({"TIZA_MAIL_PRICE_MICRO_USD": "free"}, "TIZA_MAIL_PRICE_MICRO_USD is not a number"),
        ({"TIZA_WRITE_RATE": "many"}, "TIZA_WRITE_RATE is not a number"),
        ({"TIZA_WRITE_RATE": "0"}, "TIZA_WRITE_RATE must be greater than 0"),
        ({"TIZA_ACCESS_TOKEN_SECONDS": "-1"}, "must be greater than 0"),
        ({"TIZA_ACCESS_TOKEN_SECONDS": "nan"}, "must be greater than 0"),
        ({"TIZA_REFRESH_TOKEN_SECONDS": "inf"}, "must be greater than 0"),
        ({"TIZA_TRUSTED_ISSUERS": "https://a.example"}, "form issuer"),
        ({"TIZA_TRUSTED_ISSUERS": "https://a.example||https://a.example/jwks"}, "form issuer"),
    ],
)
def test_what_is_not_fit_is_refused(change: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        settings.parse({**DEPLOYED, **change})


def test_all_faults_are_named_and_no_secret_is() -> None:
    environ = {**DEPLOYED, "TIZA_TOKEN_KEYS": "k1:hush", "TIZA_MAIL": "pigeon", "TIZA_WRITE_RATE": "x"}
    with pytest.raises(SettingsError) as caught:
        settings.parse(environ)
    assert all(name in str(caught.value) for name in ("'k1'", "TIZA_MAIL", "TIZA_WRITE_RATE"))
    assert "hush" not in str(caught.value)


def test_a_developer_s_machine_may_use_what_is_published() -> None:
    assert settings.parse({**DEV, "TIZA_CORS_ORIGINS": "*"}).mail == "log"


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in DEPLOYED.items():
        monkeypatch.setenv(name, value)
    first = settings.get()
    monkeypatch.setenv("TIZA_STAGE", "staging")
    assert settings.get() is first
    settings.reset()
    assert settings.get().stage == "staging"


def test_an_unfit_environment_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_STAGE", "prod")
    with pytest.raises(SettingsError, match="published development key"):
        settings.check()
