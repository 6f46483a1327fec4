"""Scenarios as practice, and the limits of an option, drawn from the rules."""

from collections.abc import Iterable
from urllib.parse import quote

from checker.knowledge.model import Knowledge, Rule, Scenario
from macros.draw.edit_links import NOWHERE, SourceLinks
from macros.draw.facts import source_links, with_facts
from macros.draw.html import Html, boxed_table, data_row, el, head_row, join, lines
from macros.pages.source import relative_url

_STATES = {
    "nothing-fits": "No option fits.",
    "ask-for-more": "Too little is known to decide.",
    "out-of-scope": "This is outside what the checker decides.",
}


def practice(
    scenarios: Iterable[tuple[str, Scenario]],
    known: Knowledge,
    page: str,
    source: SourceLinks = NOWHERE,
) -> Html:
    """A list of situations, each with its answer behind a click."""
    items = [_item(key, scenario, known, page, source) for key, scenario in scenarios]
    return el("ol", {"class": "practice"}, lines(*items)) if items else Html("")


def _item(key: str, scenario: Scenario, known: Knowledge, page: str, source: SourceLinks) -> Html:
    edit = source.edit("scenarios", key, scenario.text, "Edit this scenario")
    answer = el(
        "details",
        None,
        el("summary", None, "Show the answer"),
        el(
            "p",
            None,
            el("strong", None, _expected(scenario, known)),
            " ",
            with_facts(scenario.why, known, page),
        ),
        el("p", None, _try_it(scenario, page), " ", edit),
    )
    origin = el("span", {"class": "kind"}, "from the notes") if scenario.origin == "seed" else ""
    return el("li", {"id": f"scenario-{key}"}, el("p", None, scenario.text, " ", origin), answer)


def _expected(scenario: Scenario, known: Knowledge) -> str:
    if not scenario.expect:
        return _STATES[scenario.state]
    return " or ".join(known.options[option].label for option in scenario.expect) + "."


def _try_it(scenario: Scenario, page: str) -> Html:
    query = "&".join(f"{name}={quote(text)}" for name, text in sorted(scenario.answers.items()))
    return checker_link(scenario.decision, query, "See the checker's verdict", page)


def checker_link(decision: str, query: str, text: str, page: str) -> Html:
    """A link to the checker with answers filled in; ``query`` as in an address."""
    href = relative_url("check.md", page) + f"?decision={decision}" + (f"&{query}" if query else "")
    return el("a", {"class": "checker-link", "href": f"{href}#{decision}"}, text)


def limits_of(option: str, known: Knowledge, page: str) -> Html:
    """The platform limits and the strong reasons against an option, from its rules."""
    rules = [(k, r) for k, r in known.rules.items() if option in r.options]
    hard = [_limit(k, r, known, page) for k, r in rules if r.strength == "must"]
    wishes = [_limit(k, r, known, page) for k, r in rules if r.strength == "need"]
    parts = [el("ul", {"class": "limits"}, lines(*hard))] if hard else []
    if wishes:
        parts.append(el("p", None, "Not limits of the platform, but usually reason enough:"))
        parts.append(el("ul", {"class": "limits limits--wishes"}, lines(*wishes)))
    return lines(*parts)


def _limit(key: str, rule: Rule, known: Knowledge, page: str) -> Html:
    body: list[str] = [with_facts(rule.reason, known, page)]
    if rule.fact:
        where = relative_url(f"limits.md#{rule.fact}", page)
        checked = known.facts[rule.fact].checked
        body += [" ", el("a", {"class": "statement__source", "href": where}, f"checked {checked}")]
    return el("li", {"id": f"rule-{key}"}, *body, " ", el("code", {"class": "rule"}, key))


def rules_table(decision: str, known: Knowledge, page: str) -> Html:
    """All rules of a decision with strength, sentence and source: what the checker goes by."""
    options = set(known.decisions[decision].options)
    rows = [
        _rule_row(key, rule, known, page)
        for key, rule in known.rules.items()
        if options & set(rule.options)
    ]
    head = head_row("Rule", "Strength", "Options", "Says", "Source")
    return boxed_table(f"Rules: {known.decisions[decision].label}", head, rows, "facts")


def _rule_row(key: str, rule: Rule, known: Knowledge, page: str) -> Html:
    labels = [known.options[option].label for option in rule.options]
    strength = rule.strength + (f" {rule.weight}" if rule.strength == "prefer" else "")
    sources = join(source_links(known.facts[rule.fact], known)) if rule.fact else ""
    says = with_facts(rule.reason, known, page)
    return data_row(key, strength, ", ".join(labels), says, sources, row_id=f"rule-{key}")
