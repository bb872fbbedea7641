"""Rotates the keys of access tokens so that no good token is ever refused.

Running processes keep their settings for `settings.REFRESH_SECONDS`. A key that signed at once would make
tokens that others do not know yet. So a rotation takes three steps, with pauses between:

1. *announce*: the new key comes last: all learn to verify with it;
2. *sign*: it comes first: from now on it signs, the old ones still verify;
3. *finish*: the old ones go, once every token that they signed has expired.

A key's id carries when it was made, so an interrupted rotation is taken up where it stopped.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from chalicelib.settings import DEFAULTS, REFRESH_SECONDS
from dev.deploy import parameters, store
from dev.deploy.target import DeployError

MARGIN = timedelta(seconds=60)  # for clocks that differ and a settings' refresh that is just under way
TOLD_EVERY_SECONDS = 30.0
MADE_BY_US = re.compile(r"k\d{8}T\d{6}")
TIME_FORMAT = "k%Y%m%dT%H%M%S"


class RotationError(DeployError):
    """That step would refuse good tokens, or there is nothing to rotate; the message says what to do."""


class Clock(NamedTuple):
    """How a rotation tells the time, waits (seconds) and says what it does; another one in tests."""

    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    say: Callable[[str], None]


def real_clock() -> Clock:
    """The machine's own."""
    return Clock(lambda: datetime.now(UTC), time.sleep, lambda text: print(text, flush=True))


def new_key(now: datetime) -> str:
    """A fresh key of 256 bits, as `kid:secret`."""
    return f"{now.strftime(TIME_FORMAT)}:{secrets.token_urlsafe(32)}"


def rotate(ssm: Any, stage: str, clock: Clock) -> None:
    """Announce a new key, wait until all know it, and let it sign. Makes the first key where there is none.

    Raises `RotationError` where the rotation before this one is not finished.
    """
    keys, changed_at = _read(ssm, stage)
    if not keys:
        _write(ssm, stage, [new_key(clock.now())])
        clock.say("The first key is made; it signs at once.")
        return
    if not _is_announced(keys):
        if len(keys) > 1:
            raise RotationError("The rotation before is not finished: `rotate --finish` first.")
        changed_at = clock.now()
        keys = [*keys, new_key(changed_at)]
        _write(ssm, stage, keys)
        clock.say(f"Announced {_id(keys[-1])}: within {REFRESH_SECONDS:.0f} s every process knows it.")
    _wait_until(changed_at + timedelta(seconds=REFRESH_SECONDS) + MARGIN, clock)
    _write(ssm, stage, [keys[-1], *keys[:-1]])
    clock.say(f"{_id(keys[-1])} signs now. Tokens of the old key stay good until they expire.")
    clock.say(f"From {_shown(_done_at(stage, clock.now()))} on: `rotate --finish`.")


def finish(ssm: Any, stage: str, clock: Clock) -> None:
    """Remove the old keys. Raises `RotationError` while tokens that they signed may still be good."""
    keys, changed_at = _read(ssm, stage)
    if not keys or _is_announced(keys):
        raise RotationError("The newest key does not sign yet: `rotate` first.")
    if len(keys) == 1:
        clock.say("There is one key only: nothing to remove.")
        return
    if clock.now() < (done_at := _done_at(stage, changed_at)):
        raise RotationError(f"Tokens of the old key may be good until {_shown(done_at)}: come back then.")
    _write(ssm, stage, keys[:1])
    clock.say(f"Removed {', '.join(_id(key) for key in keys[1:])}; {_id(keys[0])} is left.")


def replace(ssm: Any, stage: str, clock: Clock) -> None:
    """After a leak: a new key alone. All access tokens end; clients get new ones by their refresh tokens."""
    key = new_key(clock.now())
    _write(ssm, stage, [key])
    clock.say(f"{_id(key)} is the only key: all older access tokens end within {REFRESH_SECONDS:.0f} s.")


def _parameter(stage: str) -> parameters.Parameter:
    return next(each for each in parameters.of_stage(stage) if each.name == parameters.TOKEN_KEYS)


def _read(ssm: Any, stage: str) -> tuple[list[str], datetime]:
    found = store.read(ssm, [_parameter(stage)]).get(parameters.TOKEN_KEYS)
    if found is None:
        return [], datetime.min.replace(tzinfo=UTC)
    return [key.strip() for key in found.value.split(",") if key.strip()], found.changed_at


def _write(ssm: Any, stage: str, keys: list[str]) -> None:
    store.write(ssm, [_parameter(stage)], {parameters.TOKEN_KEYS: ",".join(keys)})


def _is_announced(keys: list[str]) -> bool:
    """Whether the newest key is the last one and so does not sign yet. Keys not made here are the oldest."""
    made = [_id(key) if MADE_BY_US.fullmatch(_id(key)) else "" for key in keys]
    return len(keys) > 1 and made[-1] == max(made) and made[-1] > made[0]


def _done_at(stage: str, signed_since: datetime) -> datetime:
    """When the last token that an old key signed has expired."""
    name = "TIZA_ACCESS_TOKEN_SECONDS"
    life = float(parameters.environment(stage).get(name, DEFAULTS[name]))
    return signed_since + timedelta(seconds=life + REFRESH_SECONDS) + MARGIN


def _wait_until(moment: datetime, clock: Clock) -> None:
    while (left := (moment - clock.now()).total_seconds()) > 0:
        clock.say(f"Waiting {left:.0f} s until every process knows the new key ...")
        clock.sleep(min(left, TOLD_EVERY_SECONDS))


def _id(key: str) -> str:
    return key.partition(":")[0]


def _shown(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
