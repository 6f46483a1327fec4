"""The map of the inference decision: request size against compute time, for each kind of caller.

Its cells are the bands between the rules' own limits, each decided by the engine, so a limit that
moves in the knowledge moves here too. Bands have equal room, as what matters is between a few
megabytes. The map is a table whose cells have the options' colours: one thing to see and to read.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from checker.formatting import format_interval, readable
from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge
from checker.rules.edges import representatives
from checker.rules.evaluation import Ruleset, evaluate, prepare
from checker.units import Interval
from macros.draw.html import Html, boxed_table, el, head_row, join, lines
from macros.draw.scenarios import checker_href

DECISION, ACROSS, UP, ROWS, CHOSEN = "inference", "payload", "duration", "caller", "traffic"


@dataclass(frozen=True, slots=True)
class Area:
    """One band by one band and what the engine recommends there."""

    across: Interval
    up: Interval
    recommend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The areas for one caller and for all kinds of traffic that lead to the same."""

    caller: str
    traffic: tuple[str, ...]
    areas: tuple[Area, ...]


def decision_map(known: Knowledge, page: str) -> Html:
    """One small map for each caller and kind of traffic that makes a difference."""
    maps = [_one(known, drawn, page) for drawn in maps_of(known)]
    return el("div", {"class": "maps", "data-map": DECISION}, "\n", lines(*maps), "\n")


def maps_of(known: Knowledge) -> Iterator[Map]:
    """Every caller's maps; kinds of traffic with equal areas share one."""
    rules = prepare(known, DECISION)
    for caller in known.fields[ROWS].values:
        found: dict[tuple[Area, ...], list[str]] = {}
        for traffic in known.fields[CHOSEN].values:
            drawn = list(_areas(known, rules, {ROWS: caller, CHOSEN: traffic}))
            areas = tuple(_joined(_joined(drawn, "across"), "up"))
            found.setdefault(areas, []).append(traffic)
        yield from (Map(caller, tuple(traffic), areas) for areas, traffic in found.items())


def _areas(known: Knowledge, rules: Ruleset, said: dict[str, Answer]) -> Iterator[Area]:
    for up in _bands(rules, known, UP):
        for across in _bands(rules, known, ACROSS):
            given = Given({**said, ACROSS: across, UP: up})
            yield Area(across, up, tuple(evaluate(rules, given).recommend))


def _joined(areas: list[Area], along: str) -> list[Area]:
    """Bands beside each other that lead to the same all the way, as one."""
    lines_of: dict[Interval, list[Area]] = {}
    for area in areas:
        lines_of.setdefault(getattr(area, along), []).append(area)
    runs = groupby(lines_of.values(), key=lambda line: [area.recommend for area in line])
    joined: list[Area] = []
    for _, group in runs:
        run = list(group)
        start, end = getattr(run[0][0], along), getattr(run[-1][0], along)
        band = Interval(start.lo, end.hi, lo_open=start.lo_open, hi_open=end.hi_open)
        for area in run[0]:
            across, up = (band, area.up) if along == "across" else (area.across, band)
            joined.append(Area(across, up, area.recommend))
    return joined


def _bands(rules: Ruleset, known: Knowledge, name: str) -> list[Interval]:
    found = representatives(rules, known.fields[name], name)
    return [band for band in found if isinstance(band, Interval)]


def _one(known: Knowledge, drawn: Map, page: str) -> Html:
    caller = known.fields[ROWS].values[drawn.caller]
    every = len(drawn.traffic) == len(known.fields[CHOSEN].values)
    kinds = [known.fields[CHOSEN].values[traffic] for traffic in drawn.traffic]
    title = f"{caller}: {'any traffic' if every else ', or '.join(kinds).lower()}"
    columns = dict.fromkeys(area.across for area in drawn.areas)
    corner = join([known.fields[ACROSS].label, " →", el("br"), known.fields[UP].label, " ↓"])
    unit = known.fields[ACROSS].unit
    head = head_row(corner, *(_shown(band, unit) for band in columns))
    rows = [
        _row(known, drawn, [area for area in drawn.areas if area.up == up], page)
        for up in dict.fromkeys(area.up for area in drawn.areas)
    ]
    table = boxed_table(title, head, rows, "map")
    data = {"class": "map-of", "data-caller": drawn.caller, "data-traffic": " ".join(drawn.traffic)}
    return el("div", data, table)


def _row(known: Knowledge, drawn: Map, areas: list[Area], page: str) -> Html:
    up = _shown(areas[0].up, known.fields[UP].unit)
    cells = [_cell(known, drawn, area, page) for area in areas]
    return el("tr", None, lines(el("th", {"scope": "row"}, up), *cells))


def _cell(known: Knowledge, drawn: Map, area: Area, page: str) -> Html:
    """A cell that leads to the checker with answers that are in it."""
    names = " or ".join(known.options[option].label for option in area.recommend)
    said = {ROWS: drawn.caller, CHOSEN: drawn.traffic[0]}
    bands = {ACROSS: area.across, UP: area.up}
    points = {name: _point(band, known.fields[name].unit) for name, band in bands.items()}
    query = "&".join(f"{name}={quote(answer)}" for name, answer in {**said, **points}.items())
    link = el("a", {"href": checker_href(DECISION, query, page)}, names or "No option fits")
    data = {
        "class": "map__area",
        "data-option": area.recommend[0] if len(area.recommend) == 1 else None,
        "data-payload": _ends(area.across),
        "data-duration": _ends(area.up),
    }
    return el("td", data, link)


def _shown(band: Interval, unit: str | None) -> str:
    return readable(format_interval(band, unit)) if band.lo or math.isfinite(band.hi) else "any"


def _point(band: Interval, unit: str | None) -> str:
    """A round number within a band: an end of the band would also belong to the next one."""
    if math.isinf(band.hi):
        value = band.lo * 2 or 1.0
    else:
        middle = math.sqrt(band.lo * band.hi) or band.hi / 2
        step = 10 ** math.floor(math.log10(middle))
        value = max(band.lo + step, round(middle / step) * step) if band.lo else middle
    return format_interval(Interval(value, value), unit)


def _ends(band: Interval) -> str:
    """A band's ends in the field's unit, for the page's script that marks the person's cell."""
    return f"{band.lo:g},{band.hi:g}"
