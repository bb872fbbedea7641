"""One typed settings object, read from the environment.

A variable `TIZA_X` holds a value or a reference `ssm:/path` into AWS Systems Manager Parameter Store.
All references are fetched in one decrypted batch at first use, kept for `REFRESH_SECONDS` and fetched
again after that, so that a rotated secret arrives without a deployment. `dev` is the stage of a
developer's own machine; every other stage refuses to start with a secret that is published here.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from chalicelib.llm.configuration import Configuration

REFRESH_SECONDS = 300.0
SSM_PREFIX = "ssm:"
PUBLISHED_SECRET_MARK = "development-only"  # noqa: S105 (a mark that no real secret carries)
SHORTEST_SECRET_BYTES = 32  # RFC 7518, 3.2: a key for HS256 has at least 256 bits


class SettingsError(Exception):
    """The environment is not fit to start with. The message names every variable at fault."""


class TokenKey(NamedTuple):
    """One HMAC key for access tokens; `key_id` is the token's `kid`."""

    key_id: str
    secret: str


class Issuer(NamedTuple):
    """An outside OpenID Connect issuer whose tokens are accepted once linked to an account."""

    issuer: str
    audience: str
    jwks_url: str


class Settings(NamedTuple):
    """What the environment says. Times are in seconds, rates in calls per minute."""

    stage: str
    database_url: str
    token_keys: tuple[TokenKey, ...]
    token_issuer: str
    token_audience: str
    trusted_issuers: tuple[Issuer, ...]
    cors_origins: tuple[str, ...]
    mail: str
    mail_from: str
    mail_configuration_set: str
    mail_price_micro_usd: int
    photo_bucket: str
    web_url: str
    api_url: str
    access_token_seconds: int
    refresh_token_seconds: int
    write_rate: int
    sign_in_rate: int
    anonymous_rate: int
    database_connections: int
    database_wait_seconds: float
    tutor_free_messages: int  # for a student and day, by the school's plan
    tutor_school_messages: int
    llm: Configuration | None  # none: no language model is set up

    @property
    def is_dev(self) -> bool:
        """Whether this is a developer's own machine."""
        return self.stage == "dev"


DEFAULTS: Mapping[str, str] = {
    "TIZA_TOKEN_ISSUER": "tiza",
    "TIZA_TOKEN_AUDIENCE": "tiza-api",
    "TIZA_TRUSTED_ISSUERS": "",
    "TIZA_CORS_ORIGINS": "",
    "TIZA_MAIL": "log",
    "TIZA_MAIL_FROM": "",
    "TIZA_MAIL_CONFIGURATION_SET": "",
    "TIZA_MAIL_PRICE_MICRO_USD": "100",
    "TIZA_PHOTO_BUCKET": "",
    "TIZA_WEB_URL": "http://localhost:5173",
    "TIZA_API_URL": "",
    "TIZA_ACCESS_TOKEN_SECONDS": "900",
    "TIZA_REFRESH_TOKEN_SECONDS": "2592000",
    "TIZA_WRITE_RATE": "120",
    "TIZA_SIGN_IN_RATE": "300",  # a class signs in at once, behind one address; guessing is stopped by locks
    "TIZA_ANONYMOUS_RATE": "600",
    "TIZA_DATABASE_CONNECTIONS": "1",
    "TIZA_DATABASE_WAIT_SECONDS": "8",
    "TIZA_TUTOR_FREE_MESSAGES": "10",
    "TIZA_TUTOR_SCHOOL_MESSAGES": "50",
}
NUMBERS = ("_SECONDS", "_RATE", "_CONNECTIONS", "_MICRO_USD", "_MESSAGES")  # so their names end
REQUIRED = ("TIZA_STAGE", "TIZA_DATABASE_URL", "TIZA_TOKEN_KEYS")

_lock = threading.Lock()
_current: tuple[Settings, float] | None = None


def get() -> Settings:
    """The settings, read at first use and refreshed after `REFRESH_SECONDS` where they come from SSM.

    Raises `SettingsError` when something is missing, malformed or not safe for the stage. A refresh
    that fails keeps what was read before: a secret store that is away must not stop a running service.
    """
    global _current
    if _current is not None and time.monotonic() < _current[1]:
        return _current[0]
    with _lock:
        if _current is not None and time.monotonic() < _current[1]:
            return _current[0]
        environ = {name: value for name, value in os.environ.items() if name.startswith("TIZA_")}
        references = any(value.startswith(SSM_PREFIX) for value in environ.values())
        try:
            settings = parse(_resolved(environ) if references else environ)
        except Exception:
            if _current is None:
                raise
            from chalicelib import observe

            observe.log.exception("settings could not be refreshed, the earlier ones stay")
            settings = _current[0]
        _current = (settings, time.monotonic() + (REFRESH_SECONDS if references else float("inf")))
        return settings


def check() -> None:
    """Refuse to start with settings that are not fit, as far as that shows without asking Parameter Store."""
    if not any(v.startswith(SSM_PREFIX) for n, v in os.environ.items() if n.startswith("TIZA_")):
        get()


def reset() -> None:
    """Forget what was read, so that the next `get` reads the environment again."""
    global _current
    with _lock:
        _current = None


def parse(environ: Mapping[str, str]) -> Settings:
    """`environ` (references already resolved) as `Settings`; raises `SettingsError` naming all faults."""
    missing = [name for name in REQUIRED if not environ.get(name)]
    if missing:
        raise SettingsError(f"Missing settings: {', '.join(missing)}. See docs/settings.md.")
    values = {**DEFAULTS, **environ}
    numbers, faults = {}, []
    for name in (n for n in DEFAULTS if n.endswith(NUMBERS)):
        try:
            numbers[name] = float(values[name])
        except ValueError:
            faults.append(f"{name} is not a number")
        else:
            if not 0 < numbers[name] < float("inf"):
                faults.append(f"{name} must be greater than 0")
    stage = values["TIZA_STAGE"]
    keys = _token_keys(values["TIZA_TOKEN_KEYS"], stage, faults)
    issuers = _issuers(values["TIZA_TRUSTED_ISSUERS"], faults)
    # The frontend's own comes first: the gateway's errors name the first one alone.
    listed = f"{_origin(environ.get('TIZA_WEB_URL', ''))},{values['TIZA_CORS_ORIGINS']}"
    origins = tuple(dict.fromkeys(o.strip() for o in listed.split(",") if o.strip()))
    if stage != "dev" and "*" in origins:
        faults.append("TIZA_CORS_ORIGINS must not be * in a deployed stage")
    if values["TIZA_MAIL"] not in ("log", "ses"):
        faults.append("TIZA_MAIL is neither log nor ses")
    elif stage != "dev" and values["TIZA_MAIL"] == "log":
        faults.append("TIZA_MAIL=log would write mails, with their secrets, into the log of a deployed stage")
    if values["TIZA_MAIL"] == "ses" and not values["TIZA_MAIL_FROM"]:
        faults.append("TIZA_MAIL=ses needs TIZA_MAIL_FROM, the address that mails come from")
    llm = _llm(environ, faults)
    if faults:
        raise SettingsError(f"Settings of stage {stage!r} are not fit: {'; '.join(faults)}.")
    return Settings(
        stage=stage,
        database_url=values["TIZA_DATABASE_URL"],
        token_keys=keys,
        token_issuer=values["TIZA_TOKEN_ISSUER"],
        token_audience=values["TIZA_TOKEN_AUDIENCE"],
        trusted_issuers=issuers,
        cors_origins=origins,
        mail=values["TIZA_MAIL"],
        mail_from=values["TIZA_MAIL_FROM"],
        mail_configuration_set=values["TIZA_MAIL_CONFIGURATION_SET"],
        mail_price_micro_usd=int(numbers["TIZA_MAIL_PRICE_MICRO_USD"]),
        photo_bucket=values["TIZA_PHOTO_BUCKET"],
        web_url=values["TIZA_WEB_URL"].rstrip("/"),
        api_url=values["TIZA_API_URL"].rstrip("/"),
        access_token_seconds=int(numbers["TIZA_ACCESS_TOKEN_SECONDS"]),
        refresh_token_seconds=int(numbers["TIZA_REFRESH_TOKEN_SECONDS"]),
        write_rate=int(numbers["TIZA_WRITE_RATE"]),
        sign_in_rate=int(numbers["TIZA_SIGN_IN_RATE"]),
        anonymous_rate=int(numbers["TIZA_ANONYMOUS_RATE"]),
        database_connections=int(numbers["TIZA_DATABASE_CONNECTIONS"]),
        database_wait_seconds=numbers["TIZA_DATABASE_WAIT_SECONDS"],
        tutor_free_messages=int(numbers["TIZA_TUTOR_FREE_MESSAGES"]),
        tutor_school_messages=int(numbers["TIZA_TUTOR_SCHOOL_MESSAGES"]),
        llm=llm,
    )


def _origin(address: str) -> str:
    """Scheme, host and port of an address (RFC 6454)."""
    return "/".join(address.split("/", 3)[:3])


def _token_keys(text: str, stage: str, faults: list[str]) -> tuple[TokenKey, ...]:
    """`kid:secret,kid:secret` as keys, the signing key first."""
    keys = []
    for part in text.split(","):
        key_id, colon, secret = part.strip().partition(":")
        if not (key_id and colon):
            faults.append("TIZA_TOKEN_KEYS is not of the form kid:secret,kid:secret")
        elif len(secret.encode()) < SHORTEST_SECRET_BYTES:
            faults.append(f"the token key {key_id!r} is shorter than {SHORTEST_SECRET_BYTES} bytes")
        elif stage != "dev" and PUBLISHED_SECRET_MARK in secret:
            faults.append(f"the token key {key_id!r} is the published development key")
        keys.append(TokenKey(key_id, secret))
    return tuple(keys)


def _issuers(text: str, faults: list[str]) -> tuple[Issuer, ...]:
    """`issuer|audience|jwks_url` entries, separated by commas."""
    issuers = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        fields = part.split("|")
        if len(fields) != len(Issuer._fields) or not all(fields):
            faults.append("TIZA_TRUSTED_ISSUERS is not of the form issuer|audience|jwks_url,...")
        else:
            issuers.append(Issuer(*fields))
    return tuple(issuers)


def _llm(environ: Mapping[str, str], faults: list[str]) -> Configuration | None:
    """The language models, whose settings are read where there are any: it costs a cold start 2 ms."""
    said = {name: value for name, value in environ.items() if name.startswith("TIZA_LLM_") and value}
    if not said:
        return None
    from chalicelib.llm import configuration

    return configuration.parse({**configuration.DEFAULTS, **said}, faults)


def _resolved(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` with each `ssm:` reference replaced by its parameter's value."""
    from chalicelib.aws import parameters

    paths = {n: v.removeprefix(SSM_PREFIX) for n, v in environ.items() if v.startswith(SSM_PREFIX)}
    found = parameters.fetch(sorted(set(paths.values())))
    missing = [f"{name} ({path})" for name, path in sorted(paths.items()) if path not in found]
    if missing:
        raise SettingsError(f"Parameters not found in Parameter Store: {', '.join(missing)}.")
    return {**environ, **{name: found[path] for name, path in paths.items()}}
