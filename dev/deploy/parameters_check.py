"""Whether Tiza can run with the values of a stage's parameters. Says their names, never the values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import SplitResult, parse_qs, urlsplit

from chalicelib import settings
from dev.deploy import parameters

APP_ROLE = "tiza_app"
TLS = frozenset({"require", "verify-ca", "verify-full"})
NEON = ".neon.tech"
POOLED = "-pooler."
# Stands in for what is not there yet, so that the rest can be checked.
FILLERS = {
    "database_url": "postgresql://filler",
    parameters.TOKEN_KEYS: f"filler:{'0' * settings.SHORTEST_SECRET_BYTES}",
}


def faults(stage: str, values: Mapping[str, str], names: Collection[str]) -> list[str]:
    """What is wrong with `values`, of which `names` are about to be written; empty where nothing is."""
    found = [fault for name in sorted(names) for fault in _faults_of(name, values[name])]
    environ = parameters.environment(stage)
    for parameter in parameters.of_stage(stage):
        for variable in parameter.variables:
            environ[variable] = values.get(parameter.name) or FILLERS.get(parameter.name, "filler")
    try:
        settings.parse(environ)
    except settings.SettingsError as error:
        found.append(str(error).rstrip("."))
    return found


def _faults_of(name: str, value: str) -> list[str]:
    if name in parameters.PUBLIC:
        return [] if value.startswith("https://") else [f"{name} does not begin with https://"]
    if name in ("database_url", parameters.OWNER_URL):
        return [f"{name} {fault}" for fault in _database_faults(value, is_owner=name == parameters.OWNER_URL)]
    return []


def _database_faults(value: str, *, is_owner: bool) -> list[str]:
    try:
        url = urlsplit(value)
        host = url.hostname or ""
    except ValueError:
        return ["is not an address"]
    if url.scheme not in ("postgres", "postgresql"):
        return ["does not begin with postgresql://"]
    found = []
    if is_owner and url.username == APP_ROLE:
        found.append(f"is of the role {APP_ROLE}, which may not migrate")
    if not is_owner and url.username != APP_ROLE:
        found.append(f"is not of the role {APP_ROLE}: row-level security does not hold others")
    if _is_elsewhere(host) and not _has_tls(url):
        found.append("has no sslmode=require")
    if host.endswith(NEON) and is_owner == (POOLED in host):
        found.append(f"is not on the {'direct' if is_owner else 'pooled'} endpoint")
    return found


def _is_elsewhere(host: str) -> bool:
    """Whether calls to `host` leave this machine; a socket in a folder has none."""
    return host not in ("", "localhost", "127.0.0.1", "::1")


def _has_tls(url: SplitResult) -> bool:
    return bool(TLS.intersection(parse_qs(url.query).get("sslmode", [])))
