"""The rules of a decision as a table, and the limits of an option as a list."""

from checker.knowledge.model import Knowledge, Rule
from macros.draw.facts import source_links, with_facts
from macros.draw.html import Html, boxed_table, data_row, el, head_row, join, lines
from macros.pages.urls import relative_url


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
        link = {"class": "statement__source", "href": where, "data-search-exclude": True}
        body += [" ", el("a", link, f"checked {checked}")]
    name = el("code", {"class": "rule", "data-search-exclude": True}, key)
    return el("li", {"id": f"rule-{key}"}, *body, " ", name)


def rules_table(decision: str, known: Knowledge, page: str) -> Html:
    """All rules of a decision with strength, sentence and source."""
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
