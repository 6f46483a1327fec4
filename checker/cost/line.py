"""One line on costs for a verdict: what each option that is left costs for these answers."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from checker.cost.estimate import Request, estimate
from checker.cost.money import unit_price
from checker.cost.options import FORMULAS
from checker.cost.prices import default_prices
from checker.cost.workload import MONTH
from checker.formatting import in_sentence
from checker.knowledge.model import Knowledge

type Json = dict[str, Any]

EXAMPLE = "ml.m5.large"
"""The instance that is named as an example; it has 8 GB of memory."""
EXAMPLE_MEMORY_MB = 8 * 1024
BY_REQUEST = ("serverless-inference", "serverless-provisioned-concurrency")
DATA = {"in": "payload", "out": "response"}
# In the unit that a workload's field reads, from the unit of the decision's field.
_UNITS = {"requests": "/h", "duration": "s", "payload": "MB", "response": "MB"}


def cost_line(knowledge: Knowledge, verdict: Mapping[str, Any]) -> Json | None:
    """Costs of the options that a verdict leaves, as a sentence and as a query for the page.

    Returns:
        ``sentence``, ``options`` (each with ``shown``, None where a figure of the reader's is
        missing), ``missing`` (a field of the decision, or None) and ``query``; None where nothing
        is left or nothing was said.
    """
    others = [item["option"] for kind in ("also", "unclear") for item in verdict[kind]]
    named = (_priced(verdict, name) for name in (*verdict["recommend"], *others))
    left = list(dict.fromkeys(name for name in named if name in FORMULAS))
    if not left or not verdict["situation"]:
        return None
    numbers = {item["field"]: item["number"] for item in verdict["situation"]}
    figures = _figures(numbers)
    if _fits_the_example(verdict, numbers):
        figures["instance"] = EXAMPLE
    missing = _missing(left, numbers)
    if missing not in knowledge.decisions[verdict["decision"]].fields:
        missing = None
    requests = {} if "requests" in figures else {"requests": "0"}
    found = estimate(knowledge, Request({**requests, **figures}, left, {}))
    if found["problems"]:
        return None
    options = [_option(knowledge, item, figures) for item in found["options"]]
    if verdict["answers"].get("idle_free") == "yes":
        options = list(map(_if_always_up, options))
    # An endpoint for each model costs as often as there are models.
    hosts = verdict["decision"] == "endpoint-type" and verdict["answers"].get("models") != "one"
    of = "Cost of each endpoint in" if hosts else "Cost of"
    return {
        "sentence": f"{of} {_sentence(knowledge, options, missing, found['prices'])}",
        "options": options,
        "missing": missing,
        "query": {**verdict["answers"], **figures},
    }


def _priced(verdict: Mapping[str, Any], option: str) -> str:
    """The option whose formula holds: an endpoint costs its instances, however it hosts models."""
    if verdict["decision"] != "endpoint-type" or option in FORMULAS:
        return option
    return str(verdict["answers"].get("serving", "real-time-endpoint"))


def _figures(numbers: Mapping[str, float | None]) -> dict[str, str]:
    """The decision's answers as figures of a workload; memory as the size that holds it."""
    found = {
        name: f"{number:.12f}".rstrip("0").rstrip(".") + unit
        for name, unit in _UNITS.items()
        if (number := numbers.get(name))
    }
    if memory := numbers.get("memory"):
        found["memory"] = f"{max(math.ceil(memory / 1024), 1)} GB"
    return found


def _fits_the_example(verdict: Mapping[str, Any], numbers: Mapping[str, float | None]) -> bool:
    answers = verdict["answers"]
    no_chip = answers.get("accelerator", "none") == "none"
    large = "yes" in (answers.get("many_gpus"), answers.get("adapters"))
    return no_chip and not large and (numbers.get("memory") or 0) < EXAMPLE_MEMORY_MB


def _missing(left: Sequence[str], numbers: Mapping[str, float | None]) -> str | None:
    """The first answer without which an option that is billed by the request has no cost."""
    if not any(option in BY_REQUEST for option in left):
        return None
    needed = ("requests", "duration", "memory")
    return next((name for name in needed if numbers.get(name) is None), None)


def _option(knowledge: Knowledge, item: Json, figures: Mapping[str, str]) -> Json:
    lacks = [missing["name"] for missing in item["missing"]]
    by_request = item["option"] in BY_REQUEST
    known = not lacks and (not by_request or "requests" in figures)
    return {
        "option": item["option"],
        "label": item["label"],
        "total": item["total"] if known else None,
        "shown": item["shown"] if known else None,
        "words": _words(knowledge, item, known, lacks, figures),
    }


def _if_always_up(option: Json) -> Json:
    """The cost of an endpoint that is to cost nothing while idle, and need not be up all month."""
    if option["option"] != "real-time-endpoint" or option["shown"] is None:
        return option
    return {**option, "words": f"{option['words']} if it never scales in"}


def _words(
    knowledge: Knowledge, item: Json, known: bool, lacks: Sequence[str], figures: Mapping[str, str]
) -> str:
    """An option's part of the line."""
    label = item["label"]
    if item["out"]:
        return f"{label}: {item['out']['sentence'][:1].lower()}{item['out']['sentence'][1:]}"
    if known:
        notes = "".join(f", {note[:1].lower()}{note[1:].rstrip('.')}" for note in item["notes"])
        open_ = () if item["option"] == "batch-transform" else _open_data(figures)
        paid = [m for m in item["meters"] if len(open_) < len(DATA) or m["meter"] != "data"]
        more = f" plus data {' and '.join(open_)}" if open_ else ""
        paying = ", ".join(_meter(meter, open_) for meter in paid)
        return f"{label} {item['shown']}{more} ({paying}{notes})"
    hour = default_prices(knowledge).get(("instance", figures.get("instance", "")))
    if "instance" in lacks or hour is None:
        return f"{label}: say which instance type" if "instance" in lacks else f"{label}: open"
    if item["option"] in BY_REQUEST:
        return f"{label}: say how many slots" if "concurrency" in lacks else f"{label}: open"
    return f"{label} {unit_price(hour.value)} for each hour that an {EXAMPLE} is up"


def _open_data(figures: Mapping[str, str]) -> tuple[str, ...]:
    """Which of data in and data out has no cost, because nothing was said on its size or rate."""
    return tuple(way for way, size in DATA.items() if not {size, "requests"} <= figures.keys())


def _meter(meter: Json, open_: Sequence[str]) -> str:
    """What is paid by time at its price, the rest as an amount."""
    if meter["meter"] in ("instance", "serverless"):
        return f"{meter['label']} at {meter['price_shown']} each"
    if meter["meter"] == "data":
        known = " and ".join(way for way in DATA if way not in open_)
        return f"data {known} {meter['amount_shown']}"
    return f"{in_sentence(meter['label'])} {meter['amount_shown']}"


def _sentence(
    knowledge: Knowledge, options: Sequence[Json], missing: str | None, prices: Sequence[Json]
) -> str:
    parts = "; ".join(option["words"] for option in options)
    said = f"a month of {MONTH} h, each request as large and slow as your largest: {parts}."
    if missing:
        said += f" Still needed: {knowledge.fields[missing].question}"
    seen = sorted({price["seen"] for price in prices if price["seen"]})
    regions = sorted({price["region"] for price in prices if price["region"]})
    if seen:
        dates = seen[0] if len(seen) == 1 else f"{seen[0]} to {seen[-1]}"
        said += f" Prices in USD of {', '.join(regions)}, seen {dates}; enter your own on the page."
    return said
