"""The parameters of a stage in AWS Systems Manager Parameter Store: what is missing, put them, rotate keys.

    python -m dev.deploy.secrets list   --stage prod
    python -m dev.deploy.secrets put    --stage prod [NAME ...] [--file F]
    python -m dev.deploy.secrets rotate --stage prod [--finish | --at-once]

`list` ends with 1 while something is missing. `put` asks for what is missing, or for the names given, without
showing what is typed; or reads `name=value` lines from a file, `-` for standard input. Values never come from
the command line, which others on the machine can read, and are never printed. `rotate` is described in
`dev/deploy/rotation.py`; `--at-once` is for a key that has leaked.
"""

from __future__ import annotations

import argparse
import getpass
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dev.deploy import parameters, parameters_check, rotation, store
from dev.deploy.parameters import Parameter
from dev.deploy.target import DeployError, Target

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SecretsError(DeployError):
    """The values cannot be taken; the message says why and quotes none."""


def missing(ssm: Any, stage: str) -> list[Parameter]:
    """What must be put before the stage can be deployed: all that is not there and does not come by itself.

    Raises `DeployError`.
    """
    needed = [each for each in parameters.of_stage(stage) if not each.comes_by_itself]
    there = store.read(ssm, needed)
    return [each for each in needed if each.name not in there]


def put(ssm: Any, stage: str, values: Mapping[str, str]) -> list[str]:
    """Write `values` (by name); the names whose value was not there yet. All are written, or none.

    Raises `SecretsError` for an unknown name, for what the stack writes, and for a value that Tiza would
    refuse to start with.
    """
    known = {each.name: each for each in parameters.of_stage(stage)}
    if unknown := sorted(set(values) - set(known)):
        raise SecretsError(f"Not a parameter of {stage}: {', '.join(unknown)}.")
    if foreign := sorted(name for name in values if known[name].by_stack):
        raise SecretsError(f"Written by the resources stack, from its parameters: {', '.join(foreign)}.")
    there = {name: one.value for name, one in store.read(ssm, known.values()).items()}
    if faults := parameters_check.faults(stage, {**there, **values}, set(values)):
        raise SecretsError(f"Nothing was written: {'; '.join(faults)}.")
    return store.write(ssm, known.values(), values)


def read_file(path: str) -> dict[str, str]:
    """`name=value` lines; empty lines and those that begin with `#` are left out. Raises `SecretsError`."""
    if path == "-":
        lines = sys.stdin.read().splitlines()
    else:
        file = Path(path)
        if file.stat().st_mode & OTHERS:
            raise SecretsError(f"Others on this machine may read {file}: chmod 600 first.")
        lines = file.read_text(encoding="utf-8").splitlines()
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not (name and equals and value):
            raise SecretsError(f"Line {number} is not of the form name=value.")
        if name in values:
            raise SecretsError(f"Line {number} gives {name} a second time.")
        values[name] = value
    return values


def ask(wanted: Sequence[Parameter], prompt: Callable[[str], str] = getpass.getpass) -> dict[str, str]:
    """Ask for each of `wanted`; what is left empty is left out."""
    answers = {}
    for parameter in wanted:
        answer = prompt(f"{parameter.name} ({parameter.meaning}), empty to leave it: ").strip()
        if answer:
            answers[parameter.name] = answer
    return answers


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.secrets", description="A stage's parameters.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("list", "show what is there"), ("put", "write"), ("rotate", "a new token key")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--stage", required=True, help="staging or prod")
        command.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
        if name == "put":
            command.add_argument("names", nargs="*", metavar="NAME", help="what to ask for")
            command.add_argument("--file", help="name=value lines; - for standard input")
        if name == "rotate":
            step = command.add_mutually_exclusive_group()
            step.add_argument("--finish", action="store_true", help="remove the old keys")
            step.add_argument("--at-once", action="store_true", help="after a leak: end all tokens")
    options = parser.parse_args(arguments)
    try:
        return _run(options, Target(options.stage, options.endpoint).client("ssm"))
    except DeployError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace, ssm: Any) -> int:
    if options.command == "list":
        return _list(ssm, options.stage)
    if options.command == "rotate":
        step = rotation.finish if options.finish else rotation.replace if options.at_once else rotation.rotate
        step(ssm, options.stage, rotation.real_clock())
        return 0
    return _put(ssm, options.stage, options.names, options.file)


def _list(ssm: Any, stage: str) -> int:
    known = parameters.of_stage(stage)
    there = store.read(ssm, known)
    lacking = False
    for each in known:
        stored = there.get(each.name)
        kind = "secret" if each.is_secret else "text"
        if stored is not None:
            state = f"version {stored.version}, {stored.changed_at:%Y-%m-%d %H:%M}"
            if each.is_secret and not stored.is_encrypted:
                state, lacking = "NOT ENCRYPTED: put it again", True
        elif each.comes_by_itself:
            state = "the deployment will write it"
        else:
            state, lacking = "MISSING", True
        print(f"{each.path:<42} {kind:<6} {state:<36} {each.meaning or ', '.join(each.variables)}")
    return 1 if lacking else 0


def _put(ssm: Any, stage: str, names: Sequence[str], file: str | None) -> int:
    if file is not None and names:
        raise SecretsError("Either names or --file.")
    wanted = [each for each in parameters.of_stage(stage) if each.name in names] if names else None
    if wanted is not None and len(wanted) < len(set(names)):
        raise SecretsError(f"Not all of these are parameters of {stage}: {', '.join(names)}.")
    lacking = missing(ssm, stage)
    is_new_key = not names and any(each.name == parameters.TOKEN_KEYS for each in lacking)
    if file is not None:
        values = read_file(file)
        is_new_key = is_new_key and parameters.TOKEN_KEYS not in values
    else:
        values = ask([e for e in (wanted or lacking) if names or e.name != parameters.TOKEN_KEYS])
    for name in put(ssm, stage, values):
        print(f"Written: {name}")
    if is_new_key:
        rotation.rotate(ssm, stage, rotation.real_clock())
    for each in missing(ssm, stage):
        print(f"Still missing: {each.name} ({each.meaning})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
