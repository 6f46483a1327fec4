"""The picture's geometry: plain numbers, drawn as SVG by the build and by the page alike.

Both axes are logarithmic: a fixed cost is a level line, one by the request a rising one, and every
decade has the same room, from a hundred requests to a thousand million.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from checker.cost.break_even import Crossing
from checker.cost.meters import Course
from checker.cost.money import USD, money, number, short
from checker.cost.workload import Workload

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 350.0, 62.0, 34.0, 30.0, 44.0
NARROW = 480
"""Below this width every second decade has its words."""
STEPS = 32
LETTERS = "ABCDEFGH"
LETTER_ROOM = 17.0
MOST_DECADES = 7
LABEL = (120.0, 22.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis between two powers of ten, laid out over pixels."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value; what is beyond an end is drawn at it."""
        share = (math.log10(max(value, 1e-12)) - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def chart(
    drawn: Sequence[Course], points: Sequence[Crossing], w: Workload, width: int
) -> dict[str, Any]:
    """Lines, ticks, crossings and the reader's own point, in pixels of a picture so wide."""
    across = _across(drawn, points, w, width)
    up = _up(drawn, across)
    lines = [_line(LETTERS[number], course, across, up) for number, course in enumerate(drawn)]
    _apart([line["tag"] for line in lines])
    return {
        "width": width,
        "height": HEIGHT,
        "frame": [LEFT, TOP, width - RIGHT, HEIGHT - BOTTOM],
        "x_ticks": _ticks(across, width, lambda value: short(value)),
        "y_ticks": _ticks(up, NARROW, lambda value: _dollars(value, w.currency)),
        "lines": lines,
        "crossings": _marks(points, across, up, w),
        "you": None if not w.requests else _px(across.at(float(w.requests))),
        "title": _title(lines, points),
    }


def _across(drawn: Sequence[Course], points: Iterable[Crossing], w: Workload, width: int) -> Axis:
    """From a decade below what matters to a decade above it, three at least."""
    seen = [float(point.requests) for point in points]
    seen += [float(w.requests)] if w.requests else []
    seen = [value for value in seen if value >= 1] or [1e5]
    low = max(math.floor(math.log10(min(seen))) - 1, 0)
    high = min(math.ceil(math.log10(max(seen)) + 0.3), 12)
    return Axis(max(low, high - MOST_DECADES), max(high, low + 3), LEFT, width - RIGHT)


def _up(drawn: Sequence[Course], across: Axis) -> Axis:
    ends = (10.0**across.low, 10.0**across.high)
    costs = [_cost(_stretches(course), end) for course in drawn for end in ends]
    above = [cost for cost in costs if cost >= 0.01] or [1.0]
    high = max(math.ceil(math.log10(max(above))), -1)
    low = max(math.floor(math.log10(min(above))), -2, high - MOST_DECADES)
    return Axis(min(low, high - 1), high, HEIGHT - BOTTOM, TOP)


type Stretches = list[tuple[float, float, float]]
"""Ends, fixed costs and costs by the request of an option's pieces, as pixels need them."""


def _stretches(course: Course) -> Stretches:
    return [
        (math.inf if piece.end is None else float(piece.end), float(piece.fixed), float(piece.each))
        for piece in course.pieces
    ]


def _cost(stretches: Stretches, requests: float) -> float:
    return next(fixed + each * requests for end, fixed, each in stretches if requests <= end)


def _line(letter: str, course: Course, across: Axis, up: Axis) -> dict[str, Any]:
    """A line as far as its option can carry the requests."""
    most = float(course.carries) if course.carries is not None else math.inf
    end = min(10.0**across.high, most)
    places = [
        10 ** (across.low + (across.high - across.low) * step / STEPS) for step in range(STEPS + 1)
    ]
    places = [place for place in places if place < end] + [max(end, 10.0**across.low)]
    stretches = _stretches(course)
    kinks = (kink for kink, _, _ in stretches if 10**across.low < kink < end)
    places = sorted({*places, *kinks})
    path = [[_px(across.at(place)), _px(up.at(_cost(stretches, place)))] for place in places]
    ended = most < 10.0**across.high
    return {
        "option": course.option,
        "letter": letter,
        "path": path,
        "ends": f"{short(course.carries)} at most" if ended and course.carries else None,
        "tag": list(path[-1]),
    }


def _apart(tags: list[list[float]]) -> None:
    """Letters at the ends of lines are moved apart, up or down, until each can be read."""
    placed: list[list[float]] = []
    for tag in sorted(tags, key=lambda tag: -tag[1]):
        near = [other for other in placed if abs(other[0] - tag[0]) < LETTER_ROOM]
        while any(abs(other[1] - tag[1]) < LETTER_ROOM for other in near):
            tag[1] = _px(min(o[1] for o in near if abs(o[1] - tag[1]) < LETTER_ROOM) - LETTER_ROOM)
        placed.append(tag)


def _marks(points: Sequence[Crossing], across: Axis, up: Axis, w: Workload) -> list[dict[str, Any]]:
    """Each crossing with its number; its label, where there is room, and none on another."""
    marks: list[dict[str, Any]] = []
    for place, point in enumerate(points, start=1):
        x, y = _px(across.at(float(point.requests))), _px(up.at(float(point.cost)))
        words = f"{short(point.requests // 1)}, {money(point.cost, w.currency)}"
        marks.append({"number": str(place), "x": x, "y": y, "words": words, "shown": True})
    for mark in marks:
        room = max(mark["x"] - across.start, across.end + RIGHT - mark["x"])
        mark["shown"] = room > LABEL[0] and not any(
            other["shown"]
            and abs(other["x"] - mark["x"]) < 110
            and abs(other["y"] - mark["y"]) < 22
            for other in marks[: marks.index(mark)]
        )
    return marks


def _ticks(axis: Axis, width: int, words: Any) -> list[dict[str, Any]]:
    step = 2 if width < NARROW and axis.high - axis.low > 4 else 1
    return [
        {"at": _px(axis.at(10.0**power)), "words": words(Decimal(10) ** power)}
        for power in range(axis.low, axis.high + 1, step)
    ]


def _dollars(value: Decimal, currency: str) -> str:
    shown = number(value) if value < 1000 else short(value).replace(" ", "")
    return f"${shown}" if currency == USD else shown


def _title(lines: Sequence[dict[str, Any]], points: Sequence[Crossing]) -> str:
    count = len(points)
    meets = f"they cross at {count} point{'' if count == 1 else 's'}" if count else "none cross"
    return (
        f"Monthly cost of {len(lines)} options by requests a month, both on log axes; "
        f"{meets}. The tables have the same numbers."
    )


def _px(value: float) -> float:
    return round(value, 1)
