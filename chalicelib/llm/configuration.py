"""Which models answer which task, in which order, where they are, and what they cost: read from settings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Final, NamedTuple

from chalicelib.llm.conversation import Usage

EMBED: Final = "embed"
BEDROCK: Final = "bedrock"
GATEWAY: Final = "gateway"  # any that speaks OpenAI's protocol
PROVIDERS: Final = (BEDROCK, GATEWAY)
TASKS: Final = ("classify", "transcribe", "guide", "exercise", "tutor", EMBED)
MOST_USD: Final = 10_000  # for a million tokens
DEFAULTS: Final[Mapping[str, str]] = {
    "TIZA_LLM_MODELS": "",
    **{f"TIZA_LLM_MODELS_{task.upper()}": "" for task in TASKS},
    "TIZA_LLM_PRICES": "",
    "TIZA_LLM_GATEWAY_URL": "",
    "TIZA_LLM_GATEWAY_KEY": "",
    "TIZA_LLM_SCHOOL_DAY_MICRO_USD": "2000000",
}


class Price(NamedTuple):
    """US dollars for a million tokens, which is the same number of micro-dollars for one token."""

    input: Decimal
    output: Decimal
    cached: Decimal | None = None  # of input that the provider had kept; None: it keeps none for this model


class Model(NamedTuple):
    """A model of a provider, by the provider's own name for it."""

    provider: str
    name: str
    price: Price

    def __str__(self) -> str:
        return f"{self.provider}/{self.name}"

    def cost(self, usage: Usage) -> int:
        """What that costs, in millionths of a US dollar, rounded up."""
        cached = self.price.input if self.price.cached is None else self.price.cached
        spent = usage.input * self.price.input + usage.output * self.price.output + usage.cached * cached
        return ceil(spent)


class Configuration(NamedTuple):
    """The models of each task, the first the one that is asked first. A task without one is not set up."""

    models: Mapping[str, tuple[Model, ...]] = {}
    gateway_url: str = ""
    gateway_key: str = ""
    school_day_micro_usd: int = 0


def parse(values: Mapping[str, str], faults: list[str]) -> Configuration:
    """What the settings `values` say (see docs/settings.md); what is wrong with them is added to `faults`."""
    prices = _prices(values["TIZA_LLM_PRICES"], faults)
    models = {task: _models(_named(values, task), prices, faults) for task in TASKS}
    if len(models[EMBED]) > 1:  # vectors of two models cannot be compared
        faults.append("TIZA_LLM_MODELS_EMBED takes one model")
    url = values["TIZA_LLM_GATEWAY_URL"].rstrip("/")
    is_asked = any(model.provider == GATEWAY for each in models.values() for model in each)
    if is_asked and not url.startswith(("https://", "http://")):
        faults.append("models of the gateway need TIZA_LLM_GATEWAY_URL, an http address")
    return Configuration(
        models={task: found for task, found in models.items() if found},
        gateway_url=url,
        gateway_key=values["TIZA_LLM_GATEWAY_KEY"],
        school_day_micro_usd=_whole(values["TIZA_LLM_SCHOOL_DAY_MICRO_USD"], faults),
    )


def _named(values: Mapping[str, str], task: str) -> str:
    """The models of a task; a model that writes text makes no embeddings, so that task takes no others."""
    own = values[f"TIZA_LLM_MODELS_{task.upper()}"]
    return own if own or task == EMBED else values["TIZA_LLM_MODELS"]


def _models(text: str, prices: Mapping[str, Price], faults: list[str]) -> tuple[Model, ...]:
    """`provider/name, provider/name`, in the order in which they are asked."""
    models = []
    for named in filter(None, (part.strip() for part in text.split(","))):
        provider, _, name = named.partition("/")
        if provider not in PROVIDERS or not name:
            faults.append(f"the model {named!r} is not of the form bedrock/name or gateway/name")
        elif named not in prices:  # nothing is spent that nobody could count
            faults.append(f"TIZA_LLM_PRICES has no price for {named}")
        else:
            models.append(Model(provider, name, prices[named]))
    return tuple(models)


def _prices(text: str, faults: list[str]) -> dict[str, Price]:
    """`provider/name=input/output` or `=input/output/cached`, separated by commas."""
    prices = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        named, _, amounts = part.rpartition("=")
        try:
            price = Price(*(Decimal(amount) for amount in amounts.split("/")))
        except (InvalidOperation, TypeError):
            faults.append(f"TIZA_LLM_PRICES: {part!r} is not of the form provider/name=input/output[/cached]")
            continue
        if not all(amount is None or 0 <= amount < MOST_USD for amount in price):
            faults.append(f"TIZA_LLM_PRICES: the price of {named} is out of bounds")
        prices[named] = price
    return prices


def _whole(text: str, faults: list[str]) -> int:
    if not text.isdecimal():
        faults.append("TIZA_LLM_SCHOOL_DAY_MICRO_USD is not a whole number")
        return 0
    return int(text)
