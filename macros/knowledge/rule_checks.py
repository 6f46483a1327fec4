"""No rule beside its fact: each number is a fact's, each reason can be read, no limit is idle."""

from collections.abc import Iterator

from checker.knowledge.model import Condition, Knowledge
from checker.knowledge.references import UnknownReference
from checker.rules.conditions import Bound, Node, compile_condition, inputs, leaves
from macros.knowledge.lookups import Finding


def check_grounds(known: Knowledge) -> Iterator[Finding]:
    """A hard rule has a sentence for either outcome, and a typed number is called judgement."""
    for key, rule in known.rules.items():
        here = ("rules", key)
        if rule.strength != "prefer" and not rule.support:
            message = "no sentence that speaks for its options where it holds"
            yield here, "K045", message, "add support: what a person reads under 'because'"
        if rule.judgement:
            continue
        for leaf in _bounds(known, rule.when):
            if _chosen(known, leaf):
                message = f"the number {leaf.limit:g} for '{leaf.field}' does not come from a fact"
                hint = "name the fact that holds it, or add judgement: true"
                yield (*here, "when"), "K046", message, hint


def _bounds(known: Knowledge, condition: Condition) -> Iterator[Bound]:
    """The limits of a condition; one that cannot be compiled is told elsewhere."""
    try:
        node: Node = compile_condition(condition, known)
    except UnknownReference:
        return
    yield from (leaf for leaf in leaves(node) if isinstance(leaf, Bound))


def _chosen(known: Knowledge, leaf: Bound) -> bool:
    """Whether somebody chose the number; none, one and all of it are words and no limits."""
    all_of_it = leaf.limit == 100 and known.fields[leaf.field].unit == "%"
    return leaf.fact is None and leaf.limit not in (0, 1) and not all_of_it


def check_unused_limits(known: Knowledge) -> Iterator[Finding]:
    """A hard limit has a rule, a cell, a clash or a setting, or the reason why it has none."""
    used = set(_used(known))
    kept = {setting.fact for setting in known.settings.values()}
    for key, fact in known.facts.items():
        if fact.kind != "hard-limit":
            continue
        if key not in used | kept and not fact.unruled:
            hint = "add the rule, or unruled: why none uses it"
            yield ("facts", key), "K047", "a hard limit that no rule uses", hint
        if key in used and fact.unruled:
            hint = "remove unruled"
            yield ("facts", key, "unruled"), "K048", "a rule or a cell uses this limit", hint


def _used(known: Knowledge) -> Iterator[str]:
    """Every fact behind a rule, a cell or a clash."""
    for rule in known.rules.values():
        yield from [rule.fact] if rule.fact else []
        for leaf in _bounds(known, rule.when):
            yield from _owners(leaf.fact)
    for capability in known.capabilities.values():
        for cell in capability.cells.values():
            yield from _owners(cell.fact)
            yield from _owners(cell.limit)
    yield from (clash.fact for clash in known.clashes.values())


def _owners(reference: str | None) -> Iterator[str]:
    """A fact, or the fact that a part belongs to."""
    if reference:
        yield reference
        yield reference.rpartition(".")[0]


def check_unread_questions(known: Knowledge) -> Iterator[Finding]:
    """A decision asks nothing that none of its rules reads."""
    read: dict[str, set[str]] = {key: set() for key in known.decisions}
    for rule in known.rules.values():
        owners = {known.options[name].decision for name in rule.options if name in known.options}
        try:
            names = set(inputs(compile_condition(rule.when, known, rule.options)))
        except UnknownReference:
            return
        for owner in owners & read.keys():
            read[owner] |= names
    for key, decision in known.decisions.items():
        for index, name in enumerate(decision.fields):
            if name in known.fields and name not in read[key]:
                place = ("decisions", key, "fields", index)
                message = f"no rule of '{key}' reads the question '{name}'"
                yield place, "K049", message, "add a rule with it, or do not ask it"


def check_decided(known: Knowledge) -> Iterator[Finding]:
    """Each option has a rule, and each decision a scenario, where any is there at all."""
    named = {name for rule in known.rules.values() for name in rule.options}
    practised = {scenario.decision for scenario in known.scenarios.values()}
    for key, decision in known.decisions.items():
        for name in decision.options:
            if name in known.options and name not in named:
                hint = "add the rule that says when it fits"
                yield ("options", name), "K051", f"no rule is about '{name}'", hint
        if key not in practised:
            hint = "add one for each option: a situation, and the option that it leads to"
            yield ("decisions", key), "K052", f"no scenario is about '{key}'", hint
