"""A small knowledge.yml cut out of the real one: one decision and everything that it names.

Real entries, so that a mutation is one that a person could make, in one fixed style, in a file
that reads in no time. The fact that most mutations edit is the exception: its numbers, quotes and
days are fixed here, so that a correction of the real fact breaks no mutation.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.knowledge.loading import to_plain
from macros.draw.facts import owner
from tests.support import known

DECISION = "inference"
MUTATED = "serverless.max_payload"
_FIXED = """
sources:
  serverless-endpoints-invoke:
    title: Invoke a serverless endpoint
    url: https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html
  deploy-model-options:
    title: Inference options in Amazon SageMaker AI
    url: https://docs.aws.amazon.com/sagemaker/latest/dg/deploy-model-options.html
fact:
  label: Largest request, serverless inference
  kind: hard-limit
  text: A serverless endpoint accepts requests of up to {value}, and returns
    responses of up to the same size.
  checked: '2026-11-22'
  sources:
    - source: serverless-endpoints-invoke
      says: request and response payload of 4 MB at most
    - source: deploy-model-options
      says: payload sizes up to 4 MB
  topic: deployment-options
  value: 4
  unit: MB
  exam:
    says: The maximum payload of a serverless endpoint is 4 MB.
    verdict: confirmed
"""
_DOTTED = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")


@cache
def text() -> str:
    """The excerpt, complete and without a problem."""
    plain = {
        section: {key: to_plain(getattr(known(), section)[key]) for key in keys}
        for section, keys in _kept().items()
    }
    plain["capabilities"] = _capabilities()
    fixed = yaml.safe_load(_FIXED)
    plain["facts"][MUTATED] = fixed["fact"]
    plain["sources"] |= fixed["sources"]
    _drop_uncited(plain)
    return yaml.dump(
        plain, Dumper=yaml.CSafeDumper, sort_keys=False, width=10_000, allow_unicode=True
    )


def _drop_uncited(plain: dict[str, Any]) -> None:
    """Leave out what only the real fact cites: a source that no fact cites is refused."""
    cited = set(re.findall(r"'source': '([^']+)'", str(plain["facts"])))
    plain["sources"] = {key: plain["sources"][key] for key in sorted(cited)}


def _capabilities() -> dict[str, Any]:
    """The capabilities with a cell for the decision's options, and nothing of other decisions."""
    options = known().decisions[DECISION].options
    found = {}
    for key, capability in known().capabilities.items():
        asked = {
            k: v for k, v in capability.asks.items() if k in known().decisions[DECISION].fields
        }
        if options[0] in capability.cells and (asked or capability.quantity):
            plain = to_plain(replace(capability, asks=asked, options=()))
            found[key] = {**plain, "cells": {o: plain["cells"][o] for o in options}}
    return found


@cache
def scenario() -> str:
    """The one scenario: without a payload, for an option that no fault touches."""
    return next(
        key
        for key, found in known().scenarios.items()
        if found.decision == DECISION
        and "payload" not in found.answers
        and found.expect == ("real-time-endpoint",)
    )


@cache
def table() -> str:
    """The one table: of the decision's options, so that it cites facts of their rules."""
    return "deployment-comparison"


def _kept() -> Mapping[str, Iterable[str]]:
    """The ids to keep, by section."""
    full, decision = known(), known().decisions[DECISION]
    options = set(decision.options)
    rules = [k for k, rule in full.rules.items() if set(rule.options) <= options]
    services = sorted({s for o in options if (s := full.options[o].service)})
    named = [full.rules[key] for key in rules] + [full.tables[table()]]
    held = _capabilities().values()
    facts = _facts([*named, *held, *(full.services[key] for key in services)])
    kept: dict[str, Iterable[str]] = dict.fromkeys(full.__slots__, ())
    return kept | {
        "sources": _sources(facts),
        "facts": facts,
        "services": services,
        "options": decision.options,
        "fields": decision.fields,
        "decisions": [DECISION],
        "rules": rules,
        "tables": [table()],
        "scenarios": [scenario()],
    }


def _facts(entries: Iterable[Any]) -> list[str]:
    """Every fact that these entries name, and those that the facts themselves name."""
    found: set[str] = set()
    todo = _named(entries)
    while todo:
        key = todo.pop()
        found.add(key)
        todo |= _named([known().facts[key]]) - found
    return [key for key in known().facts if key in found]


def _named(entries: Iterable[Any]) -> set[str]:
    words = " ".join(str(to_plain(entry)) for entry in entries)
    named = set(_DOTTED.findall(words))
    facts = known().facts
    return {owner(n, known())[0] for n in named if n in facts or n.rpartition(".")[0] in facts}


def _sources(facts: Iterable[str]) -> list[str]:
    fact_list = [known().facts[key] for key in facts]
    cited = {citation.source for fact in fact_list for citation in fact.sources}
    cited |= {c.source for fact in fact_list for dispute in fact.disputed for c in dispute.sources}
    return sorted(cited)


def write(root: Path, content: str) -> Path:
    """Put a knowledge.yml under ``root/docs/data``, with the pages that the excerpt names."""
    for page in set(re.findall(r"page: ([a-z0-9/-]+\.md)", text())):
        (root / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / page).touch()
    source = root / "docs" / "data" / "knowledge.yml"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(content, encoding="utf-8")
    return source
