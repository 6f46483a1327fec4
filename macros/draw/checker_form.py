"""A decision's page of the checker as plain HTML: useful before Python is there, and without it."""

from collections.abc import Iterable, Iterator

from checker.knowledge.model import Field
from macros.draw.checker_frame import (
    Frame,
    attributes,
    rules_of,
    scripts,
    status,
    text_box,
)
from macros.draw.html import Html, el, lines

GROUPS = {
    "workload": "Workload",
    "size": "Size and time",
    "hardware": "Hardware",
    "constraints": "Constraints",
}
FIRST_QUESTIONS = 8  # groups are open until so many questions are in sight
_NO_SCRIPT = (
    "The checker needs JavaScript, because it runs its rules as Python in your browser. "
    "Without it, you can still read the options, questions and rules on this page."
)


def checker(decision: str, frame: Frame) -> Html:
    """One decision: answers, the next question, the verdict, all questions in groups."""
    known = frame.known.decisions[decision]
    mine = sorted(name for name in frame.verdicts if name.rpartition("-")[0] == decision)
    own = {
        "data-decision": decision,
        "data-label": known.label,
        "data-version": frame.shared.versions[decision],
        "data-known": " ".join(name.rpartition("-")[2] for name in mine),
    }
    box = el(
        "details",
        {"class": "check-describe"},
        el("summary", None, "Describe your workload in your own words instead"),
        text_box(),
    )
    parts = (
        status(),
        box,
        el("div", {"class": "check-read"}),
        el("div", {"class": "check"}, "\n", lines(*_columns(decision, frame)), "\n"),
        el("section", {"class": "system", "aria-label": "Your system so far", "hidden": True}),
    )
    return lines(
        el("noscript", None, el("p", {"class": "admonition warning"}, _NO_SCRIPT)),
        # Markdown knows no custom elements: inside a div it leaves them as they are.
        el(
            "div",
            None,
            el("decision-checker", {**attributes(frame), **own}, "\n", lines(*parts), "\n"),
        ),
        scripts(frame, "element.js"),
    )


def _columns(decision: str, frame: Frame) -> Iterator[Html]:
    """In the order of reading on a phone; a wide page has the verdict beside the rest."""
    yield el(
        "section",
        {"class": "check__answers", "aria-labelledby": "check-answers"},
        el("h2", {"id": "check-answers"}, "Your answers"),
        el(
            "p", {"class": "check__none"}, "Nothing yet. Answer what you know; leave the rest open."
        ),
    )
    yield el("section", {"class": "check__next", "aria-label": "Next question", "hidden": True})
    yield el(
        "section",
        {"class": "check__verdict", "aria-label": "Verdict", "id": "verdict"},
        "\n",
        el("h2", {"id": "check-options"}, "The options"),
        _options(decision, frame),
        "\n",
    )
    yield el(
        "form",
        {
            "class": "check__all",
            "novalidate": True,
            "data-search-exclude": True,
            "aria-labelledby": "check-all",
        },
        "\n",
        el("h2", {"id": "check-all"}, "All questions"),
        el("div", {"class": "check__errors", "hidden": True}),
        "\n",
        lines(*_groups(decision, frame)),
        "\n",
    )


def _options(decision: str, frame: Frame) -> Html:
    items = []
    for name in frame.known.decisions[decision].options:
        option = frame.known.options[name]
        link = el("a", {"href": frame.url(option.page), "data-option": name}, option.label)
        items.append(el("li", None, link, ": ", option.summary))
    return el("ul", {"class": "check__options"}, "\n", lines(*items), "\n")


def _groups(decision: str, frame: Frame) -> Iterator[Html]:
    """The questions in their groups; those after the first questions are folded."""
    fields = frame.known.decisions[decision].fields
    strengths = {
        name: {r.rule.strength for r in rules_of(decision, frame.known) if name in r.fields}
        for name in fields
    }
    shown = 0
    for group, title in GROUPS.items():
        mine = [name for name in fields if frame.known.fields[name].group == group]
        if mine:
            rows = [_field(name, frame.known.fields[name], strengths[name]) for name in mine]
            yield _group(title, rows, is_open=shown < FIRST_QUESTIONS)
            shown += len(mine)


def _group(title: str, rows: list[Html], *, is_open: bool) -> Html:
    count = f"{len(rows)} question" + ("s" if len(rows) > 1 else "")
    summary = el("summary", None, title, " ", el("span", None, count))
    box = el("div", {"role": "group", "aria-label": title}, "\n", lines(*rows), "\n")
    return el("details", {"class": "check__group", "open": is_open}, summary, "\n", box)


def _field(name: str, known: Field, strengths: Iterable[str]) -> Html:
    control = _select(name, known) if known.kind == "choice" else _input(name, known)
    parts = [
        el("label", {"for": f"q-{name}"}, known.label),
        control,
        el(
            "p",
            {"class": "check__hint", "id": f"q-{name}-hint"},
            f"{known.question} {_hint(known)}",
        ),
        el("p", {"class": "check__error", "id": f"q-{name}-error", "hidden": True}),
        *_priority(name, known, set(strengths)),
    ]
    kind = {"class": "check__field", "data-field": name, "data-label": known.label}
    return el("div", kind, "\n", lines(*parts), "\n")


def _priority(name: str, known: Field, strengths: set[str]) -> Iterator[Html]:
    """The priority of an answer, hidden until there is one; a platform limit has none."""
    choices = [("", "normal")]
    choices += [("hard", "must have")] if "prefer" in strengths else []
    choices += [("soft", "nice to have")] if "need" in strengths else []
    if len(choices) > 1:
        options = [el("option", {"value": value}, words) for value, words in choices]
        select = el(
            "select", {"data-mark": name, "aria-label": f"Priority of {known.label}"}, *options
        )
        yield el("p", {"class": "check__mark", "hidden": True}, "Priority ", select)


def _hint(known: Field) -> str:
    parts = [known.hint]
    if known.find:
        parts.append(f"Where to find it: {known.find}")
    return " ".join(parts)


def _input(name: str, known: Field) -> Html:
    example = f", for example {known.example}" if known.example else ""
    return el(
        "input",
        {
            "id": f"q-{name}",
            "name": name,
            "type": "text",
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": f"Not sure{example}",
            "aria-describedby": f"q-{name}-hint",
            "maxlength": "60",
        },
    )


def _select(name: str, known: Field) -> Html:
    options = [el("option", {"value": ""}, "Not sure")]
    options += [el("option", {"value": value}, label) for value, label in known.values.items()]
    described = {"id": f"q-{name}", "name": name, "aria-describedby": f"q-{name}-hint"}
    return el("select", described, "\n", lines(*options), "\n")
