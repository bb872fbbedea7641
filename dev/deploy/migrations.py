"""Brings a stage's database to the schema of this code, before the code goes there.

As the owner, on the direct endpoint: a pooled one has no session for the lock to live in. Then the role that
Tiza runs as gets the password of its own address, and its time limits again: a restored or branched database
has neither for sure.
"""

from __future__ import annotations

from contextlib import closing
from urllib.parse import unquote, urlsplit

from dev.deploy.target import DeployError, Target

APP_ROLE = "tiza_app"
LIMITS = {"statement_timeout": "20s", "idle_in_transaction_session_timeout": "30s", "lock_timeout": "10s"}


def run(target: Target) -> list[str]:
    """Migrate the stage's database; the names of the migrations applied. Raises `DeployError`."""
    import peewee

    from chalicelib.store import migrate

    owner_url, app_url = _urls(target)
    try:
        applied = migrate.upgrade(owner_url, refuse_ahead=True)
    except migrate.AheadError as error:
        raise DeployError(
            f"{error}. They are of a newer version, and nothing says that this one works with them. Deploy "
            "the newer version, or one that it is compatible with; never migrate down."
        ) from error
    except peewee.OperationalError as error:
        raise DeployError(f"the database cannot be migrated: {_without(str(error), owner_url)}") from error
    _set_up_role(owner_url, app_url)
    return applied


def _urls(target: Target) -> tuple[str, str]:
    """The owner's address and Tiza's own."""
    from dev.deploy import parameters

    prefix = f"/tiza/{target.stage}/"
    names = [prefix + parameters.OWNER_URL, prefix + "database_url"]
    answer = target.client("ssm").get_parameters(Names=names, WithDecryption=True)
    found = {one["Name"]: one["Value"] for one in answer["Parameters"]}
    if missing := [name for name in names if name not in found]:
        raise DeployError(f"parameters are missing: {', '.join(missing)}")
    return found[names[0]], found[names[1]]


def _set_up_role(owner_url: str, app_url: str) -> None:
    """Give `tiza_app` the password of `app_url` and its time limits. In clear: Neon takes no hashed one."""
    import psycopg2
    from psycopg2 import sql

    address = urlsplit(app_url)
    if address.username != APP_ROLE:
        raise DeployError(f"the parameter database_url is not of the role {APP_ROLE}")
    role = sql.Identifier(APP_ROLE)
    with closing(psycopg2.connect(owner_url)) as connection, connection, connection.cursor() as cursor:
        if address.password:
            password = sql.Literal(unquote(address.password))
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, password))
        for name, value in LIMITS.items():
            statement = sql.SQL("ALTER ROLE {} SET {} = {}")
            cursor.execute(statement.format(role, sql.Identifier(name), sql.Literal(value)))


def _without(text: str, url: str) -> str:
    """`text` without the password of `url`, should the driver quote it."""
    password = urlsplit(url).password
    return text.replace(password, "…") if password else text
