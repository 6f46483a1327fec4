"""The checker's first page: a text box, and the decisions in four groups."""

from macros.draw.checker_frame import (
    STAGES,
    Frame,
    attributes,
    decision_page,
    scripts,
    status,
    text_box,
)
from macros.draw.html import Html, el, lines

EXAMPLES = (
    "3.5 MB payload, 45 s compute, a few requests a day",
    "Score 10 million records every night",
    "Replace a model in production with a small share of traffic first",
)
_NO_SCRIPT = (
    "The text box needs JavaScript, because the checker runs in your browser. "
    "Without it, each decision below shows its options, its questions and its rules."
)


def hub(frame: Frame) -> Html:
    """The text box, the decisions, and the place of the system so far."""
    box = el("section", {"class": "check-text", "aria-label": "Your scenario"}, text_box(EXAMPLES))
    found = el("div", {"class": "check-read"})
    system = el("section", {"class": "system", "aria-label": "Your system so far", "hidden": True})
    parts = (status(), box, found, system, _groups(frame))
    return lines(
        el("noscript", None, el("p", {"class": "admonition warning"}, _NO_SCRIPT)),
        el("div", None, el("check-hub", attributes(frame), "\n", lines(*parts), "\n")),
        scripts(frame, "hub.js"),
    )


def _groups(frame: Frame) -> Html:
    groups = [_group(stage, title, frame) for stage, title in STAGES.items()]
    return el("div", {"class": "check-groups"}, "\n", lines(*groups), "\n")


def _group(stage: str, title: str, frame: Frame) -> Html:
    decisions = {k: d for k, d in frame.known.decisions.items() if d.stage == stage}
    items = [
        el(
            "li",
            None,
            el(
                "a",
                {"href": frame.url(decision_page(key)), "class": "check-door"},
                el("strong", None, decision.label),
                " ",
                el("span", None, decision.question),
            ),
        )
        for key, decision in decisions.items()
    ]
    heading = el("h2", {"id": f"stage-{stage}"}, title)
    return el(
        "section", {"class": "check-group"}, heading, el("ul", None, "\n", lines(*items), "\n")
    )
