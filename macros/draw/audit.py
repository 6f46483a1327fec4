"""The audit of the rules as a page shows it, kept between builds."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from checker.knowledge.loading import to_plain
from checker.knowledge.model import Knowledge
from checker.rules.audit import Audit, Finding, audit
from checker.rules.conditions import Bound, leaves
from checker.rules.evaluation import Prepared, Ruleset, prepare
from macros.draw.html import Html, boxed_table, data_row, head_row, lines
from macros.files import ROOT, write_if_changed

CACHE = ROOT / ".cache" / "audit.json"


def audit_table(known: Knowledge) -> Html:
    """One row for each decision: the cases tried, and the findings."""
    rows = [
        data_row(
            known.decisions[found.decision].label,
            *(f"{number:,}" for number in (found.rules, found.options, found.cases)),
            "; ".join(f"{item.kind}: {item.what}" for item in found.findings) or "none",
        )
        for found in audits(known)
    ]
    head = head_row("Decision", "Rules", "Options", "Cases tried", "Findings")
    drawn = boxed_table("Audit of this build", head, rows, "comparison")
    return lines(drawn, _limits_without_rule(known))


def _limits_without_rule(known: Knowledge) -> Html:
    """The hard limits that no rule uses, each with the reason."""
    rows = [data_row(f.label, f.unruled) for f in known.facts.values() if f.unruled]
    head = head_row("Hard limit", "Why no rule uses it")
    return boxed_table("Hard limits without a rule", head, rows, "comparison")


def audits(known: Knowledge) -> list[Audit]:
    """Every decision's audit; kept between builds until something that it rests on changes."""
    kept = json.loads(CACHE.read_bytes()) if CACHE.is_file() else {}
    code = [file.read_bytes() for file in sorted((ROOT / "checker").rglob("*.py"))]
    states = {name: _state(prepare(known, name), known, code) for name in known.decisions}
    now = {s: kept.get(s) or asdict(audit(known, name)) for name, s in states.items()}
    write_if_changed(CACHE, json.dumps(now).encode())
    return [
        Audit(**{**item, "findings": tuple(Finding(**one) for one in item["findings"])})
        for item in now.values()
    ]


def _state(ruleset: Ruleset, known: Knowledge, code: Iterable[bytes]) -> str:
    """What one decision's audit depends on: its rules with their limits, its fields, the code."""
    rules = {rule.id: rule for group in ruleset.options.values() for rule in group}
    data = {
        "decision": [ruleset.decision, list(ruleset.options)],
        "rules": {name: to_plain(rule.rule) for name, rule in rules.items()},
        "limits": {name: _limits(rule) for name, rule in rules.items()},
        "fields": {name: to_plain(known.fields[name]) for name in ruleset.fields},
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode())
    for part in code:
        digest.update(part)
    return digest.hexdigest()


def _limits(rule: Prepared) -> list[tuple[str, str, float]]:
    """The numbers of the facts that a rule names."""
    bounds = (leaf for leaf in leaves(rule.node) if isinstance(leaf, Bound))
    return [(bound.field, bound.op, bound.limit) for bound in bounds]
