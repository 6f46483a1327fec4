"""Macros about decisions: the checker, rules, diagrams, the audit, configurations and costs."""

import json

from macros.draw import (
    accuracy,
    audit,
    checker_form,
    checker_hub,
    configuration,
    cost,
    decision_map,
    decision_tree,
    rules,
    scenarios,
)
from macros.draw.html import Html
from macros.files import FAULT_TABLE, FIGURES
from macros.registry.declaration import Site, macro


@macro("limits_of", takes="options")
def _limits_of(site: Site, page: str, option: str) -> Html:
    return rules.limits_of(option, site.known, page)


@macro("rules_of", takes="decisions")
def _rules_of(site: Site, page: str, decision: str) -> Html:
    return rules.rules_table(decision, site.known, page)


@macro("checker_link", takes="decisions", first_only=True)
def _checker_link(site: Site, page: str, decision: str, query: str, text: str) -> Html:
    return scenarios.checker_link(decision, query, text, page)


@macro("decision_map")
def _decision_map(site: Site, page: str) -> Html:
    return decision_map.decision_map(site.known, page)


@macro("decision_diagram", takes="decisions")
def _decision_diagram(site: Site, page: str, decision: str) -> Html:
    return decision_tree.diagram(decision, site.known, page)


@macro("reading_accuracy")
def _reading_accuracy(site: Site, page: str) -> Html:
    return accuracy.accuracy_table(json.loads(FIGURES.read_bytes()), site.known)


@macro("configuration_checker")
def _configuration_checker(site: Site, page: str) -> Html:
    return configuration.configuration_checker(site.inputs.runtime, page)


@macro("fault_table")
def _fault_table(site: Site, page: str) -> Html:
    return configuration.fault_table(json.loads(FAULT_TABLE.read_bytes()))


@macro("fault_counts")
def _fault_counts(site: Site, page: str) -> Html:
    return configuration.fault_counts(json.loads(FAULT_TABLE.read_bytes()))


@macro("audit_table")
def _audit_table(site: Site, page: str) -> Html:
    return audit.audit_table(site.known)


@macro("cost_comparison")
def _cost_comparison(site: Site, page: str) -> Html:
    return cost.comparison(site.known, site.inputs.runtime, page)


@macro("cost_formulas")
def _cost_formulas(site: Site, page: str) -> Html:
    return cost.formulas()


@macro("checker", takes="decisions")
def _checker(site: Site, page: str, decision: str) -> Html:
    return checker_form.checker(decision, site.frame(page))


@macro("checker_hub")
def _checker_hub(site: Site, page: str) -> Html:
    return checker_hub.hub(site.frame(page))
