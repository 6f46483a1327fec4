"""The form of the cost comparison: the reader's prices first, then load, instances and slots."""

from collections.abc import Iterator, Mapping
from typing import Any

from checker.cost.options import FORMULAS
from checker.cost.workload import MONTH, MONTHS, SPECS, TEXTS
from macros.draw.html import Html, el, lines

EXAMPLE: Mapping[str, str] = {
    "requests": "1M/month",
    "duration": "200 ms",
    "memory": "2 GB",
    "payload": "20 KB",
    "response": "2 KB",
    "instance": "ml.m5.large",
    "throughput": "300/min",
    "up_hours": "100",
    "concurrency": "1",
}
"""The worked example: what the form holds when nobody typed anything."""
DRAWN = (
    "real-time-endpoint",
    "async-inference",
    "serverless-inference",
    "serverless-provisioned-concurrency",
)

_PRICES = {
    "instance": "Instance, per hour",
    "serverless": "Serverless compute, per second",
    "data": "Data in and out, per GB",
    "storage": "Volumes, per GB and month",
    "warm": "Warm slot, per second",
    "executing": "Compute in a warm slot, per second",
}
_GROUPS = {
    "Load": ("requests", "duration", "payload", "response", "memory"),
    "Instances": ("instance", "instances", "throughput", "hours", "up_hours"),
    "Batch jobs and volumes": ("jobs", "job_hours", "volume", "volume_hours"),
    "Warm slots of Provisioned Concurrency": ("concurrency", "warm_hours", "overflow"),
    "Savings Plan": ("commitment", "saving"),
}
_OPEN = ("Load", "Instances")
_PRICE_HINT = (
    "A number with a decimal point. An empty field uses the default that it shows. A field without "
    "a default has no price in our sources."
)


def form(found: Mapping[str, Any]) -> Html:
    """The form, filled with the worked example; ``found`` is what it comes to."""
    groups = [_group(title, map(_field, names)) for title, names in _GROUPS.items()]
    prices = [*map(_price, _PRICES), *map(_field, ("discount", "currency")), _month()]
    return el(
        "form",
        {"class": "cost__form", "novalidate": True},
        "\n",
        lines(
            el("div", {"class": "check__errors", "hidden": True}),
            _options(),
            groups[0],
            groups[1],
            _group("Your prices", prices, opened=True, hint=_PRICE_HINT),
            *groups[2:],
            el("p", {"class": "cost__given", "hidden": True}),
            el(
                "p",
                {"class": "check__actions"},
                el("button", {"type": "reset", "class": "md-button"}, "Back to the example"),
            ),
        ),
        "\n",
    )


def _group(title: str, fields: Any, *, opened: bool = False, hint: str = "") -> Html:
    told = [el("p", {"class": "check__hint"}, hint)] if hint else []
    body = el("div", {"class": "check__fields"}, "\n", lines(*told, *fields), "\n")
    summary = el("summary", None, title)
    attributes = {"class": "cost__group", "open": opened or title in _OPEN}
    return el("details", attributes, summary, "\n", body, "\n")


def _options() -> Html:
    boxes = []
    for option, formula in FORMULAS.items():
        box = {"type": "checkbox", "name": "option", "value": option, "checked": option in DRAWN}
        boxes.append(el("label", {"class": "cost__option"}, el("input", box), " ", formula.label))
    legend = el("legend", None, "Options")
    return el("fieldset", {"class": "cost__options"}, legend, "\n", lines(*boxes), "\n")


def _field(name: str) -> Html:
    spec = SPECS.get(name)
    label = spec.label if spec else TEXTS[name]
    return _input(name, label, " ".join(_hints(name)), EXAMPLE.get(name, ""), _empty(name))


def _hints(name: str) -> Iterator[str]:
    if spec := SPECS.get(name):
        yield f"{spec.takes[:1].upper()}{spec.takes[1:]}."
    if name == "throughput":
        yield "Measure it, or use MaxInvocations of Inference Recommender."
    if name == "instance":
        yield "A type such as ml.m5.large; for one without a default price, enter yours."
    if name == "currency":
        yield "Only a label: default prices are in US dollars."


def _empty(name: str) -> str:
    spec = SPECS.get(name)
    return (spec.assumed if spec else "") or {"currency": "USD"}.get(name, "")


def _price(meter: str) -> Html:
    return _input(f"price-{meter}", _PRICES[meter], "", "", "")


def _input(name: str, label: str, hint: str, value: str, empty: str) -> Html:
    ident = f"cost-{name}"
    attributes = {
        "id": ident,
        "name": name,
        "type": "text",
        "value": value or None,
        "autocomplete": "off",
        "spellcheck": "false",
        "placeholder": empty or None,
        "aria-describedby": f"{ident}-hint {ident}-error" if hint else f"{ident}-error",
        "maxlength": "60",
    }
    return el(
        "div",
        {"class": "check__field"},
        el("label", {"for": ident}, label),
        el("input", attributes),
        *([el("p", {"class": "check__hint", "id": f"{ident}-hint"}, hint)] if hint else []),
        el("p", {"class": "check__error", "id": f"{ident}-error", "hidden": True}),
    )


def _month() -> Html:
    words = {720: "720 (30 days)", 730: "730 (an average month)", 744: "744 (31 days)"}
    options = [
        el("option", {"value": str(hours), "selected": hours == MONTH}, words[hours])
        for hours in MONTHS
    ]
    return el(
        "div",
        {"class": "check__field"},
        el("label", {"for": "cost-month"}, TEXTS["month"]),
        el("select", {"id": "cost-month", "name": "month"}, *options),
        el("p", {"class": "check__error", "id": "cost-month-error", "hidden": True}),
    )
