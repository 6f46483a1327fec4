"""``checker explain``, ``audit`` and ``options``: what the knowledge holds."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from checker.cli.inputs import Commands, unknown_decisions
from checker.knowledge.loading import to_plain
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text
from checker.problems import Problem, did_you_mean
from checker.rules.audit import audit

SECTIONS = {
    "rules": "rule",
    "facts": "fact",
    "options": "option",
    "fields": "field",
    "decisions": "decision",
    "clashes": "clash",
    "services": "service",
    "scenarios": "scenario",
}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    explain = commands.add_parser("explain", help="a rule, a fact or an option with its source")
    explain.add_argument("name", help="for example INF001, serverless.max_payload")
    explain.set_defaults(run=_explain)
    check = commands.add_parser("audit", help="try every decision at the limits of its rules")
    check.add_argument("decision", nargs="*")
    check.set_defaults(run=_audit)
    listing = commands.add_parser("options", help="decisions, their fields and options")
    listing.add_argument("decision", nargs="?")
    listing.set_defaults(run=_options)


def _explain(knowledge: Knowledge, options: argparse.Namespace) -> int:
    entry, problem = explained(knowledge, options.name)
    if problem:
        print(f"{problem.code} {problem.message} ({problem.hint})", file=sys.stderr)
        return 2
    print(json.dumps(entry, indent=2, ensure_ascii=False))
    return 0


def explained(knowledge: Knowledge, name: str) -> tuple[dict[str, Any] | None, Problem | None]:
    """An entry of the knowledge as plain JSON, its sources with their addresses; or a problem."""
    for section, called in SECTIONS.items():
        if (found := getattr(knowledge, section).get(name)) is None:
            continue
        plain = {called: name, **to_plain(found)}
        if section == "facts":
            plain["text"] = fact_text(found, knowledge)
            plain["sources"] = [
                {**cited, "url": knowledge.sources[cited["source"]].url}
                for cited in plain["sources"]
            ]
        return plain, None
    names = [*knowledge.rules, *knowledge.facts, *knowledge.options]
    hint = did_you_mean(name, names)
    return None, Problem("E001", "name", f"there is nothing called '{name[:60]}'", hint)


def page_of(knowledge: Knowledge, name: str) -> str:
    """The page of the site that shows an entry, relative to its root."""
    if name in knowledge.options:
        path = knowledge.options[name].page.partition("#")[0].removesuffix(".md")
        return f"{path.removesuffix('index')}/".replace("//", "/")
    if name in knowledge.decisions:
        return f"check/{name}/"
    return "limits/" if name in knowledge.facts else "decisions/"


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
