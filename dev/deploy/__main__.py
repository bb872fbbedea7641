"""Brings a stage of Tiza up, and down again, and works with it.

    python -m dev.deploy up     --stage prod [--api ID] [--take-over]
    python -m dev.deploy down   --stage staging [--confirm staging] [--keep-parameters]
    python -m dev.deploy status --stage prod
    python -m dev.deploy logs   --stage prod [--function NAME] [--since 10m] [--follow]
    python -m dev.deploy invoke --stage prod --function sweep [--payload FILE]

With `--endpoint URL` at a local AWS instead. docs/deployment.md says what the steps do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dev.deploy.target import DeployError, Target, complain


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        _carry_out(options, Target(options.stage, options.endpoint, options.region))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_told(error):
            raise
        complain(f"{type(error).__name__}: {error}" if not isinstance(error, DeployError) else str(error))
        return 1
    return 0


def _carry_out(options: argparse.Namespace, target: Target) -> None:
    if options.command == "up":
        from dev.deploy import up

        up.run(target, up.Wishes(options.api or None, options.take_over))
    elif options.command == "down":
        from dev.deploy import down

        answer = options.confirm or input(f"Type {target.stage} to remove it: ")
        down.confirm(target, answer)
        down.run(target, keep_parameters=options.keep_parameters)
    else:
        from dev.deploy import operate

        if options.command == "status":
            operate.status(target)
        elif options.command == "logs":
            operate.logs(target, options.function or None, options.since, follow=options.follow)
        else:
            operate.invoke(target, options.function, _text(options.payload))


def _parser() -> argparse.ArgumentParser:
    usage = (__doc__ or "").split("With `--endpoint", 1)[0]
    parser = argparse.ArgumentParser(
        prog="python -m dev.deploy", description=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("up", "down", "status", "logs", "invoke"):
        command = commands.add_parser(name)
        command.add_argument("--stage", required=True, help="staging or prod")
        command.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
        command.add_argument("--region", help="instead of AWS_REGION")
        if name == "up":
            command.add_argument("--api", help="the API that is the stage's, where that is ambiguous")
            command.add_argument("--take-over", action="store_true", help="another deployment has died")
        elif name == "down":
            command.add_argument("--confirm", help="the stage's name, instead of being asked for it")
            command.add_argument("--keep-parameters", action="store_true", help="leave its secrets")
        elif name == "logs":
            command.add_argument("--function", help="one function only, such as api_handler or mail")
            command.add_argument("--since", default="10m", help="how far back, such as 30s, 10m, 2h, 1d")
            command.add_argument("--follow", action="store_true", help="go on until Ctrl-C")
        elif name == "invoke":
            command.add_argument("--function", required=True, help="such as sweep")
            command.add_argument("--payload", help="a file with the event; - for standard input")
    return parser


def _text(file: str | None) -> str | None:
    if file is None:
        return None
    return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")


def _is_told(error: Exception) -> bool:
    """Whether the message says enough without a trace: ours, and what AWS itself answers."""
    from botocore.exceptions import BotoCoreError, ClientError

    return isinstance(error, (DeployError, ClientError, BotoCoreError))


if __name__ == "__main__":
    sys.exit(main())
