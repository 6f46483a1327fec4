"""Each sentence once on a screen: what an earlier part of a verdict says is not said again."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

type Json = Mapping[str, Any]

_END = re.compile(r"(?<=[.?]) (?=[A-Z])")
ABOVE = "As above."
MOST_WORDS = 225  # of the sentences; labels of buttons and links come on top


def rules_once(reasons: Iterable[Json]) -> list[Json]:
    """The reasons of options that go together or tie: a rule on several of them is said once."""
    return list({reason["rule"]: reason for reason in reversed(list(reasons))}.values())[::-1]


def joined(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Options of which the same is said share a line; lines with one reason are neighbours."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for line in lines:
        same = found.setdefault(line["why"], {}).setdefault(line["back"], line)
        if same is not line:
            same["options"] += line["options"]
    return [line for neighbours in found.values() for line in neighbours.values()]


def without_repeats(screen: dict[str, Any]) -> dict[str, Any]:
    """The view of a verdict in which no line repeats a sentence of a line above it."""
    told = set(sentences([screen["headline"], *(reason["text"] for reason in screen["reasons"])]))
    rejected = [_shortened(line, told) for line in screen["rejected"]]
    question = screen["question"]
    asked = f"Open: {question['text']}" if question else None
    also = [
        {**o, "why": "Open: the next question."} if o["why"] == asked else o for o in screen["also"]
    ]
    shown = {**screen, "rejected": rejected, "eras": _eras(screen["eras"], told)}
    return {**shown, "also": _fitting(also, MOST_WORDS - words(shown))}


def words(screen: Json) -> int:
    """How many words of a screen's sentences a person reads, without ``also``."""
    texts = [screen["headline"], screen["certainty"], *screen["warnings"]]
    texts += [part["text"] for kind in ("clashes", "reasons") for part in screen[kind]]
    texts += [text for line in screen["rejected"] for text in _texts(line)]
    if eras := screen["eras"]:
        texts += [eras["text"], *eras["because"]]
    return len(" ".join(texts).split())


def _texts(line: Json) -> list[str]:
    return [*(option["label"] for option in line["options"]), line["why"], line["back"]]


def _fitting(lines: list[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """The first lines that fit in a number of words; the full record has all."""
    kept: list[dict[str, Any]] = []
    for line in lines:
        room -= len(" ".join(_texts(line)).split())
        if room < 0:
            break
        kept.append(line)
    return kept


def sentences(texts: Iterable[str]) -> list[str]:
    """The sentences of texts, in order."""
    return [part for text in texts for part in _END.split(text)]


def _shortened(line: dict[str, Any], told: set[str]) -> dict[str, Any]:
    """A rejected option without what is told; what it says itself is told from then on."""
    said = sentences([line["why"]])
    new = [part for part in said if part not in told]
    back = _back(line["back"], told) if line["back"] in told else line["back"]
    told.update(said, [line["back"], back])
    return {**line, "why": " ".join(new) or ABOVE, "back": back}


def _back(back: str, told: set[str]) -> str:
    """What replaces a way back that an earlier line tells."""
    none = back.startswith("Not ")
    short = "No answer brings it back." if none else "The same answer changes this."
    return ABOVE if short in told else short


def _eras(eras: Json | None, told: set[str]) -> dict[str, Any] | None:
    if eras is None:
        return None
    parts = [part for part in sentences(eras["because"]) if part not in told]
    return {**eras, "because": parts}
