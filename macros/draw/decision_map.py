"""The map of the inference decision: request size against compute time, one map a kind of traffic.

Its areas are the bands between the rules' own limits, each decided by the engine, so a limit that
moves in the knowledge moves here too. The page's script marks the person's point.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge
from checker.rules.edges import representatives
from checker.rules.evaluation import Ruleset, evaluate, prepare
from checker.units import Interval, format_interval
from macros.draw.html import Html, boxed_table, data_row, el, head_row, lines
from macros.draw.svg import path, rect, svg, text, wrap

DECISION, ACROSS, UP, CHOSEN = "inference", "payload", "duration", "traffic"
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640.0, 300.0, 74.0, 8.0, 44.0
LETTER = 6.6


@dataclass(frozen=True, slots=True)
class Axis:
    """One quantity on a log scale, drawn from ``low`` to ``high`` in the field's unit."""

    field: str
    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value stands, from 0 to 1."""
        inside = min(max(value, self.low), self.high)
        return math.log(inside / self.low) / math.log(self.high / self.low)


@dataclass(frozen=True, slots=True)
class Area:
    """One band by one band and what the engine recommends there."""

    across: Interval
    up: Interval
    recommend: tuple[str, ...]


def decision_map(known: Knowledge) -> Html:
    """One map for each kind of traffic, the first one open, each with its table."""
    rules = prepare(known, DECISION)
    axes = _axis(rules, known, ACROSS, 1e-3), _axis(rules, known, UP, 1e-2)
    maps = [
        _one(known, rules, axes, traffic, opened=number == 0)
        for number, traffic in enumerate(known.fields[CHOSEN].values)
    ]
    return el("div", {"class": "maps", "data-map": DECISION}, "\n", lines(*maps), "\n")


def _axis(rules: Ruleset, known: Knowledge, name: str, low: float) -> Axis:
    bands = _bands(rules, known, name)
    limits = tuple(band.lo for band in bands if band.lo > 0)
    return Axis(name, low, max(limits) * 8, limits)


def _bands(rules: Ruleset, known: Knowledge, name: str) -> list[Interval]:
    found = representatives(rules, known.fields[name], name)
    return [band for band in found if isinstance(band, Interval)]


def _one(
    known: Knowledge, rules: Ruleset, axes: tuple[Axis, Axis], traffic: str, *, opened: bool
) -> Html:
    areas = list(_areas(known, rules, traffic))
    label = known.fields[CHOSEN].values[traffic]
    title = f"Requests: {label.lower()}"
    data = {
        "class": "map",
        "name": "inference-map",
        "data-traffic": traffic,
        "open": opened,
        **{f"data-{axis.field}": f"{axis.low},{axis.high}" for axis in axes},
    }
    box = {"class": "table-box picture-box", "role": "region", "aria-label": title, "tabindex": "0"}
    return el(
        "details",
        data,
        el("summary", None, title),
        el("div", box, _picture(known, axes, areas, title)),
        el("p", {"class": "map__you", "hidden": True}),
        _table(known, areas, title),
    )


def _areas(known: Knowledge, rules: Ruleset, traffic: str) -> Iterator[Area]:
    for up in _bands(rules, known, UP):
        for across in _bands(rules, known, ACROSS):
            answers: dict[str, Answer] = {ACROSS: across, UP: up, CHOSEN: traffic}
            yield Area(across, up, evaluate(rules, Given(answers)).recommend)


def _picture(known: Knowledge, axes: tuple[Axis, Axis], areas: list[Area], title: str) -> Html:
    return svg(
        "map",
        f"{title}. Request size from left to right, compute time from bottom to top. "
        "The table below says the same.",
        LEFT + WIDTH,
        TOP + HEIGHT + BOTTOM,
        *(rect(*_box(axes, area), f"map__area area--{_kind(known, area)}") for area in areas),
        *_ticks(known, axes),
        *(_label(known, axes, group) for group in _regions(areas)),
        rect(LEFT, TOP, WIDTH, HEIGHT, "map__frame"),
        el("circle", {"class": "map__point", "r": "7", "hidden": True}),
    )


def _kind(known: Knowledge, area: Area) -> str:
    if len(area.recommend) != 1:
        return "several" if area.recommend else "none"
    return str(known.decisions[DECISION].options.index(area.recommend[0]))


def _box(axes: tuple[Axis, Axis], area: Area) -> tuple[float, float, float, float]:
    across, up = axes
    left, right = across.share(area.across.lo or across.low), across.share(area.across.hi)
    low, high = up.share(area.up.lo or up.low), up.share(area.up.hi)
    return (
        LEFT + left * WIDTH,
        TOP + (1 - high) * HEIGHT,
        (right - left) * WIDTH,
        (high - low) * HEIGHT,
    )


def _ticks(known: Knowledge, axes: tuple[Axis, Axis]) -> Iterator[Html]:
    across, up = axes
    for value in (across.low * 10, *across.ticks):
        x = LEFT + across.share(value) * WIDTH
        yield path(f"M{x:.1f} {TOP}V{TOP + HEIGHT}", "map__grid")
        yield text(x, TOP + HEIGHT + 15, [_short(known, ACROSS, value)], "map__tick", "middle")
    for value in (up.low * 10, *up.ticks):
        y = TOP + (1 - up.share(value)) * HEIGHT
        yield path(f"M{LEFT} {y:.1f}H{LEFT + WIDTH}", "map__grid")
        yield text(LEFT - 6, y + 4, [_short(known, UP, value)], "map__tick", "end")
    middle = LEFT + WIDTH / 2
    name = known.fields[ACROSS].label
    yield text(middle, TOP + HEIGHT + 36, [f"{name} (log scale)"], "map__axis", "middle")


def _short(known: Knowledge, name: str, value: float) -> str:
    return format_interval(Interval(value, value), known.fields[name].unit)


def _regions(areas: list[Area]) -> Iterator[list[Area]]:
    """Areas beside or above each other with the same recommendation, as one region."""
    left = list(areas)
    while left:
        region = [left.pop(0)]
        for area in region:
            near = [x for x in left if x.recommend == area.recommend and _touch(area, x)]
            for other in near:
                left.remove(other)
                region.append(other)
        yield region


def _touch(one: Area, other: Area) -> bool:
    beside = one.up == other.up and (
        one.across.hi == other.across.lo or one.across.lo == other.across.hi
    )
    above = one.across == other.across and (one.up.hi == other.up.lo or one.up.lo == other.up.hi)
    return beside or above


def _label(known: Knowledge, axes: tuple[Axis, Axis], region: list[Area]) -> Html:
    boxes = [_box(axes, area) for area in region]
    x, y, width, height = max(boxes, key=lambda box: min(box[2] / 4, box[3]) * box[2])
    names = [known.options[option].label for option in region[0].recommend]
    rows = wrap(" or ".join(names) or "No option fits", int(width / LETTER))
    top = y + height / 2 - (len(rows) - 1) * 7.5 + 4
    return text(x + width / 2, top, rows, "map__label", "middle")


def _table(known: Knowledge, areas: list[Area], title: str) -> Html:
    unit = known.fields[ACROSS].unit
    columns = list(dict.fromkeys(area.across for area in areas))
    rows = [
        data_row(
            format_interval(up, known.fields[UP].unit),
            *(_names(known, area) for area in areas if area.up == up),
        )
        for up in dict.fromkeys(area.up for area in areas)
    ]
    corner = f"{known.fields[UP].label} \\ {known.fields[ACROSS].label}"
    head = head_row(corner, *(format_interval(band, unit) for band in columns))
    table = boxed_table(f"{title}, as a table", head, rows, "comparison")
    summary = el("summary", None, "The same as a table")
    return el("details", {"class": "picture-table"}, summary, table)


def _names(known: Knowledge, area: Area) -> str:
    return " or ".join(known.options[option].label for option in area.recommend) or "No option fits"
