"""What the languages share: the lines on top, wrapped comments, values between brackets."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

# What a page shows beside the form without scrolling.
WIDTH = 78
INLINE = 72


@dataclass(frozen=True, slots=True)
class Heading:
    """What a starting point says on top: the verdict, and the answers that it was made of."""

    sentence: str
    answers: Sequence[tuple[str, str]]
    checked: str
    notes: Sequence[str]


def opening(heading: Heading) -> Iterator[str]:
    """The sentences on top, each in a separate paragraph."""
    yield f"Starting point: {heading.sentence}"
    if heading.answers:
        said = "; ".join(f"{label}: {answer}" for label, answer in heading.answers)
        yield f"Your answers: {said}."
    yield from heading.notes
    yield (
        f"Facts checked {heading.checked} or later. Nothing was applied: review it before you "
        "apply it."
    )


def comments(sentences: Iterable[str], indent: str = "") -> list[str]:
    """Sentences as comment lines."""
    lead = f"{indent}# "
    return [line for text in sentences for line in wrapped(text, lead)]


def wrapped(text: str, lead: str = "") -> list[str]:
    """One sentence in lines; an address or an ARN is never broken."""
    plain = " ".join(text.replace("`", "").split())
    return wrap(
        plain,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=lead,
        break_long_words=False,
        break_on_hyphens=False,
    )


@dataclass(frozen=True, slots=True)
class Style:
    """How a language writes values: scalars, pairs, and what is between brackets."""

    scalar: Callable[[Any], str]
    pair: Callable[[str, str], str]
    step: int = 4
    comma: str = ","
    """After an entry of a mapping that has a separate line; lists always have one."""
    space: str = ""
    """Inside the braces of a mapping on one line."""


def block(value: Any, style: Style, indent: int) -> str:
    """A value between brackets: on one line where it fits, else an entry a line."""
    if not isinstance(value, Mapping | list | tuple):
        return style.scalar(value)
    is_map = isinstance(value, Mapping)
    space = style.space if is_map else ""
    inline = _brackets(value, f"{space}{', '.join(_entries(value, style, indent))}{space}")
    if "\n" not in inline and len(inline) + indent < INLINE:
        return inline
    pad = " " * (indent + style.step)
    end = style.comma if is_map else ","
    entries = _entries(value, style, indent + style.step)
    lines = "".join(f"{pad}{entry}{end}\n" for entry in entries)
    return _brackets(value, f"\n{lines}{' ' * indent}")


def _entries(value: Any, style: Style, indent: int) -> list[str]:
    if isinstance(value, Mapping):
        return [style.pair(key, block(item, style, indent)) for key, item in value.items()]
    return [block(item, style, indent) for item in value]


def _brackets(value: Any, inside: str) -> str:
    opened, closed = "{}" if isinstance(value, Mapping) else "[]"
    return f"{opened}{inside}{closed}"
