"""``checker explain``, ``audit`` and ``options``: what the knowledge holds."""

import argparse
import json
import sys
from collections.abc import Iterable

from checker.cli.inputs import Commands, unknown_decisions
from checker.knowledge.loading import to_plain
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text
from checker.problems import did_you_mean
from checker.rules.audit import audit


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    explain = commands.add_parser("explain", help="a rule, a fact or an option with its source")
    explain.add_argument("name", help="for example INF001, serverless.max_payload")
    explain.set_defaults(run=_explain)
    check = commands.add_parser("audit", help="every decision on every edge of its rules")
    check.add_argument("decision", nargs="*")
    check.set_defaults(run=_audit)
    listing = commands.add_parser("options", help="decisions, their fields and options")
    listing.add_argument("decision", nargs="?")
    listing.set_defaults(run=_options)


def _explain(knowledge: Knowledge, options: argparse.Namespace) -> int:
    for section in ("rules", "facts", "options", "fields", "clashes", "services", "scenarios"):
        found = getattr(knowledge, section).get(options.name)
        if found is not None:
            plain = {section[:-1]: options.name, **to_plain(found)}
            if section == "facts":
                plain["text"] = fact_text(found, knowledge)
            print(json.dumps(plain, indent=2, ensure_ascii=False))
            return 0
    names = [*knowledge.rules, *knowledge.facts, *knowledge.options]
    hint = did_you_mean(options.name, names)
    print(f"E001 there is nothing called '{options.name}' ({hint})", file=sys.stderr)
    return 2


def _audit(knowledge: Knowledge, options: argparse.Namespace) -> int:
    if unknown_decisions(knowledge, options.decision):
        return 2
    findings = 0
    for name in options.decision or knowledge.decisions:
        found = audit(knowledge, name)
        findings += len(found.findings)
        print(
            f"{name}: {found.rules} rules, {found.options} options, {found.cases} cases, "
            f"{len(found.findings)} findings"
        )
        for finding in found.findings:
            print(f"  {finding.kind}: {finding.what}")
    return 1 if findings else 0


def _options(knowledge: Knowledge, options: argparse.Namespace) -> int:
    wanted = [options.decision] if options.decision else list(knowledge.decisions)
    if unknown_decisions(knowledge, wanted):
        return 2
    for name in wanted:
        print("\n".join(_decision_lines(knowledge, name)))
    return 0


def _decision_lines(knowledge: Knowledge, name: str) -> Iterable[str]:
    record = knowledge.decisions[name]
    yield f"{name}: {record.question}"
    for option in record.options:
        yield f"  {option}: {knowledge.options[option].label}"
    for field in record.fields:
        known = knowledge.fields[field]
        takes = ", ".join(known.values) or f"a number of {known.unit or 'units'}"
        yield f"  {field}=...  {known.question} [{takes}]"
