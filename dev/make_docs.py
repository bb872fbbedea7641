"""The tables in `docs/` that are made from the code.

    python -m dev.make_docs            write them
    python -m dev.make_docs --check    say whether they are up to date; exit code 1 if not

A page holds its tables between two comments, `<!-- made: name -->` and `<!-- end -->`; the rest is written
by hand and left alone.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from chalicelib import errors, settings
from chalicelib.llm import configuration

DOCS = Path(__file__).resolve().parent.parent / "docs"
BLOCK = re.compile(r"(?P<start><!-- made: (?P<name>[a-z]+) -->).*?(?P<end><!-- end -->)", re.DOTALL)
FIT_TO_IMPORT = {
    "TIZA_STAGE": "dev",
    "TIZA_DATABASE_URL": "embedded",
    "TIZA_TOKEN_KEYS": "dev:development-only-for-the-making-of-documents",
}

SETTINGS = {
    "TIZA_STAGE": "`dev`: a developer's own machine. Any other name: a deployed stage, with stricter rules.",
    "TIZA_DATABASE_URL": "Postgres, as the role `tiza_app`, through the pooler. "
    "`embedded`: the local server of `make run`; only in `chalice local`.",
    "TIZA_TOKEN_KEYS": "`kid:secret,kid:secret`: keys of at least 32 bytes. The first signs access tokens, "
    "all verify them. `python -m dev.deploy.secrets rotate` changes them with overlap.",
    "TIZA_TOKEN_ISSUER": "`iss` of our access tokens; another one for each stage.",
    "TIZA_TOKEN_AUDIENCE": "`aud` of our access tokens.",
    "TIZA_TRUSTED_ISSUERS": "`issuer|audience|jwks_url,...`: OpenID issuers whose accounts can be linked.",
    "TIZA_CORS_ORIGINS": "Origins whose pages may call, separated by commas. `*` only in `dev`.",
    "TIZA_MAIL": "`log`: mails are shown in the log; only in `dev`. `ses`: they wait for the mail worker.",
    "TIZA_MAIL_FROM": "Where mails come from, such as `Tiza <hello@tiza.example>`; `ses` needs it.",
    "TIZA_MAIL_CONFIGURATION_SET": "SES's configuration set, through which bounces and complaints come back.",
    "TIZA_MAIL_PRICE_MICRO_USD": "What one mail costs, in millionths of a US dollar, for the cost report.",
    "TIZA_WEB_URL": "The frontend's address, for the links in mails; its pages may call, too.",
    "TIZA_PHOTO_BUCKET": "The S3 bucket of the photos; without one they answer 503.",
    "TIZA_API_URL": "This API's public address, for unsubscribing by one click; mails need it for that.",
    "TIZA_ACCESS_TOKEN_SECONDS": "Life of an access token.",
    "TIZA_REFRESH_TOKEN_SECONDS": "Life of a refresh token; each use gives a new one.",
    "TIZA_WRITE_RATE": "Writes that one signed-in user may make in a minute.",
    "TIZA_SIGN_IN_RATE": "Sign-ins from one address in a minute.",
    "TIZA_ANONYMOUS_RATE": "Other calls without a token from one address in a minute.",
    "TIZA_DATABASE_CONNECTIONS": "Connections that one process opens: 1 on Lambda, more where threads serve.",
    "TIZA_DATABASE_WAIT_SECONDS": "How long a request waits for a database that wakes up, before a 503.",
    "TIZA_TUTOR_FREE_MESSAGES": "Messages of a student that the tutor answers in a day, by the plan `free`.",
    "TIZA_TUTOR_SCHOOL_MESSAGES": "The same by the plan `school`.",
    "TIZA_LLM_MODELS": "Language models, `bedrock/name` or `gateway/name`, separated by commas, in the order "
    "in which they are asked. [How to](language-model.md).",
    **{
        f"TIZA_LLM_MODELS_{task.upper()}": f"The same for the task `{task}` alone."
        for task in configuration.TASKS
        if task != configuration.EMBED
    },
    "TIZA_LLM_MODELS_EMBED": "The one model that makes embeddings; `TIZA_LLM_MODELS` is none for it.",
    "TIZA_LLM_PRICES": "`model=input/output` or `model=input/output/cached`, separated by commas: US dollars "
    "for a million tokens. A model without a price is refused.",
    "TIZA_LLM_GATEWAY_URL": "Where the gateway is, up to `/v1`: any server that speaks OpenAI's protocol.",
    "TIZA_LLM_GATEWAY_KEY": "Its key, if it asks for one.",
    "TIZA_LLM_SCHOOL_DAY_MICRO_USD": "What a school may spend on models in a day (UTC), in millionths of a "
    "US dollar.",
}


def error_table() -> Iterator[str]:
    """Every error code with its status and meaning."""
    yield from ("| status | code | meaning |", "|---|---|---|")
    for error in errors.all_errors():
        yield f"| {error.status} | `{error.code}` | {_one_line(error.__doc__)} |"


def setting_table() -> Iterator[str]:
    """Every setting with its default and meaning. Raises `KeyError` for one that nothing is said about."""
    yield from ("| variable | default | meaning |", "|---|---|---|")
    defaults = {**settings.DEFAULTS, **configuration.DEFAULTS}
    for name in (*settings.REQUIRED, *defaults):
        default = defaults.get(name)
        shown = "**required**" if default is None else f"`{default}`" if default else "none"
        yield f"| `{name}` | {shown} | {_escaped(SETTINGS[name])} |"


def route_table() -> Iterator[str]:
    """Every route with who may call it."""
    from chalicelib.edge import openapi

    yield from ("| route | what it does | who may call it |", "|---|---|---|")
    for endpoint in app_module().api.endpoints:
        summary, _ = openapi.told(endpoint.handler)
        who = "anybody" if endpoint.allow is None else ", ".join(endpoint.allow)
        yield f"| `{endpoint.method} {endpoint.path}` | {_escaped(summary)} | {who} |"


def queue_table() -> Iterator[str]:
    """Every queue with its worker."""
    from chalicelib import queues

    workers = {worker.queue.key: worker for worker in app_module().workers.workers}
    yield from (
        "| queue | its worker | payload | batch | hidden for | receives |",
        "|---|---|---|---|---|---|",
    )
    for queue in queues.ALL:
        worker = workers.get(queue.key)
        does = _one_line(worker.handler.__doc__) if worker else "None yet: messages wait."
        kind = f"`{queue.key}`" + (" (FIFO)" if queue.fifo else "")
        payload = "<br>".join(f"`{name}`: {said}" if name else said for name, said in queue.payload.items())
        numbers = f"{queue.batch_size} | {queue.visibility_seconds} s | {queue.max_receives}"
        yield f"| {kind} | {does} | {payload} | {numbers} |"


def schedule_table() -> Iterator[str]:
    """All scheduled work."""
    yield from ("| schedule | when | what it does |", "|---|---|---|")
    for schedule in app_module().workers.schedules:
        does = _one_line(schedule.handler.__doc__)
        yield f"| `{schedule.name}` | `{schedule.expression}` | {does} |"


def retention_table() -> Iterator[str]:
    """Every table with how long its rows are kept."""
    from chalicelib.services import retention

    yield from ("| table | what it holds | when a row goes |", "|---|---|---|")
    for kind in retention.KINDS:
        yield f"| `{kind.table}` | {_escaped(kind.what)} | {_escaped(kind.rule)} |"


def bug_tables() -> Iterator[str]:
    """Every bug of the catalogue, one table for each topic."""
    from chalicelib.diagnosis import bug_text, bugs

    topic = ""
    for bug in bugs():
        if bug.topic != topic:
            topic = bug.topic
            yield from ("", f"## {topic.capitalize()}", "")
            yield from ("| bug | definition | example | prior | source |", "|---|---|---|---|---|")
        name, _ = bug_text(bug.id)
        example = f"`{bug.problem}` → `{bug.wrong}`, not `{bug.correct}`"
        cells = (f"{name}<br>`{bug.id}`", bug.definition, example, bug.prior, bug.source)
        yield f"| {' | '.join(map(_escaped, cells))} |"
    yield ""


def cost_table() -> Iterator[str]:
    """What Tiza costs in a month."""
    from dev.deploy import costs

    yield from costs.table()


def price_table() -> Iterator[str]:
    """What that was worked out from."""
    from dev.deploy import costs

    yield from costs.prices()


def guide_drawing() -> Iterator[str]:
    """The states of a worksheet, drawn."""
    yield from _drawn("guide")


def submission_drawing() -> Iterator[str]:
    """The states of what is handed in of one, drawn."""
    yield from _drawn("submission")


def _drawn(machine: Literal["guide", "submission"]) -> Iterator[str]:
    from chalicelib.services import guide_states

    yield from ("", "```mermaid", *guide_states.drawing(machine), "```", "")


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "errors": error_table,
    "settings": setting_table,
    "routes": route_table,
    "bugs": bug_tables,
    "queues": queue_table,
    "schedules": schedule_table,
    "retention": retention_table,
    "costs": cost_table,
    "prices": price_table,
    "guidestates": guide_drawing,
    "submissionstates": submission_drawing,
}


def made(text: str) -> str:
    """A page with its tables as the code has them now."""
    return BLOCK.sub(lambda m: "\n".join([m["start"], *TABLES[m["name"]](), m["end"]]), text)


def stale() -> list[Path]:
    """The pages whose tables are not as the code has them."""
    return [
        page
        for page in sorted(DOCS.rglob("*.md"))
        if made(page.read_text("utf-8")) != page.read_text("utf-8")
    ]


def app_module() -> Any:
    """The module `app`, imported with settings that are fit for that."""
    for name, value in FIT_TO_IMPORT.items():
        os.environ.setdefault(name, value)
    import app

    return app


def _one_line(text: str | None) -> str:
    return _escaped(" ".join((text or "").split()))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: Sequence[str]) -> int:
    """Write or check the pages; the exit code."""
    pages = stale()
    if "--check" in arguments:
        for page in pages:
            print(f"{page.relative_to(DOCS.parent)} is not up to date: run `python -m dev.make_docs`.")
        return 1 if pages else 0
    for page in pages:
        page.write_text(made(page.read_text("utf-8")), "utf-8")
        print(f"Made {page.relative_to(DOCS.parent)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
