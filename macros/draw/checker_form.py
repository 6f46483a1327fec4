"""The checker's forms as plain HTML: useful before Python is there, and without it."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from checker.knowledge.loading import to_plain
from checker.knowledge.model import Field, Knowledge
from checker.rules.evaluation import Prepared, prepare
from checker.units import accepted_units
from macros.draw.html import Html, el, lines
from macros.draw.tag_explorer import further_reading
from macros.pages.sections import Tagged
from macros.pages.urls import relative_url
from macros.runtime.bundle import PACKED, WORDS, Runtime

_NO_SCRIPT = (
    "The checker needs JavaScript, because it runs its rules as Python in your browser. "
    "Without it, the comparison tables and the rules on this page say the same."
)


def checker(
    decisions: Iterable[str],
    known: Knowledge,
    runtime: Runtime,
    page: str,
    tagged: Tagged = (),
) -> Html:
    """The scenario box and the forms of the decisions, in one custom element.

    Without names, every decision has its form. ``tagged`` is what the tag explorer lists.
    """
    names = list(decisions) or list(known.decisions)
    fetched = (size for path, size in runtime.files if not path.endswith((".mjs", PACKED, WORDS)))
    attributes = {
        "data-core": relative_url(runtime.path, page),
        "data-checker": relative_url(runtime.checker_path, page),
        "data-bytes": str(sum(fetched)),
    }
    script = relative_url("assets/checker/element.js", page)
    # Here from the start, so that nothing moves when the script comes.
    status = el("p", {"class": "checker__status", "role": "status", "aria-live": "polite"})
    parts = [part for box in (status, _scenario_box()) for part in (box, "\n")]
    forms = [_form(name, known, tagged) for name in names]
    return lines(
        el("noscript", None, el("p", {"class": "admonition warning"}, _NO_SCRIPT)),
        # Markdown knows no custom elements: inside a div it leaves them as they are.
        el("div", None, el("decision-checker", attributes, "\n", *parts, *forms)),
        el("script", {"type": "module", "src": script}),
    )


def _scenario_box() -> Html:
    """The box for plain sentences; what it reads fills the forms below."""
    return el(
        "form",
        {"class": "scenario", "novalidate": True},
        "\n",
        el("label", {"for": "scenario-text"}, "Describe the situation in your own words"),
        "\n",
        el(
            "textarea",
            {
                "id": "scenario-text",
                "rows": "3",
                "placeholder": "3.5 MB payload, 45 s, a few requests a day",
                "aria-describedby": "scenario-hint",
            },
        ),
        "\n",
        el(
            "p",
            {"class": "checker__hint", "id": "scenario-hint"},
            "It is read here in your browser, word by word, and shown in the forms below. "
            "Nothing counts until a form shows it.",
        ),
        "\n",
        el("button", {"type": "submit", "class": "md-button md-button--primary"}, "Read it"),
        "\n",
        el("div", {"class": "scenario__reading"}),
        "\n",
    )


def _form(name: str, known: Knowledge, tagged: Tagged) -> Html:
    decision = known.decisions[name]
    rules = _rules(name, known)
    fields = [_field(name, key, known.fields[key], rules) for key in decision.fields]
    attributes = {
        "data-decision": name,
        "data-label": decision.label,
        "data-rules": _version(name, known, rules),
        "data-more": json.dumps(further_reading(name, known, tagged)),
        "data-checked": max((f.checked for f in known.facts.values()), default=""),
        "novalidate": True,
    }
    form = el(
        "form",
        attributes,
        "\n",
        el("div", {"class": "checker__errors", "hidden": True}),
        "\n",
        el("div", {"class": "checker__fields"}, "\n", lines(*fields), "\n"),
        "\n",
        _actions(),
        "\n",
    )
    verdict = el(
        "section", {"class": "checker__verdict", "aria-label": f"{decision.label}: verdict"}
    )
    summary = el(
        "summary",
        None,
        el("h2", {"id": name}, decision.label),
        " ",
        el("span", {"class": "checker__question"}, decision.question),
    )
    body = el("div", {"class": "checker__body"}, form, "\n", verdict)
    return el("details", {"class": "checker", "data-for": name}, summary, "\n", body, "\n")


def _actions() -> Html:
    check = el("button", {"type": "submit", "class": "md-button md-button--primary"}, "Check")
    clear = el("button", {"type": "reset", "class": "md-button"}, "Clear")
    return el("p", {"class": "checker__actions"}, check, " ", clear)


def _rules(name: str, known: Knowledge) -> tuple[Prepared, ...]:
    by_id = {r.id: r for rules in prepare(known, name).options.values() for r in rules}
    return tuple(by_id.values())


def _version(name: str, known: Knowledge, rules: Iterable[Prepared]) -> str:
    """A short name for what a verdict rests on, so that a link can tell that it changed since."""
    used = {
        "decision": to_plain(known.decisions[name]),
        "rules": {r.id: to_plain(r.rule) for r in rules},
        # The compiled limits: a fact that moves changes a verdict as well as a rule does.
        "limits": {r.id: to_plain(r.node) for r in rules},
    }
    text = json.dumps(used, sort_keys=True, default=_settled)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _settled(value: object) -> object:
    """A set in one order, as its own differs from build to build; an exact number as its text."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _field(decision: str, key: str, known: Field, rules: Iterable[Prepared]) -> Html:
    control = _select if known.kind == "choice" else _input
    name = f"{decision}-{key}"
    unit = f" ({known.unit})" if known.unit else ""
    return el(
        "div",
        {"class": "checker__field", "data-field": key},
        "\n",
        el("label", {"for": name}, known.question, unit),
        "\n",
        control(name, key, known),
        "\n",
        el("p", {"class": "checker__hint", "id": f"{name}-hint"}, _hint(known)),
        "\n",
        el("p", {"class": "checker__error", "id": f"{name}-error", "hidden": True}),
        "\n",
        *_mark(name, key, rules),
    )


def _mark(name: str, key: str, rules: Iterable[Prepared]) -> Iterator[Html | str]:
    """How much an answer counts: a wish can be made firm, and a firm one a mere wish.

    Hidden until the question is answered; limits of the platform leave no choice.
    """
    strengths = {r.rule.strength for r in rules if key in r.fields}
    choices = [("", "as usual")]
    choices += [("hard", "firmly: rule out what misses it")] if "prefer" in strengths else []
    choices += [("soft", "as a wish only")] if "need" in strengths else []
    if len(choices) > 1:
        select = el(
            "select",
            {"id": f"{name}-mark", "data-mark": key},
            *(el("option", {"value": value}, words) for value, words in choices),
        )
        label = el("label", {"for": f"{name}-mark"}, "This counts ")
        yield el("p", {"class": "checker__mark", "hidden": True}, label, select)
        yield "\n"


def _hint(known: Field) -> str:
    parts = [known.hint]
    if known.kind == "quantity":
        parts.append(f"Accepted: {accepted_units(known.unit)}.")
    if known.find:
        parts.append(f"Where to find it: {known.find}")
    return " ".join(parts)


def _input(name: str, key: str, known: Field) -> Html:
    return el(
        "input",
        {
            "id": name,
            "name": key,
            "type": "text",
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": f"not sure (for example {known.example})"
            if known.example
            else "not sure",
            "aria-describedby": f"{name}-hint",
            "maxlength": "60",
        },
    )


def _select(name: str, key: str, known: Field) -> Html:
    options = [el("option", {"value": ""}, "Not sure")]
    options += [el("option", {"value": value}, label) for value, label in known.values.items()]
    return el(
        "select",
        {"id": name, "name": key, "aria-describedby": f"{name}-hint"},
        "\n",
        lines(*options),
        "\n",
    )
