"""SVG from plain values; colours and type come from the style sheet, so that dark mode works."""

from collections.abc import Iterable

from macros.draw.html import Html, el, lines

LINE = 15


def svg(name: str, title: str, width: float, height: float, *children: Html) -> Html:
    """A picture with its name and title; what it shows is said by the table that goes with it."""
    attributes = {
        "class": f"picture picture--{name}",
        "role": "img",
        "aria-label": title,
        # A pixel around it, so that no line is cut in half at the edge.
        "viewBox": f"-1 -1 {_number(width + 2)} {_number(height + 2)}",
        "width": _number(width + 2),
        "height": _number(height + 2),
    }
    return el("svg", attributes, lines(*children))


def text(x: float, y: float, rows: Iterable[str], kind: str, anchor: str = "start") -> Html:
    """Rows of text, the first one's base line at ``y``."""
    spans = [
        el("tspan", {"x": _number(x), "y": _number(y + number * LINE)}, row)
        for number, row in enumerate(rows)
    ]
    return el("text", {"class": kind, "text-anchor": anchor}, *spans)


def rect(x: float, y: float, width: float, height: float, kind: str, corner: float = 0) -> Html:
    """A rectangle."""
    place = {"x": x, "y": y, "width": width, "height": height, "rx": corner}
    return el("rect", {**{key: _number(value) for key, value in place.items()}, "class": kind})


def path(points: str, kind: str) -> Html:
    """A line."""
    return el("path", {"d": points, "class": kind})


def wrap(words: str, width: int) -> list[str]:
    """Text in rows of at most ``width`` characters, broken at spaces."""
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) > width and rows[-1]:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
