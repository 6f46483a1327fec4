"""The shared frame of the hub and of each decision's page: addresses, versions, the text box."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checker.knowledge.loading import to_plain
from checker.knowledge.model import Knowledge
from checker.rules.evaluation import Prepared, prepare
from macros.draw.html import Html, el, lines
from macros.pages.sections import sections_of
from macros.pages.source import Page
from macros.pages.urls import relative_url
from macros.runtime.bundle import Runtime
from macros.runtime.contents import LATER, LOCK
from macros.runtime.verdicts import FOLDER

STAGES = {"serve": "Serve", "release": "Release", "watch": "Monitor", "build": "Build"}
PRIVACY = "Processed in your browser; nothing is sent. You can correct anything we misread."
_HOW = ("how it works", "set it up", "a small design", "how ")
_COST = ("cost", "what it costs")


@dataclass(frozen=True)
class Shared:
    """What all pages of the checker share: each decision's version, each page's sections."""

    versions: Mapping[str, str]
    sections: Mapping[str, Mapping[str, str]]


def shared(known: Knowledge, pages: Mapping[str, Page]) -> Shared:
    """The shared parts, computed once for all pages."""
    paths = {option.page.partition("#")[0] for option in known.options.values()}
    return Shared(
        {key: version(key, known) for key in known.decisions},
        {
            path: {s.title.lower(): s.anchor for s in sections_of(pages[path]) if s.level == 2}
            for path in sorted(paths & pages.keys())
        },
    )


@dataclass(frozen=True)
class Frame:
    """The knowledge, the runtime's files and the page that is drawn."""

    known: Knowledge
    runtime: Runtime
    page: str
    shared: Shared
    verdicts: frozenset[str] = frozenset()

    def url(self, target: str) -> str:
        """An address as seen from the page."""
        return relative_url(target, self.page)


def decision_page(decision: str) -> str:
    """The page of the checker that is about a decision."""
    return f"check/{decision}.md"


def python_place(runtime: Runtime, page: str) -> dict[str, object]:
    """Where a page's scripts find Python, and how much of it comes."""
    sizes = {
        path.rpartition("/")[2]: size
        for path, size in runtime.files
        if not path.endswith((".mjs", *LATER))
    }
    return {
        "data-core": relative_url(runtime.path, page),
        "data-checker": relative_url(runtime.checker_path, page),
        "data-lock": LOCK,
        "data-sizes": json.dumps(sizes),
    }


def attributes(frame: Frame) -> dict[str, object]:
    """Where the page's scripts find Python, the verdicts that are there, and all pages."""
    return {
        **python_place(frame.runtime, frame.page),
        "data-verdicts": frame.url(f"{FOLDER}/"),
        "data-places": json.dumps(_places(frame)),
    }


def _places(frame: Frame) -> dict[str, Any]:
    """Pages of options and decisions, and which rules a decision has today."""
    known = frame.known
    return {
        "options": {key: _option(key, frame) for key in known.options},
        "decisions": {
            key: {
                "label": decision.label,
                "page": frame.url(decision_page(key)),
                "version": frame.shared.versions[key],
            }
            for key, decision in known.decisions.items()
        },
        "resultOf": {k: dict(f.result_of) for k, f in known.fields.items() if f.result_of},
        "checked": max((fact.checked for fact in known.facts.values()), default=""),
    }


def _option(key: str, frame: Frame) -> dict[str, str]:
    option = frame.known.options[key]
    path = option.page.partition("#")[0]
    found = {"label": option.label, "decision": option.decision, "page": frame.url(option.page)}
    titles = frame.shared.sections.get(path, {})
    for name, starts in (("how", _HOW), ("cost", _COST)):
        anchors = (a for start in starts for t, a in titles.items() if t.startswith(start))
        if anchor := next(anchors, ""):
            found[name] = frame.url(f"{path}#{anchor}")
    return found


def rules_of(decision: str, known: Knowledge) -> tuple[Prepared, ...]:
    """The compiled rules of a decision, each once."""
    by_id = {r.id: r for rules in prepare(known, decision).options.values() for r in rules}
    return tuple(by_id.values())


def version(decision: str, known: Knowledge) -> str:
    """A short name for what a verdict rests on, so that a link can tell that it changed since."""
    rules = rules_of(decision, known)
    services = {known.options[option].service for option in known.decisions[decision].options}
    used = {
        "options": known.decisions[decision].options,
        "rules": {r.id: to_plain(r.rule) for r in rules},
        # The compiled limits: a fact that moves changes a verdict as well as a rule does.
        "limits": {r.id: to_plain(r.node) for r in rules},
        "status": {s: known.services[s].status for s in sorted(filter(None, services))},
    }
    text = json.dumps(used, sort_keys=True, default=_settled)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _settled(value: object) -> object:
    """A set in one order, as its own differs from build to build; an exact number as its text."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def text_box(examples: Iterable[str] = (), *, rows: int = 3) -> Html:
    """The box for plain sentences, with examples to press."""
    buttons = [
        el("button", {"type": "button", "class": "chip", "data-example": text}, text)
        for text in examples
    ]
    tries = el("p", {"class": "scenario__examples"}, "Try: ", *buttons) if buttons else Html("")
    area = {
        "id": "scenario-text",
        "rows": str(rows),
        "maxlength": "20000",
        "placeholder": "3.5 MB payload, 45 s, a few requests a day",
        "aria-describedby": "scenario-hint",
    }
    return el(
        "form",
        {
            "class": "scenario",
            "novalidate": True,
            "data-search-exclude": True,
            "aria-label": "Scenario",
        },
        "\n",
        lines(
            el("label", {"for": "scenario-text"}, "Describe your workload in your own words"),
            el("textarea", area),
            tries,
            el("p", {"class": "scenario__hint", "id": "scenario-hint"}, PRIVACY),
            el(
                "button",
                {"type": "submit", "class": "md-button md-button--primary"},
                "Check my scenario",
            ),
        ),
        "\n",
    )


def scripts(frame: Frame, module: str) -> Html:
    """The page's own module."""
    return el("script", {"type": "module", "src": frame.url(f"assets/checker/{module}")})


def status() -> Html:
    """The live region, present from the start, so that a screen reader announces its text."""
    return el("p", {"class": "check__status", "role": "status", "aria-live": "polite"})
