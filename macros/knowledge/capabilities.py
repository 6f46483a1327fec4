"""What options can do, tied to the rules: no limit without a rule, and no rule without a limit.

A cell says what an option can do of a capability; a rule rejects the option where a person needs
it. Each is tried against the other: the answers of somebody who needs the capability have to
break a rule of the option where the cell says no, and may break none where it says yes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.knowledge.answers import Answer
from checker.knowledge.model import Capability, Cell, Knowledge, Rule
from checker.knowledge.references import UnknownReference, measure
from checker.problems import did_you_mean
from checker.rules.conditions import Bound, Node, compile_condition, inputs, leaves, truth
from checker.units import convert
from macros.knowledge.lookups import Finding

COMPARING = frozenset(
    {"K038", "K047", "K048", "K049", "K051", "K052", "K083", "K084", "K085", "K086", "K087"}
)
"""Findings that compare entries: they say nothing while an entry has faults that are its own."""
DECISIONS = ("inference", "endpoint-type", "rollout")
"""Whose platform limits all have a cell."""
_EVERY = re.compile(r"(?i)(?:every|each|all)\b[^.]*\b(?:has|have|supports?|accepts?|do|does)\b")
_EITHER = ("undocumented", "disputed")


@dataclass(frozen=True)
class Hold:
    """A rule that holds a cell: the rule, the option that it rejects, and what it comes to."""

    rule: str
    option: str
    truth: bool | None


def check_capabilities(known: Knowledge) -> Iterator[Finding]:
    """Cells name what exists, are complete for a decision, and agree with the rules both ways."""
    nodes = _nodes(known)
    covered: set[tuple[str, str]] = set()
    for key, capability in known.capabilities.items():
        here = ("capabilities", key)
        yield from _complete(known, here, capability)
        for option, cell in capability.cells.items():
            path = (*here, "cells", option)
            yield from _evidence(known, path, cell)
            if option not in known.options or known.options[option].decision not in known.decisions:
                continue
            holds = list(_holds(known, nodes, capability, option, cell))
            covered |= {(hold.rule, hold.option) for hold in holds}
            yield from _agrees(known, path, capability, cell, holds)
    yield from _uncovered(known, nodes, covered)
    yield from _tabled(known)


def _tabled(known: Knowledge) -> Iterator[Finding]:
    """What a table's column "Not supported" names is no yes in the matrix."""
    for key, table in known.tables.items():
        if "Not supported" not in table.columns:
            continue
        column = table.columns.index("Not supported")
        for number, row in enumerate(table.rows):
            for option in _labelled(known, row.label):
                for name in _denied(known, option, row.cells[column]):
                    place = ("tables", key, "rows", number)
                    message = f"not supported: {name}, and the cell of '{option}' says yes"
                    yield place, "K087", message, "one of the two is wrong"


def _labelled(known: Knowledge, label: str) -> Iterator[str]:
    """The options of the decisions that a row's label names."""
    for decision in DECISIONS:
        for option in known.decisions[decision].options if decision in known.decisions else ():
            record = known.options.get(option)
            if record and record.label.lower().startswith(label.lower()):
                yield option


def _denied(known: Knowledge, option: str, text: str) -> Iterator[str]:
    """The capabilities that a text names and the option has."""
    for key, capability in known.capabilities.items():
        cell = capability.cells.get(option)
        named = any(word.lower() in text.lower() for word in capability.words)
        if cell and cell.state == "yes" and not cell.says and named:
            yield key


def _hard(rule: Rule) -> bool:
    return rule.strength != "prefer" and rule.era != "exam"


def _nodes(known: Knowledge) -> Mapping[str, Node]:
    """The hard rules of today that can be compiled; others are told elsewhere."""
    found = {}
    for key, rule in known.rules.items():
        if _hard(rule):
            try:
                found[key] = compile_condition(rule.when, known, rule.options)
            except UnknownReference:
                continue
    return found


def _complete(known: Knowledge, here: tuple[str, str], capability: Capability) -> Iterator[Finding]:
    asked_for = [*capability.asks, *([capability.quantity] if capability.quantity else [])]
    for kind, names, section in (
        ("option", [*capability.cells, *capability.options], known.options),
        ("field", asked_for, known.fields),
    ):
        for name in names:
            if name not in section:
                where = (*here, "cells", name) if name in capability.cells else here
                yield where, "K005", f"unknown {kind} '{name}'", did_you_mean(name, section)
    for decision, name in _expected(known, capability):
        if name not in capability.cells:
            message = f"no cell for option '{name}' of decision '{decision}'"
            yield (*here, "cells"), "K080", message, "each option of a decision has a cell"
    yield from _denied_by_a_cell(here, capability)
    if bool(asked_for or capability.options) is bool(capability.unasked):
        hint = "say asks, quantity or options, or why no question is about it: unasked"
        yield here, "K081", "a capability needs a question, or the reason why it has none", hint


def _denied_by_a_cell(here: tuple[str, str], capability: Capability) -> Iterator[Finding]:
    """A reason that speaks of every option, beside a cell that is not yes."""
    if not _EVERY.match(capability.unasked or ""):
        return
    for option, cell in capability.cells.items():
        if cell.state != "yes":
            message = f"the cell says {cell.state}, and unasked says '{capability.unasked}'"
            yield (*here, "cells", option), "K088", message, "one of the two is wrong"


def _expected(known: Knowledge, capability: Capability) -> Iterator[tuple[str, str]]:
    """Every option of each decision that has a cell."""
    mine = {known.options[name].decision for name in capability.cells if name in known.options}
    for decision in sorted(mine & known.decisions.keys()):
        yield from ((decision, name) for name in known.decisions[decision].options)


def _evidence(known: Knowledge, path: tuple[str | int, ...], cell: Cell) -> Iterator[Finding]:
    if cell.fact and cell.fact not in known.facts:
        hint = did_you_mean(cell.fact, known.facts)
        yield (*path, "fact"), "K005", f"unknown fact '{cell.fact}'", hint
    if not (cell.fact or (cell.has and cell.state == "yes")):
        yield path, "K082", f"a cell '{cell.state}' without a fact", "add fact: what says so"
    if (cell.state == "limit") is not bool(cell.limit) and cell.state != "disputed":
        hint = "a cell with state: limit, and no other, names the fact of its limit"
        yield path, "K082", f"state {cell.state} does not go with limit {cell.limit}", hint
    if cell.limit and cell.limit != cell.fact:
        try:
            measure(cell.limit, known)
        except UnknownReference as error:
            yield (*path, "limit"), "K021", str(error), error.hint
    fact = known.facts.get(cell.fact or "")
    if cell.state == "disputed" and fact and not fact.disputed:
        message = f"fact '{cell.fact}' is not disputed"
        yield path, "K082", message, "say in the fact who publishes something else"


def _holds(
    known: Knowledge, nodes: Mapping[str, Node], capability: Capability, option: str, cell: Cell
) -> Iterator[Hold]:
    """The hard rules that somebody who needs the capability of this option meets."""
    fields = known.decisions[known.options[option].decision].fields
    asks = {name: value for name, value in capability.asks.items() if name in fields}
    for key, node in nodes.items():
        rule = known.rules[key]
        if option in rule.options:
            yield from _own(known, key, node, capability, option, cell, asks)
        means = known.options[option].means
        for other in sorted(set(capability.options) & set(rule.options)):
            if means and not means.keys().isdisjoint(inputs(node)):
                yield from _tried(key, other, node, {**means, **cell.given})


def _own(
    known: Knowledge,
    key: str,
    node: Node,
    capability: Capability,
    option: str,
    cell: Cell,
    asks: Mapping[str, Answer],
) -> Iterator[Hold]:
    if asks and not asks.keys().isdisjoint(inputs(node)):
        yield from _tried(key, option, node, {**asks, **cell.given})
    if capability.quantity and cell.limit:
        limit = _in_unit(known, cell.limit, capability.quantity)
        mine = (x for x in leaves(node) if isinstance(x, Bound) and x.field == capability.quantity)
        if any(leaf.limit == limit for leaf in mine):
            yield Hold(key, option, False)


def _tried(key: str, option: str, node: Node, answers: Mapping[str, Answer]) -> Iterator[Hold]:
    found = truth(node, answers)
    if found is not True:
        yield Hold(key, option, found)


def _in_unit(known: Knowledge, limit: str, field: str) -> float | None:
    try:
        value, unit = measure(limit, known)
    except UnknownReference:
        return None
    if isinstance(value, str) or field not in known.fields:
        return None
    return convert(value, unit, known.fields[field].unit)


def _agrees(
    known: Knowledge,
    path: tuple[str | int, ...],
    capability: Capability,
    cell: Cell,
    holds: list[Hold],
) -> Iterator[Finding]:
    """Whether the rules say what the cell says, on each option that it is about."""
    broken = [hold for hold in holds if hold.truth is False]
    must = [hold for hold in broken if known.rules[hold.rule].strength == "must"]
    if cell.state == "yes" and must:
        message = f"the cell says yes, and rule {must[0].rule} rejects '{must[0].option}'"
        yield path, "K083", message, "one of the two is wrong"
    if capability.unasked or cell.unasked or cell.state == "yes":
        return
    targets = list(_targets(known, capability, str(path[-1]), cell))
    for option in targets:
        mine = [hold for hold in broken if hold.option == option]
        doubted = [h for h in holds if h.option == option and _doubts(known, h, cell)]
        facts = {known.rules[hold.rule].fact for hold in mine}
        if not mine and not doubted:
            message = f"the cell says {cell.state}, and no hard rule on '{option}' does"
            yield path, "K084", message, "add a rule, or say unasked: why none is about it"
        elif option == targets[0] and not doubted and cell.fact not in facts:
            others = ", ".join(sorted(map(str, facts)))
            yield path, "K085", f"the cell rests on {cell.fact}, its rule on {others}", "one fact"


def _doubts(known: Knowledge, hold: Hold, cell: Cell) -> bool:
    return cell.state in _EITHER and known.rules[hold.rule].doubt == cell.state


def _targets(known: Knowledge, capability: Capability, option: str, cell: Cell) -> Iterator[str]:
    """The options that a rule rejects where the cell says no: its own, and those that need it."""
    fields = known.decisions[known.options[option].decision].fields
    if (capability.quantity and cell.limit) or not capability.asks.keys().isdisjoint(fields):
        yield option
    if known.options[option].means:
        yield from capability.options


def _uncovered(
    known: Knowledge, nodes: Mapping[str, Node], covered: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Platform limits of the three decisions, and of what depends on the serving, have a cell."""
    for key, node in nodes.items():
        rule = known.rules[key]
        if rule.strength != "must":
            continue
        for option in rule.options:
            if (key, option) not in covered and _belongs(known, rule, option, node):
                message = f"no cell of a capability says this about '{option}'"
                yield ("rules", key), "K086", message, "add the cell under capabilities"


def _belongs(known: Knowledge, rule: Rule, option: str, node: Node) -> bool:
    record = known.options.get(option)
    service = known.services.get(record.service or "") if record else None
    if record is None or (service and service.status == "ended"):
        return False
    if record.decision in DECISIONS or "serving" not in known.fields:
        return record.decision in DECISIONS
    return any(truth(node, {"serving": way}) is False for way in known.fields["serving"].values)
