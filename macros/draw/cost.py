"""The comparison of costs as it comes: a form, and a worked example that needs no script.

The page's script draws the same again from what is typed (``docs/assets/cost/``); both draw the
geometry and show the sentences that ``checker.cost`` gives, and a test compares them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checker.cost.chart import LABEL
from checker.cost.money import unit_price
from checker.cost.options import FORMULAS
from checker.cost.prices import METERS, Price, default_prices
from checker.knowledge.model import Knowledge
from checker.session import Session
from macros.draw.checker_frame import python_place
from macros.draw.cost_form import DRAWN, EXAMPLE, form
from macros.draw.html import Html, boxed_table, data_row, el, head_row, lines
from macros.draw.svg import path, svg, text
from macros.pages.urls import relative_url
from macros.runtime.bundle import Runtime

type Json = Mapping[str, Any]

WIDTH = 640
# What a phone has room for.
NARROW = 270
_NO_SCRIPT = (
    "The form needs JavaScript, because it computes in your browser. Without it, use the worked "
    "example below, the formulas on this page or the command line."
)


def comparison(known: Knowledge, runtime: Runtime, page: str) -> Html:
    """The form and the worked example, in one custom element."""
    attributes = python_place(runtime, page)
    found = Session(known).cost(EXAMPLE, DRAWN, width=WIDTH)
    small = Session(known).cost(EXAMPLE, DRAWN, width=NARROW)
    status = el("p", {"class": "check__status", "role": "status", "aria-live": "polite"})
    result = el(
        "section",
        {"class": "cost__result", "aria-label": "Costs"},
        "\n",
        result_of(found, small),
        "\n",
    )
    return lines(
        el("noscript", None, el("p", {"class": "admonition warning"}, _NO_SCRIPT)),
        # Markdown knows no custom elements: inside a div it leaves them as they are.
        el(
            "div",
            None,
            el("cost-comparison", attributes, "\n", lines(status, form(found), result), "\n"),
        ),
        el("script", {"type": "module", "src": relative_url("assets/cost/element.js", page)}),
    )


def result_of(found: Json, small: Json) -> Html:
    """Chart, crossings, table, prices and caveats of an estimate; ``small`` has the small chart."""
    return lines(
        *_chart(found, small), *_crossings(found), _table(found), _prices(found), *_caveats(found)
    )


def _chart(found: Json, small: Json) -> Iterator[Html]:
    box = {
        "class": "table-box picture-box",
        "role": "region",
        "aria-label": "Cost a month by requests a month",
        "tabindex": "0",
    }
    pictures = [_picture("cost", found["chart"]), _picture("cost-small", small["chart"])]
    picture = el("div", box, *pictures)
    legend = el("ul", {"class": "cost__legend"}, lines(*_legend(found)))
    yield el("figure", {"class": "cost__chart"}, "\n", picture, "\n", legend, "\n")


def _picture(name: str, chart: Json) -> Html:
    left, top, right, bottom = chart["frame"]
    middle = (left + right) / 2
    return svg(
        name,
        chart["title"],
        chart["width"],
        chart["height"],
        *(path(f"M{tick['at']} {top}V{bottom}", "map__grid") for tick in chart["x_ticks"]),
        *(path(f"M{left} {tick['at']}H{right}", "map__grid") for tick in chart["y_ticks"]),
        *(
            text(tick["at"], bottom + 15, [tick["words"]], "map__tick", "middle")
            for tick in chart["x_ticks"]
        ),
        *(
            text(left - 6, tick["at"] + 4, [tick["words"]], "map__tick", "end")
            for tick in chart["y_ticks"]
        ),
        text(middle, bottom + 36, ["Requests a month (log scale)"], "map__axis", "middle"),
        *_you(chart),
        *(_line(line) for line in chart["lines"]),
        *(part for line in chart["lines"] for part in _tag(line)),
        *(part for mark in chart["crossings"] for part in _mark(mark, left)),
    )


def _you(chart: Json) -> Iterator[Html]:
    if chart["you"] is not None:
        _, top, _, bottom = chart["frame"]
        yield path(f"M{chart['you']} {top}V{bottom}", "cost__you")
        yield text(chart["you"] + 4, bottom - 6, ["you"], "map__tick")


def _line(line: Json) -> Html:
    points = "L".join(f"{x} {y}" for x, y in line["path"])
    return path(f"M{points}", f"cost__line {_kind(line['option'])}")


def _kind(option: str) -> str:
    return f"cost--{list(FORMULAS).index(option)}"


def _tag(line: Json) -> Iterator[Html]:
    x, y = line["tag"]
    circle = {"cx": f"{x + 14:g}", "cy": f"{y:g}", "r": "9"}
    yield el("circle", {**circle, "class": f"cost__tag {_kind(line['option'])}"})
    yield text(x + 14, y + 4, [line["letter"]], "cost__letter", "middle")


def _mark(mark: Json, left: float) -> Iterator[Html]:
    """Its label goes up and to the left, or down and to the right: no rising line runs there."""
    side = -1 if mark["x"] - left > LABEL[0] else 1
    yield el(
        "circle", {"cx": f"{mark['x']:g}", "cy": f"{mark['y']:g}", "r": "5", "class": "cost__point"}
    )
    shown = f"{mark['number']}: {mark['words']}" if mark["shown"] else mark["number"]
    anchor = "end" if side < 0 else "start"
    yield text(
        mark["x"] + 6 * side,
        mark["y"] + (-11 if side < 0 else 18),
        [shown],
        "cost__crossing",
        anchor,
    )


def _legend(found: Json) -> Iterator[Html]:
    letters = {line["option"]: line["letter"] for line in found["chart"]["lines"]}
    for option in found["options"]:
        kind = _kind(option["option"])
        letter = letters.get(option["option"])
        out = option["out"]
        words = f"{option['label']}: {option['shown'] or 'a figure is missing'}"
        if out:
            words = f"{option['label']}: {out['sentence']}"
        yield el(
            "li",
            {"class": f"cost__key{' cost__out' if out else ''}"},
            el("span", {"class": f"cost__swatch {kind}", "aria-hidden": "true"}, letter or "–"),
            " ",
            words,
        )


def _crossings(found: Json) -> Iterator[Html]:
    yield el("h3", None, "Where costs cross")
    said = [crossing["sentence"] for crossing in found["crossings"]]
    if said:
        yield el("ol", {"class": "cost__crossings"}, lines(*(el("li", None, s) for s in said)))
    others = [*found["throughout"], *([found["warm"]["sentence"]] if found["warm"] else [])]
    if others:
        yield el("ul", None, lines(*(el("li", None, words) for words in others)))


def _table(found: Json) -> Html:
    caption = f"Cost of a month of {found['month']} hours, {found['currency']}"
    head = head_row("Option and meter", "Quantity", "Price", "Amount")
    rows = [row for option in found["options"] for row in _rows(option)]
    return boxed_table(caption, head, rows, "cost__table")


def _rows(option: Json) -> Iterator[Html]:
    out, missing = option["out"], " ".join(item["sentence"] for item in option["missing"])
    total = "ruled out" if out else option["shown"] or "–"
    said = f"{out['sentence']}{f' ({out["rule"]})' if out['rule'] else ''}" if out else missing
    yield el(
        "tr",
        {"class": "cost__total cost__out" if out else "cost__total"},
        lines(
            el("th", {"scope": "row"}, option["label"]),
            el("td", {"colspan": "2"}, said or " ".join(option["notes"])),
            el("td", None, total),
        ),
    )
    for meter in () if out else option["meters"]:
        quantity = f"{meter['quantity_shown']} {meter['unit']}"
        yield data_row(meter["label"], quantity, meter["price_shown"], meter["amount_shown"])


def _prices(found: Json) -> Html:
    rows = [
        data_row(price["label"], f"{price['shown']} per {price['unit']}", _origin(price))
        for price in found["prices"]
    ]
    head = head_row("Meter", "Price", "Where it comes from")
    return boxed_table("Prices used", head, rows, "cost__table")


def _origin(price: Json) -> Html:
    if price["own"]:
        return Html("your own")
    title, url = price["source"]["title"], price["source"]["url"]
    place = el("a", {"href": url, "rel": "noopener"}, title) if url else el("span", None, title)
    other = f"; also seen: {' and '.join(price['disputed'])}" if price["disputed"] else ""
    old = ", older than 90 days" if price["old"] else ""
    return el("span", None, f"{price['region']}, seen {price['seen']}{old}{other}: ", place)


def _caveats(found: Json) -> Iterator[Html]:
    if found["notes"]:
        items = (el("li", None, words) for words in found["notes"])
        yield el("ul", {"class": "cost__notes"}, lines(*items))
    counted = el("ul", None, lines(*(el("li", None, words) for words in found["not_counted"])))
    yield el("details", {"class": "cost__more"}, el("summary", None, "Not counted"), counted)


def price_list(known: Knowledge) -> Html:
    """Every default price with its Region, its day and its source."""
    rows = []
    for (meter, of), price in _ordered(known):
        cost = f"{unit_price(price.value)} per {_UNITS[meter]}"
        rows.append(data_row(of or _METER_WORDS[meter], cost, *_cited(known, price)))
    head = head_row("What", "Price", "Region and day", "Source")
    return boxed_table("Default prices", head, rows, "comparison")


_METER_WORDS = {"data": "Data in and out", "storage": "Volumes of endpoints"}
_UNITS = {
    "instance": "hour",
    "storage": "GB and month",
    "data": "GB",
    "serverless": "second on demand",
    "warm": "warm second",
    "executing": "second in a warm slot",
}


def _ordered(known: Knowledge) -> Iterable[tuple[tuple[str, str], Price]]:
    """By meter, in the order of the formulas; memory sizes with their unit."""
    found = sorted(
        default_prices(known).items(), key=lambda item: (METERS.index(item[0][0]), item[0][1])
    )
    sized = ("serverless", "warm", "executing")
    return [((m, f"Serverless, {of} GB" if m in sized else of), price) for (m, of), price in found]


def _cited(known: Knowledge, price: Price) -> tuple[str, Html]:
    source = known.sources[known.facts[price.fact or ""].sources[0].source]
    other = "".join(f"; also seen: {unit_price(value)}" for value in price.disputed)
    place = el("a", {"href": source.url, "rel": "noopener"}, source.title)
    return f"{price.region}, seen {price.seen}{other}", place


def formulas() -> Html:
    """How each option is computed, in words."""
    rows = [data_row(formula.label, formula.words) for formula in FORMULAS.values()]
    head = head_row("Option", "Cost of a month")
    return boxed_table("Formulas", head, rows, "comparison")
