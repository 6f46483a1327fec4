"""The checker's forms as plain HTML: useful before Python is there, and without it."""

from collections.abc import Iterable

from checker.model import Field, Knowledge
from checker.quantity import accepted_units
from macros.html import Html, el, lines
from macros.pages import relative_url
from macros.runtime import Runtime

_NO_SCRIPT = (
    "The checker needs JavaScript, because it runs its rules as Python in your browser. "
    "Without it, the comparison tables and the rules on this page say the same."
)


def checker(decisions: Iterable[str], known: Knowledge, runtime: Runtime, page: str) -> Html:
    """The forms of one or more decisions in one custom element."""
    names = list(decisions)
    attributes = {
        "data-core": relative_url(runtime.path, page),
        "data-checker": relative_url(runtime.checker_path, page),
        "data-bytes": str(runtime.total_bytes),
        "data-home": relative_url("index.md", page),
    }
    script = relative_url("assets/checker/element.js", page)
    forms = [_form(name, known, page) for name in names]
    return lines(
        el("noscript", None, el("p", {"class": "admonition warning"}, _NO_SCRIPT)),
        # Markdown knows no custom elements: inside a div it leaves them as they are.
        el("div", None, el("decision-checker", attributes, "\n", *forms)),
        el("script", {"type": "module", "src": script}),
    )


def _form(name: str, known: Knowledge, page: str) -> Html:
    decision = known.decisions[name]
    head = el("h2", {"id": name}, decision.label)
    form = el(
        "form",
        {"data-decision": name, "data-label": decision.label, "novalidate": True},
        "\n",
        el("p", {"class": "checker__question"}, decision.question),
        "\n",
        el("div", {"class": "checker__errors", "hidden": True}),
        "\n",
        lines(*(_field(name, key, known.fields[key]) for key in decision.fields)),
        "\n",
        el(
            "p",
            {"class": "checker__actions"},
            el("button", {"type": "submit", "class": "md-button md-button--primary"}, "Check"),
            " ",
            el("button", {"type": "reset", "class": "md-button"}, "Clear"),
        ),
        "\n",
    )
    verdict = el("section", {"class": "checker__verdict", "aria-labelledby": f"{name}-verdict"})
    return el("div", {"class": "checker", "data-for": name}, head, "\n", form, "\n", verdict, "\n")


def _field(decision: str, key: str, known: Field) -> Html:
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
    )


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
